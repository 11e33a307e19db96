// Every lawful reason to say no to a well-formed request. The order is the precedence: where several
// apply, the first one is given, so that the same request is always refused for the same reason.
#pragma once

#include <string>

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
    already_awarded,
    already_paid,
    more_than_issued,
    already_merged,
    nothing_changed,
    too_early,
    last_payment_day,
};

/// A refusal and, where it helps, the sentence that says what is in the way here.
struct Refused {
    Refusal why;
    std::string detail{};
};

}  // namespace tideover
