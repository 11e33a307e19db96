// Corrections: a typo, a wrong day, a wrong person, a record that should never have been. What was said before stays
// known, and the ledger takes back what no longer holds on the day on which it stood.
#include <doctest/doctest.h>

#include "domain/aid/nouns.hpp"
#include "domain/council_tax/nouns.hpp"
#include "domain/finance/nouns.hpp"
#include "domain/helpline/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::correction_test {
namespace {

using nlohmann::json;

std::string quoted(const json& id) {
    return "'" + id.get<std::string>() + "'";
}

/// The entries of a record, each with the day and quantity of the one it corrects.
json entries_of(World& world, const json& record) {
    return json::parse(world.sql(
        "SELECT coalesce(json_agg(json_build_object('measure', e.measure, 'quantity', e.quantity, 'day', "
        "e.happened_on, 'cause', e.cause, "
        "'subject', e.subject_id, 'corrects', c.quantity, 'corrects_day', c.happened_on, 'corrects_record', "
        "c.record_id) ORDER BY e.seq), '[]') "
        "FROM entry e LEFT JOIN entry c ON c.authority_id = e.authority_id AND c.id = e.corrects WHERE e.record_id = " +
        quoted(record.at("id"))));
}

/// What the record comes to now: one line a measure, day and subject, and none of nil.
std::string net_of(World& world, const json& record) {
    return world.sql(
        "SELECT coalesce(string_agg(line, '; ' ORDER BY line), '') FROM (SELECT measure || ' ' || sum(quantity) || ' "
        "on ' || "
        "happened_on AS line FROM entry WHERE record_id = " +
        quoted(record.at("id")) + " GROUP BY measure, happened_on, subject_id, dims HAVING sum(quantity) <> 0) lines");
}

json said_before(World& world, const json& record, int version) {
    return json::parse(world.sql("SELECT before FROM audit WHERE record_id = " + quoted(record.at("id")) +
                                 " AND version = " + std::to_string(version)));
}

/// Whether every entry that a correction took back names it, on its own day, with the opposite quantity.
void reversals_hold(World& world, const json& record) {
    for (const auto& entry : entries_of(world, record)) {
        if (entry.at("cause") != "correction") continue;
        INFO(entry.dump());
        CHECK(entry.at("corrects_record") == record.at("id"));
        const bool takes_back = entry.at("quantity").get<int>() == -entry.at("corrects").get<int>();
        const bool in_its_place = entry.at("quantity").get<int>() * entry.at("corrects").get<int>() > 0;
        CHECK((takes_back || in_its_place));
        if (takes_back) CHECK(entry.at("day") == entry.at("corrects_day"));
    }
}

/// The day of a field, and of all that cannot lie before it.
json with_what_follows(const Noun& noun, const json& record, std::string_view field, const std::string& day) {
    json out{{std::string{field}, day}};
    for (const auto& row : noun.in_order) {
        const std::string later{row.later};
        if (row.earlier == field && !record.at(later).is_null())
            out.update(with_what_follows(noun, record, later, day));
    }
    return out;
}

}  // namespace

TEST_CASE("a typo is corrected, and what was said before is kept with the reason and who said otherwise") {
    auto& world = shared_world();
    const auto call = world.fresh(nouns::call, {{"note", "Needs milk and bred"}, {"caller", {{"name", "Jo Blogs"}}}});
    const auto answer =
        world.correct(nouns::call, call, {{"note", "Needs milk and bread"}, {"caller", {{"name", "Jo Bloggs"}}}});
    REQUIRE(outcome(answer) == "200");
    CHECK(answer.header("etag") == "\"2\"");
    CHECK(answer.json().at("note") == "Needs milk and bread");
    CHECK(answer.json().at("caller").at("name") == "Jo Bloggs");
    CHECK(answer.json().at("started_at") == call.at("started_at"));
    const auto before = said_before(world, call, 2);
    CHECK(before.at("note") == "Needs milk and bred");
    CHECK(before.at("caller_name") == "Jo Blogs");
    CHECK(world.sql("SELECT reason FROM audit WHERE version = 2 AND record_id = " + quoted(call.at("id"))) ==
          "It was heard wrongly.");
    CHECK(entries_of(world, call).size() == 1);
}

