// Bank details of a payee, seen only by those who assess, approve and pay.
#pragma once

#include "domain/core/field.hpp"

namespace tideover {

inline constexpr Field payee_name = text("payee.name", 1, 140).seen_as(Privacy::bank);
inline constexpr Field payee_sort_code = digits("payee.sort_code", 6).seen_as(Privacy::bank);
inline constexpr Field payee_account_number = digits("payee.account_number", 8).seen_as(Privacy::bank);

}  // namespace tideover
