// Pages of the audit as its readers may see it: who did what, when and to which record.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "db/core/page.hpp"
#include "db/core/transaction.hpp"

namespace tideover::db::audit {

/// Which lines, and how much of them. Empty texts ask for nothing.
struct Page {
    std::string record{};         // id of a record
    std::string subject{};        // id of a party: lines of every record that is about it, or was counted for it
    std::string staff{};          // id of the member of staff who acted
    std::string from{}, until{};  // instants: from the first, before the second
    std::string after{};          // id of the line to go on from
    bool newest_first = true;
    int limit = 50;
    std::vector<std::string> kinds{};   // the kinds of record of which the reader may see what stood there before …
    std::vector<std::string> hidden{};  // … but for these columns
    bool flat = false;                  // "before" as one text, for CSV
};

[[nodiscard]] Listed list(Tx& tx, const Page& page);

}  // namespace tideover::db::audit
