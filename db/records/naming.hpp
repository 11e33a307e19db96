// Which records people mean who name them otherwise than by id: by a reference, a code, or an identifier.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "db/core/transaction.hpp"
#include "domain/nouns.hpp"

namespace tideover::db::records {

/// For each text the ids of the records that it names, void ones included: none, one, or two where there are several.
/// `by` says how: a kind of identifier, in any spelling of it; the field with its published code, or what no other has;
/// empty: by its reference, in any spelling. One question, however many texts. Precondition: the noun has such a list,
/// or such a field.
[[nodiscard]] std::vector<std::vector<std::string>> named_by(Tx& tx, const Noun& noun, std::string_view by,
                                                             const std::vector<std::string>& texts);

}  // namespace tideover::db::records
