// The page for scrutiny: figures over time and by ward, as the public sees them.
#include <doctest/doctest.h>

#include "domain/aid/nouns.hpp"
#include "domain/community/nouns.hpp"
#include "domain/helpline/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::dashboard_test {
namespace {

struct Council {
    Service service{{"--workers", "2"}};
    World world{service};

    void call(const std::string& day) {
        world.fresh(nouns::call,
                    {{"started_at", day + "T10:00:00Z"}, {"line", "coronavirus"}, {"counterparty", "resident"}});
    }
    void volunteers(const std::string& ward, int many) {
        for (int i = 0; i < many; ++i) {
            const auto person = world.fresh(nouns::person, {{"ward", ward}});
            world.fresh(nouns::volunteer, {{"person_id", person.at("id")}, {"registered_on", "2020-05-01"}});
        }
    }
    std::string page(const std::string& query = {}) {
        const auto answer = world.get(Role::everyone, "/dashboard" + query);
        REQUIRE(outcome(answer) == "200");
        CHECK(answer.header("content-type") == "text/html; charset=utf-8");
        CHECK(answer.body.find("<script") == std::string::npos);
        return answer.body;
    }
    /// The part of the page about one figure.
    std::string about(const std::string& code, const std::string& query = {}) {
        const auto all = page(query);
        const auto from = all.find("id=\"" + code + "\"");
        REQUIRE(from != std::string::npos);
        return all.substr(from, all.find("</article>", from) - from);
    }
};

std::size_t times(const std::string& text, const std::string& part) {
    std::size_t out = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++out;
    return out;
}

/// The value that stands beside a name in a table.
std::string beside(const std::string& html, const std::string& name) {
    const auto from = html.find(">" + name + "</th>");
    if (from == std::string::npos) return "not there";
    const auto begin = html.find('>', html.find("<td", from)) + 1;
    return html.substr(begin, html.find('<', begin) - begin);
}

}  // namespace

TEST_CASE("a figure stands on the page month by month, in a picture and with its values, against what was said") {
    Council council;
    for (int i = 0; i < 6; ++i) council.call("2020-04-02");
    for (int i = 0; i < 7; ++i) council.call("2020-07-01");
    const auto calls = council.about("helpline-calls-received");
    CHECK(beside(calls, "April 2020") == "6");
    CHECK(beside(calls, "July 2020") == "7");
    CHECK(beside(calls, "May 2020") == "0");
    CHECK(times(calls, "<rect class=\"part\"") == 11);
    CHECK(calls.find("The council said") != std::string::npos);
    // What was recorded since is on it at once.
    council.call("2020-07-05");
    CHECK(beside(council.about("helpline-calls-received"), "July 2020") == "8");
    CHECK(times(council.page(), "<article") == 18);
}

TEST_CASE("the months of one financial year can be chosen; what is no year shows all of them") {
    Council council;
    for (int i = 0; i < 6; ++i) council.call("2020-03-20");
    for (int i = 0; i < 7; ++i) council.call("2020-04-02");
    const auto before = council.about("helpline-calls-received", "?year=2019-20");
    CHECK(beside(before, "March 2020") == "6");
    CHECK(beside(before, "April 2020") == "not there");
    CHECK(beside(council.about("helpline-calls-received", "?year=2020-21"), "March 2020") == "not there");
    for (const std::string query :
         {"", "?year=1066-67", "?year=2020-22", "?year=2", "?year=", "?year=%3Cb%3E--", "?month=4", "?year=2020/21"}) {
        INFO(query);
        const auto calls = council.about("helpline-calls-received", query);
        CHECK(beside(calls, "March 2020") == "6");
        CHECK(beside(calls, "April 2020") == "7");
        CHECK(council.page(query).find("<b>") == std::string::npos);
    }
}

TEST_CASE("the page withholds small counts of people by month and by ward, whoever asks for it") {
    Council council;
    council.volunteers("Manor", 9);
    council.volunteers("Reddish", 2);
    council.volunteers("Bramhall", 6);
    council.call("2020-04-02");
    for (int i = 0; i < 9; ++i) council.call("2020-05-02");
    const auto calls = council.about("helpline-calls-received");
    CHECK(beside(calls, "April 2020") == "withheld");
    CHECK(beside(calls, "May 2020") == "withheld");  // it would give the other away
    CHECK(beside(calls, "June 2020") == "0");
    CHECK(times(calls, "class=\"withheld\"") == 2);
    for (const auto role : {Role::everyone, Role::auditor}) {
        const auto html = council.world.get(role, "/dashboard").body;
        CHECK(beside(html, "Reddish") == "withheld");
        CHECK(beside(html, "Bramhall") == "withheld");  // it would give the other away
        CHECK(beside(html, "Manor") == "9");
    }
}

}  // namespace tideover::testing::dashboard_test
