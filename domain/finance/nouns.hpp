// The kinds of record of finance.
#pragma once

#include "domain/core/noun.hpp"

namespace tideover::nouns {

extern const Noun payment;

}  // namespace tideover::nouns
