// The audit as it is read: by record, by party, by member of staff and by time; and its signed checkpoint.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "db/ledger/ledger.hpp"
#include "domain/grants/nouns.hpp"
#include "domain/helpline/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "server/api/checkpoint.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::audit_test {
namespace {

using nlohmann::json;

json lines(World& world, Role role, const std::string& query) {
    const auto answer = world.get(role, "/v1/audit?" + query);
    INFO(query << " -> " << answer.body);
    REQUIRE(outcome(answer) == "200");
    return answer.json().at("items");
}

/// "action version" of each line, in the order they came.
std::vector<std::string> deeds(const json& items) {
    std::vector<std::string> out;
    for (const auto& item : items) {
        out.push_back(item.at("action").get<std::string>() + " " +
                      std::to_string(item.at("record").at("version").get<int>()));
    }
    return out;
}

/// A corrected call, and the instants that its lines were recorded at.
struct Corrected {
    json call;
    std::string first, second;
};

Corrected corrected_call(World& world, const json& more = json::object()) {
    const auto call = world.fresh(nouns::call, more);
    REQUIRE(outcome(world.correct(nouns::call, call, {{"note", "Elsewhere"}})) == "200");
    const auto at = [&](int version) {
        return world.sql("SELECT wire(at) FROM audit WHERE record_id = '" + id_of(call) +
                         "' AND version = " + std::to_string(version));
    };
    return {call, at(1), at(2)};
}

}  // namespace

TEST_CASE("the audit of a record says who did what and what stood there before, newest first or from the start") {
    auto& world = shared_world();
    const auto [call, first, second] = corrected_call(world);
    const auto items = lines(world, Role::auditor, "record=" + id_of(call));
    CHECK(deeds(items) == std::vector<std::string>{"correct 2", "record 1"});
    CHECK(items[0].at("record").at("kind") == "call");
    CHECK(items[0].at("record").at("id") == call.at("id"));
    CHECK(items[0].at("at") == second);
    CHECK(items[0].at("reason") == "It was heard wrongly.");
    CHECK(items[0].at("staff").at("id") == call.at("recorded_by"));
    CHECK(items[0].at("staff").at("name") == "helpline");
    CHECK(items[0].at("before").at("version") == 1);
    CHECK(items[1].at("before").is_null());
    CHECK(deeds(lines(world, Role::auditor, "sort=recorded&record=" + id_of(call))) ==
          std::vector<std::string>{"record 1", "correct 2"});
}

TEST_CASE("the audit of a time is of that time: from its first instant up to but without its last") {
    auto& world = shared_world();
    const auto [call, first, second] = corrected_call(world);
    const auto record = "&record=" + id_of(call);
    CHECK(deeds(lines(world, Role::admin, "from=" + first + "&until=" + second + record)) ==
          std::vector<std::string>{"record 1"});
    CHECK(deeds(lines(world, Role::admin, "from=" + second + record)) == std::vector<std::string>{"correct 2"});
    CHECK(lines(world, Role::admin, "until=" + first + record).empty());
    for (const auto& item : lines(world, Role::admin, "from=" + first + "&until=" + second)) {
        CHECK(item.at("at") >= first);
        CHECK(item.at("at") < second);
    }
}

TEST_CASE("the audit of a party is that of every record about it, also from before a merge and before a correction") {
    auto& world = shared_world();
    const auto one = world.fresh(nouns::person), other = world.fresh(nouns::person), third = world.fresh(nouns::person);
    const auto call = world.fresh(nouns::call, {{"person_id", one.at("id")}});
    const auto second = world.fresh(nouns::call, {{"person_id", other.at("id")}});
    REQUIRE(outcome(world.correct(nouns::call, second, {{"person_id", third.at("id")}})) == "200");
    const auto merge = world.fresh(nouns::merge, {{"from_id", one.at("id")}, {"into_id", other.at("id")}});
    std::set<std::string> ids;
    for (const auto& item : lines(world, Role::auditor, "limit=200&subject=" + id_of(one))) {
        ids.insert(item.at("record").at("id").get<std::string>());
    }
    CHECK(ids == std::set<std::string>{id_of(one), id_of(call), id_of(second), id_of(merge)});
    ids.clear();
    for (const auto& item : lines(world, Role::auditor, "limit=200&subject=" + id_of(third))) {
        ids.insert(item.at("record").at("id").get<std::string>());
    }
    CHECK(ids == std::set<std::string>{id_of(third), id_of(second)});
}

