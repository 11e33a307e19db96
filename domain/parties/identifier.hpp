// Identifiers of parties are rows: a kind, a value and where it came from.
#pragma once

#include <array>

#include "domain/core/field.hpp"

namespace tideover {

inline constexpr std::array<std::string_view, 10> identifier_kinds{
    "company_number", "charity_number", "vat_number", "uprn", "rates_account",
    "nhs_number",     "email",          "phone",      "urn",  "other"};

inline constexpr std::array<Field, 3> identifier_fields{
    choice("kind", identifier_kinds).needed(),
    text("value", 1, 254)
        .needed()
        .in_form_of("kind")
        .says("As issued; strong kinds (company, charity, VAT, NHS number, UPRN, rates "
              "account) belong to one record of a kind only."),
    text("source", 0, 60).says("Where it was learned, for example companies-house."),
};

}  // namespace tideover
