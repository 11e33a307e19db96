// The kinds of record of the community.
#pragma once

#include "domain/core/noun.hpp"

namespace tideover::nouns {

extern const Noun external_funding, mutual_aid_group, volunteer;

}  // namespace tideover::nouns