TEST_CASE("the audit of a member of staff holds what they did through any login, and nothing else") {
    auto& world = shared_world();
    const Headers first{{"Authorization", "Bearer " + world.service().token("helpline", "one-person")}};
    const Headers second{{"Authorization", "Bearer " + world.service().token("admin", "one-person")}};
    const auto call = world.post(Role::everyone, "/v1/calls", world.body(nouns::call).dump(), {}, first).json();
    const auto person = world.post(Role::everyone, "/v1/persons", world.body(nouns::person).dump(), {}, second).json();
    std::set<std::string> ids;
    std::set<std::string> tokens;
    for (const auto& item : lines(world, Role::admin, "limit=200&staff=" + call.at("recorded_by").get<std::string>())) {
        CHECK(item.at("staff").at("name") == "one-person");
        if (item.at("action") != "record" || item.at("request_id") == "command-line") continue;
        ids.insert(item.at("record").at("id").get<std::string>());
        tokens.insert(item.at("token_id").get<std::string>());
    }
    CHECK(ids == std::set<std::string>{id_of(call), id_of(person)});
    CHECK(tokens.size() == 2);
}

TEST_CASE("pages of the audit follow each other without a gap or a repeat, and its CSV has the same lines") {
    auto& world = shared_world();
    const auto call = world.fresh(nouns::call);
    auto current = call;
    for (int i = 0; i < 6; ++i) {
        current = world.correct(nouns::call, current, {{"note", "Note " + std::to_string(i)}}).json();
    }
    for (const std::string sort : {"recorded", "-recorded"}) {
        std::vector<int> versions;
        std::string target = "/v1/audit?limit=3&sort=" + sort + "&record=" + id_of(call);
        while (!target.empty()) {
            const auto answer = world.get(Role::admin, target);
            REQUIRE(outcome(answer) == "200");
            const auto page = answer.json();
            for (const auto& item : page.at("items")) versions.push_back(item.at("record").at("version").get<int>());
            const auto link = answer.header("link");
            target = link.empty() ? "" : link.substr(1, link.find('>') - 1);
        }
        if (sort == "-recorded") std::reverse(versions.begin(), versions.end());
        CHECK(versions == std::vector<int>{1, 2, 3, 4, 5, 6, 7});
    }
    const auto csv = world.get(Role::auditor, "/v1/audit?record=" + id_of(call), {{"Accept", "text/csv"}});
    CHECK(
        csv.body.starts_with("\xEF\xBB\xBF"
                             "id,number,at,staff.id,staff.name,token_id,action,record.kind,record.id,record.version,"
                             "reason,request_id,import,before\r\n"));
    CHECK(std::count(csv.body.begin(), csv.body.end(), '\n') == 8);
}

TEST_CASE("a line shows what stood there before only as far as its reader may see such records") {
    auto& world = shared_world();
    auto application = world.fresh(nouns::application);
    application = world.take(nouns::application, application, "withdraw");
    const auto seen = [&](Role role) { return lines(world, role, "record=" + id_of(application)).at(0).at("before"); };
    const auto by_auditor = seen(Role::auditor);
    CHECK(by_auditor.at("state") == "submitted");
    for (const auto& field : nouns::application.fields) {
        auto column = std::string{field.name};
        std::replace(column.begin(), column.end(), '.', '_');
        if (field.kind != Kind::rows) {
            CHECK(by_auditor.contains(column) == who_sees(field.privacy).has(Role::auditor));
        }
    }
    // Administrators run the service; applications are not theirs to read.
    CHECK(seen(Role::admin).is_null());
}

