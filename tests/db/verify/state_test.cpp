// The fingerprint of a state: the same for the same work, and for no other.
#include "db/verify/state.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "tests/support/council.hpp"

namespace tideover::state_test {

using testing::Council;

TEST_CASE("two councils that did the same have the same state, whatever their ids and clocks") {
    const Council one, other;
    CHECK(one.state() == other.state());
    CHECK(one.state().size() == 64);
}

TEST_CASE("a state tells what was done, by values, by links and in the ledger") {
    const Council council;
    auto last = council.state();
    for (const auto& sql : std::vector<std::string>{
             "UPDATE person SET restricted = true WHERE name = 'Lane'",
             "UPDATE person SET household_id = '" + council.id("household Lane") + "' WHERE name = 'Mill'",
             "UPDATE parcel_attempt SET attempt_note = 'at the gate' WHERE position = 1",
             "UPDATE application_assessment SET amount_pence = 2 WHERE application_id = '" +
                 council.id("award Mill application") + "'",
             "UPDATE application SET decided_by = NULL WHERE id = '" + council.id("award Mill application") + "'",
             "UPDATE application SET award_id = '" + council.id("award Lane") + "' WHERE id = '" +
                 council.id("award Mill application") + "'",
             "UPDATE voucher SET replaces_id = '" + council.id("voucher Mill") + "' WHERE replaces_id IS NOT NULL",
             "UPDATE external_funding_partner SET organisation_id = '" + council.id("hub") + "'",
             "UPDATE call SET started_at = started_at + interval '1 minute' WHERE direction = 'outbound'",
             "UPDATE entry SET cause = 'correction' WHERE measure = 'parcel_delivered'",
             "UPDATE merge_link SET into_id = '" + council.id("person Brow") + "' WHERE NOT linked"}) {
        council.tamper(sql);
        const auto now = council.state();
        INFO(sql);
        CHECK(now != last);
        last = now;
    }
    council.tamper("UPDATE person SET recorded_at = recorded_at + interval '1 day', reference = 'x' || reference");
    CHECK(council.state() == last);
}

}  // namespace tideover::state_test
