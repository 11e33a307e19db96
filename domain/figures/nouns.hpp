// The kinds of record of figures before the public.
#pragma once

#include "domain/core/noun.hpp"

namespace tideover::nouns {

extern const Noun figure, publication;

}  // namespace tideover::nouns
