// A scheme's terms, read in one way from a version: as it was sent, or as it is stored.
#pragma once

#include "db/grants/schemes.hpp"
#include "domain/core/record.hpp"
#include "domain/grants/scheme_terms.hpp"

namespace tideover::casework {

[[nodiscard]] SchemeTerms terms_in(const db::grants::Terms& found);
[[nodiscard]] SchemeTerms terms_in(const Record& version);

}  // namespace tideover::casework
