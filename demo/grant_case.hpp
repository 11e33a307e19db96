// One application's way through the grants team and finance, as a chain of requests.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "demo/api_client.hpp"
#include "demo/calendar.hpp"

namespace tideover::year {

/// What is applied for.
struct Ask {
    std::string_view scheme;
    std::string_view period;
    std::string_view band;
    std::int64_t pounds;
};

struct Timeline {
    Day received;
    Day decided;
    Day instructed;
    Day entered;  // the bank's entry day
};

/// Two days of assessment and Bacs's three-day cycle at the least.
[[nodiscard]] Timeline timeline(Dice& dice, Day received);

/// How an application and its payment ended, and in which wave that was recorded.
enum class CaseOutcome {
    paid,
    reassessed,      // assessed twice, then paid
    rejected_first,  // the bank refused the first payment; the second settled
    reissued,        // the bank returned the first payment; the second settled
    returned,        // the bank returned it, and that was that
    refused,
    withdrawn,
    cancelled,        // approved, but the award was cancelled before it was paid
    merged,           // paid to a business that was entered twice
    merged_late,      // the same, noticed in the second wave
    paid_late,        // paid, and entered in the second wave
    reissued_late,    // returned and paid again, entered in the second wave
    returned_late,    // returned for good, entered in the second wave
    settled_wrongly,  // a bank line was booked on the wrong payment; put right in the second wave
};

/// Whether a grant is among those paid once all is known.
[[nodiscard]] constexpr bool ends_paid(CaseOutcome fate) {
    return fate != CaseOutcome::refused && fate != CaseOutcome::withdrawn && fate != CaseOutcome::cancelled &&
           fate != CaseOutcome::returned && fate != CaseOutcome::returned_late;
}

/// Whether it counts as paid at the instant between the waves.
[[nodiscard]] constexpr bool paid_at_first(CaseOutcome fate) {
    return fate == CaseOutcome::returned_late || (ends_paid(fate) && fate != CaseOutcome::paid_late);
}

/// Whether the second wave has something to tell of it, besides merges.
[[nodiscard]] constexpr bool goes_on_late(CaseOutcome fate) {
    return fate == CaseOutcome::paid_late || fate == CaseOutcome::reissued_late || fate == CaseOutcome::returned_late ||
           fate == CaseOutcome::settled_wrongly;
}

struct GrantCase {
    std::string name;  // unique in the year
    Ask ask;
    Timeline when;
    CaseOutcome fate;
};

/// The first wave of a case. `parties` has business_id or organisation_id, premises_id and payee.
void open_case(ApiClient& desk, KnownRecords& notebook, Dice dice, const GrantCase& the, Body parties);

/// The second wave of a case that goes on late.
void close_case_late(ApiClient& desk, const KnownRecords& notebook, const GrantCase& the);

/// Bank details for a payee: sort codes that no bank has.
[[nodiscard]] Body payee(Dice& dice, std::string_view name);

}  // namespace tideover::year
