// Council Tax: a fund is of one year, gives automatically once an account, and never takes back more than it gave.
#include <doctest/doctest.h>

#include <optional>

#include "domain/council_tax/nouns.hpp"
#include "tests/api/at_once.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::council_tax_test {
namespace {

using nlohmann::json;

/// An account and a fund of its own, and what is posted there.
struct Bill {
    World& world = shared_world();
    json fund, account;

    explicit Bill(const json& terms = json::object())
        : fund(world.fresh(nouns::council_tax_fund, terms)), account(world.fresh(nouns::council_tax_account)) {}

    [[nodiscard]] json said(const std::string& kind, int pence, const std::string& day, const json& more) const {
        json body{{"account_reference", account.at("account_reference")},
                  {"fund", fund.at("code")},
                  {"kind", kind},
                  {"amount_pence", pence},
                  {"effective_on", day},
                  {"reason", "as decided"}};
        body.update(more);
        return body;
    }
    [[nodiscard]] Answer post(const std::string& kind, int pence, const std::string& day,
                              const json& more = json::object()) const {
        return world.post(Role::finance, "/v1/council-tax-postings", said(kind, pence, day, more).dump());
    }
    [[nodiscard]] Answer automatic(int pence, const std::string& day = "2020-06-01") const {
        return post("award", pence, day, {{"basis", "automatic"}});
    }
    [[nodiscard]] Answer asked_for(int pence, const std::string& day = "2020-06-01") const {
        return post("award", pence, day, {{"basis", "application"}});
    }
    [[nodiscard]] Answer reversal(const json& award, const std::string& day = "2020-07-01") const {
        return post("reversal", award.at("amount_pence"), day, {{"reverses_id", award.at("id")}});
    }
    [[nodiscard]] json taken(const Answer& answer) const {
        REQUIRE(outcome(answer) == "201");
        return answer.json();
    }
    [[nodiscard]] std::int64_t balance() const {
        return std::stoll(
            world.sql("SELECT coalesce(sum(credit_pence), 0) FROM council_tax_posting WHERE NOT voided AND fund = '" +
                      fund.at("code").get<std::string>() + "'"));
    }
};

json merged(World& world, const json& from, const json& into) {
    const auto answer = world.post(Role::admin, "/v1/merges",
                                   json{{"kind", "council_tax_account"},
                                        {"from_id", from.at("id")},
                                        {"into_id", into.at("id")},
                                        {"reason", "one account"}}
                                       .dump());
    REQUIRE(outcome(answer) == "201");
    return answer.json();
}

}  // namespace

