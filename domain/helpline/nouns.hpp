// The kinds of record of the helpline.
#pragma once

#include "domain/core/noun.hpp"

namespace tideover::nouns {

extern const Noun call;

}  // namespace tideover::nouns