TEST_CASE("an empty value is a correction too, where the field may be empty") {
    auto& world = shared_world();
    const auto call = world.fresh(nouns::call, {{"note", "Spoke to his daughter"}});
    const auto answer = world.correct(nouns::call, call, {{"note", nullptr}});
    REQUIRE(outcome(answer) == "200");
    CHECK(answer.json().at("note").is_null());
    const auto refused = world.correct(nouns::call, answer.json(), {{"outcome", nullptr}});
    CHECK(outcome(refused) == "422 invalid-fields");
    CHECK(fault_at(refused, "/changes/outcome") == "required");
}

TEST_CASE("every kind of record takes a correction, keeps what stood before, and shows the next version") {
    auto& world = shared_world();
    for (const auto* noun : nouns::all()) {
        if (correcting(*noun) == nullptr) continue;
        INFO(noun->name);
        const auto record = world.fresh(*noun);
        const auto changes = world.correction(*noun).at("changes");
        const auto answer = world.correct(*noun, record, changes);
        REQUIRE(outcome(answer) == "200");
        auto expected = record;
        expected.merge_patch(changes);
        for (const auto& [name, value] : changes.items()) CHECK(answer.json().at(name) == expected.at(name));
        CHECK(answer.json().at("version") == 2);
        const auto before = said_before(world, record, 2);
        const auto stored = json::parse(world.sql("SELECT to_jsonb(t) FROM " + std::string{noun->name} +
                                                  " t WHERE id = " + quoted(record.at("id"))));
        CHECK(before.at("version") == 1);
        CHECK(before != stored);
        for (const auto* same : {"id", "reference", "recorded_at", "recorded_by"})
            CHECK(before.at(same) == stored.at(same));
        reversals_hold(world, record);
        CHECK(outcome(world.correct(*noun, answer.json(), changes)) == "422 nothing-changed");
    }
}

TEST_CASE("a wrong day moves what counts: taken back on the old day, counted on the right one") {
    auto& world = shared_world();
    for (const auto* noun : nouns::all()) {
        if (correcting(*noun) == nullptr) continue;
        for (const auto& rule : noun->counting) {
            const auto* field = noun->field(rule.on);
            if (!may_be_corrected(*field)) continue;
            for (const auto state : noun->moves.empty() ? std::vector<std::string_view>{""} : states(*noun)) {
                const auto record = noun->moves.empty() ? world.fresh(*noun) : world.fresh_in(*noun, state);
                if (record.at(std::string{rule.on}).is_null()) continue;
                const auto net = net_of(world, record);
                const std::string day = "2020-06-02";
                if (record.at(std::string{rule.on}) == day) continue;
                INFO(noun->name << " " << state << ": " << rule.on << ", which counted as " << net);
                const auto answer = world.correct(*noun, record, with_what_follows(*noun, record, rule.on, day));
                REQUIRE(outcome(answer) == "200");
                CHECK(answer.json().at(std::string{rule.on}) == day);
                reversals_hold(world, record);
                const auto moved = net_of(world, record);
                CHECK((net.empty() || moved != net));
                if (!net.empty()) CHECK(moved.find(day) != std::string::npos);
            }
        }
    }
}

TEST_CASE("a payment that settled on another day counts on that day") {
    auto& world = shared_world();
    auto payment = world.fresh_in(nouns::payment, "settled");
    payment = world.correct(nouns::payment, payment, {{"entry_day", "2020-06-30"}}).json();
    CHECK(payment.at("entry_day") == "2020-06-30");
    const auto entries = entries_of(world, payment);
    REQUIRE(entries.size() == 3);
    CHECK(entries[0].at("day") == "2020-06-01");
    CHECK(entries[1].at("day") == "2020-06-01");
    CHECK(entries[1].at("quantity") == -entries[0].at("quantity").get<int>());
    CHECK(entries[1].at("corrects_day") == "2020-06-01");
    CHECK(entries[2].at("day") == "2020-06-30");
    CHECK(entries[2].at("quantity") == entries[0].at("quantity"));
    reversals_hold(world, payment);
}

TEST_CASE("a wrong person is taken back from the one and counted for the other") {
    auto& world = shared_world();
    const auto wrong = world.fresh(nouns::person).at("id"), right = world.fresh(nouns::person).at("id");
    const auto call = world.fresh(nouns::call, {{"person_id", wrong}});
    REQUIRE(outcome(world.correct(nouns::call, call, {{"person_id", right}})) == "200");
    const auto entries = entries_of(world, call);
    REQUIRE(entries.size() == 3);
    CHECK(entries[1].at("subject") == wrong);
    CHECK(entries[1].at("quantity") == -1);
    CHECK(entries[2].at("subject") == right);
    CHECK(entries[2].at("quantity") == 1);
    reversals_hold(world, call);
}

