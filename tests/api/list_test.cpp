// Lists: every page once, every filter, the order, and CSV that no spreadsheet takes for a formula.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "db/records/record_sql.hpp"
#include "domain/access/nouns.hpp"
#include "domain/aid/nouns.hpp"
#include "domain/core/listing.hpp"
#include "domain/finance/nouns.hpp"
#include "domain/grants/nouns.hpp"
#include "domain/helpline/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "server/api/resources/records.hpp"
#include "server/formats/record_json.hpp"
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

/// The values of a column as a query says them; each of a list.
std::string as_text(const Field& field, const std::string& column) {
    if (field.kind == Kind::instant)
        return "to_char(" + column + R"( AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))";
    if (field.kind == Kind::choices) return "unnest(" + column + ")";
    return column + "::text";
}

/// What a filter says, as the database says it.
std::string condition(const listing::Asked& asked, const std::string& column, const std::string& value) {
    if (asked.field->kind == Kind::choices) return "'" + value + "' = ANY (" + column + ")";
    const auto quoted = "'" + value + "'";
    if (asked.how == listing::How::values) return column + "::text = " + quoted;
    return column + (asked.how == listing::How::from ? " >= " : " <= ") + quoted;
}

/// A record in every state, and one with every optional field that a list can be filtered by.
void populate(World& world, const Noun& noun) {
    if (creating(noun) == nullptr) return;
    for (const auto state : states(noun)) world.fresh_in(noun, state);
    json optional = json::object();
    for (const auto& field : noun.fields) {
        const bool clashes =
            (field.name == "organisation_id" || field.name == "person_id") && noun.name == "application";
        const bool special = field.name == "reverses_id" || field.name == "issue_id" || field.name == "partner" ||
                             field.name == "period" || field.name == "known_at";
        if (field.filtered && !field.via.empty()) {
            const auto& other = nouns::named(noun.field(field.via)->refers);
            const auto& copied = *other.field(field.of);
            if (!copied.derived && !copied.required)
                set_at(optional, field.via, world.fresh(other, {{copied.name, world.value(copied)}}).at("id"));
        }
        if (!(field.filtered || is_ranged(field)) || field.required || field.derived || clashes || special) continue;
        set_at(optional, field.name, world.value(field));
    }
    static_cast<void>(world.one(noun.name));
    if (!optional.empty() && !(optional.size() == 1 && optional.contains(std::string{noun.owner})))
        world.fresh(noun, optional);
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
        for (const auto& name : listing::parameters(noun)) {
            INFO(route.path << "?" << name);
            const auto asked = *listing::asked_by(noun, name);
            if (listing::is_about_merging(*asked.field)) continue;  // see parties/merge_test.cpp
            const auto column = db::records::column(asked.field->name);
            const auto text = as_text(*asked.field, column);
            const auto seen = asked.field == &listing::voided ? std::string{} : " AND NOT voided";
            auto value = world.sql("SELECT v FROM (SELECT " + text + " AS v FROM " + std::string{noun.name} +
                                   " WHERE authority_id = 'E08000007'" + seen +
                                   ") x WHERE v IS NOT NULL GROUP BY 1 ORDER BY count(*), 1 LIMIT 1");
            CHECK_MESSAGE((!value.empty() || is_ranged(*asked.field)),
                          "No record has a value to filter by: see populate() in tests/api/list_test.cpp.");
            // What few steps set: the range is taken, and finds what there is.
            if (value.empty()) value = asked.field->kind == Kind::day ? "2020-06-01" : "1";
            const auto expected = ids_where(world, noun, condition(asked, column, value) + seen);
            const auto found = all_ids(world, route.roles.has(Role::admin) ? Role::admin : one_of(route.roles),
                                       std::string{route.path} + "?limit=200&" + name + "=" + in_query(value), 200);
            CHECK(std::set<std::string>{found.begin(), found.end()} == expected);
            CHECK(found.size() == expected.size());
        }
    }
}

