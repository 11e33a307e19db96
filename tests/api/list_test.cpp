// Lists: every page once, every filter, the order, and CSV that no spreadsheet takes for a formula.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "db/records/record_sql.hpp"
#include "domain/access/nouns.hpp"
#include "domain/aid/nouns.hpp"
#include "domain/finance/nouns.hpp"
#include "domain/grants/nouns.hpp"
#include "domain/helpline/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "server/api/resources/records.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::list_test {
namespace {

using nlohmann::json;

/// Follows `next` from page to page; the ids in the order in which they came.
std::vector<std::string> all_ids(World& world, Role role, const std::string& path, std::size_t limit) {
    std::vector<std::string> out;
    for (std::string cursor; out.size() < 10'000;) {
        const auto answer = world.get(role, path + (cursor.empty() ? "" : "&cursor=" + cursor));
        const auto page = answer.json();
        CHECK(page.at("items").size() <= limit);
        for (const auto& item : page.at("items")) out.push_back(item.at("id"));
        const auto link = answer.header("link");
        if (page.at("next").is_null()) {
            CHECK(link.empty());
            break;
        }
        CHECK(page.at("items").size() == limit);
        cursor = page.at("next");
        CHECK(link.ends_with(">; rel=\"next\""));
        CHECK(link.find("cursor=" + cursor) != std::string::npos);
        CHECK(link.find("limit=" + std::to_string(limit)) != std::string::npos);
        CHECK(world.get(role, link.substr(1, link.find('>') - 1)).json().at("items") ==
              world.get(role, path + "&cursor=" + cursor).json().at("items"));
    }
    return out;
}

std::string in_query(const std::string& text) {
    std::string out;
    for (const char c : text) {
        out += c == ' '   ? std::string{"%20"}
               : c == '+' ? std::string{"%2B"}
               : c == '&' ? std::string{"%26"}
                          : std::string{c};
    }
    return out;
}

std::set<std::string> ids_where(World& world, const Noun& noun, const std::string& condition) {
    const auto found = json::parse(world.sql("SELECT coalesce(json_agg(id), '[]') FROM " + std::string{noun.name} +
                                             " WHERE authority_id = 'E08000007' AND " + condition));
    return found.get<std::set<std::string>>();
}

/// A record in every state, and one with every optional field that a list can be filtered by.
void populate(World& world, const Noun& noun) {
    if (creating(noun) == nullptr) return;
    for (const auto state : states(noun)) world.fresh_in(noun, state);
    json optional = json::object();
    for (const auto& field : noun.fields) {
        const bool clashes =
            (field.name == "organisation_id" || field.name == "person_id") && noun.name == "application";
        const bool special = field.name == "reverses_id" || field.name == "issue_id" || field.name == "partner";
        if (!field.filtered || field.required || field.derived || clashes || special) continue;
        set(optional, field.name, world.value(field));
    }
    if (!optional.empty() && !(noun.owner.size() && optional.size() == 1)) world.fresh(noun, optional);
}

/// What no record made from the tables alone has: a group's application, what came of it, and what names an earlier
/// one.
void populate_specials(World& world) {
    const auto scheme = world.open_scheme({{"kind", "community"}}, {{"uniqueness_key", "business"}}).at("code");
    const auto group = world.fresh(nouns::organisation).at("id");
    const auto application = world.fresh_in(
        nouns::application, "approved",
        {{"business_id", nullptr}, {"premises_id", nullptr}, {"organisation_id", group}, {"scheme", scheme}});
    world.fresh(nouns::payment, {{"award_id", application.at("award_id")}});
    const auto aid = world.open_scheme({{"kind", "household"}}, {{"uniqueness_key", "person"}}).at("code");
    const auto person = world.fresh(nouns::person).at("id");
    const auto household =
        world.fresh_in(nouns::application, "approved",
                       {{"business_id", nullptr}, {"premises_id", nullptr}, {"person_id", person}, {"scheme", aid}});
    world.fresh(nouns::payment, {{"award_id", household.at("award_id")}});
    world.fresh(nouns::api_token, {{"role", "partner"}, {"partner", World::partner}});
    const auto issue = world.fresh(nouns::ppe_movement, {{"units", 5}});
    world.fresh(nouns::ppe_movement, {{"kind", "return"}, {"issue_id", issue.at("id")}});
}

}  // namespace

