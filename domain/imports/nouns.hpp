// The kinds of record about files of records.
#pragma once

#include "domain/core/noun.hpp"

namespace tideover::nouns {

extern const Noun import_profile;

}  // namespace tideover::nouns
