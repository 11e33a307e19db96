// Every kind of record that Tideover keeps. A new one is a file here, a table in schema/ and its routes.
#pragma once

#include <span>

#include "domain/core/noun.hpp"

namespace tideover::nouns {

// parties
extern const Noun organisation, household, person, business, premises, merge;
// grants
extern const Noun scheme, scheme_version, application, award, payment, external_funding;
// council tax
extern const Noun council_tax_account, council_tax_fund, council_tax_posting;
// supplies and food
extern const Noun ppe_item, ppe_movement, voucher, parcel, food_shop, device;
// helpline and community
extern const Noun staff, api_token;

extern const Noun call, mutual_aid_group, volunteer;
// figures before the public
extern const Noun publication;

/// All of them; a noun comes after those that its records refer to.
[[nodiscard]] std::span<const Noun* const> all();

/// Precondition: there is one of that name.
[[nodiscard]] const Noun& named(std::string_view name);

}  // namespace tideover::nouns