TEST_CASE("what the audit is asked in vain is refused with what it takes") {
    auto& world = shared_world();
    for (const std::string query :
         {"record=17", "subject=", "staff=x", "from=yesterday", "until=2020-13-01T00:00:00Z", "cursor=x",
          "cursor=", "cursor=9999999999999999999", "sort=at", "limit=201", "record=a&record=b"}) {
        INFO(query);
        CHECK(outcome(world.get(Role::admin, "/v1/audit?" + query)) == "400 invalid-parameter");
    }
    CHECK(outcome(world.get(Role::admin, "/v1/audit?person=1")) == "400 unknown-parameter");
}

TEST_CASE("another council's audit is not there") {
    auto& world = shared_world();
    World other{world.service(), "E08000004"};
    const auto call = world.fresh(nouns::call);
    CHECK(lines(other, Role::admin, "record=" + id_of(call)).empty());
    CHECK(lines(other, Role::admin, "staff=" + call.at("recorded_by").get<std::string>()).empty());
    const std::string query = "/v1/audit?limit=1&staff=" + call.at("recorded_by").get<std::string>();
    const auto ours = world.get(Role::admin, query).json().at("next").get<std::string>();
    CHECK(outcome(world.get(Role::admin, query + "&cursor=" + ours)) == "200");
    CHECK(outcome(other.get(Role::admin, query + "&cursor=" + ours)) == "400 invalid-parameter");
    CHECK(outcome(world.get(Role::admin, "/v1/audit?limit=1&cursor=" + ours)) == "400 invalid-parameter");
    for (const auto& item : lines(other, Role::admin, "limit=200")) {
        CHECK(world.sql("SELECT authority_id FROM audit WHERE id = " + item.at("id").dump()) == "E08000004");
    }
}

TEST_CASE("the checkpoint is signed over the chain's newest link, and no other text passes for it") {
    Service service{{"--workers", "2"}};
    World world{service};
    const auto call = world.fresh(nouns::call);
    db::Connection owner{service.database().connect()};
    db::audit_chain::Ends ends;
    // The server's own sealer may be quicker: either way the line is behind a link when this is done.
    while (world.sql("SELECT count(*) FROM audit WHERE record_id = '" + id_of(call) +
                     "' AND id <= (SELECT max(audit_upto) FROM audit_link WHERE authority_id = 'E08000007')") == "0") {
        db::ledger::seal(owner, "E08000007", &ends);
        db::audit_chain::extend(owner, "E08000007", ends);
    }
    const auto answer = world.get(Role::auditor, "/v1/audit/checkpoint");
    REQUIRE(outcome(answer) == "200");
    auto checkpoint = read_checkpoint(answer.body);
    CHECK(holds(checkpoint));
    CHECK(checkpoint.authority == "E08000007");
    CHECK(checkpoint.public_key == db::SigningKey::in_file(service.audit_key()).public_key());
    const auto number = std::to_string(checkpoint.link.number);
    CHECK(checkpoint.link.head == world.sql("SELECT encode(head, 'hex') FROM audit_link WHERE authority_id = "
                                            "'E08000007' AND number = " +
                                            number));
    const auto item = lines(world, Role::admin, "record=" + id_of(call)).at(0);
    CHECK(item.at("number").dump() ==
          world.sql("SELECT count(*) FROM audit WHERE authority_id = 'E08000007' AND id <= " + item.at("id").dump()));
    for (auto* text : {&checkpoint.authority, &checkpoint.link.at, &checkpoint.link.head, &checkpoint.public_key,
                       &checkpoint.signature}) {
        auto& c = text->front();
        c = c == '0' ? '1' : '0';
        CHECK_FALSE(holds(checkpoint));
        checkpoint = read_checkpoint(answer.body);
    }
    checkpoint.link.audit_lines += 1;
    CHECK_FALSE(holds(checkpoint));
    CHECK_THROWS_AS(static_cast<void>(read_checkpoint("{}")), std::runtime_error);
}

}  // namespace tideover::testing::audit_test