TEST_CASE("page by page, a list has every record once, in both orders") {
    auto& world = shared_world();
    std::vector<std::string> made;
    const auto person = world.fresh(nouns::person).at("id").get<std::string>();
    for (int i = 0; i < 23; ++i) made.push_back(world.fresh(nouns::call, {{"person_id", person}}).at("id"));
    for (const std::size_t limit : {1U, 4U, 22U, 23U, 24U, 200U}) {
        INFO(limit);
        const auto path = "/v1/calls?person_id=" + person + "&limit=" + std::to_string(limit);
        auto newest = all_ids(world, Role::helpline, path, limit);
        const auto oldest = all_ids(world, Role::helpline, path + "&sort=recorded", limit);
        CHECK(newest.size() == made.size());
        CHECK(std::set<std::string>{newest.begin(), newest.end()} == std::set<std::string>{made.begin(), made.end()});
        std::reverse(newest.begin(), newest.end());
        CHECK(newest == oldest);
        // Within one millisecond any order will do.
        for (std::size_t i = 0; i < made.size(); ++i) CHECK(oldest[i].substr(0, 13) == made[i].substr(0, 13));
    }
}

TEST_CASE("records that are added while somebody pages through neither repeat nor hide others") {
    auto& world = shared_world();
    const auto person = world.fresh(nouns::person).at("id").get<std::string>();
    std::set<std::string> before;
    for (int i = 0; i < 9; ++i)
        before.insert(world.fresh(nouns::call, {{"person_id", person}}).at("id").get<std::string>());
    std::multiset<std::string> seen;
    for (std::string cursor;;) {
        const auto page = world
                              .get(Role::helpline, "/v1/calls?limit=2&person_id=" + person +
                                                       (cursor.empty() ? "" : "&cursor=" + cursor))
                              .json();
        for (const auto& item : page.at("items")) seen.insert(item.at("id").get<std::string>());
        world.fresh(nouns::call, {{"person_id", person}});
        if (page.at("next").is_null()) break;
        cursor = page.at("next");
    }
    for (const auto& id : before) CHECK(seen.count(id) == 1);
    CHECK(seen.size() == before.size());
}

TEST_CASE("a page has fifty records unless another number is asked for") {
    auto& world = shared_world();
    for (int i = 0; i < 52; ++i) world.fresh(nouns::call);
    CHECK(world.get(Role::helpline, "/v1/calls").json().at("items").size() == 50);
    CHECK(world.get(Role::helpline, "/v1/calls?limit=51").json().at("items").size() == 51);
}

TEST_CASE("every filter of every list finds exactly the records that have the value") {
    auto& world = shared_world();
    for (const auto* noun : nouns::all()) populate(world, *noun);
    populate_specials(world);
    for (const auto& route : routes()) {
        if (!lists(route)) continue;
        const auto& noun = *route.noun;
        for (const auto name : list_parameters(noun)) {
            if (name == "limit" || name == "cursor" || name == "sort" || name == "q") continue;
            INFO(route.path << "?" << name);
            const auto column = db::records::column(name);
            const auto value =
                world.sql("SELECT " + column + "::text FROM " + std::string{noun.name} + " WHERE " + column +
                          " IS NOT NULL AND authority_id = 'E08000007' GROUP BY 1 ORDER BY count(*), 1 LIMIT 1");
            CHECK_MESSAGE(!value.empty(),
                          "No record has a value to filter by: see populate() in tests/api/list_test.cpp.");
            const auto expected = ids_where(world, noun, column + "::text = '" + value + "'");
            const auto found =
                all_ids(world, one_of(route.roles),
                        std::string{route.path} + "?limit=200&" + std::string{name} + "=" + in_query(value), 200);
            CHECK(std::set<std::string>{found.begin(), found.end()} == expected);
            CHECK(found.size() == expected.size());
        }
    }
}

TEST_CASE("filters go together, and a value that cannot be one is refused") {
    auto& world = shared_world();
    const auto family = world.fresh(nouns::household).at("id").get<std::string>();
    const auto sent = world.fresh_in(nouns::voucher, "sent", {{"household_id", family}});
    world.fresh(nouns::voucher, {{"household_id", family}});
    const auto path = "/v1/vouchers?household_id=" + family;
    CHECK(world.get(Role::grants_officer, path).json().at("items").size() == 2);
    const auto one = world.get(Role::grants_officer, path + "&state=sent&purpose=holiday_food").json().at("items");
    REQUIRE(one.size() == 1);
    CHECK(one[0].at("id") == sent.at("id"));
    CHECK(world.get(Role::grants_officer, path + "&state=expired").json().at("items").empty());
    for (const std::string wrong :
         {"household_id=17", "purpose=fun", "sent_on=yesterday", "state=flying", "sent_on="}) {
        INFO(wrong);
        CHECK(outcome(world.get(Role::grants_officer, "/v1/vouchers?" + wrong)) == "400 invalid-parameter");
    }
}

