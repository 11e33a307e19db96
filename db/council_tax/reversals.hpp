// What the rules of Council Tax postings ask of other postings.
#pragma once

#include <optional>
#include <string>

#include "db/core/transaction.hpp"

namespace tideover::db::council_tax {

/// The posting that another takes back, held until the end of the transaction. Nothing where it is not there or void.
struct TakenBack {
    bool is_credit = false;
    std::optional<std::string> ward, financial_year;
};
[[nodiscard]] std::optional<TakenBack> hold_taken_back(Tx& tx, std::string_view posting);

/// Whether a reversal takes the posting back.
[[nodiscard]] bool is_reversed(Tx& tx, const std::string& posting);

}  // namespace tideover::db::council_tax
