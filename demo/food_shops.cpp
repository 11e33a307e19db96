// Food shops for vulnerable and shielding households: 300 of them, however often somebody shopped.
#include <array>

#include "demo/invented.hpp"
#include "demo/plan.hpp"

namespace tideover::year {
namespace {

enum class Course {
    shopped,
    no_basis,  // neither vulnerable nor shielding: helped all the same, not counted
    failed,
    entered_twice,  // the household was entered twice; merged in the second wave
    basis_missed,   // the basis was forgotten; put right in the second wave
    late,
};

struct Lot {
    int households;
    Course course;
    int at_first;
    int in_the_end;
};
// clang-format off
constexpr auto lots = std::to_array<Lot>({
    {282, Course::shopped,       1, 1},
    {24,  Course::no_basis,      0, 0},
    {18,  Course::failed,        0, 0},
    {3,   Course::entered_twice, 2, 1},
    {2,   Course::basis_missed,  0, 1},
    {12,  Course::late,          0, 1},
});
// clang-format on

constexpr int total(int Lot::*when) {
    int sum = 0;
    for (const auto& lot : lots) sum += lot.households * (lot.*when);
    return sum;
}
static_assert(total(&Lot::in_the_end) == 299);
static_assert(total(&Lot::at_first) == 288);

struct Household {
    int ordinal;
    Course course;
    Day day;
};

std::string_view basis(const Plan& plan, int ordinal) {
    return plan.dice("shop-basis", ordinal).chance(60) ? "shielding" : "vulnerable";
}

void shop(ApiClient& desk, const Plan& plan, const Household& the, const std::string& household_id,
          const std::string& name, Day requested) {
    Body body{{"household_id", household_id},
              {"requested_on", format(requested)},
              {"done_by", partner::volunteer_hub},
              {"note", "List and purse taken at the door"}};
    if (the.course != Course::no_basis && the.course != Course::basis_missed) {
        body["vulnerability_basis"] = basis(plan, the.ordinal);
    }
    auto one = desk.create(Member::helpline, "food-shops", name, body);
    if (the.course == Course::failed) {
        desk.step(Member::volunteer_hub, one, "failures",
                  {{"failed_on", format(later(requested, 1))}, {"reason", "A neighbour had been already."}});
        return;
    }
    desk.step(Member::volunteer_hub, one, "completions", {{"completed_on", format(later(requested, 1))}});
    if (the.course == Course::basis_missed) plan.notebook.keep(one);
}

Filed household(ApiClient& desk, const Plan& plan, const Household& the, std::string name) {
    auto dice = plan.dice("shopped-for", the.ordinal);
    const auto place = home(dice);
    return desk.create(Member::helpline, "households", std::move(name),
                       {{"address", place.address},
                        {"postcode", place.postcode},
                        {"ward", place.ward},
                        {"people", dice.between(1, 2)},
                        {"phone", phone(dice)}});
}

void enter(ApiClient& desk, const Plan& plan, const Household& the) {
    auto dice = plan.dice("shops", the.ordinal);
    const int shops = the.course == Course::shopped ? dice.between(1, 2) : 1;
    const auto home_of = household(desk, plan, the, named("shopped-for", the.ordinal));
    for (int i = 0; i < shops; ++i) {
        shop(desk, plan, the, home_of.id, named("shop", the.ordinal) + "-" + std::to_string(i), later(the.day, 5 * i));
    }
    if (the.course != Course::entered_twice) return;
    const auto twin = household(desk, plan, the, named("shopped-for-twin", the.ordinal));
    shop(desk, plan, the, twin.id, named("shop-twin", the.ordinal), later(the.day, 7));
    plan.notebook.keep(home_of);
    plan.notebook.keep(twin);
}

void put_right(ApiClient& desk, const Plan& plan, const Household& the) {
    if (the.course == Course::basis_missed) {
        auto one = plan.notebook.at(named("shop", the.ordinal) + "-0");
        desk.correct(Member::helpline, one, "The shielding letter had been seen.",
                     {{"vulnerability_basis", "shielding"}});
        return;
    }
    desk.create(Member::helpline, "merges", named("merge-household", the.ordinal),
                {{"kind", "household"},
                 {"from_id", plan.notebook.id(named("shopped-for-twin", the.ordinal))},
                 {"into_id", plan.notebook.id(named("shopped-for", the.ordinal))},
                 {"reason", "One address, entered by two call handlers."}});
}

}  // namespace

void plan_food_shops(Plan& plan) {
    static constexpr Curve asked{8, 30, 24, 12, 6, 2, 2, 3, 6, 3, 4};
    int ordinal = 0;
    for (const auto& lot : lots) {
        for (int i = 0; i < lot.households; ++i, ++ordinal) {
            auto dice = plan.dice("shop-day", ordinal);
            const Household the{ordinal, lot.course, open_day(some_day(dice, asked))};
            const auto enter_it = [&plan, the](ApiClient& desk) { enter(desk, plan, the); };
            if (lot.course == Course::late) {
                plan.late(the.day, 3, enter_it);
                continue;
            }
            plan.known(the.day, 5, enter_it);
            if (lot.course == Course::entered_twice || lot.course == Course::basis_missed) {
                plan.late(the.day, 1, [&plan, the](ApiClient& desk) { put_right(desk, plan, the); });
            }
        }
    }
}

}  // namespace tideover::year