TEST_CASE("a filter takes a value as people write it") {
    auto& world = shared_world();
    const auto person = world.fresh(nouns::person, {{"phone", "0161 496 0123"}, {"postcode", "sk13xa"}});
    CHECK(person.at("phone") == "01614960123");
    CHECK(person.at("postcode") == "SK1 3XA");
    for (const std::string query :
         {"phone=%2B44%20161%20496%200123", "phone=01614960123", "postcode=sk1%203xa", "postcode=SK13XA"}) {
        INFO(query);
        const auto items = world.get(Role::helpline, "/v1/persons?" + query).json().at("items");
        REQUIRE(!items.empty());
        CHECK(items[0].at("id") == person.at("id"));
    }
}

TEST_CASE("in CSV each record is a row under its columns, and no cell begins as a formula") {
    auto& world = shared_world();
    const auto person = world.fresh(nouns::person).at("id").get<std::string>();
    const std::vector<std::pair<std::string, std::string>> cells{{"=1+1", "'=1+1"},
                                                                 {"+44", "'+44"},
                                                                 {"-1", "'-1"},
                                                                 {"@SUM(A1)", "'@SUM(A1)"},
                                                                 {"a, b", "\"a, b\""},
                                                                 {"say \"x\"", "\"say \"\"x\"\"\""},
                                                                 {"two\nlines", "\"two\nlines\""},
                                                                 {"=a,b", "\"'=a,b\""},
                                                                 {"plain", "plain"}};
    for (const auto& [note, cell] : cells) {
        const auto call =
            world.fresh(nouns::call, {{"note", note}, {"person_id", person}, {"reasons", {"food", "money"}}});
        CHECK(call.at("note") == note);
    }
    const auto answer =
        world.get(Role::helpline, "/v1/calls?sort=recorded&limit=200&person_id=" + person, {{"Accept", "text/csv"}});
    REQUIRE(outcome(answer) == "200");
    CHECK(answer.header("content-type") == "text/csv; charset=utf-8");
    CHECK(answer.header("content-disposition") == "attachment; filename=\"calls.csv\"");
    REQUIRE(answer.body.starts_with("\xEF\xBB\xBF"));
    const auto header = answer.body.substr(3, answer.body.find("\r\n") - 3);
    CHECK(header.starts_with(
        "id,reference,direction,line,counterparty,purpose,started_at,duration_s,caller.name,caller.phone"));
    CHECK(std::count(answer.body.begin(), answer.body.end(), '\r') == static_cast<std::ptrdiff_t>(cells.size()) + 1);
    for (const auto& [note, cell] : cells) {
        INFO(note);
        CHECK(answer.body.find("," + cell + ",") != std::string::npos);
    }
    CHECK(answer.body.find("food; money") != std::string::npos);
    for (const std::string formula : {",=", ",+", ",-", ",@", "\n=", ",\"=", ",\"+", ",\"-", ",\"@"}) {
        INFO(formula);
        CHECK(answer.body.find(formula) == std::string::npos);
    }
}

TEST_CASE("a list in CSV pages like any other") {
    auto& world = shared_world();
    const auto person = world.fresh(nouns::person).at("id").get<std::string>();
    for (int i = 0; i < 3; ++i) world.fresh(nouns::call, {{"person_id", person}});
    const auto first = world.get(Role::helpline, "/v1/calls?limit=2&person_id=" + person, {{"Accept", "text/csv"}});
    CHECK(std::count(first.body.begin(), first.body.end(), '\n') == 3);
    const auto link = first.header("link");
    REQUIRE(!link.empty());
    const auto rest = world.get(Role::helpline, link.substr(1, link.find('>') - 1), {{"Accept", "text/csv"}});
    CHECK(std::count(rest.body.begin(), rest.body.end(), '\n') == 2);
    CHECK(rest.header("link").empty());
}

}  // namespace tideover::testing::list_test
