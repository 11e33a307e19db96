// Who got what between September 2020 and January 2021.
#include "demo/autumn.hpp"

#include <algorithm>
#include <array>

#include "demo/grant_case.hpp"

namespace tideover::year {
namespace {

constexpr int high_street = 787;  // places that are dealt from

/// `many` places, beginning somewhere, apply for one period of a scheme from `first` on.
struct Round {
    std::string_view scheme;
    std::string_view period;
    int begins;
    int many;
    Day first;
    Day last;
};

// clang-format off
constexpr auto rounds = std::to_array<Round>({
    {"lrsg-closed-v1",       "9-sep-to-29-sep-2020",        10,  22,  on(2020, 9, 30),  on(2020, 10, 30)},
    {"lrsg-open",            "25-sep-to-22-oct-2020",       40,  50,  on(2020, 10, 23), on(2020, 12, 11)},
    {"lrsg-closed-addendum", "5-nov-to-1-dec-2020",         0,   140, on(2020, 11, 9),  on(2020, 12, 22)},
    {"lrsg-sector",          "2-dec-to-15-dec-2020",        333, 3,   on(2020, 12, 16), on(2020, 12, 30)},
    {"lrsg-closed-v2",       "2-dec-to-15-dec-2020",        200, 30,  on(2020, 12, 16), on(2021, 1, 8)},
    {"lrsg-closed-v2",       "16-dec-to-29-dec-2020",       200, 30,  on(2020, 12, 30), on(2021, 1, 15)},
    {"lrsg-tier-4",          "31-dec-2020-to-4-jan-2021",   420, 30,  on(2021, 1, 5),   on(2021, 1, 18)},
    {"christmas-support",    "once",                        560, 30,  on(2020, 12, 4),  on(2021, 1, 14)},
    {"lrsg-closed-5-jan",    "5-jan-to-15-feb-2021",        100, 80,  on(2021, 1, 8),   on(2021, 1, 20)},
    {"clbp",                 "once",                        120, 80,  on(2021, 1, 8),   on(2021, 1, 20)},
    {"arg",                  "hospitality-boost",           600, 30,  on(2020, 11, 16), on(2021, 1, 12)},
    {"arg",                  "market-place-and-underbanks", 700, 25,  on(2020, 11, 2),  on(2020, 12, 18)},
    {"arg",                  "strategic-firms",             760, 4,   on(2020, 12, 1),  on(2021, 1, 8)},
});
// clang-format on

bool falls_to(const Round& round, int place) {
    return (place + high_street - round.begins) % high_street < round.many;
}

Ask asked(Dice& dice, const Plan& plan, const Round& round, std::int64_t rateable_value_pence) {
    const auto& amount = plan.catalogue.amount(round.scheme, round.period, rateable_value_pence);
    auto pounds = amount.most / 100;
    // Where a scheme pays up to a sum, few get all of it.
    if (amount.least < amount.most) pounds = pounds * dice.between(40, 100) / 100;
    return {round.scheme, round.period, amount.band, pounds};
}

}  // namespace

void open_autumn_cases(ApiClient& desk, const Plan& plan, int place, std::int64_t rateable_value_pence,
                       const Body& parties) {
    for (std::size_t i = 0; i < rounds.size(); ++i) {
        const auto& round = rounds[i];
        if (!falls_to(round, place)) continue;
        auto dice = plan.dice("autumn", place * 100 + static_cast<int>(i));
        const auto ask = asked(dice, plan, round, rateable_value_pence);
        const auto when = timeline(dice, open_day(some_day(dice, round.first, round.last)));
        const auto fate = dice.chance(6)   ? CaseOutcome::refused
                          : dice.chance(2) ? CaseOutcome::reissued
                                           : CaseOutcome::paid;
        open_case(desk, plan.notebook, dice,
                  {"autumn-" + std::to_string(place) + "-" + std::to_string(i), ask, when, fate}, parties);
    }
}

int autumn_requests(int place) {
    return 5 * static_cast<int>(std::count_if(rounds.begin(), rounds.end(),
                                              [&](const Round& round) { return falls_to(round, place); }));
}

}  // namespace tideover::year
