// Covid Community Support Grants: £50,635 to 57 voluntary groups, from applications to payments.
#include <array>
#include <numeric>
#include <vector>

#include "demo/grant_case.hpp"
#include "demo/organisations.hpp"
#include "demo/plan.hpp"

namespace tideover::year {
namespace {

constexpr int groups_paid = 57;
constexpr int pounds_paid = 50'635;
constexpr int least = 100, most = 2'000;

struct Lot {
    int groups;
    CaseOutcome fate;
};
// clang-format off
constexpr auto lots = std::to_array<Lot>({
    {49, CaseOutcome::paid},
    {2,  CaseOutcome::reassessed},
    {3,  CaseOutcome::reissued},
    {3,  CaseOutcome::paid_late},
    {1,  CaseOutcome::returned_late},  // the group had closed its account, and itself
    {9,  CaseOutcome::refused},
    {3,  CaseOutcome::withdrawn},
});
// clang-format on

constexpr int groups_that(bool (*counts)(CaseOutcome)) {
    int sum = 0;
    for (const auto& lot : lots) sum += counts(lot.fate) ? lot.groups : 0;
    return sum;
}
static_assert(groups_that(ends_paid) == groups_paid);
static_assert(groups_that(paid_at_first) == 55);
static_assert(groups_that([](CaseOutcome) { return true; }) <= voluntary_groups);

/// What each group asks for, in steps of £5; what the first 57 are paid comes to the exact sum.
std::vector<int> sums(const Plan& plan) {
    std::vector<int> pounds;
    for (int i = 0; i < voluntary_groups; ++i) pounds.push_back(5 * plan.dice("community-sum", i).between(60, 300));
    int missing = pounds_paid - std::accumulate(pounds.begin(), pounds.begin() + groups_paid, 0);
    for (std::size_t i = 0; missing != 0; i = (i + 1) % groups_paid) {
        const int step = missing > 0 ? 5 : -5;
        if (pounds[i] + step < least || pounds[i] + step > most) continue;
        pounds[i] += step, missing -= step;
    }
    return pounds;
}

}  // namespace

void plan_community_grants(Plan& plan) {
    const auto pounds = sums(plan);
    int group = 0;
    for (const auto& lot : lots) {
        for (int i = 0; i < lot.groups; ++i, ++group) {
            auto dice = plan.dice("community", group);
            const auto when = timeline(dice, open_day(some_day(dice, on(2020, 4, 14), on(2020, 6, 5))));
            const GrantCase the{"community-" + std::to_string(group),
                                {"community-support", when.received < on(2020, 5, 11) ? "round-1" : "round-2",
                                 "discretionary", pounds[static_cast<std::size_t>(group)]},
                                when,
                                lot.fate};
            plan.known(when.received, 5, [&plan, the, group](ApiClient& desk) {
                auto own = plan.dice("community-case", group);
                auto parties = Body{{"organisation_id", plan.notebook.id(named("group", group))}};
                parties["payee"] = payee(own, "Voluntary group " + std::to_string(group) + " (invented)");
                open_case(desk, plan.notebook, own, the, parties);
            });
            if (goes_on_late(lot.fate)) {
                plan.late(when.received, 2,
                          [&plan, the](ApiClient& desk) { close_case_late(desk, plan.notebook, the); });
            }
        }
    }
}

}  // namespace tideover::year
