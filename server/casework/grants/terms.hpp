// A scheme's terms, read in one way from the JSON of a version: as it was sent, or as it is stored.
#pragma once

#include <string_view>
#include <vector>

#include "db/grants/schemes.hpp"
#include "domain/core/record.hpp"
#include "domain/grants/scheme_terms.hpp"

namespace tideover::casework {

[[nodiscard]] SchemeTerms terms_in(const db::grants::Terms& found);
[[nodiscard]] SchemeTerms terms_in(const Record& version);

/// The codes of a list of choices, as a record keeps it.
[[nodiscard]] std::vector<std::string> codes_in(std::string_view text);

}  // namespace tideover::casework
