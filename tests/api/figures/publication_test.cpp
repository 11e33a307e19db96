// Publications: figures frozen under a name, the same for ever, countable again, and superseded in the open.
#include <doctest/doctest.h>

#include "db/core/ids.hpp"
#include "domain/community/nouns.hpp"
#include "domain/helpline/nouns.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::publication_test {
namespace {

using nlohmann::json;

/// A service of its own, with volunteers, calls and a payment.
struct Council {
    Service service{{"--workers", "2"}};
    World world{service};
    json call = world.fresh(nouns::call, {{"started_at", "2020-04-02T10:00:00Z"}});
    json first = world.fresh(nouns::volunteer, {{"registered_on", "2020-05-01"}});
    json second = world.fresh(nouns::volunteer, {{"registered_on", "2020-05-02"}});
    std::string known_at = service.seal();

    Answer try_to_publish(const json& more = json::object()) {
        json body{{"title", "Figures for the plan"}, {"as_at", "2021-01-31"}};
        body.update(more);
        return world.post(Role::finance, "/v1/publications", body.dump());
    }
    json publish(const json& more = json::object()) {
        const auto answer = try_to_publish(more);
        INFO(answer.body);
        REQUIRE(outcome(answer) == "201");
        return answer.json();
    }
    Answer get(const std::string& target, Headers headers = {}) {
        return world.get(Role::everyone, "/v1/publications" + target, std::move(headers));
    }
    json read(const json& publication) { return get("/" + publication.at("id").get<std::string>()).json(); }
    std::string bytes(const json& publication) {
        return get("/" + publication.at("id").get<std::string>() + "/document").body;
    }

    /// A late record, a correction and a merge, sealed.
    std::string change() {
        world.fresh(nouns::call, {{"started_at", "2020-04-03T10:00:00Z"}});
        world.fresh(nouns::call, {{"started_at", "2020-04-04T10:00:00Z"}});
        REQUIRE(outcome(world.correct(nouns::call, call, {{"outcome", "abandoned"}})) == "200");
        const json merge{{"kind", "person"},
                         {"from_id", first.at("person_id")},
                         {"into_id", second.at("person_id")},
                         {"reason", "the same"}};
        REQUIRE(outcome(world.post(Role::helpline, "/v1/merges", merge.dump())) == "201");
        return service.seal();
    }
};

json figure(const json& list, const std::string& code) {
    for (const auto& one : list) {
        if (one.at("code") == code) return one;
    }
    throw std::runtime_error("no figure " + code);
}

/// Whether counting again, for the day and seal of a publication, gives what was published.
void recomputes(Council& council, const json& document) {
    const auto again = council.world
                           .get(Role::everyone, "/v1/headlines?as_at=" + document.at("as_at").get<std::string>() +
                                                    "&known_at=" + document.at("known_at").get<std::string>())
                           .json();
    const auto& published = document.at("figures");
    REQUIRE(std::ssize(again.at("headlines")) == std::count_if(published.begin(), published.end(), [](const json& one) {
                return one.at("beside").is_null();
            }));
    REQUIRE_FALSE(again.at("headlines").empty());
    for (const auto& now : again.at("headlines")) {
        const auto then = figure(document.at("figures"), now.at("code"));
        INFO(now.dump());
        for (const auto* same : {"title", "unit", "value", "display", "provisional", "verdict"}) {
            CHECK(then.at(same) == now.at(same));
        }
        CHECK(then.at("reason") == now.value("reason", json{}));
        for (const auto* same : {"text", "comparator", "value", "precision"}) {
            CHECK(then.at("claim").at(same) == now.at("claim").at(same));
        }
        for (const auto* same : {"entries", "digest"}) {
            CHECK(then.at("evidence").at(same) == now.at("evidence").at(same));
        }
    }
}

}  // namespace

