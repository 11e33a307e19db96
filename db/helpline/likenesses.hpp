// When one call may have been recorded twice.
#pragma once

#include <array>

#include "db/records/likeness.hpp"
#include "domain/helpline/nouns.hpp"

namespace tideover::db::helpline {

// clang-format off
inline constexpr std::array likenesses{
    records::Likeness{&nouns::call, "same_person_at_that_time", "A call with this person is recorded within ten minutes.",
                      "t.person_id = n.person_id",
                      "t.direction = n.direction AND t.started_at BETWEEN n.started_at - interval '10 minutes' AND "
                      "n.started_at + interval '10 minutes'"},
    records::Likeness{&nouns::call, "same_number_at_that_time", "A call with this number is recorded within ten minutes.",
                      "t.caller_phone = n.caller_phone AND t.started_at BETWEEN n.started_at - interval '10 minutes' AND "
                      "n.started_at + interval '10 minutes'",
                      "t.direction = n.direction"},
};
// clang-format on

}  // namespace tideover::db::helpline