TEST_CASE("a wrong household brings the ward of the right one with it") {
    auto& world = shared_world();
    const auto wrong = world.fresh(nouns::household, {{"ward", "Edgeley"}}).at("id");
    const auto right = world.fresh(nouns::household, {{"ward", "Marple South"}}).at("id");
    for (const auto* noun : {&nouns::voucher, &nouns::parcel, &nouns::food_shop}) {
        INFO(noun->name);
        const std::string counted = noun->name == "voucher" ? "sent" : noun->name == "parcel" ? "delivered" : "done";
        const auto record = world.fresh_in(*noun, counted, {{"household_id", wrong}});
        const auto answer = world.correct(*noun, record, {{"household_id", right}});
        REQUIRE(outcome(answer) == "200");
        CHECK(answer.json().at("ward") == "Marple South");
        reversals_hold(world, record);
        CHECK(world.sql("SELECT coalesce(sum(quantity), 0) FROM entry WHERE record_id = " + quoted(record.at("id")) +
                        " AND subject_id = " + quoted(wrong)) == "0");
        CHECK(world.sql("SELECT count(*) FROM entry WHERE record_id = " + quoted(record.at("id")) +
                        " AND subject_id = " + quoted(right) +
                        " AND dims ->> 'ward' = 'Marple South' AND quantity > 0") != "0");
    }
}

TEST_CASE("a void record counts as nothing: each of its lines is taken back on its own day") {
    auto& world = shared_world();
    int counted = 0;
    for (const auto* noun : nouns::all()) {
        if (noun->counting.empty() || correcting(*noun) == nullptr) continue;
        for (const auto state : noun->moves.empty() ? std::vector<std::string_view>{""} : states(*noun)) {
            INFO(noun->name << " " << state);
            const auto record = noun->moves.empty() ? world.fresh(*noun) : world.fresh_in(*noun, state);
            counted += net_of(world, record).empty() ? 0 : 1;
            REQUIRE(outcome(world.make_void(*noun, record)) == "200");
            CHECK(net_of(world, record).empty());
            reversals_hold(world, record);
        }
    }
    CHECK(counted > 10);
}

TEST_CASE("a correction does not stand for a step that was not taken") {
    auto& world = shared_world();
    int refused = 0;
    for (const auto* noun : nouns::all()) {
        if (correcting(*noun) == nullptr) continue;
        const auto record = world.fresh(*noun);
        for (const auto& field : noun->fields) {
            if (!field.derived || !field.mended || !record.at(std::string{field.name}).is_null()) continue;
            INFO(noun->name << " " << field.name);
            const auto before = world.stored();
            const auto answer = world.correct(*noun, record, {{std::string{field.name}, World::past_day}});
            CHECK(outcome(answer) == "422 invalid-fields");
            CHECK(fault_at(answer, "/changes/" + std::string{field.name}) == "not_said_yet");
            CHECK(world.stored() == before);
            ++refused;
        }
    }
    CHECK(refused > 5);
}

TEST_CASE("a correction gives changes or makes the record void, and says why") {
    auto& world = shared_world();
    const auto call = world.fresh(nouns::call);
    const auto target = "/v1/calls/" + call.at("id").get<std::string>() + "/corrections";
    const auto before = world.stored();
    const auto fault = [&](const json& body, const std::string& pointer) {
        const auto answer = world.post(Role::helpline, target, body.dump(), etag_of(call));
        return outcome(answer) + " " + fault_at(answer, pointer);
    };
    CHECK(fault({{"reason", "why not"}}, "/changes") == "422 invalid-fields exactly_one");
    CHECK(fault({{"reason", "why not"}, {"changes", json::object()}}, "/changes") == "422 invalid-fields exactly_one");
    CHECK(fault({{"reason", "why not"}, {"void", false}}, "/changes") == "422 nothing-changed ");
    CHECK(fault({{"reason", "why not"}, {"void", true}, {"changes", {{"note", "x"}}}}, "/changes") ==
          "422 invalid-fields exactly_one");
    CHECK(fault({{"reason", "no"}, {"void", true}}, "/reason") == "422 invalid-fields too_short");
    CHECK(fault({{"reason", "why not"}, {"changes", {{"direction", "outbound"}}}}, "/changes/purpose") ==
          "422 invalid-fields required");
    CHECK(world.stored() == before);
}