TEST_CASE("what was published stays the same to the last byte and can be counted again, whatever is learnt later") {
    Council council;
    const auto publication = council.publish({{"note", "Before the audit."}});
    const auto target = "/" + publication.at("id").get<std::string>();
    const auto document = council.bytes(publication), answer = council.get(target).body;
    const auto page = council.world.get(Role::everyone, "/publications" + target).body;
    const auto unchanged = [&] {
        CHECK(council.bytes(publication) == document);
        CHECK(council.get(target).body == answer);
        CHECK(council.world.get(Role::everyone, "/publications" + target).body == page);
        recomputes(council, json::parse(document));
        CHECK(council.world.get(Role::auditor, "/v1/verify").json().at("differences") == 0);
    };
    unchanged();
    council.change();
    unchanged();
    // Not even a figure defined otherwise since, or another claim, reaches back.
    council.world.sql(
        "UPDATE headline SET claim_value = 1, title = 'x', definition_version = 2 "
        "WHERE claim_text IS NOT NULL");
    CHECK(council.bytes(publication) == document);
    CHECK(council.get(target).body == answer);
    CHECK(council.world.get(Role::auditor, "/v1/verify").json().at("differences") == 0);
    CHECK(figure(json::parse(document).at("figures"), "new-volunteers").at("value") == 2);
}

TEST_CASE("a publication says who published which figures of which seal, and its digest is that of its bytes") {
    Council council;
    const auto publication = council.publish();
    const auto bytes = council.bytes(publication);
    const auto document = json::parse(bytes);
    CHECK(publication.at("digest") == "sha256:" + db::ids::sha256_hex(bytes));
    CHECK(document.at("known_at") == council.known_at);
    CHECK(document.at("as_at") == "2021-01-31");
    CHECK(document.at("published_by") == "finance");
    CHECK(document.at("published_at") == publication.at("recorded_at"));
    CHECK(document.at("authority_name") == "Stockport");
    CHECK(document.at("supersedes_id").is_null());
    CHECK(document.at("figures").size() == std::stoul(council.world.sql("SELECT count(*) FROM headline")));
    const auto read = council.read(publication);
    CHECK(read.at("document") == document);
    CHECK(read.at("digest") == publication.at("digest"));
    CHECK(read.at("superseded_by").is_null());
    const auto id = publication.at("id").get<std::string>();
    CHECK(council.world.sql("SELECT string_agg(code || ' ' || value || ' ' || entries || ' ' || evidence_digest, ',' "
                            "ORDER BY code) FROM publication_figure WHERE publication_id = '" +
                            id + "' AND code = 'new-volunteers'") ==
          "new-volunteers 2 2 " +
              figure(document.at("figures"), "new-volunteers").at("evidence").at("digest").get<std::string>());
    CHECK(council.world.sql("SELECT action || ' ' || s.name FROM audit a JOIN staff s ON s.id = a.actor "
                            "WHERE record_id = '" +
                            id + "'") == "record finance");
}

TEST_CASE("a publication stands on a seal: the one it names, or the latest") {
    Council council;
    const auto later = council.change();
    CHECK(council.publish().at("known_at") == later);
    const auto earlier = council.publish({{"known_at", council.known_at}});
    CHECK(earlier.at("known_at") == council.known_at);
    CHECK(figure(json::parse(council.bytes(earlier)).at("figures"), "new-volunteers").at("value") == 2);
    const auto before = council.world.stored();
    for (const std::string known_at : {"2020-01-01T00:00:00Z", "2026-01-01T00:00:00.5Z"}) {
        const auto answer = council.try_to_publish({{"known_at", known_at}});
        CHECK(outcome(answer) == "422 invalid-fields");
        CHECK(fault_at(answer, "/known_at") == "not_a_seal");
    }
    CHECK(council.world.stored() == before);
}

TEST_CASE("before anything was sealed nothing can be published") {
    auto& world = shared_world();
    world.sql("INSERT INTO authority (id, name) VALUES ('E08000003', 'Manchester') ON CONFLICT DO NOTHING");
    const auto token = world.service().token("admin", {}, {}, "E08000003");
    const auto answer = world.post(Role::everyone, "/v1/publications", R"({"title":"Early","as_at":"2020-06-01"})", {},
                                   {{"Authorization", "Bearer " + token}});
    CHECK(outcome(answer) == "422 invalid-fields");
    CHECK(fault_at(answer, "/known_at") == "nothing_sealed");
}

