// Lists of records, steps and corrections inside one change: the rules of a single one, for all at once.
#include <doctest/doctest.h>

#include "db/core/ids.hpp"
#include "db/records/records.hpp"
#include "domain/access/nouns.hpp"
#include "domain/aid/nouns.hpp"
#include "domain/community/nouns.hpp"
#include "domain/council_tax/nouns.hpp"
#include "domain/grants/nouns.hpp"
#include "domain/helpline/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "server/casework/records.hpp"
#include "tests/support/council.hpp"

namespace tideover::list_test {
namespace {

using testing::Council;
using testing::home;
using testing::Member;
using testing::record_of;
using testing::told;
using testing::Values;

Values with(Values values, const Values& more) {
    values.insert(values.end(), more.begin(), more.end());
    return values;
}

std::vector<casework::Outcome> record_all(Member& member, const Noun& noun, const std::vector<Values>& list) {
    std::vector<Record> drafts;
    for (const auto& values : list) drafts.push_back(record_of(noun.fields, values));
    std::vector<casework::Outcome> out;
    member.change([&](db::Tx& tx) { out = casework::record_many(tx, noun, drafts); });
    return out;
}

std::vector<casework::Outcome> step_all(Member& member, const Noun& noun, std::string_view path,
                                        const std::vector<std::pair<casework::Target, Values>>& list) {
    const auto& step = testing::step_at(noun, path);
    std::vector<casework::Advance> wanted;
    for (const auto& [target, values] : list) wanted.push_back({target, record_of(step.fields, values)});
    std::vector<casework::Outcome> out;
    member.change([&](db::Tx& tx) { out = casework::advance_many(tx, noun, step, wanted); });
    return out;
}

std::vector<std::string> in_words(const std::vector<casework::Outcome>& outcomes) {
    std::vector<std::string> out;
    for (const auto& outcome : outcomes) out.push_back(told(outcome));
    return out;
}

std::string id_of(const casework::Outcome& outcome) {
    return std::get<casework::Stored>(outcome).id;
}

using Words = std::vector<std::string>;

const Values a_call{{"direction", "inbound"}, {"started_at", "2020-04-01T09:00:00Z"}, {"outcome", "referred"}};

std::int64_t number(const Council& council, const std::string& sql) {
    return council.ask(sql)[0][0].as<std::int64_t>();
}

Values application_of(const Council& council, const std::string& party, const std::string& premises) {
    return {{"scheme", "sbgf"},
            {"business_id", council.id(party)},
            {"premises_id", premises},
            {"received_on", "2020-04-01"},
            {"declarations", "{meets_criteria}"},
            {"payee.name", "Payee"},
            {"payee.sort_code", "010203"},
            {"payee.account_number", "01234567"}};
}

/// A request for a voucher of a family that has none.
Values voucher_of(const Council& council) {
    return {{"household_id", council.id("household Brow")},
            {"children", "1"},
            {"value_pence", "1500"},
            {"purpose", "holiday_food"},
            {"holiday_period", "spring-2021"},
            {"channel", "email"},
            {"requested_on", "2021-01-02"}};
}

/// A scheme of one's own for voluntary groups, with that allocation; its application's ids, assessed.
std::vector<casework::Target> assessed(Council& council, int many, const std::string& allocation) {
    council.open_scheme("winter-fund", "community", "business", {{"allocation_pence", allocation}});
    std::vector<Values> groups, applications;
    for (int i = 0; i < many; ++i) groups.push_back({{"name", "Group"}, {"kind", "voluntary_group"}});
    for (const auto& group : record_all(council.officer(), nouns::organisation, groups)) {
        applications.push_back({{"scheme", "winter-fund"},
                                {"organisation_id", id_of(group)},
                                {"received_on", "2020-04-01"},
                                {"declarations", "{meets_criteria}"},
                                {"payee.name", "Payee"},
                                {"payee.sort_code", "010203"},
                                {"payee.account_number", "01234567"}});
    }
    std::vector<std::pair<casework::Target, Values>> steps;
    for (const auto& one : record_all(council.officer(), nouns::application, applications)) {
        steps.push_back(
            {{id_of(one), 1},
             {{"recommendation", "award"}, {"band", "any"}, {"amount_pence", "1000000"}, {"reason", "eligible"}}});
    }
    std::vector<casework::Target> out;
    for (const auto& one : step_all(council.officer(), nouns::application, "assessments", steps)) {
        out.push_back({id_of(one), 2});
    }
    return out;
}

const Values approval{{"decision", "approve"}, {"decided_on", "2020-04-20"}, {"reason", "eligible"}};

}  // namespace

TEST_CASE("a list is stored with an entry and an audit line for each, as single records are") {
    Council council;
    const auto entries = number(council, "SELECT count(*) FROM entry");
    const auto outcomes = record_all(council.officer(), nouns::call, std::vector<Values>(2500, a_call));
    CHECK(outcomes.size() == 2500);
    for (const auto& outcome : outcomes) REQUIRE(told(outcome) == "stored");
    CHECK(number(council, "SELECT count(*) FROM entry") == entries + 2500);
    CHECK(number(council, "SELECT count(*) FROM audit WHERE record_id = '" + id_of(outcomes[2499]) + "'") == 1);
    CHECK(testing::told(council.verified()) == "");
}

TEST_CASE("a list of one stores what a single record does") {
    Council council;
    const auto single = council.officer().record(nouns::call, a_call);
    const auto listed = id_of(record_all(council.officer(), nouns::call, {a_call})[0]);
    const auto told_of = [&](const std::string& id) {
        return council
            .ask(
                "SELECT to_jsonb(c) - '{id,reference,recorded_at}'::text[] || jsonb_build_object('entries', "
                "(SELECT jsonb_agg(to_jsonb(e) - '{id,seq,recorded_at,record_id,hash}'::text[]) FROM entry e "
                "WHERE e.record_id = c.id), 'audit', (SELECT jsonb_agg(to_jsonb(a) - "
                "'{id,at,record_id,hash,previous}'::text[]) FROM audit a WHERE a.record_id = c.id)) "
                "FROM call c WHERE id = '" +
                id + "'")[0][0]
            .as<std::string>();
    };
    CHECK(told_of(listed) == told_of(single));
}

TEST_CASE("what is wrong with a row of a list is its own fault, and the others are stored") {
    Council council;
    const Values household{{"children", "2"},           {"value_pence", "3000"},
                           {"purpose", "holiday_food"}, {"holiday_period", "spring-2021"},
                           {"channel", "email"},        {"requested_on", "2021-01-02"}};
    const auto nobody = db::ids::fresh();
    council.officer().make_void(nouns::volunteer, council.id("volunteer Lane"));
    const auto outcomes = record_all(
        council.officer(), nouns::voucher,
        {with(household, {{"household_id", council.id("household Mill")}}), with(household, {{"household_id", nobody}}),
         with(household, {{"household_id", council.id("household Brow")}}),
         with(household, {{"household_id", nobody}, {"school", "no-such-school"}})});
    CHECK(in_words(outcomes)[0] == "stored");
    CHECK(in_words(outcomes)[1] == "/household_id unknown_reference");
    CHECK(in_words(outcomes)[2] == "stored");
    CHECK(in_words(outcomes)[3] == "/household_id unknown_reference, /school unknown_reference");
    CHECK(number(council, "SELECT count(*) FROM voucher WHERE holiday_period = 'spring-2021'") == 2);
}

TEST_CASE("of two in a list with one code the second is refused, as is one that was there before") {
    Council council;
    const auto account = [](const std::string& reference) {
        return Values{{"account_reference", reference}, {"ward", "Mill"}};
    };
    const auto outcomes = record_all(
        council.officer(), nouns::council_tax_account,
        {account("80000001"), account("80000002"), account("80000001"), account("70000001"), account("80000003")});
    CHECK(told(outcomes[0]) == "stored");
    CHECK(told(outcomes[1]) == "stored");
    CHECK(std::get<Refused>(outcomes[2]).why == Refusal::already_recorded);
    CHECK(std::get<Refused>(outcomes[3]).why == Refusal::already_recorded);
    CHECK(std::get<Refused>(outcomes[3]).detail.starts_with("It is "));
    CHECK(told(outcomes[4]) == "stored");
    CHECK(testing::told(council.verified()) == "");
}

TEST_CASE("decisions in a list commit money until the allocation is spent, and no penny beyond") {
    Council council;
    const auto applications = assessed(council, 5, "3500000");
    std::vector<std::pair<casework::Target, Values>> decisions;
    for (const auto& target : applications) decisions.push_back({target, approval});
    const auto outcomes = step_all(council.approver(), nouns::application, "decisions", decisions);
    int stored = 0;
    for (const auto& outcome : outcomes) {
        if (told(outcome) == "stored") {
            ++stored;
        } else {
            CHECK(std::get<Refused>(outcome).why == Refusal::over_allocation);
        }
    }
    CHECK(stored == 3);
    CHECK(number(council, "SELECT committed_pence FROM scheme WHERE code = 'winter-fund'") == 3000000);
    CHECK(number(council, "SELECT count(*) FROM award WHERE scheme = 'winter-fund'") == 3);
    CHECK(testing::told(council.verified()) == "");
}

TEST_CASE("whoever gave an application's bank details decides none of a list") {
    Council council;
    const auto applications = assessed(council, 2, "9000000");
    council.approver().correct(nouns::application, applications[0].id, {{"payee.account_number", "76543210"}});
    const auto outcomes = step_all(council.approver(), nouns::application, "decisions",
                                   {{{applications[0].id, 3}, approval}, {applications[1], approval}});
    CHECK(std::get<Refused>(outcomes[0]).why == Refusal::own_bank_details);
    CHECK(told(outcomes[1]) == "stored");
}

TEST_CASE("of two applications in a list for the same premises one is awarded") {
    Council council;
    const auto premises = council.officer().record(nouns::premises, {{"business_id", council.id("business Mill")},
                                                                     {"address", "9 Mill"},
                                                                     {"postcode", "SK1 1AB"},
                                                                     {"use", "retail"}});
    const auto values = application_of(council, "business Mill", premises);
    std::vector<std::pair<casework::Target, Values>> steps, decisions;
    for (const auto& one : record_all(council.officer(), nouns::application, {values, values})) {
        steps.push_back(
            {{id_of(one), 1},
             {{"recommendation", "award"}, {"band", "any"}, {"amount_pence", "1000000"}, {"reason", "eligible"}}});
        decisions.push_back({{id_of(one), 2}, approval});
    }
    for (const auto& one : step_all(council.officer(), nouns::application, "assessments", steps)) {
        CHECK(told(one) == "stored");
    }
    const auto outcomes = step_all(council.approver(), nouns::application, "decisions", decisions);
    CHECK(told(outcomes[0]) == "stored");
    CHECK(std::get<Refused>(outcomes[1]).why == Refusal::already_awarded);
    CHECK(number(council, "SELECT count(*) FROM award WHERE premises_id = '" + premises + "'") == 1);
    CHECK(testing::told(council.verified()) == "");
}

TEST_CASE("a family's second voucher in a list names the first") {
    Council council;
    const auto voucher = voucher_of(council);
    const auto outcomes = record_all(council.officer(), nouns::voucher, {voucher, voucher, voucher});
    CHECK(!council.officer().read(nouns::voucher, id_of(outcomes[0])).has(by_name("alike_id")));
    CHECK(council.officer().read(nouns::voucher, id_of(outcomes[1])).text(by_name("alike_id")) == id_of(outcomes[0]));
    CHECK(council.officer().read(nouns::voucher, id_of(outcomes[2])).text(by_name("alike_id")) == id_of(outcomes[0]));
}

TEST_CASE("returns in a list to one issue add up, and only what is more than was issued is refused") {
    Council council;
    const auto back = [&](const std::string& units) {
        return Values{{"item", "gloves"},
                      {"organisation_id", council.id("school")},
                      {"moved_on", "2020-05-06"},
                      {"hub", "ppe-hub"},
                      {"kind", "return"},
                      {"units", units},
                      {"issue_id", council.id("issue")}};
    };
    // Ten were issued, and three came back before.
    const auto outcomes = record_all(council.officer(), nouns::ppe_movement, {back("2"), back("3"), back("6")});
    CHECK(told(outcomes[0]) == "stored");
    CHECK(told(outcomes[1]) == "stored");
    CHECK(std::get<Refused>(outcomes[2]).why == Refusal::more_than_issued);
    CHECK(council.officer().read(nouns::ppe_movement, council.id("issue")).number(by_name("taken_back_units")) == 8);
    CHECK(testing::told(council.verified()) == "");
}

TEST_CASE("merges in a list close no circle") {
    Council council;
    const auto merge = [&](const std::string& from, const std::string& into) {
        return Values{{"kind", "household"},
                      {"from_id", council.id("household " + from)},
                      {"into_id", council.id("household " + into)},
                      {"reason", "same name"}};
    };
    const auto outcomes = record_all(council.officer(), nouns::merge,
                                     {merge("Mill", "Lane"), merge("Lane", "Brow"), merge("Brow", "Mill")});
    CHECK(told(outcomes[0]) == "stored");
    CHECK(told(outcomes[1]) == "stored");
    CHECK(std::get<Refused>(outcomes[2]).why == Refusal::already_merged);
}

TEST_CASE("a step in a list at another version, of no record, or twice of one, is refused by itself") {
    Council council;
    const auto calls = record_all(council.officer(), nouns::voucher, std::vector<Values>(3, voucher_of(council)));
    const Values sent{{"sent_on", "2021-01-05"}};
    const auto outcomes = step_all(council.officer(), nouns::voucher, "sends",
                                   {{{id_of(calls[0]), 1}, sent},
                                    {{id_of(calls[1]), 7}, sent},
                                    {{db::ids::fresh(), 1}, sent},
                                    {{id_of(calls[0]), 1}, sent},
                                    {{id_of(calls[2]), 1}, {{"sent_on", "2020-12-31"}}},
                                    {{council.id("voucher Lane"), 3}, sent}});
    CHECK(in_words(outcomes)[0] == "stored");
    CHECK(in_words(outcomes)[1] == "at version 1");
    CHECK(in_words(outcomes)[2] == "not found");
    CHECK(in_words(outcomes)[3] == "at version 2");
    CHECK(std::get<Refused>(outcomes[4]).why == Refusal::too_early);
    CHECK(std::get<Refused>(outcomes[5]).why == Refusal::wrong_state);
    CHECK(council.officer().read(nouns::voucher, id_of(calls[0])).state == "sent");
    CHECK(council.officer().read(nouns::voucher, id_of(calls[1])).state == "requested");
    CHECK(testing::told(council.verified()) == "");
}

TEST_CASE("steps that are kept as rows, and replacements, are made for each of a list") {
    Council council;
    const auto voucher = voucher_of(council);
    std::vector<std::pair<casework::Target, Values>> sends, reissues;
    for (const auto& one : record_all(council.officer(), nouns::voucher, {voucher, voucher})) {
        sends.push_back({{id_of(one), 1}, {{"sent_on", "2021-01-05"}}});
        reissues.push_back({{id_of(one), 2}, {{"happened_on", "2021-01-08"}, {"reason", "lost"}}});
    }
    step_all(council.officer(), nouns::voucher, "sends", sends);
    for (const auto& one : step_all(council.officer(), nouns::voucher, "reissues", reissues)) {
        REQUIRE(told(one) == "stored");
        const auto replaced = council.officer().read(nouns::voucher, id_of(one));
        const auto heir = council.officer().read(nouns::voucher, std::string{replaced.text(by_name("replaced_by_id"))});
        CHECK(heir.text(by_name("replaces_id")) == replaced.id);
    }
    const Values parcel{{"household_id", council.id("household Mill")},
                        {"people", "3"},
                        {"kind", "emergency"},
                        {"referred_at", "2020-04-01T09:00:00Z"},
                        {"promised_by", "2020-04-02"},
                        {"delivered_by", "stockport-homes"}};
    std::vector<std::pair<casework::Target, Values>> attempts;
    const Words outcomes{"no_answer", "delivered"};
    for (const auto& one : record_all(council.officer(), nouns::parcel, {parcel, parcel})) {
        attempts.push_back({{id_of(one), 1}, {{"outcome", outcomes[attempts.size()]}, {"attempted_on", "2020-04-03"}}});
    }
    CHECK(in_words(step_all(council.officer(), nouns::parcel, "attempts", attempts)) == Words{"stored", "stored"});
    for (const auto& [target, values] : attempts) {
        CHECK(number(council, "SELECT count(*) FROM parcel_attempt WHERE parcel_id = '" + target.id + "'") == 1);
    }
    CHECK(testing::told(council.verified()) == "");
}

TEST_CASE("corrections in a list change the ledger by the difference, each with its reason") {
    Council council;
    const auto& noun = nouns::device;
    const auto change = [&](const std::string& tag, std::int64_t version, const Values& changes,
                            std::optional<bool> void_it = {}) {
        casework::Correction out{.target = {council.id(tag), version},
                                 .reason = "as the list of the supplier says",
                                 .changes = record_of(noun.fields, changes),
                                 .void_it = void_it};
        for (const auto& [name, value] : changes) out.named.push_back(noun.field(name)->name);
        return out;
    };
    std::vector<casework::Outcome> outcomes;
    council.officer().change([&](db::Tx& tx) {
        outcomes = casework::correct_many(
            tx, noun,
            {change("TAB-1", 2, {{"kind", "laptop"}}), change("TAB-2", 2, {}, true), change("TAB-2", 2, {}, true)});
    });
    CHECK(in_words(outcomes) == Words{"stored", "stored", "at version 3"});
    CHECK(council.officer().read(noun, council.id("TAB-1")).text(by_name("kind")) == "laptop");
    CHECK(council.officer().read(noun, council.id("TAB-2")).voided);
    CHECK(number(council, "SELECT count(*) FROM audit WHERE reason = 'as the list of the supplier says'") == 2);
    CHECK(testing::told(council.verified()) == "");
}

TEST_CASE("what a refused correction of a list would have done in other records is not done") {
    Council council;
    const auto employed = [&](const std::string& key) {
        const auto id = council.officer().record(nouns::staff, {{"key", key}, {"name", "Somebody"}});
        return std::pair{id, council.officer().record(nouns::api_token, {{"staff_id", id}, {"role", "helpline"}})};
    };
    const auto [worker, kept] = employed("case worker");
    const auto [other, ended] = employed("other");
    council.officer().correct(nouns::person, council.id("person Mill"), {{"case_worker_id", worker}});
    std::vector<casework::Outcome> outcomes;
    council.officer().change([&](db::Tx& tx) {
        std::vector<casework::Correction> mistakes;
        for (const auto& id : {worker, other}) {
            mistakes.push_back({.target = {id, 1},
                                .reason = "recorded twice",
                                .changes = Record{nouns::staff.fields},
                                .void_it = true});
        }
        outcomes = casework::correct_many(tx, nouns::staff, mistakes);
    });
    CHECK(std::get<Refused>(outcomes[0]).why == Refusal::in_use);
    CHECK(told(outcomes[1]) == "stored");
    CHECK(council.officer().read(nouns::api_token, kept).state == "valid");
    CHECK(council.officer().read(nouns::api_token, ended).state == "revoked");
    CHECK(testing::told(council.verified()) == "");
}

TEST_CASE("the lists of many records are replaced, ended and restored with the corrections of a list, each its own") {
    Council council;
    const auto& noun = nouns::organisation;
    const auto known_as = [](const std::string& number) {
        return R"([{"kind":"charity_number","value":")" + number + R"("}])";
    };
    std::vector<std::string> ids;
    for (const auto* number : {"1000001", "1000002", "1000003"}) {
        ids.push_back(council.officer().record(noun, {{"name", std::string{"Group "} + number},
                                                      {"kind", "voluntary_group"},
                                                      {"identifiers", known_as(number)}}));
    }
    const auto corrected = [&](std::vector<casework::Correction> wanted) {
        std::vector<casework::Outcome> out;
        council.officer().change([&](db::Tx& tx) { out = casework::correct_many(tx, noun, wanted); });
        return in_words(out);
    };
    const auto says = [&](std::size_t which, std::int64_t version, const std::string& identifiers) {
        return casework::Correction{.target = {ids[which], version},
                                    .reason = "as the register says",
                                    .changes = record_of(noun.fields, {{"identifiers", identifiers}}),
                                    .named = {"identifiers"}};
    };
    const auto made = [&](std::size_t which, std::int64_t version, bool is_void) {
        return casework::Correction{.target = {ids[which], version},
                                    .reason = "recorded twice",
                                    .changes = Record{noun.fields},
                                    .void_it = is_void};
    };
    const auto kept = [&] {
        std::string out;
        for (const auto& id : ids) {
            const auto found = council.ask(
                "SELECT coalesce(string_agg(value, '+' ORDER BY position), '-') FROM "
                "organisation_identifier WHERE to_version IS NULL AND organisation_id = '" +
                id + "'");
            out += (out.empty() ? "" : " ") + found[0][0].as<std::string>();
        }
        return out;
    };
    CHECK(corrected({says(0, 1, known_as("1000011")), made(1, 1, true), says(2, 1, "[]")}) ==
          Words{"stored", "stored", "stored"});
    CHECK(kept() == "1000011 - -");
    CHECK(corrected({made(0, 2, true), made(1, 2, false), says(2, 2, known_as("1000013"))}) ==
          Words{"stored", "stored", "stored"});
    CHECK(kept() == "- 1000002 1000013");
    CHECK(corrected({made(0, 3, false), says(1, 1, "[]"), says(2, 1, "[]")}) ==
          Words{"stored", "at version 3", "at version 3"});
    CHECK(kept() == "1000011 1000002 1000013");
    CHECK(testing::told(council.verified()) == "");
}

TEST_CASE("each of a list that comes too late is told who changed it, and each that is in use by what") {
    Council council;
    const auto& noun = nouns::household;
    const auto wanted = [&](const std::string& name, std::int64_t version) {
        return casework::Correction{.target = {council.id("household " + name), version},
                                    .reason = "recorded twice",
                                    .changes = Record{noun.fields},
                                    .void_it = true};
    };
    const auto free = council.officer().record(
        noun, {{"address", "9 Nowhere"}, {"postcode", "SK1 1AA"}, {"ward", "Mill"}, {"people", "1"}});
    council.officer().correct(noun, council.id("household Mill"), {{"people", "4"}});
    std::vector<casework::Outcome> outcomes;
    council.approver().change([&](db::Tx& tx) {
        outcomes = casework::correct_many(
            tx, noun,
            {wanted("Mill", 1),
             wanted("Brow", 1),
             {.target = {free, 1}, .reason = "recorded twice", .changes = Record{noun.fields}, .void_it = true},
             wanted("Lane", 7)});
    });
    const auto& late = std::get<casework::VersionConflict>(outcomes[0]);
    CHECK(late.version == 2);
    CHECK(late.last_change.value().action == "correct");
    CHECK(std::get<Refused>(outcomes[1]).detail.find("lean") != std::string::npos);
    CHECK(told(outcomes[2]) == "stored");
    CHECK(told(outcomes[3]) == "at version 1");
    CHECK(testing::told(council.verified()) == "");
}

TEST_CASE("a list is nothing where the change around it accepts nothing") {
    Council council;
    const auto before = council.state();
    council.officer().attempt([&](db::Tx& tx) {
        const auto outcomes = casework::record_many(tx, nouns::call, {record_of(nouns::call.fields, a_call)});
        CHECK(told(outcomes[0]) == "stored");
        return std::optional<db::Accepted>{};
    });
    CHECK(council.state() == before);
}

}  // namespace tideover::list_test
