// Figures by request: drafted by one administrator, published by another, counted like those that were always there.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <map>

#include "db/ledger/ledger.hpp"
#include "domain/community/nouns.hpp"
#include "domain/figures/nouns.hpp"
#include "domain/helpline/nouns.hpp"
#include "tests/api/world.hpp"
#include "tests/support/root.hpp"

namespace tideover::testing::figure_test {
namespace {

using nlohmann::json;

/// A council without any figure.
constexpr const char* plain_council = "E08000009";

struct Council {
    Service service;
    World world;

    explicit Council(const std::string& authority = "E08000007") : world(service, authority) {}

    Answer draft(const json& figure) {
        return world.post(Role::everyone, "/v1/figures", figure.dump(), {}, world.drafting());
    }
    Answer publish(const json& drafted) { return world.attempt(nouns::figure, drafted, "publish"); }
    /// Its definition, published.
    json define(const json& figure) {
        const auto drafted = draft(figure);
        INFO(drafted.body);
        REQUIRE(outcome(drafted) == "201");
        const auto published = publish(drafted.json());
        INFO(published.body);
        REQUIRE(outcome(published) == "200");
        return published.json();
    }
    /// Seals all that is recorded; its instant.
    std::string seal() {
        service.seal();
        return world.sql("SELECT wire(max(at)) FROM seal WHERE authority_id = '" + world.authority() + "'");
    }
    json figure(const std::string& code, const std::string& query = {}) {
        const auto answer = world.get(Role::auditor, "/v1/headlines" + query).json();
        for (const auto& one : answer.at("headlines")) {
            if (one.at("code") == code) return one;
        }
        return nullptr;
    }
};

json outbound_calls() {
    return {
        {"code", "calls-made"},    {"title", "Calls that the council made"},
        {"measure", "call_made"},  {"aggregate", "count"},
        {"unit", "calls"},         {"meaning", "all lines, reached or not"},
        {"from_on", "2020-03-01"}, {"claim", {{"text", "3"}, {"comparator", "exact"}, {"value", 3}, {"precision", 1}}},
        {"as_at", "2021-03-31"}};
}

void make_calls(World& world, int many) {
    for (int i = 0; i < many; ++i) world.fresh(nouns::call, {{"direction", "outbound"}, {"purpose", "welfare"}});
}

}  // namespace

TEST_CASE("a new council gets its figures by request, and they count what was recorded before and after") {
    Council council{plain_council};
    auto& world = council.world;
    make_calls(world, 2);
    CHECK(world.get(Role::everyone, "/v1/headlines", world.signed_in(Role::auditor)).json().at("headlines").empty());
    const auto drafted = council.draft(outbound_calls()).json();
    const auto rehearsed = world.post(Role::admin, "/v1/figures/" + id_of(drafted) + "/publications?dry_run=true",
                                      R"({"published_on": "2020-06-01"})", "\"1\"");
    const json change{{"code", "calls-made"}, {"title", "Calls that the council made"},
                      {"unit", "calls"},      {"as_at", "2021-03-31"},
                      {"change", 2},          {"live_change", 2}};
    CHECK(rehearsed.json().at("figures") == json::array({change}));
    CHECK(council.figure("calls-made").is_null());
    const auto published = council.publish(drafted).json();
    CHECK(published.at("number") == 1);
    CHECK(published.at("published_on").is_string());
    CHECK(council.figure("calls-made").at("value") == 2);
    CHECK(council.figure("calls-made").at("verdict") == "differs");
    make_calls(world, 1);
    const auto before = council.figure("calls-made");
    CHECK(before.at("value") == 3);
    CHECK(before.at("verdict") == "matches");
    const auto records = world.get(Role::auditor, "/v1/headlines/calls-made/records").json();
    CHECK(records.at("items").size() == 3);
}

TEST_CASE("a figure without a day is read as at today, and one without a claim is judged by nobody") {
    Council council{plain_council};
    auto figure = outbound_calls();
    figure.erase("claim");
    figure.erase("as_at");
    council.define(figure);
    make_calls(council.world, 1);
    const auto shown = council.figure("calls-made");
    CHECK(shown.at("value") == 1);
    CHECK(shown.at("value") == shown.at("live"));
    CHECK(shown.at("claim").is_null());
    CHECK(shown.at("verdict").is_null());
}

TEST_CASE("another version takes the place of a figure; what was published says which it used") {
    Council council;
    auto& world = council.world;
    make_calls(world, 2);
    const auto first = council.figure("helpline-calls-made");
    REQUIRE(!first.is_null());
    const auto then = "/v1/headlines?known_at=" + council.service.seal();
    const auto as_known = world.get(Role::everyone, then).body;
    const auto publish = [&] {
        const auto answer =
            world.post(Role::admin, "/v1/publications", R"({"title": "As it stood", "as_at": "2021-03-31"})");
        REQUIRE(outcome(answer) == "201");
        const auto document =
            world.get(Role::everyone, "/v1/publications/" + id_of(answer.json()) + "/document").json();
        for (const auto& one : document.at("figures")) {
            if (one.at("code") == "helpline-calls-made") return one;
        }
        return json{};
    };
    const auto earlier = publish();
    auto wider = outbound_calls();
    wider["code"] = "helpline-calls-made";
    wider["filter"] = json::array({{{"dimension", "line"}, {"value", "coronavirus"}}});
    const auto second = council.define(wider);
    CHECK(second.at("number") == 2);
    const auto shown = council.figure("helpline-calls-made");
    CHECK(shown.at("evidence").at("definition_version") == 2);
    CHECK(shown.at("value") == 2);
    // As known before, the figures are what they were, byte for byte; as known from the next seal on, by the new one.
    CHECK(world.get(Role::everyone, then).body == as_known);
    council.service.seal();
    CHECK(world.get(Role::everyone, then).body == as_known);
    const auto later = publish();
    CHECK(earlier.at("definition").at("version") == 1);
    CHECK(later.at("definition").at("version") == 2);
    CHECK(later.at("definition").at("filter") == json{{"line", {"coronavirus"}}});
    CHECK(world.get(Role::everyone, "/v1/headlines/helpline-calls-made").json().at("definition").at("version") == 2);
    CHECK(world.sql("SELECT string_agg(code || ' ' || current, ', ' ORDER BY code) FROM headline "
                    "WHERE figure = 'helpline-calls-made'") == "helpline-calls-made false, helpline-calls-made@2 true");
}

TEST_CASE("who drafted a definition, or corrected it last, does not publish it") {
    Council council{plain_council};
    auto& world = council.world;
    const auto drafted = council.draft(outbound_calls()).json();
    const auto path = "/v1/figures/" + id_of(drafted);
    const std::string day = R"({"published_on": "2020-06-01"})";
    CHECK(outcome(world.post(Role::everyone, path + "/publications", day, "\"1\"", world.drafting())) ==
          "422 own-draft");
    CHECK(outcome(world.correct(nouns::figure, drafted, {{"title", "Calls made by the council"}})) == "200");
    CHECK(outcome(world.post(Role::admin, path + "/publications", day, "\"2\"")) == "422 own-draft");
    CHECK(outcome(world.post(Role::everyone, path + "/publications", day, "\"2\"", world.drafting())) == "200");
    CHECK(council.figure("calls-made").at("title") == "Calls made by the council");
    CHECK(world.correct(nouns::figure, world.get(Role::admin, path).json(), {{"title", "Otherwise"}}).status == 409);
}

TEST_CASE("a definition of what is not counted, or is counted already, is refused, and the answer says where") {
    Council council;
    const auto refused = [&](const json& patch, const std::string& pointer) {
        auto figure = outbound_calls();
        figure["code"] = "other-calls";
        figure["measure"] = "household_grant_paid";
        figure.merge_patch(patch);
        const auto answer = council.draft(figure);
        INFO(answer.body);
        return pointer.empty() ? outcome(answer) : fault_at(answer, pointer);
    };
    const auto filter = [](const std::string& dimension, const std::string& value) {
        return json{{{"dimension", dimension}, {"value", value}}};
    };
    CHECK(refused({{"measure", "calls_dreamt_of"}}, "/measure") == "unknown");
    CHECK(refused({{"filter", filter("shoe_size", "9")}}, "/filter/0") == "unknown_dimension");
    CHECK(refused({{"filter", {filter("scheme", "x")[0], filter("scheme", "x")[0]}}}, "/filter/1") == "stands_twice");
    CHECK(refused({{"code", "Other Calls"}}, "/code") == "malformed");
    CHECK(refused({{"unit", "pence"}}, "/unit") == "wrong_unit");
    CHECK(refused({{"aggregate", "sum"}}, "/unit") == "wrong_unit");
    CHECK(refused({{"claim", {{"text", "3"}, {"comparator", nullptr}}}}, "/claim/comparator") == "required");
    CHECK(refused({{"claim", {{"text", nullptr}, {"precision", nullptr}}}}, "/claim/value") == "not_here");
    CHECK(refused({{"beside", "new-volunteers"}}, "/claim/text") == "not_here");
    CHECK(refused({{"included_in", "no-such-figure"}}, "/included_in") == "unknown_figure");
    CHECK(refused({{"code", "new-volunteers"}, {"included_in", "new-volunteers"}}, "/included_in") == "leads_back");
    // Of two figures neither belongs to the other: what is shown beside another is a part of it, and nothing of its
    // own.
    CHECK(refused({{"code", "business-grants-paid"}, {"included_in", "retail-hospitality-paid"}}, "/included_in") ==
          "leads_back");
    const json unclaimed{{"claim", nullptr}};
    auto beside_beside = unclaimed, has_others = unclaimed;
    beside_beside["beside"] = "helpline-calls-reached";
    has_others["code"] = "helpline-calls-made", has_others["beside"] = "new-volunteers";
    CHECK(refused(beside_beside, "/beside") == "shown_beside");
    CHECK(refused(has_others, "/beside") == "others_beside");
    CHECK(refused({{"claim", {{"pair", "no-such-figure"}}}}, "/claim/pair") == "unknown_figure");
    CHECK(refused({{"claim", {{"pair", "new-volunteers"}}}}, "") == "201");
    CHECK(refused({{"as_at", "2020-02-01"}}, "/as_at") == "too_early");
    // What counts some of the same, on some of the same days, has to say to which figure it belongs.
    const json same{{"measure", "call_made"}, {"filter", filter("line", "coronavirus")}};
    CHECK(refused(same, "") == "422 overlapping-figure");
    auto later = same, other = same, part = same;
    later["from_on"] = "2021-04-01", later["as_at"] = "2022-03-31";
    CHECK(refused(later, "") == "201");
    other["filter"] = filter("line", "business_support"), other["code"] = "business-calls-made";
    CHECK(refused(other, "") == "201");
    part["included_in"] = "helpline-calls-made", part["code"] = "part-of-calls-made";
    CHECK(refused(part, "") == "201");
}

TEST_CASE("verify finds a definition that is not the one which was published") {
    Council council{plain_council};
    auto& world = council.world;
    auto figure = outbound_calls();
    figure["filter"] = {{{"dimension", "answered"}, {"value", "true"}},
                        {{"dimension", "line"}, {"value", "coronavirus"}}};
    council.define(figure);
    const auto kinds = [&] {
        std::string out;
        const auto found = world.get(Role::auditor, "/v1/verify").json();
        for (const auto& one : found.at("first")) out += one.at("kind").get<std::string>() + " ";
        return out;
    };
    CHECK(kinds().empty());
    for (const std::string tampered : {"title = 'Calls'", "filter = '{}'", "as_at = NULL", "claim_value = 4"}) {
        INFO(tampered);
        const auto before = world.sql("SELECT to_jsonb(h)::text FROM headline h WHERE code = 'calls-made'");
        world.sql("WITH was AS (UPDATE headline SET " + tampered + " WHERE code = 'calls-made') SELECT ''");
        CHECK(kinds() == "wrong-definition ");
        world.sql(
            "WITH was AS (UPDATE headline h SET title = o.title, filter = o.filter, as_at = o.as_at, claim_value = "
            "o.claim_value FROM jsonb_populate_record(NULL::headline, '" +
            before + "') o WHERE h.code = 'calls-made') SELECT ''");
        CHECK(kinds().empty());
    }
}

TEST_CASE("of two drafts of a figure the earlier cannot take the place of the later") {
    Council council{plain_council};
    const auto first = council.draft(outbound_calls()).json(), second = council.draft(outbound_calls()).json();
    CHECK(second.at("number") == 2);
    CHECK(outcome(council.publish(second)) == "200");
    CHECK(outcome(council.publish(first)) == "409 wrong-state");
    CHECK(council.figure("calls-made").at("evidence").at("definition_version") == 2);
}

TEST_CASE("a figure that is withdrawn is shown no longer; what was known and published before still has it") {
    Council council{plain_council};
    auto& world = council.world;
    make_calls(world, 2);
    council.define(outbound_calls());
    auto figure = world.get(Role::admin, "/v1/figures?code=calls-made").json().at("items").at(0);
    CHECK(council.figure("calls-made").at("value") == 2);
    const auto then = council.seal();
    const json why{{"withdrawn_on", "2021-04-01"}, {"withdrawal_reason", "Counted twice under another name."}};
    auto part = outbound_calls();
    part.merge_patch({{"code", "calls-made-welfare"}, {"included_in", "calls-made"}, {"claim", nullptr}});
    const auto within = council.define(part);
    CHECK(outcome(world.attempt(nouns::figure, figure, "withdraw", why)) == "409 wrong-state");
    CHECK(outcome(world.attempt(nouns::figure, within, "withdraw", why)) == "200");

    const auto withdrawn = world.attempt(nouns::figure, figure, "withdraw", why);
    REQUIRE(outcome(withdrawn) == "200");
    CHECK(withdrawn.json().at("state") == "withdrawn");
    CHECK(council.figure("calls-made").is_null());
    CHECK(outcome(world.get(Role::everyone, "/v1/headlines/calls-made")) == "404 not-found");
    CHECK(outcome(world.get(Role::auditor, "/v1/headlines/calls-made/parts?by=month")) == "404 not-found");
    CHECK(council.figure("calls-made", "?known_at=" + then).at("value") == 2);
    CHECK(world.sql("SELECT reason FROM audit WHERE record_kind = 'figure' AND action = 'withdraw' ORDER BY id DESC "
                    "LIMIT 1") == "");
    // What ended has a place in the ledger, and is folded no further.
    const auto after = council.seal();
    CHECK(after > then);
    make_calls(world, 1);
    council.service.seal();
    db::Connection owner{council.service.database().owner()};
    db::ledger::fold(owner, std::string{world.authority()});
    CHECK(council.figure("calls-made", "?known_at=" + after).is_null());
    CHECK(council.figure("calls-made", "?known_at=" + then).at("value") == 2);
    CHECK(world.get(Role::auditor, "/v1/verify").json().at("differences") == 0);

    // The code is free again, for its next version.
    const auto again = council.define(outbound_calls());
    CHECK(again.at("number") == 2);
    CHECK(council.figure("calls-made").at("value") == 3);
    CHECK(outcome(world.attempt(nouns::figure, figure, "withdraw", why)).starts_with("4"));
    CHECK(world.get(Role::auditor, "/v1/verify").json().at("differences") == 0);
}

TEST_CASE("a version whose place another took cannot be withdrawn") {
    Council council{plain_council};
    const auto first = council.define(outbound_calls());
    council.define(outbound_calls());
    const json why{{"withdrawn_on", "2021-04-01"}, {"withdrawal_reason", "Counted twice under another name."}};
    CHECK(outcome(council.world.attempt(nouns::figure, first, "withdraw", why)) == "409 wrong-state");
    CHECK(council.figure("calls-made").at("evidence").at("definition_version") == 2);
}

TEST_CASE("the shipped figures of the plan, defined by request, are those that Stockport has") {
    Council council{plain_council}, stockport;
    std::ifstream in{root() + "/tools/figures/council-plan-2021-22.json"};
    const auto shipped = json::parse(in);
    const auto partner = [](const json& figure) { return figure.value("/claim/pair"_json_pointer, std::string{}); };
    std::map<std::string, json> drafted;
    const auto draft = [&](const json& figure) {
        auto body = figure;
        if (drafted.count(partner(figure)) == 0 && body.contains("claim")) body["claim"].erase("pair");
        const auto answer = council.draft(body);
        INFO(answer.body);
        REQUIRE(outcome(answer) == "201");
        drafted[figure.at("code")] = answer.json();
    };
    for (const auto& figure : shipped) {
        const std::string code = figure.at("code"), other = partner(figure);
        if (drafted.count(code) == 0) draft(figure);
        if (!other.empty() && drafted.count(other) == 0) {
            draft(*std::find_if(shipped.begin(), shipped.end(),
                                [&](const json& one) { return one.at("code") == other; }));
            auto& own = drafted.at(code);
            const json change{{"reason", "the other is drafted"}, {"changes", {{"claim", {{"pair", other}}}}}};
            REQUIRE(outcome(council.world.post(Role::everyone, "/v1/figures/" + id_of(own) + "/corrections",
                                               change.dump(), "\"1\"", council.world.drafting())) == "200");
            own = council.world.get(Role::admin, "/v1/figures/" + id_of(own)).json();
        }
        REQUIRE(outcome(council.publish(drafted.at(code))) == "200");
    }
    const auto listed = [&](Council& of) {
        auto out = json::array();
        for (const auto& figure : shipped) {
            out.push_back(of.world.get(Role::auditor, "/v1/headlines/" + figure.at("code").get<std::string>()).json());
        }
        return out;
    };
    const auto defined = listed(council), there = listed(stockport);
    for (std::size_t i = 0; i < shipped.size(); ++i) CHECK(defined[i] == there[i]);
    const auto order = [](Council& of) {
        std::string out;
        const auto all = of.world.get(Role::auditor, "/v1/headlines").json();
        for (const auto& one : all.at("headlines")) out += one.at("code").get<std::string>() + " ";
        return out;
    };
    CHECK(order(council) == order(stockport));
    CHECK(order(council).starts_with("business-grants-paid business-grants-businesses "));
}

TEST_CASE("a figure of subjects, defined late, counts them through merges, folded and not") {
    Council council{plain_council};
    auto& world = council.world;
    const auto first = world.fresh(nouns::volunteer), second = world.fresh(nouns::volunteer);
    world.fresh(nouns::volunteer);
    REQUIRE(outcome(merge(world, first.at("person_id"), second.at("person_id"))) == "201");
    const auto early = council.seal();
    council.define({{"code", "volunteers-here"},
                    {"title", "People who volunteer"},
                    {"measure", "volunteer_registered"},
                    {"aggregate", "distinct"},
                    {"unit", "people"},
                    {"meaning", "people, each once"},
                    {"from_on", "2020-03-01"}});
    CHECK(council.figure("volunteers-here").at("value") == 2);
    world.fresh(nouns::volunteer);
    const auto plain = council.figure("volunteers-here");
    CHECK(plain.at("value") == 3);
    // Folded it is the same figure with the same evidence, and what is recorded after that is counted on top.
    council.service.seal();
    db::Connection owner{council.service.database().owner()};
    db::ledger::fold(owner, plain_council);
    CHECK(world.sql("SELECT (folded_from > 0)::text FROM headline WHERE figure = 'volunteers-here'") == "true");
    CHECK(world.sql("SELECT (count(*) > 1)::text FROM folded WHERE headline = 'volunteers-here'") == "true");
    const auto folded = council.figure("volunteers-here");
    CHECK(folded.at("value") == 3);
    CHECK(folded.at("evidence") == plain.at("evidence"));
    world.fresh(nouns::volunteer);
    CHECK(council.figure("volunteers-here").at("value") == 4);
    // Before it was defined it is none of the figures; asked for all the same, it is counted as it is defined now.
    CHECK(council.figure("volunteers-here", "?known_at=" + early).is_null());
    const auto then = world.get(Role::auditor, "/v1/headlines/volunteers-here/parts?by=ward&known_at=" + early);
    CHECK(then.json().at("total").at("value") == 2);
    CHECK(world.get(Role::auditor, "/v1/verify").json().at("differences") == 0);
}

}  // namespace tideover::testing::figure_test