TEST_CASE("the financial year of a posting is its fund's, which nobody says, and another year is another fund") {
    Bill bill{{{"financial_year", "2022/23"}}};
    const auto posting = bill.taken(bill.automatic(15'000, "2022-04-20"));
    CHECK(posting.at("financial_year") == "2022/23");
    CHECK(fault_at(bill.post("award", 100, "2022-04-20", {{"basis", "application"}, {"financial_year", "2020/21"}}),
                   "/financial_year") != "");
    const auto other = bill.world.fresh(nouns::council_tax_fund, {{"financial_year", "2021/22"}});
    const auto moved = bill.world.correct(nouns::council_tax_posting, posting, {{"fund", other.at("code")}});
    CHECK(moved.json().at("financial_year") == "2021/22");
    CHECK(fault_at(bill.world.post(Role::admin, "/v1/council-tax-funds",
                                   R"({"code": "next", "title": "Next", "financial_year": "2021/23"})"),
                   "/financial_year") == "not_a_choice");
}

TEST_CASE("a fund's code is one in every spelling, and a fund in use is not made void") {
    Bill bill;
    auto code = bill.fund.at("code").get<std::string>();
    for (auto& c : code) c = static_cast<char>(c == '_' ? '-' : std::toupper(static_cast<unsigned char>(c)));
    CHECK(outcome(bill.world.post(Role::admin, "/v1/council-tax-funds",
                                  json{{"code", code}, {"title", "Again"}, {"financial_year", "2020/21"}}.dump())) ==
          "409 already-recorded");
    const auto posting = bill.taken(bill.post("award", 100, "2020-06-01", {{"basis", "application"}, {"fund", code}}));
    CHECK(posting.at("fund_id") == bill.fund.at("id"));
    const auto refused = bill.world.make_void(nouns::council_tax_fund, bill.fund);
    CHECK(outcome(refused) == "409 in-use");
    REQUIRE(outcome(bill.world.make_void(nouns::council_tax_posting, posting)) == "200");
    CHECK(outcome(bill.world.make_void(nouns::council_tax_fund, bill.fund)) == "200");
    CHECK(fault_at(bill.asked_for(100), "/fund") == "void_reference");
}

TEST_CASE("an award says whether there was an application, and only an award does") {
    Bill bill;
    CHECK(fault_at(bill.post("award", 100, "2020-06-01"), "/basis") == "required");
    CHECK(fault_at(bill.post("increase", 100, "2020-06-01", {{"basis", "automatic"}}), "/basis") == "award_only");
    CHECK(bill.balance() == 0);
}

TEST_CASE("no automatic award is more than its fund gives, new or corrected") {
    Bill bill{{{"automatic_pence", 15'000}}};
    CHECK(fault_at(bill.automatic(15'001), "/amount_pence") == "over_automatic");
    const auto award = bill.taken(bill.automatic(15'000));
    CHECK(fault_at(bill.world.correct(nouns::council_tax_posting, award, {{"amount_pence", 15'001}}),
                   "/changes/amount_pence") == "over_automatic");
    CHECK(outcome(bill.asked_for(90'000)) == "201");
    CHECK(bill.balance() == 105'000);
}

TEST_CASE("a second automatic award of one fund to one account is refused by name, until the first is taken back") {
    Bill bill;
    const auto first = bill.taken(bill.automatic(15'000));
    const auto second = bill.automatic(9'000);
    CHECK(outcome(second) == "409 already-credited");
    CHECK(second.json().at("detail").get<std::string>().find(first.at("reference").get<std::string>()) !=
          std::string::npos);
    const auto asked = bill.taken(bill.asked_for(2'000));
    CHECK(outcome(bill.world.correct(nouns::council_tax_posting, asked, {{"basis", "automatic"}})) ==
          "409 already-credited");
    const auto reversal = bill.taken(bill.reversal(first));
    const auto anew = bill.taken(bill.automatic(15'000, "2020-08-01"));
    // What was taken back does not come back beside it.
    CHECK(outcome(bill.world.make_void(nouns::council_tax_posting, reversal)) == "409 already-credited");
    CHECK(outcome(bill.world.make_void(nouns::council_tax_posting, anew)) == "200");
    CHECK(outcome(bill.world.make_void(nouns::council_tax_posting, reversal)) == "200");
    CHECK(bill.balance() == 17'000);
    // Another fund, another account: another award.
    const auto fund = bill.world.fresh(nouns::council_tax_fund).at("code");
    CHECK(outcome(bill.post("award", 100, "2020-06-01", {{"basis", "automatic"}, {"fund", fund}})) == "201");
}

TEST_CASE("an award moved to where one stands, by account or by fund, is refused") {
    Bill here, there;
    const auto first = here.taken(here.automatic(15'000));
    const auto elsewhere =
        here.taken(here.post("award", 100, "2020-06-01",
                             {{"basis", "automatic"}, {"account_reference", there.account.at("account_reference")}}));
    CHECK(outcome(here.world.correct(nouns::council_tax_posting, elsewhere,
                                     {{"account_reference", here.account.at("account_reference")}})) ==
          "409 already-credited");
    const auto other_fund =
        here.taken(here.post("award", 100, "2020-06-01", {{"basis", "automatic"}, {"fund", there.fund.at("code")}}));
    CHECK(outcome(here.world.correct(nouns::council_tax_posting, other_fund, {{"fund", here.fund.at("code")}})) ==
          "409 already-credited");
    CHECK(here.balance() == 15'100);
}

TEST_CASE("two accounts that are one get one automatic award between them, and one balance") {
    Bill bill;
    auto& world = bill.world;
    const auto first = bill.taken(bill.automatic(15'000));
    const auto twin = world.fresh(nouns::council_tax_account);
    const json on_twin{{"account_reference", twin.at("account_reference")}};
    CHECK(outcome(bill.post("decrease", 5'000, "2020-07-01", on_twin)) == "409 below-nothing");
    merged(world, twin, bill.account);
    auto automatic = on_twin;
    automatic["basis"] = "automatic";
    CHECK(outcome(bill.post("award", 15'000, "2020-06-01", automatic)) == "409 already-credited");
    CHECK(outcome(bill.post("decrease", 5'000, "2020-07-01", on_twin)) == "201");
    CHECK(outcome(bill.post("decrease", 10'001, "2020-07-01")) == "409 below-nothing");
    CHECK(bill.balance() == 10'000);
}

TEST_CASE("nothing takes an account below nothing, on whatever day: posting, correction, void or move") {
    Bill bill;
    auto& world = bill.world;
    const auto correct = [&](const json& posting, const json& changes) {
        return outcome(world.correct(nouns::council_tax_posting, posting, changes));
    };
    CHECK(outcome(bill.post("decrease", 1, "2020-06-01")) == "409 below-nothing");
    const auto award = bill.taken(bill.asked_for(10'000, "2020-06-10"));
    CHECK(outcome(bill.post("decrease", 10'001, "2020-06-20")) == "409 below-nothing");
    const auto early = bill.post("decrease", 100, "2020-06-09");
    CHECK(outcome(early) == "409 below-nothing");
    CHECK(early.json().at("detail") == "On 2020-06-09 the account would stand at -100 pence from the fund.");
    const auto decrease = bill.taken(bill.post("decrease", 6'000, "2020-06-10"));
    CHECK(correct(award, {{"amount_pence", 5'999}}) == "409 below-nothing");
    CHECK(correct(award, {{"effective_on", "2020-06-11"}}) == "409 below-nothing");
    CHECK(correct(award, {{"kind", "decrease"}, {"basis", nullptr}}) == "409 below-nothing");
    CHECK(correct(decrease, {{"amount_pence", 10'001}}) == "409 below-nothing");
    CHECK(correct(decrease, {{"effective_on", "2020-06-09"}}) == "409 below-nothing");
    CHECK(outcome(world.make_void(nouns::council_tax_posting, award)) == "409 below-nothing");
    CHECK(correct(award, {{"fund", world.fresh(nouns::council_tax_fund).at("code")}}) == "409 below-nothing");
    CHECK(correct(award, {{"account_reference", world.fresh(nouns::council_tax_account).at("account_reference")}}) ==
          "409 below-nothing");
    CHECK(outcome(bill.reversal(award)) == "409 below-nothing");
    CHECK(bill.balance() == 4'000);
    const auto raised = bill.taken(bill.post("increase", 2'000, "2020-06-11"));
    CHECK(outcome(bill.post("decrease", 6'000, "2020-06-11")) == "201");
    CHECK(outcome(world.make_void(nouns::council_tax_posting, raised)) == "409 below-nothing");
    CHECK(bill.balance() == 0);
}

TEST_CASE("of many at once one automatic award is made, and no more is taken back than was given") {
    Bill bill;
    const auto wanted = bill.said("award", 15'000, "2020-06-01", {{"basis", "automatic"}});
    const auto lowered = bill.said("decrease", 5'000, "2020-07-01", json::object());
    const auto token = bill.world.service().token("finance");
    const auto send = [&](const json& body) {
        return at_once(bill.world.service(), 8, [&](Client& client, std::size_t) {
            return client.send("POST", "/v1/council-tax-postings", post_headers(token), body.dump());
        });
    };
    const auto awards = send(wanted);
    CHECK(how_many(awards, "201") == 1);
    CHECK(how_many(awards, "409 already-credited") == 7);
    const auto decreases = send(lowered);
    CHECK(how_many(decreases, "201") == 3);
    CHECK(how_many(decreases, "409 below-nothing") == 5);
    CHECK(bill.balance() == 0);
}

}  // namespace tideover::testing::council_tax_test
