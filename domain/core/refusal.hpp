// Every lawful reason to say no to a well-formed request.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tideover {

enum class Refusal {
    wrong_state,
    own_assessment,
    own_bank_details,
    own_draft,
    other_key,
    scheme_window,
    scheme_kind,
    amount_outside_scheme,
    not_recommended,
    over_allocation,
    already_recorded,
    duplicate_identifier,
    already_awarded,
    excluded_by_award,
    already_paid,
    already_reversed,
    already_credited,
    already_merged,
    already_superseded,
    below_nothing,
    more_than_issued,
    nothing_changed,
    too_early,
    last_payment_day,
    not_yours,
    in_use,
    has_left,
    overlapping_figure,
    secret_shown,
};

/// A record that stands in the way: the name of its noun, and its id.
struct Other {
    std::string_view kind;
    std::string id;
};

/// A refusal and, where it helps, the sentence that says what is in the way here, and the records that are. Whoever
/// shows them to somebody asks first whether they may be seen.
struct Refused {
    Refusal why;
    std::string detail{};
    std::vector<Other> others{};
};

}  // namespace tideover
