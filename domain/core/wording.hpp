// What people call fields, values and kinds of record, where a form or a table shows them.
#pragma once

#include <string>
#include <string_view>

#include "domain/core/noun.hpp"

namespace tideover {

/// "payee.sort_code": "Payee sort code"; "born_on", which says it itself: "Date of birth". Without its unit.
[[nodiscard]] std::string title_of(const Field& field);

/// A name or a code: "advice_given": "Advice given"; "dfe": "Department for Education". Of what is no such code,
/// itself.
[[nodiscard]] std::string words_of(std::string_view name);

/// One of its records, and several: "PPE item", "PPE items".
[[nodiscard]] std::string title_of(const Noun& noun);
[[nodiscard]] std::string plural_of(const Noun& noun);

}  // namespace tideover