TEST_CASE("a publication is superseded by one that names it, once, and stays what it was") {
    Council council;
    const auto former = council.publish();
    const auto bytes = council.bytes(former);
    council.change();
    const auto later = council.publish({{"title", "Figures, restated"}, {"supersedes_id", former.at("id")}});
    CHECK(council.bytes(former) == bytes);
    const auto read = council.read(former);
    CHECK(read.at("superseded_by").at("id") == later.at("id"));
    CHECK(read.at("superseded_by").at("reference") == later.at("reference"));
    CHECK(json::parse(council.bytes(later)).at("supersedes_id") == former.at("id"));
    CHECK(outcome(council.try_to_publish({{"supersedes_id", former.at("id")}})) == "409 already-superseded");
    const auto unknown = council.try_to_publish({{"supersedes_id", db::ids::fresh()}});
    CHECK(fault_at(unknown, "/supersedes_id") == "unknown_reference");
    const auto list = council.get("").json().at("items");
    REQUIRE(list.size() == 2);
    CHECK(list[0].at("id") == later.at("id"));
    CHECK(list[0].at("supersedes_id") == former.at("id"));
    CHECK(list[1].at("superseded_by_id") == later.at("id"));
    const auto page = council.get("?limit=1").json();
    CHECK(page.at("items")[0] == list[0]);
    CHECK(council.get("?limit=1&cursor=" + page.at("next").get<std::string>()).json().at("items")[0] == list[1]);
    // A reader who keeps the former by its ETag learns that it no longer holds.
    const auto target = "/" + former.at("id").get<std::string>();
    CHECK(council.get(target, {{"If-None-Match", "\"1\""}}).status == 200);
    CHECK(council.get(target, {{"If-None-Match", "\"superseded\""}}).status == 304);
}

TEST_CASE("a restatement leads from one publication to another, and its steps add up") {
    Council council;
    const auto former = council.publish({{"as_at", "2020-04-03"}});
    council.change();
    const auto later = council.publish({{"supersedes_id", former.at("id")}});
    const auto id = later.at("id").get<std::string>(), from = former.at("id").get<std::string>();
    const auto answer = council.get("/" + id + "/restatement");
    REQUIRE(outcome(answer) == "200");
    const auto restated = answer.json();
    CHECK(restated.at("opening").at("id") == from);
    CHECK(restated.at("closing").at("id") == id);
    CHECK(council.get("/" + id + "/restatement?from=" + from).body == answer.body);
    CHECK(restated.at("figures").size() == json::parse(council.bytes(later)).at("figures").size());
    for (const auto& one : restated.at("figures")) {
        INFO(one.dump());
        std::int64_t sum = 0;
        for (const auto* step : {"opening", "definition", "late_records", "corrections", "merges", "further_days"}) {
            sum += one.at(step).get<std::int64_t>();
        }
        CHECK(one.at("closing") == sum);
        const auto code = one.at("code").get<std::string>();
        CHECK(one.at("opening") == figure(json::parse(council.bytes(former)).at("figures"), code).at("value"));
        CHECK(one.at("closing") == figure(json::parse(council.bytes(later)).at("figures"), code).at("value"));
    }
    // Up to 3 April: one call came late, one is no longer answered. The second late call is of the 4th.
    const auto calls = figure(restated.at("figures"), "helpline-calls-received");
    CHECK(calls.at("opening") == 1);
    CHECK(calls.at("late_records") == 1);
    CHECK(calls.at("corrections") == -1);
    CHECK(calls.at("further_days") == 1);
    CHECK(calls.at("closing") == 2);
    CHECK(figure(restated.at("figures"), "new-volunteers").at("further_days") == 1);
    CHECK(outcome(council.get("/" + from + "/restatement")) == "400 invalid-parameter");
    CHECK(outcome(council.get("/" + from + "/restatement?from=" + id)) == "400 invalid-parameter");
    CHECK(outcome(council.get("/" + id + "/restatement?from=x")) == "400 invalid-parameter");
    CHECK(outcome(council.get("/" + id + "/restatement?from=" + db::ids::fresh())) == "404 not-found");
    const auto csv = council.get("/" + id + "/restatement", {{"Accept", "text/csv"}}).body;
    CHECK(
        csv.starts_with("\xEF\xBB\xBF"
                        "code,title,unit,opening,definition,late_records,corrections,merges,further_days,closing\r\n"));
}

