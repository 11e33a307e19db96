// What other funders gave to voluntary groups: £220,000, as written awards. A joint bid counts once, for its lead.
#include <array>
#include <numeric>

#include "demo/organisations.hpp"
#include "demo/plan.hpp"

namespace tideover::year {
namespace {

constexpr std::array<std::string_view, 5> funders{
    "Fable Foundation (invented)", "Storyford Trust (invented)", "Lottery Fund (invented)",
    "Madeupton Community Foundation (invented)", "Legendby Charitable Trust (invented)"};

// The last was entered late; one joint bid was entered by two of its groups.
constexpr std::array<int, 22> pounds{24'850, 18'400, 9'950, 9'900, 9'750, 14'200, 7'500, 4'900, 10'000, 12'600, 5'000,
                                     3'800,  6'250,  9'400, 8'100, 7'300, 11'450, 2'950, 9'600, 13'850, 7'600,  12'410};
constexpr std::size_t twice = 1;
constexpr auto sum = std::accumulate(pounds.begin(), pounds.end(), 0);
static_assert(sum >= 218'000 && sum < 222'000);
static_assert(sum + pounds[twice] - pounds.back() >= 225'000, "at K the twin makes it another figure");

std::string some_group(const Plan& plan, int number, int apart) {
    return plan.notebook.id(named("group", (number * 5 + apart) % voluntary_groups));
}

Body bid(const Plan& plan, int number, Day day) {
    auto dice = plan.dice("bid", number);
    const auto reference = "BID-" + std::to_string(1000 + number);
    return {{"organisation_id", some_group(plan, number, 0)},
            {"funder", dice.pick(funders)},
            {"bid_reference", reference},
            {"amount_pence", pounds[static_cast<std::size_t>(number)] * 100},
            {"secured_on", format(day)},
            {"evidence", "Award letter of " + format(day) + ", filed under " + reference}};
}

Body partners(const Plan& plan, int number) {
    return Body::array(
        {{{"organisation_id", some_group(plan, number, 11)}}, {{"organisation_id", some_group(plan, number, 23)}}});
}

}  // namespace

void plan_external_funding(Plan& plan) {
    for (int number = 0; number < static_cast<int>(pounds.size()); ++number) {
        auto dice = plan.dice("bid-day", number);
        const auto day = open_day(some_day(dice, on(2020, 4, 6), on(2020, 12, 11)));
        const bool late = number + 1 == static_cast<int>(pounds.size());
        const auto enter = [&plan, number, day](ApiClient& desk) {
            auto body = bid(plan, number, day);
            if (number % 7 == static_cast<int>(twice)) body["partners"] = partners(plan, number);
            desk.create(Member::grants_officer, "external-funding", named("bid", number), body);
        };
        if (late) {
            plan.late(day, 1, enter);
            continue;
        }
        plan.known(day, 1, enter);
        if (number != static_cast<int>(twice)) continue;
        // The other group of the bid sent the same letter, without the funder's reference.
        plan.known(day, 1, [&plan, number, day](ApiClient& desk) {
            auto body = bid(plan, number, day);
            body.erase("bid_reference");
            body["organisation_id"] = some_group(plan, number, 11);
            plan.notebook.keep(desk.create(Member::grants_officer, "external-funding", "bid-twin", body));
        });
        plan.late(day, 1, [&plan](ApiClient& desk) {
            auto twin = plan.notebook.at("bid-twin");
            desk.take_back(Member::grants_officer, twin, "The same joint bid, sent in by its other group.");
        });
    }
}

}  // namespace tideover::year