TEST_CASE("a list is sorted by every day, instant, amount and count, either way; who has none comes last") {
    auto& world = shared_world();
    for (const auto& route : routes()) {
        if (!lists(route)) continue;
        const auto& noun = *route.noun;
        const auto role = route.roles.has(Role::admin) ? Role::admin : one_of(route.roles);  // who sees all of them
        for (const auto* field : listing::sorted_by(noun)) {
            for (const std::string way : {"", "-"}) {
                INFO(route.path << "?sort=" << way << field->name);
                const auto column = db::records::column(field->name);
                const auto order = way.empty() ? std::string{} : std::string{" DESC"};
                const auto wanted = json::parse(world.sql(
                    "SELECT coalesce(json_agg(id ORDER BY " + column + order + " NULLS LAST, id" + order +
                    "), '[]') FROM " + std::string{noun.name} + " WHERE authority_id = 'E08000007' AND NOT voided"));
                const auto path = std::string{route.path} + "?sort=" + way + std::string{field->name} + "&limit=";
                CHECK(json(all_ids(world, role, path + "200", 200)) == wanted);
                if (wanted.size() < 60) CHECK(json(all_ids(world, role, path + "7", 7)) == wanted);
            }
        }
    }
}

TEST_CASE("several values, ranges and an order go together; a range that is turned round is refused") {
    auto& world = shared_world();
    const auto family = world.fresh(nouns::household).at("id").get<std::string>();
    std::vector<std::string> parcels;
    for (const auto* promised : {"2020-05-01", "2020-05-02", "2020-05-03", "2020-05-04"}) {
        auto parcel = world.lawful(*creating(nouns::parcel));
        parcel.body["household_id"] = family;
        parcel.body["promised_by"] = promised;
        parcel.body["referred_at"] = "2020-04-30T10:00:00Z";
        const auto answer = world.send(parcel);
        REQUIRE(outcome(answer) == "201");
        parcels.push_back(answer.json().at("id"));
    }
    const auto path = "/v1/parcels?household_id=" + family;
    const auto found = [&](const std::string& query) {
        return all_ids(world, Role::helpline, path + query + "&limit=3", 3);
    };
    CHECK(found("&promised_by.from=2020-05-02&promised_by.to=2020-05-03&sort=promised_by") ==
          std::vector{parcels[1], parcels[2]});
    CHECK(found("&promised_by.from=2020-05-03&sort=-promised_by") == std::vector{parcels[3], parcels[2]});
    CHECK(found("&promised_by.to=2020-05-01") == std::vector{parcels[0]});
    CHECK(found("&promised_by.from=2020-05-02&promised_by.to=2020-05-02") == std::vector{parcels[1]});
    CHECK(found("&promised_by=2020-05-01,2020-05-04&sort=promised_by") == std::vector{parcels[0], parcels[3]});
    CHECK(found("&state=referred,delivered&sort=promised_by") == parcels);
    for (const std::string wrong : {"promised_by.from=2020-05-03&promised_by.to=2020-05-02",
                                    "promised_by.from=2020-13-01", "promised_by.from=", "state=referred,flying",
                                    "state=,referred", "sort=household_id", "sort=note", "sort=--promised_by"}) {
        INFO(wrong);
        CHECK(outcome(world.get(Role::helpline, path + "&" + wrong)) == "400 invalid-parameter");
    }
    CHECK(outcome(world.get(Role::helpline, path + "&note.from=a")) == "400 unknown-parameter");
    const auto detail = world.get(Role::helpline, path + "&sort=note").json().at("detail").get<std::string>();
    INFO(detail);
    CHECK(detail.find(": recorded, people, referred_at, promised_by") != std::string::npos);
}