TEST_CASE("a restatement names merges, and what became of a figure that is defined otherwise") {
    Council council;
    auto& world = council.world;
    world.fresh(nouns::call, {{"started_at", "2020-04-02T11:00:00Z"}, {"outcome", "abandoned"}});
    council.service.seal();
    const auto former = council.publish();
    council.change();
    // A new definition folds anew, as a migration would.
    world.sql(
        "SET session_replication_role = replica; DELETE FROM folded; DELETE FROM folded_bucket; DELETE FROM fold; "
        "RESET session_replication_role; "
        "UPDATE headline SET filter = '{}', definition_version = 2 WHERE code = 'helpline-calls-received'");
    council.service.seal();
    const auto later = council.publish({{"supersedes_id", former.at("id")}});
    const auto restated = council.get("/" + later.at("id").get<std::string>() + "/restatement").json().at("figures");
    CHECK(figure(restated, "new-volunteers").at("merges") == -1);
    CHECK(figure(restated, "new-volunteers").at("closing") == 1);
    const auto calls = figure(restated, "helpline-calls-received");
    CHECK(calls.at("opening") == 1);
    CHECK(calls.at("definition") == 1);
    CHECK(calls.at("late_records") == 2);
    CHECK(calls.at("corrections") == 0);
    CHECK(calls.at("closing") == 4);
    CHECK(world.get(Role::auditor, "/v1/verify").json().at("differences") == 0);
}

TEST_CASE("a publication comes as rows for a spreadsheet") {
    Council council;
    const auto publication = council.publish();
    const auto target = "/" + publication.at("id").get<std::string>();
    const auto csv = council.get(target, {{"Accept", "text/csv"}});
    CHECK(csv.header("content-type").starts_with("text/csv"));
    CHECK(
        csv.body.starts_with("\xEF\xBB\xBF"
                             "publication,as_at,known_at,code,title,unit,value,display,provisional,claim,verdict,"
                             "reason,entries,digest\r\n"));
    CHECK(csv.body.find("new-volunteers") != std::string::npos);
    CHECK(std::count(csv.body.begin(), csv.body.end(), '\n') ==
          1 + std::stol(council.world.sql("SELECT count(*) FROM headline")));
    CHECK(council.get(target + "/figures.csv").body == csv.body);
    CHECK(council.get("", {{"Accept", "text/csv"}}).body.find(publication.at("reference").get<std::string>()) !=
          std::string::npos);
}

TEST_CASE("a publication can be read and printed as a page without script, and says by what it was superseded") {
    Council council;
    const auto former = council.publish({{"title", "Plan <script>alert(1)</script>"}});
    const auto address = "/publications/" + former.at("id").get<std::string>();
    const auto before = council.world.get(Role::everyone, address);
    CHECK(before.status == 200);
    CHECK(before.header("content-type").starts_with("text/html"));
    CHECK(before.body.find("<script") == std::string::npos);
    CHECK(before.body.find("Plan &lt;script&gt;") != std::string::npos);
    CHECK(before.body.find(former.at("digest").get<std::string>()) != std::string::npos);
    CHECK(before.body.find("Superseded") == std::string::npos);
    council.change();
    const auto later = council.publish({{"supersedes_id", former.at("id")}});
    const auto after = council.world.get(Role::everyone, address).body;
    CHECK(after.find("Superseded") != std::string::npos);
    CHECK(after.find(later.at("reference").get<std::string>()) != std::string::npos);
    const auto next = council.world.get(Role::everyone, "/publications/" + later.at("id").get<std::string>()).body;
    CHECK(next.find("Published before") != std::string::npos);
    const auto all = council.world.get(Role::everyone, "/publications").body;
    CHECK(all.find(address) != std::string::npos);
    CHECK(all.find("superseded") != std::string::npos);
    for (const std::string target : {"/publications/x", "/publications/00000000-0000-7000-8000-000000000000"}) {
        CHECK(outcome(council.world.get(Role::everyone, target)) == "404 not-found");
    }
}

TEST_CASE("another authority's publications are not there") {
    Council council;
    const auto publication = council.publish();
    council.world.sql("INSERT INTO authority (id, name) VALUES ('E08000004', 'Oldham')");
    const Headers other{{"Authorization", "Bearer " + council.service.token("auditor", {}, {}, "E08000004")}};
    const auto id = publication.at("id").get<std::string>();
    for (const auto& part : {"/" + id, "/" + id + "/document", "/" + id + "/figures.csv", "/" + id + "/restatement"}) {
        CHECK(outcome(council.get(part, other)) == "404 not-found");
    }
    CHECK(council.get("", other).json().at("items").empty());
}

}  // namespace tideover::testing::publication_test
