// The shipped catalogue of schemes, recorded through the API by two administrators, beside what was published.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "domain/grants/nouns.hpp"
#include "tests/api/world.hpp"
#include "tests/support/root.hpp"

namespace tideover::testing::catalogue_test {
namespace {

using nlohmann::json;

/// What is paid for a period and band, in pounds; up to a sum where the least is less.
struct Paid {
    std::string_view scheme, period, band;
    std::int64_t least, most;
};
constexpr std::int64_t penny = 0;  // a least of £0.01

// clang-format off
constexpr auto published = std::to_array<Paid>({
    {"sbgf",                 "once",                         "any",                        10'000, 10'000},
    {"rhlgf",                "once",                         "small",                      10'000, 10'000},
    {"rhlgf",                "once",                         "medium",                     25'000, 25'000},
    {"ladgf",                "phase-1",                      "discretionary",              2'500,  25'000},
    {"ladgf",                "phase-2",                      "discretionary",              2'500,  25'000},
    {"ladgf",                "phase-3",                      "discretionary",              2'500,  25'000},
    {"ladgf",                "phase-4",                      "discretionary",              2'500,  25'000},
    {"lrsg-closed-v1",       "9-sep-to-29-sep-2020",         "under-51000",                1'000,  1'000},
    {"lrsg-closed-v1",       "9-sep-to-29-sep-2020",         "51000-and-over",             1'500,  1'500},
    {"lrsg-closed-v2",       "2-dec-to-15-dec-2020",         "small",                      667,    667},
    {"lrsg-closed-v2",       "2-dec-to-15-dec-2020",         "medium",                     1'000,  1'000},
    {"lrsg-closed-v2",       "2-dec-to-15-dec-2020",         "large",                      1'500,  1'500},
    {"lrsg-closed-v2",       "16-dec-to-29-dec-2020",        "small",                      667,    667},
    {"lrsg-closed-v2",       "16-dec-to-29-dec-2020",        "medium",                     1'000,  1'000},
    {"lrsg-closed-v2",       "16-dec-to-29-dec-2020",        "large",                      1'500,  1'500},
    {"lrsg-open",            "28-aug-to-24-sep-2020",        "small",                      penny,  934},
    {"lrsg-open",            "28-aug-to-24-sep-2020",        "medium",                     penny,  1'400},
    {"lrsg-open",            "28-aug-to-24-sep-2020",        "large",                      penny,  2'100},
    {"lrsg-open",            "25-sep-to-22-oct-2020",        "small",                      penny,  934},
    {"lrsg-open",            "25-sep-to-22-oct-2020",        "medium",                     penny,  1'400},
    {"lrsg-open",            "25-sep-to-22-oct-2020",        "large",                      penny,  2'100},
    {"lrsg-open",            "2-dec-to-15-dec-2020",         "small",                      penny,  467},
    {"lrsg-open",            "2-dec-to-15-dec-2020",         "medium",                     penny,  700},
    {"lrsg-open",            "2-dec-to-15-dec-2020",         "large",                      penny,  1'050},
    {"lrsg-open",            "16-dec-to-29-dec-2020",        "small",                      penny,  467},
    {"lrsg-open",            "16-dec-to-29-dec-2020",        "medium",                     penny,  700},
    {"lrsg-open",            "16-dec-to-29-dec-2020",        "large",                      penny,  1'050},
    {"lrsg-sector",          "2-dec-to-15-dec-2020",         "small",                      667,    667},
    {"lrsg-sector",          "2-dec-to-15-dec-2020",         "medium",                     1'000,  1'000},
    {"lrsg-sector",          "2-dec-to-15-dec-2020",         "large",                      1'500,  1'500},
    {"lrsg-sector",          "16-dec-to-29-dec-2020",        "small",                      667,    667},
    {"lrsg-sector",          "16-dec-to-29-dec-2020",        "medium",                     1'000,  1'000},
    {"lrsg-sector",          "16-dec-to-29-dec-2020",        "large",                      1'500,  1'500},
    {"lrsg-closed-addendum", "5-nov-to-1-dec-2020",          "small",                      1'334,  1'334},
    {"lrsg-closed-addendum", "5-nov-to-1-dec-2020",          "medium",                     2'000,  2'000},
    {"lrsg-closed-addendum", "5-nov-to-1-dec-2020",          "large",                      3'000,  3'000},
    {"lrsg-tier-4",          "31-dec-2020-to-4-jan-2021",    "small",                      238,    238},
    {"lrsg-tier-4",          "31-dec-2020-to-4-jan-2021",    "medium",                     357,    357},
    {"lrsg-tier-4",          "31-dec-2020-to-4-jan-2021",    "large",                      536,    536},
    {"christmas-support",    "once",                         "any",                        1'000,  1'000},
    {"lrsg-closed-5-jan",    "5-jan-to-15-feb-2021",         "small",                      2'001,  2'001},
    {"lrsg-closed-5-jan",    "5-jan-to-15-feb-2021",         "medium",                     3'000,  3'000},
    {"lrsg-closed-5-jan",    "5-jan-to-15-feb-2021",         "large",                      4'500,  4'500},
    {"lrsg-closed-5-jan",    "16-feb-to-31-mar-2021",        "small",                      2'096,  2'096},
    {"lrsg-closed-5-jan",    "16-feb-to-31-mar-2021",        "medium",                     3'143,  3'143},
    {"lrsg-closed-5-jan",    "16-feb-to-31-mar-2021",        "large",                      4'714,  4'714},
    {"clbp",                 "once",                         "small",                      4'000,  4'000},
    {"clbp",                 "once",                         "medium",                     6'000,  6'000},
    {"clbp",                 "once",                         "large",                      9'000,  9'000},
    {"arg",                  "market-place-and-underbanks",  "discretionary",              3'000,  3'000},
    {"arg",                  "hospitality-boost",            "discretionary",              5'000,  5'000},
    {"arg",                  "strategic-firms",              "discretionary",              penny,  150'000},
    {"restart-strand-1",     "once",                         "small",                      2'667,  2'667},
    {"restart-strand-1",     "once",                         "medium",                     4'000,  4'000},
    {"restart-strand-1",     "once",                         "large",                      6'000,  6'000},
    {"restart-strand-2",     "once",                         "small",                      8'000,  8'000},
    {"restart-strand-2",     "once",                         "medium",                     12'000, 12'000},
    {"restart-strand-2",     "once",                         "large",                      18'000, 18'000},
    {"ohlg",                 "once",                         "small",                      2'667,  2'667},
    {"ohlg",                 "once",                         "medium",                     4'000,  4'000},
    {"ohlg",                 "once",                         "large",                      6'000,  6'000},
    {"community-support",    "round-1",                      "discretionary",              100,    2'000},
    {"community-support",    "round-2",                      "discretionary",              100,    2'000},
    {"humanitarian-aid",     "once",                         "single-couple-or-one-child", penny,  350},
    {"humanitarian-aid",     "once",                         "larger",                     penny,  600},
});

/// Days, key, funding and what the row says about itself: "-" where nothing was published.
struct Terms {
    std::string_view scheme, opens, closes, last_payment, reference, key, group, funding, council_is;
    bool uncertain;  // about more than the wording of the declarations
};
constexpr auto terms = std::to_array<Terms>({
    {"sbgf",                 "2020-03-11", "2020-08-28", "2020-09-30", "2020-03-11", "premises", "first-cohort", "full",          "agent",     true},
    {"rhlgf",                "2020-03-11", "2020-08-28", "2020-09-30", "2020-03-11", "premises", "first-cohort", "full",          "agent",     true},
    {"ladgf",                "2020-05-29", "2020-08-07", "2020-09-30", "2020-03-11", "business", "first-cohort", "capped",        "principal", true},
    {"lrsg-closed-v1",       "2020-09-09", "2021-03-31", "2021-04-30", "-",          "premises", "-",            "full",          "agent",     true},
    {"lrsg-closed-v2",       "2020-10-23", "2021-03-31", "2021-04-30", "-",          "premises", "-",            "full",          "agent",     true},
    {"lrsg-open",            "2020-08-01", "2021-03-31", "2021-04-30", "-",          "premises", "-",            "discretionary", "principal", true},
    {"lrsg-sector",          "2020-11-01", "2021-03-31", "2021-04-30", "-",          "premises", "-",            "full",          "agent",     true},
    {"lrsg-closed-addendum", "2020-11-05", "2021-03-31", "2021-04-30", "2020-11-05", "premises", "-",            "full",          "agent",     true},
    {"lrsg-tier-4",          "2020-12-31", "2021-03-31", "2021-04-30", "-",          "premises", "-",            "full",          "agent",     true},
    {"christmas-support",    "2020-12-02", "2021-02-28", "2021-03-31", "2020-12-01", "premises", "-",            "full",          "agent",     true},
    {"lrsg-closed-5-jan",    "2021-01-05", "2021-03-31", "2021-06-30", "2021-01-04", "premises", "-",            "full",          "agent",     false},
    {"clbp",                 "2021-01-05", "2021-03-31", "-",          "2021-01-04", "premises", "-",            "full",          "agent",     true},
    {"arg",                  "2020-10-14", "2021-02-28", "2022-03-31", "-",          "business", "-",            "capped",        "principal", true},
    {"restart-strand-1",     "2021-04-01", "2021-06-30", "2021-07-31", "2021-04-01", "premises", "restart",      "full",          "agent",     true},
    {"restart-strand-2",     "2021-04-01", "2021-06-30", "2021-07-31", "2021-04-01", "premises", "restart",      "full",          "agent",     true},
    {"ohlg",                 "2021-12-30", "2022-02-28", "2022-03-31", "2021-12-30", "premises", "-",            "full",          "agent",     true},
    {"community-support",    "2020-04-06", "2020-12-31", "-",          "-",          "business", "-",            "discretionary", "principal", true},
    {"humanitarian-aid",     "2020-04-01", "2021-03-31", "-",          "-",          "person",   "-",            "discretionary", "principal", true},
});
// clang-format on

/// A council that has recorded the whole catalogue, as its files say, and nothing else.
World& council() {
    static World world{shared_world().service(), "E08000009"};
    static const bool recorded = [] {
        for (const auto& entry : std::filesystem::directory_iterator{root() + "/tools/schemes"}) {
            INFO(entry.path().string());
            std::ifstream in{entry.path()};
            const auto file = json::parse(in);
            CHECK(entry.path().stem() == file.at("scheme").at("code").get<std::string>());
            REQUIRE(outcome(world.post(Role::admin, "/v1/schemes", file.at("scheme").dump())) == "201");
            for (const auto& version : file.at("versions")) {
                const auto answer =
                    world.post(Role::everyone, "/v1/scheme-versions", version.dump(), {}, world.drafting());
                INFO(answer.body);
                REQUIRE(outcome(answer) == "201");
                world.take(nouns::scheme_version, answer.json(), "publish", {{"published_on", version.at("opens_on")}});
            }
        }
        return true;
    }();
    CHECK(recorded);
    return world;
}

std::string said(const json& version, const char* name) {
    return version.at(name).is_null() ? "-" : version.at(name).get<std::string>();
}

json version_of(const std::string& scheme) {
    return council().get(Role::auditor, "/v1/scheme-versions?scheme=" + scheme).json().at("items").at(0);
}

}  // namespace

TEST_CASE("the catalogue pays what was published, for each period and band, and nothing else") {
    std::set<std::string> stored, expected;
    const auto found = json::parse(council().sql(
        "SELECT json_agg(v.scheme || ' ' || a.period || ' ' || a.band || ' ' || a.least_pence || ' ' || a.most_pence) "
        "FROM scheme_version v JOIN scheme_version_amount a ON a.authority_id = v.authority_id AND "
        "a.scheme_version_id = v.id WHERE v.authority_id = 'E08000009'"));
    for (const auto& line : found) stored.insert(line.get<std::string>());
    for (const auto& row : published) {
        expected.insert(std::string{row.scheme} + " " + std::string{row.period} + " " + std::string{row.band} + " " +
                        std::to_string(row.least == penny ? 1 : row.least * 100) + " " +
                        std::to_string(row.most * 100));
    }
    CHECK(stored == expected);
    CHECK(found.size() == published.size());
}

TEST_CASE("each scheme of the catalogue has its days, key and funding, and says what of it is uncertain") {
    for (const auto& row : terms) {
        INFO(row.scheme);
        const auto version = version_of(std::string{row.scheme});
        CHECK(said(version, "opens_on") == row.opens);
        CHECK(said(version, "closes_on") == row.closes);
        CHECK(said(version, "last_payment_on") == row.last_payment);
        CHECK(said(version, "reference_on") == row.reference);
        CHECK(said(version, "uniqueness_key") == row.key);
        CHECK(said(version, "exclusion_group") == row.group);
        CHECK(said(version, "funding") == row.funding);
        CHECK(said(version, "council_is") == row.council_is);
        CHECK((said(version, "uncertain").size() > 60) == row.uncertain);
        CHECK_FALSE(version.at("declarations").empty());
        CHECK_FALSE(version.at("required_checks").empty());
    }
    CHECK(council().sql("SELECT count(*) FROM scheme WHERE authority_id = 'E08000009'") ==
          std::to_string(terms.size()));
}

TEST_CASE("by the catalogue £15,000 is small and £51,000 is large, everywhere that bands are national") {
    for (const auto& row : terms) {
        const auto bands = version_of(std::string{row.scheme}).at("bands");
        if (bands.size() != 3) continue;
        INFO(row.scheme);
        CHECK(bands == json{{{"band", "small"}, {"bound", "up_to"}, {"rateable_value_pence", 1'500'000}},
                            {{"band", "medium"}, {"bound", "below"}, {"rateable_value_pence", 5'100'000}},
                            {{"band", "large"}, {"bound", "unbounded"}, {"rateable_value_pence", nullptr}}});
    }
}

}  // namespace tideover::testing::catalogue_test
