// One record, step or correction in a change of its own.
#include <doctest/doctest.h>

#include "domain/aid/nouns.hpp"
#include "domain/helpline/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "tests/support/council.hpp"

namespace tideover::record_test {

using testing::Council;
using testing::told;
using testing::Values;

TEST_CASE("a repeat names the record that was stored, not the draft that came again") {
    Council council;
    // One of them is stored in one statement, the other in a transaction.
    const Values call{{"direction", "inbound"}, {"started_at", "2020-04-01T09:00:00Z"}, {"outcome", "referred"}};
    const Values voucher{{"household_id", council.id("household Brow")},
                         {"children", "1"},
                         {"value_pence", "1500"},
                         {"purpose", "holiday_food"},
                         {"holiday_period", "spring-2021"},
                         {"channel", "email"},
                         {"requested_on", "2021-01-02"}};
    for (const auto& [noun, values] : {std::pair{&nouns::call, call}, std::pair{&nouns::voucher, voucher}}) {
        CAPTURE(noun->name);
        const std::string key{noun->name};
        const auto first = council.officer().try_record(*noun, values, key);
        const auto again = council.officer().try_record(*noun, values, key);
        CHECK(std::get<casework::Stored>(again).accepted.replayed);
        CHECK(std::get<casework::Stored>(again).id == std::get<casework::Stored>(first).id);
    }
}

TEST_CASE("outcomes that store nothing are values") {
    Council council;
    auto& officer = council.officer();
    CHECK(told(officer.try_record(nouns::person, {{"name", "Nobody"}, {"household_id", council.id("hub")}})) ==
          "/household_id unknown_reference");
    CHECK(std::get<Refused>(
              officer.try_step(nouns::voucher, council.id("voucher Mill"), "sends", {{"sent_on", "2020-12-11"}}))
              .why == Refusal::wrong_state);
    CHECK(std::get<Refused>(officer.try_void(nouns::household, council.id("household Mill"))).why == Refusal::in_use);
    CHECK(std::get<Refused>(officer.try_correct(nouns::person, council.id("person Mill"), {{"name", "Mill"}})).why ==
          Refusal::nothing_changed);
}

}  // namespace tideover::record_test
