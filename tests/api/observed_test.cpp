// What can be seen of the service from outside: its log, its metrics and its request ids. Nothing of anybody's.
#include <doctest/doctest.h>

#include <cctype>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>

#include "domain/council_tax/nouns.hpp"
#include "domain/grants/nouns.hpp"
#include "domain/helpline/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::observed_test {
namespace {

using nlohmann::json;

/// Lines of the log that are of requests, parsed; every line of the log is JSON.
std::vector<json> requests_logged(const Service& service) {
    std::vector<json> out;
    std::istringstream lines{service.log()};
    for (std::string line; std::getline(lines, line);) {
        const auto entry = json::parse(line);
        if (entry.at("event") == "request") out.push_back(entry);
    }
    return out;
}

/// What the database itself logged; ./tideover test says where.
std::string log_of_postgres() {
    const char* path = std::getenv("TIDEOVER_TEST_POSTGRES_LOG");
    if (path == nullptr) return {};
    std::ostringstream out;
    out << std::ifstream{path}.rdbuf();
    return out.str();
}

/// Things that must not be seen: names, telephone numbers, notes, addresses, bank details; other ones each round.
struct Canaries {
    int round = 0;  // one digit
    std::vector<std::string> all{};

    std::string next(const std::string& like) {
        all.push_back(like + std::to_string(round) + std::to_string(10 + all.size()) + "zq");
        return all.back();
    }
    /// One whose check digit holds.
    std::string nhs_number() {
        for (int tried = 10;; ++tried) {
            const auto nine = "943" + std::to_string(round) + std::to_string(tried) + std::to_string(100 + all.size());
            for (char check = '0'; check <= '9'; ++check) {
                if (!canonical_form(Form::nhs_number, nine + check)) continue;
                all.push_back(nine + check);
                return all.back();
            }
        }
    }
    std::string number(const std::string& begins) {
        all.push_back(begins + std::to_string(round) + std::to_string(10 + all.size()));
        return all.back();
    }
};

void good_requests(World& world, Canaries& canaries) {
    const auto person =
        world.fresh(nouns::person, {{"name", canaries.next("Mary Canary ")},
                                    {"phone", canaries.number("01614960")},
                                    {"address", canaries.next("1 Aviary ")},
                                    {"email", canaries.next("mary.canary-") + "@example.org"},
                                    {"safe_contact", canaries.next("only by ")},
                                    {"identifiers", {{{"kind", "nhs_number"}, {"value", canaries.nhs_number()}}}}});
    world.fresh(nouns::call,
                {{"note", canaries.next("His bird has died ")},
                 {"caller", {{"name", canaries.next("Joe Finch ")}, {"phone", canaries.number("01614960")}}}});
    const json payee{{"name", canaries.next("Payee Linnet ")},
                     {"sort_code", canaries.number("089")},
                     {"account_number", canaries.number("66374")}};
    const auto application =
        world.fresh_in(nouns::application, "assessed", {{"payee", payee}, {"note", canaries.next("They said ")}});
    world.take(nouns::application, application, "approve", {{"decision_note", canaries.next("I think ")}});
    world.fresh(nouns::household, {{"address", canaries.next("Nest ")}, {"access_note", canaries.next("Key under ")}});
    world.correct(nouns::person, person, {{"name", canaries.next("Maria Canary ")}});
    world.fresh(nouns::council_tax_account,
                {{"ratepayer", canaries.next("Wren ")}, {"account_reference", canaries.number("55001496")}});
    world.fresh(nouns::business,
                {{"name", canaries.next("Starling & Sons ")},
                 {"identifiers", {{{"kind", "company_number"}, {"value", canaries.number("SC900")}}}}});
}

void refused_requests(World& world, Canaries& canaries) {
    const auto post = [&](Role role, const std::string& target, const std::string& body) {
        CHECK(world.post(role, target, body).status >= 400);
    };
    post(Role::helpline, "/v1/persons",
         json{{"name", canaries.next("Refused Robin ")}, {"phone", canaries.next("not a phone ")}}.dump());
    post(Role::helpline, "/v1/calls",
         json{{"note", canaries.next("note without the rest ")}, {canaries.next("field"), 1}}.dump());
    post(Role::helpline, "/v1/calls", "{\"note\": \"" + canaries.next("never closed "));
    post(Role::helpline, "/v1/calls", "{\"" + canaries.next("twice") + "\":1,\"" + canaries.all.back() + "\":2}");
    post(Role::auditor, "/v1/persons", json{{"name", canaries.next("Forbidden Owl ")}}.dump());
    post(Role::everyone, "/v1/persons", json{{"name", canaries.next("Stranger Kite ")}}.dump());
    const auto taken = world.one("council_tax_account").at("account_reference");
    post(Role::finance, "/v1/council-tax-accounts",
         json{{"account_reference", taken}, {"ratepayer", canaries.next("Twin Wren ")}}.dump());
    post(Role::helpline, "/v1/volunteers",
         json{{"person_id", world.one("scheme").at("id")},
              {"registered_on", World::past_day},
              {"skills", canaries.next("sings ")}}
             .dump());
}

void in_addresses(World& world, Canaries& canaries) {
    const auto encoded = [&](const std::string& like) {
        const auto text = canaries.next(like);
        return std::regex_replace(text, std::regex{" "}, "%20");
    };
    world.get(Role::helpline, "/v1/persons?phone=" + canaries.number("01614960"));
    world.get(Role::helpline, "/v1/persons?ward=" + encoded("Ward of "));
    world.get(Role::helpline, "/v1/persons?" + encoded("name") + "=" + encoded("Query Thrush "));
    world.get(Role::helpline, "/v1/persons/" + encoded("Path Pigeon "));
    world.get(Role::helpline, "/" + encoded("Lost Lark "));
    world.get(Role::helpline, "/v1/headlines?as_at=" + encoded("Day of "));
    world.get(Role::everyone, "/v1/persons", {{"Authorization", "Bearer " + canaries.next("tdo_secret")}});
    world.get(Role::helpline, "/v1/persons",
              {{"X-Request-Id", canaries.next("my name is ")}, {"User-Agent", canaries.next("agent ")}});
}

/// Six digits, a sort code, also come up by chance inside an id or behind the point of a second; more do not.
bool tells(const std::string& log, const std::string& canary) {
    const auto of_more = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.'; };
    const bool by_chance = canary.size() <= 6 && canary.find_first_not_of("0123456789") == std::string::npos;
    for (auto at = log.find(canary); at != std::string::npos; at = log.find(canary, at + 1)) {
        const auto end = at + canary.size();
        const bool inside = (at > 0 && of_more(log[at - 1])) || (end < log.size() && of_more(log[end]));
        if (!by_chance || !inside) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("nothing that anybody said about anybody is in a log or the metrics") {
    Service service{{"--workers", "2"}};
    World world{service};
    std::vector<std::string> canaries;
    for (int round = 0; round < 6; ++round) {
        Canaries told{.round = round};
        good_requests(world, told);
        refused_requests(world, told);
        in_addresses(world, told);
        canaries.insert(canaries.end(), told.all.begin(), told.all.end());
    }
    CHECK(canaries.size() >= 200);
    const auto metrics = world.get(Role::everyone, "/metrics").body;
    service.signal(SIGTERM);
    CHECK(service.wait() == 0);
    CHECK(requests_logged(service).size() >= canaries.size() / 2);
    for (const auto& log : {service.log(), metrics, log_of_postgres()}) {
        for (const auto& canary : canaries) {
            INFO(canary);
            CHECK(!tells(log, canary));
        }
    }
    CHECK(world.sql("SELECT count(*) FROM person WHERE name LIKE '%Canary%'") == "6");
}

TEST_CASE("a request's id is in its answer, its log line, its problem, its audit line and its entries") {
    Service service{{"--workers", "2"}};
    World world{service};
    const auto good = world.post(Role::helpline, "/v1/calls", world.body(nouns::call).dump(), {},
                                 {{"X-Request-Id", "trace-Good_1.a"}});
    CHECK(good.header("x-request-id") == "trace-Good_1.a");
    CHECK(world.sql("SELECT count(*) FROM audit WHERE request_id = 'trace-Good_1.a'") == "1");
    CHECK(world.sql("SELECT count(*) FROM entry WHERE request_id = 'trace-Good_1.a'") == "1");
    const auto bad = world.post(Role::helpline, "/v1/calls", "{}", {}, {{"X-Request-Id", "trace-bad"}});
    CHECK(bad.json().at("instance") == "trace-bad");
    for (const std::string given : {"two words", "a\"b", "caf\xc3\xa9", "semi;colon"}) {
        const auto answer = world.get(Role::everyone, "/healthz", {{"X-Request-Id", given}});
        CHECK(answer.header("x-request-id") != given);
        CHECK(answer.header("x-request-id").size() == 36);
    }
    CHECK(world.get(Role::everyone, "/healthz", {{"X-Request-Id", std::string(101, 'x')}})
              .header("x-request-id")
              .size() == 36);
    std::map<std::string, json> by_id;
    for (const auto& line : requests_logged(service)) by_id[line.at("request_id")] = line;
    REQUIRE(by_id.contains("trace-Good_1.a"));
    const auto& line = by_id["trace-Good_1.a"];
    CHECK(line.at("status") == 201);
    CHECK(line.at("route") == "/v1/calls");
    CHECK(line.at("method") == "POST");
    CHECK(line.at("role") == "helpline");
    CHECK(line.at("level") == "info");
    CHECK(line.at("duration_us").is_number_integer());
    CHECK(by_id["trace-bad"].at("problem") == "invalid-fields");
    CHECK(by_id["trace-bad"].at("status") == 422);
}

TEST_CASE("no lawful refusal is logged as a mistake of ours") {
    Service service{{"--workers", "2"}};
    World world{service};
    const auto scheme = world.open_scheme({}, {{"allocation_pence", 1}}).at("code");
    const auto application = world.fresh_in(nouns::application, "assessed", {{"scheme", scheme}});
    CHECK(outcome(world.attempt(nouns::application, application, "approve")) == "422 over-allocation");
    auto twin = world.body(nouns::council_tax_account);
    twin["account_reference"] = world.one("council_tax_account").at("account_reference");
    CHECK(outcome(world.post(Role::finance, "/v1/council-tax-accounts", twin.dump())) == "409 already-recorded");
    CHECK(service.log().find("\"level\":\"error\"") == std::string::npos);
}

TEST_CASE("the metrics count requests by route and status, and name no record") {
    Service service{{"--workers", "2"}};
    World world{service};
    const auto call = world.fresh(nouns::call).at("id").get<std::string>();
    world.get(Role::helpline, "/v1/calls/" + call);
    world.get(Role::helpline, "/nowhere/" + call);
    const auto answer = world.get(Role::everyone, "/metrics");
    CHECK(answer.header("content-type").starts_with("text/plain; version=0.0.4"));
    const auto& text = answer.body;
    CHECK(text.find("# TYPE tideover_requests_total counter") != std::string::npos);
    CHECK(text.find(R"(tideover_requests_total{route="/v1/calls",status="201"} 1)") != std::string::npos);
    CHECK(text.find(R"(tideover_requests_total{route="/v1/calls/{id}",status="200"} 1)") != std::string::npos);
    CHECK(text.find(R"(tideover_requests_total{route="-",status="404"} 1)") != std::string::npos);
    CHECK(text.find("tideover_request_duration_seconds_bucket{le=\"0.01\"}") != std::string::npos);
    CHECK(text.find("tideover_connections 1") != std::string::npos);
    CHECK(text.find("tideover_queue") != std::string::npos);
    CHECK_FALSE(std::regex_search(text, std::regex{"[0-9a-f]{8}-[0-9a-f]{4}"}));
}

}  // namespace tideover::testing::observed_test
