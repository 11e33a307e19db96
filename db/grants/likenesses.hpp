// When an application may be a second one, or its bank account another applicant's.
#pragma once

#include <array>

#include "db/records/likeness.hpp"
#include "domain/grants/nouns.hpp"

namespace tideover::db::grants {

inline constexpr std::string_view for_the_same =
    "t.scheme = n.scheme AND t.period = n.period AND t.state NOT IN ('refused', 'withdrawn')";

// clang-format off
inline constexpr std::array likenesses{
    records::Likeness{&nouns::application, "same_business_and_scheme", "The business has applied for this scheme and period.",
                      "t.business_id = ANY (ARRAY(SELECT members_of(n.authority_id, root_of(n.authority_id, n.business_id, "
                      "9223372036854775807), 9223372036854775807)))", for_the_same},
    records::Likeness{&nouns::application, "same_group_and_scheme", "The group has applied for this scheme and period.",
                      "t.organisation_id = ANY (ARRAY(SELECT members_of(n.authority_id, root_of(n.authority_id, n.organisation_id, "
                      "9223372036854775807), 9223372036854775807)))", for_the_same},
    records::Likeness{&nouns::application, "same_person_and_scheme", "The person has applied for this scheme and period.",
                      "t.person_id = ANY (ARRAY(SELECT members_of(n.authority_id, root_of(n.authority_id, n.person_id, "
                      "9223372036854775807), 9223372036854775807)))", for_the_same},
    records::Likeness{&nouns::application, "same_bank_account", "Another applicant gave this bank account.",
                      "t.payee_account_number = n.payee_account_number",
                      "t.payee_sort_code = n.payee_sort_code AND "
                      "root_of(n.authority_id, coalesce(t.business_id, t.organisation_id, t.person_id), "
                      "9223372036854775807) <> root_of(n.authority_id, coalesce(n.business_id, n.organisation_id, "
                      "n.person_id), 9223372036854775807)"},
};
// clang-format on

}  // namespace tideover::db::grants
