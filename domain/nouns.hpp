// Every kind of record that Tideover keeps, as a list. Each is declared in domain/<room>/nouns.hpp.
#pragma once

#include <span>

#include "domain/core/noun.hpp"

namespace tideover::nouns {

/// All of them; a noun comes after those that its records refer to.
[[nodiscard]] std::span<const Noun* const> all();

/// Precondition: there is one of that name.
[[nodiscard]] const Noun& named(std::string_view name);

}  // namespace tideover::nouns
