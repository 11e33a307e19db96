// The kinds of record of parties.
#pragma once

#include "domain/core/noun.hpp"

namespace tideover::nouns {

extern const Noun ward_postcode, organisation, household, person, business, premises, merge;

}  // namespace tideover::nouns
