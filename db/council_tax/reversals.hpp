// What the rules of Council Tax postings ask of other postings.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/core/transaction.hpp"
#include "db/records/revision.hpp"

namespace tideover::db::council_tax {

/// The posting that another takes back, held until the end of the transaction. Nothing where it is not there or void.
struct TakenBack {
    bool is_credit = false;
    std::optional<std::string> ward, financial_year;
};
[[nodiscard]] std::vector<std::optional<TakenBack>> hold_taken_back(Tx& tx, const records::Records& reversals);

/// The reversal that takes each posting back.
[[nodiscard]] std::vector<std::optional<std::string>> reversals_of(Tx& tx, const records::Records& postings);

}  // namespace tideover::db::council_tax