TEST_CASE("a day as an end of a range of instants is that day in London, also where the clocks change") {
    auto& world = shared_world();
    const auto person = world.fresh(nouns::person).at("id").get<std::string>();
    // Summer time began on 29 March 2020 at one o'clock and ended on 25 October at two.
    for (const auto* at :
         {"2020-03-28T23:59:59Z", "2020-03-29T00:00:00Z", "2020-03-29T22:59:59Z", "2020-03-29T23:00:00Z",
          "2020-10-24T22:59:59Z", "2020-10-24T23:00:00Z", "2020-10-25T23:59:59Z", "2020-10-26T00:00:00Z"})
        world.fresh(nouns::call, {{"person_id", person}, {"started_at", at}});
    const auto within = [&](const std::string& query) {
        std::string out;
        const auto page =
            world.get(Role::helpline, "/v1/calls?sort=started_at&person_id=" + person + "&" + query).json();
        for (const auto& item : page.at("items"))
            out += (out.empty() ? "" : " ") + item.at("started_at").get<std::string>().substr(5, 14);
        return out;
    };
    CHECK(within("started_at.from=2020-03-29&started_at.to=2020-03-29") == "03-29T00:00:00 03-29T22:59:59");
    CHECK(within("started_at.from=2020-10-25&started_at.to=2020-10-25") == "10-24T23:00:00 10-25T23:59:59");
    CHECK(within("started_at.from=2020-10-25T23:59:59Z&started_at.to=2020-10-26") == "10-25T23:59:59 10-26T00:00:00");
    CHECK(within("happened_on.from=2020-03-29&happened_on.to=2020-03-29") == "03-29T00:00:00 03-29T22:59:59");
}

TEST_CASE("a cursor of another list, of other filters or of another order is refused") {
    auto& world = shared_world();
    const auto person = world.fresh(nouns::person).at("id").get<std::string>();
    for (int i = 0; i < 4; ++i) world.fresh(nouns::call, {{"person_id", person}});
    const auto path = "/v1/calls?limit=2&person_id=" + person;
    const auto cursor = "&cursor=" + world.get(Role::helpline, path).json().at("next").get<std::string>();
    const auto by_day =
        "&cursor=" + world.get(Role::helpline, path + "&sort=happened_on").json().at("next").get<std::string>();
    CHECK(world.get(Role::helpline, path + cursor).json().at("items").size() == 2);
    CHECK(world.get(Role::helpline, "/v1/calls?limit=1&person_id=" + person + cursor).json().at("items").size() == 1);
    for (const auto& wrong :
         {"/v1/calls?limit=2" + cursor, path + "&outcome=referred" + cursor, path + "&sort=recorded" + cursor,
          path + "&sort=happened_on" + cursor, path + by_day, path + "&sort=-happened_on" + by_day,
          "/v1/parcels?limit=2" + cursor, path + cursor + "x", path + "&cursor=", path + "&cursor=" + person}) {
        INFO(wrong);
        CHECK(outcome(world.get(Role::helpline, wrong)) == "400 invalid-parameter");
    }
}

TEST_CASE("records whose ids follow from their codes are listed by when they were recorded, like all others") {
    auto& world = shared_world();
    std::vector<std::string> made;
    for (const auto* code : {"zz-first-recorded", "aa-second-recorded", "mm-third-recorded"})
        made.push_back(world.fresh(nouns::scheme, {{"code", code}}).at("id"));
    const auto newest = all_ids(world, Role::admin, "/v1/schemes?limit=200", 200);
    const auto oldest = all_ids(world, Role::admin, "/v1/schemes?limit=200&sort=recorded", 200);
    CHECK(std::vector(newest.begin(), newest.begin() + 3) == std::vector{made[2], made[1], made[0]});
    CHECK(std::vector(oldest.end() - 3, oldest.end()) == made);
}

TEST_CASE("void records are left out of a list unless somebody asks for them") {
    auto& world = shared_world();
    const auto person = world.fresh(nouns::person).at("id").get<std::string>();
    const auto kept = world.fresh(nouns::call, {{"person_id", person}}),
               gone = world.fresh(nouns::call, {{"person_id", person}});
    REQUIRE(outcome(world.make_void(nouns::call, gone)) == "200");
    const auto path = "/v1/calls?limit=5&sort=recorded&person_id=" + person;
    CHECK(all_ids(world, Role::helpline, path, 5) == std::vector<std::string>{kept.at("id")});
    CHECK(all_ids(world, Role::helpline, path + "&voided=true", 5) == std::vector<std::string>{gone.at("id")});
    CHECK(all_ids(world, Role::helpline, path + "&voided=true,false", 5) ==
          std::vector<std::string>{kept.at("id"), gone.at("id")});
    CHECK(outcome(world.get(Role::helpline, path + "&voided=perhaps")) == "400 invalid-parameter");
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
