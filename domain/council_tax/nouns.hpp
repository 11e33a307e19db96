// The kinds of record of Council Tax.
#pragma once

#include "domain/core/noun.hpp"

namespace tideover::nouns {

extern const Noun council_tax_account, council_tax_fund, council_tax_posting;

}  // namespace tideover::nouns
