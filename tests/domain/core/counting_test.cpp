// What counts, by the rules of each noun: from values to lines, and from one state of a record to the next.
#include "domain/core/counting.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <map>
#include <numeric>

#include "domain/aid/nouns.hpp"
#include "domain/figures/measures.hpp"
#include "domain/finance/nouns.hpp"
#include "domain/helpline/nouns.hpp"
#include "domain/nouns.hpp"

namespace counting_test {

using namespace tideover;

namespace {

Record voucher() {
    Record record{nouns::voucher.fields};
    record.id = "11111111-1111-7111-8111-111111111111";
    record.set(by_name("household_id"), "22222222-2222-7222-8222-222222222222");
    record.set(by_name("children"), "3");
    record.set(by_name("purpose"), "holiday_food");
    record.set(by_name("channel"), "email");
    record.set(by_name("holiday_period"), "winter-2020");
    record.set(by_name("ward"), "Offerton");
    return record;
}

/// Sum of quantities by measure.
std::map<std::string, std::int64_t> totals(const std::vector<Line>& all) {
    std::map<std::string, std::int64_t> out;
    for (const auto& line : all) out[line.measure] += line.quantity;
    return out;
}

}  // namespace

TEST_CASE("a voucher that was only requested counts as nothing") {
    CHECK(lines(nouns::voucher.counting, voucher()).empty());
}

TEST_CASE("a sent voucher counts once, and its children, on the day it was sent") {
    auto record = voucher();
    record.set(by_name("sent_on"), "2020-12-18");
    const auto all = lines(nouns::voucher.counting, record);
    REQUIRE(all.size() == 2);
    CHECK(
        all[0] ==
        Line{"voucher_sent", 1, "22222222-2222-7222-8222-222222222222",
             R"({"purpose": "holiday_food", "channel": "email", "holiday_period": "winter-2020", "ward": "Offerton"})",
             "2020-12-18"});
    CHECK(all[1].measure == "voucher_children");
    CHECK(all[1].quantity == 3);
}

TEST_CASE("a voucher cancelled before it was sent takes nothing away") {
    auto record = voucher();
    record.set(by_name("unsent_on"), "2020-12-19");
    CHECK(lines(nouns::voucher.counting, record).empty());
}

TEST_CASE("a voucher that bounced for good nets to nothing, on its own day") {
    auto record = voucher();
    record.set(by_name("sent_on"), "2020-12-18");
    record.set(by_name("unsent_on"), "2020-12-21");
    CHECK(totals(lines(nouns::voucher.counting, record)) ==
          std::map<std::string, std::int64_t>{{"voucher_sent", 0}, {"voucher_children", 0}});
}

TEST_CASE("a returned payment takes back on the day of the return what it added on the entry day") {
    Record payment{nouns::payment.fields};
    payment.set(by_name("business_id"), "33333333-3333-7333-8333-333333333333");
    payment.set(by_name("scheme"), "sbgf");
    payment.set(by_name("amount_pence"), "1000000");
    payment.set(by_name("entry_day"), "2020-04-20");
    payment.set(by_name("returned_on"), "2020-04-23");
    nouns::payment.derive(payment);
    const auto all = lines(nouns::payment.counting, payment);
    REQUIRE(all.size() == 2);
    CHECK(all[0].quantity == 1'000'000);
    CHECK(all[0].happened_on == "2020-04-20");
    CHECK(all[1].quantity == -1'000'000);
    CHECK(all[1].happened_on == "2020-04-23");
    CHECK(all[1].measure == "business_grant_paid");
}

TEST_CASE("a voided record counts as nothing") {
    auto record = voucher();
    record.set(by_name("sent_on"), "2020-12-18");
    record.voided = true;
    CHECK(lines(nouns::voucher.counting, record).empty());
}

TEST_CASE("correcting a day reverses the old line on its own day and names it from the new one") {
    auto record = voucher();
    record.set(by_name("sent_on"), "2020-12-18");
    const auto before = lines(nouns::voucher.counting, record);
    record.set(by_name("sent_on"), "2020-12-17");
    const auto postings = difference(before, lines(nouns::voucher.counting, record));
    REQUIRE(postings.size() == 4);
    for (const auto& posting : postings) {
        REQUIRE(posting.corrects);
        CHECK(posting.corrects->happened_on == "2020-12-18");
        CHECK(posting.corrects->measure == posting.line.measure);
        CHECK(posting.line.happened_on == (posting.line.quantity < 0 ? "2020-12-18" : "2020-12-17"));
    }
}

TEST_CASE("the ledger after a difference is exactly what the record now implies") {
    const auto some_line = [] {
        return Line{*rc::gen::element<std::string>("voucher_sent", "parcel_delivered"),
                    *rc::gen::inRange<std::int64_t>(1, 3), *rc::gen::element<std::string>("a", "b"), "{}",
                    *rc::gen::element<std::string>("2020-05-01", "2020-05-02")};
    };
    CHECK(rc::check([&] {
        const auto before = *rc::gen::container<std::vector<Line>>(rc::gen::exec(some_line));
        const auto after = *rc::gen::container<std::vector<Line>>(rc::gen::exec(some_line));
        std::map<std::tuple<std::string, std::string, std::string>, std::int64_t> net;
        const auto add = [&](const Line& line, std::int64_t sign) {
            net[{line.measure, line.subject, line.happened_on}] += sign * line.quantity;
        };
        for (const auto& line : before) add(line, 1);
        for (const auto& posting : difference(before, after)) add(posting.line, 1);
        for (const auto& line : after) add(line, -1);
        for (const auto& [key, rest] : net) RC_ASSERT(rest == 0);
    }));
}

TEST_CASE("every counting rule names a measure, and every dimension of it is a field of the noun or its own") {
    for (const auto* noun : nouns::all()) {
        for (const auto& rule : noun->counting) {
            CAPTURE(noun->name);
            CAPTURE(rule.measure);
            REQUIRE(measure_of(rule.measure) != nullptr);
            for (const auto dimension : measure_of(rule.measure)->dimensions) {
                CAPTURE(dimension);
                CHECK((dimension.empty() || noun->field(dimension) != nullptr));
            }
        }
    }
}

TEST_CASE("calls count as answered by their outcome, on the London day, by direction") {
    Record call{nouns::call.fields};
    call.set(by_name("direction"), "inbound");
    call.set(by_name("line"), "coronavirus");
    call.set(by_name("counterparty"), "resident");
    call.set(by_name("started_at"), "2020-07-01T23:30:00Z");
    call.set(by_name("outcome"), "abandoned");
    nouns::call.derive(call);
    CHECK(call.text(by_name("answered")) == "false");
    const auto all = lines(nouns::call.counting, call);
    REQUIRE(all.size() == 1);
    CHECK(all[0].measure == "call_received");
    CHECK(all[0].happened_on == "2020-07-02");
    CHECK(all[0].dimensions == R"({"line": "coronavirus", "counterparty": "resident", "answered": false})");
}

TEST_CASE("PPE counts single items: units times items per unit, with the sign of the movement") {
    Record movement{nouns::ppe_movement.fields};
    movement.set(by_name("kind"), "recall");
    movement.set(by_name("units"), "12");
    movement.set(by_name("items_per_unit"), "200");
    nouns::ppe_movement.derive(movement);
    CHECK(movement.number(by_name("items")) == -2400);
}

TEST_CASE("what a dimension holds is written as JSON, whatever it is") {
    auto record = voucher();
    record.set(by_name("sent_on"), "2020-12-18");
    record.set(by_name("ward"), "a\nb\t\"c\"\\\x01");
    CHECK(lines(nouns::voucher.counting, record)[0].dimensions.find(R"("ward": "a\u000ab\u0009\"c\"\\\u0001")") !=
          std::string::npos);
}

}  // namespace counting_test
