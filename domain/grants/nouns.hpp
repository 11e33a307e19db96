// The kinds of record of grants.
#pragma once

#include "domain/core/noun.hpp"

namespace tideover::nouns {

extern const Noun scheme, scheme_version, application, award;

}  // namespace tideover::nouns
