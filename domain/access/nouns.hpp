// The kinds of record of access.
#pragma once

#include "domain/core/noun.hpp"

namespace tideover::nouns {

extern const Noun staff, api_token;

}  // namespace tideover::nouns
