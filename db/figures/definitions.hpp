// Definitions of figures: numbered within their code, compared with those that count already, and put in their place.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/core/transaction.hpp"
#include "db/records/revision.hpp"

namespace tideover::db::figures {

using records::Records;

/// Holds all definitions of the council until the end of the transaction: one is published at a time.
void hold_definitions(Tx& tx);

/// The next number of each definition's code.
[[nodiscard]] std::vector<std::string> next_numbers(Tx& tx, const Records& definitions);

/// What a code is to the definition of another figure that names it.
struct Named {
    bool counted = false;     // there is such a figure
    bool drafted = false;     // or there is a draft of one
    bool by_itself = false;   // it is not shown beside another itself
    bool leads_back = false;  // it is the definition's own figure, or belongs to it
};
/// That of each of the codes.
[[nodiscard]] std::vector<Named> named(Tx& tx, const std::string& own, const std::vector<std::string>& codes);

/// Whether figures are shown beside this one.
[[nodiscard]] bool has_others_beside(Tx& tx, const std::string& code);

/// A current figure of another family that counts some of the entries which the definition would count. A family is a
/// figure with all that are shown beside it or included in it. `filter` is {"dimension": [values]}.
[[nodiscard]] std::optional<std::string> overlapping(Tx& tx, const Record& definition, const std::string& filter);

/// The number of the current definition of the code; nothing where there is none.
[[nodiscard]] std::optional<int> current_number(Tx& tx, const std::string& code);

/// A current figure that is shown beside this one, or included in it.
[[nodiscard]] std::optional<std::string> belonging_to(Tx& tx, const std::string& code);

/// Has the current definition of the code counted and shown no longer.
void end(Tx& tx, const std::string& code);

/// Has a definition counted and shown in place of the one before it.
void put_in_place(Tx& tx, const Record& definition, const std::string& filter);

}  // namespace tideover::db::figures