TEST_CASE("a corrected posting still fits its reversal") {
    auto& world = shared_world();
    const auto award = world.fresh(nouns::council_tax_posting, {{"amount_pence", 15'000}});
    const auto reversal = world.fresh(
        nouns::council_tax_posting,
        {{"kind", "reversal"}, {"basis", nullptr}, {"amount_pence", 15'000}, {"reverses_id", award.at("id")}});
    const auto before = world.stored();
    const auto refused = world.correct(nouns::council_tax_posting, award, {{"amount_pence", 14'000}});
    CHECK(outcome(refused) == "422 invalid-fields");
    CHECK(fault_at(refused, "/changes/amount_pence") == "not_the_same");
    CHECK(outcome(world.make_void(nouns::council_tax_posting, award)) == "409 already-reversed");
    CHECK(outcome(world.correct(nouns::council_tax_posting, reversal, {{"amount_pence", 14'000}})) ==
          "422 invalid-fields");
    CHECK(world.stored() == before);
    CHECK(outcome(world.correct(nouns::council_tax_posting, award, {{"reason", "another reason"}})) == "200");
    const auto twin = world.post(Role::finance, "/v1/council-tax-postings", [&] {
        auto body = world.body(nouns::council_tax_posting);
        body["kind"] = "reversal", body["basis"] = nullptr, body["amount_pence"] = 15'000,
        body["reverses_id"] = award.at("id");
        return body.dump();
    }());
    CHECK(outcome(twin) == "409 already-reversed");
    CHECK(outcome(world.make_void(nouns::council_tax_posting, reversal)) == "200");
}

TEST_CASE("a mistyped identifier is corrected: the old one stays known and is free for its rightful owner") {
    auto& world = shared_world();
    const auto identifier = [](const char* kind, const char* value) {
        return json{{"kind", kind}, {"value", value}, {"source", nullptr}};
    };
    const json typed{identifier("company_number", "07770001"), identifier("vat_number", "GB777000145")};
    const json meant{identifier("company_number", "07770002"), identifier("vat_number", "GB777000145")};
    const auto business = world.fresh(nouns::business, {{"identifiers", typed}});
    CHECK(outcome(world.correct(nouns::business, business, {{"identifiers", typed}})) == "422 nothing-changed");
    const auto corrected = world.correct(nouns::business, business, {{"identifiers", meant}});
    REQUIRE(outcome(corrected) == "200");
    CHECK(corrected.json().at("identifiers") == meant);
    CHECK(world.get(Role::helpline, "/v1/businesses/" + business.at("id").get<std::string>()).json() ==
          corrected.json());
    CHECK(world.sql("SELECT string_agg(value || ' ' || from_version || '-' || coalesce(to_version::text, ''), ', ' "
                    "ORDER BY position) FROM business_identifier WHERE business_id = " +
                    quoted(business.at("id"))) == "07770001 1-1, GB777000145 1-1, 07770002 2-, GB777000145 2-");
    CHECK(world.fresh(nouns::business, {{"identifiers", json::array({typed[0]})}}).at("version") == 1);
    CHECK(outcome(world.correct(nouns::business, corrected.json(), {{"identifiers", typed}})).starts_with("409"));

    // Other corrections leave them alone; a void record's are free.
    const auto renamed = world.correct(nouns::business, corrected.json(), {{"name", "Another Name Ltd"}}).json();
    CHECK(renamed.at("identifiers") == meant);
    REQUIRE(outcome(world.make_void(nouns::business, renamed)) == "200");
    CHECK(world.fresh(nouns::business, {{"identifiers", meant}}).at("identifiers") == meant);
}

TEST_CASE("a household has identifiers, and several may live at one address of the register") {
    auto& world = shared_world();
    const json flat{{"identifiers", {{{"kind", "uprn"}, {"value", "10001234"}}}}};
    CHECK(world.fresh(nouns::household, flat).at("identifiers")[0].at("value") == "10001234");
    CHECK(world.fresh(nouns::household, flat).at("version") == 1);
}

}  // namespace tideover::testing::correction_test
