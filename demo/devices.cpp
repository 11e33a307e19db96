// Tablets, laptops and smartphones for vulnerable children, care leavers and care homes: over 3,000.
#include <array>

#include "demo/invented.hpp"
#include "demo/organisations.hpp"
#include "demo/plan.hpp"

namespace tideover::year {
namespace {

enum class Course {
    supplied,
    router,           // not among those counted
    other_holder,     // nor these
    twice,            // entered again with a digit of its tag swapped; voided in the second wave
    called_a_tablet,  // a router by mistake; put right in the second wave
    called_a_router,  // the other way about
    late,
};

struct Lot {
    int devices;
    Course course;
    bool at_first;
    bool in_the_end;
};
// clang-format off
constexpr auto lots = std::to_array<Lot>({
    {2'951, Course::supplied,        true,  true},
    {380,   Course::router,          false, false},
    {45,    Course::other_holder,    false, false},
    {6,     Course::twice,           true,  true},
    {5,     Course::called_a_tablet, true,  false},
    {3,     Course::called_a_router, false, true},
    {174,   Course::late,            false, true},
});
// clang-format on

constexpr int in_the_end() {
    int sum = 0;
    for (const auto& lot : lots) sum += lot.in_the_end ? lot.devices : 0;
    return sum;
}
constexpr int at_first() {
    int sum = 0;
    for (const auto& lot : lots) sum += lot.at_first ? lot.devices * (lot.course == Course::twice ? 2 : 1) : 0;
    return sum;
}
static_assert(in_the_end() == 3'134);
static_assert(at_first() <= 3'000, "at K it is not yet over 3,000");

std::string_view kind(Dice& dice, Course course) {
    static constexpr std::array<std::string_view, 8> kinds{"laptop", "laptop", "laptop", "laptop",
                                                           "laptop", "tablet", "tablet", "smartphone"};
    if (course == Course::router || course == Course::called_a_router) return "router";
    if (course == Course::called_a_tablet) return "tablet";
    return dice.pick(kinds);
}

/// Most go to schools for their pupils, some to care homes and to the team that looks after care leavers.
Body device(const Plan& plan, Dice& dice, int ordinal, Course course, Day day) {
    static constexpr std::array<std::string_view, 5> sources{"dfe", "dfe", "dfe", "council", "donated"};
    const int share = dice.below(100);
    const bool at_school = share < 78, at_home = share >= 90;
    const auto what = kind(dice, course);
    auto holder = at_school ? named("school", dice.below(schools))
                  : at_home ? named("care-home", dice.below(care_homes))
                            : named("leaving-care-team", 0);
    return {{"asset_tag", "INV-" + numbered(ordinal, 5)},
            {"kind", what},
            {"source", dice.pick(sources)},
            {"holder_kind", course == Course::other_holder ? "other"
                            : at_school                    ? "school_pupil"
                            : at_home                      ? "care_home"
                                                           : "care_leaver"},
            {"organisation_id", plan.notebook.id(holder)},
            {"supplier", partner::devices},
            {"supplied_on", format(day)}};
}

void enter(ApiClient& desk, const Plan& plan, int ordinal, Course course, Day day) {
    auto dice = plan.dice("device", ordinal);
    const auto body = device(plan, dice, ordinal, course, day);
    auto one = desk.create(Member::devices, "devices", named("device", ordinal), body);
    if (course == Course::called_a_tablet || course == Course::called_a_router) return plan.notebook.keep(one);
    if (course == Course::twice) {
        auto again = body;
        again["asset_tag"] = "INV-" + numbered(ordinal, 5) + "-2";
        plan.notebook.keep(desk.create(Member::devices, "devices", named("device-twin", ordinal), again));
    }
    const auto handed_on = later(day, dice.between(1, 12));
    if (dice.chance(28)) desk.step(Member::devices, one, "handovers", {{"handed_on_on", format(handed_on)}});
    if (dice.chance(3)) {
        desk.step(Member::devices, one, "returns", {{"returned_on", format(later(handed_on, dice.between(20, 60)))}});
    }
}

void put_right(ApiClient& desk, const Plan& plan, int ordinal, Course course) {
    auto one = plan.notebook.at(named(course == Course::twice ? "device-twin" : "device", ordinal));
    if (course == Course::twice) return desk.take_back(Member::devices, one, "The same device, entered twice.");
    const bool tablet = course == Course::called_a_tablet;
    desk.correct(Member::devices, one, tablet ? "It is a router." : "It is a laptop.",
                 {{"kind", tablet ? "router" : "laptop"}});
}

}  // namespace

void plan_devices(Plan& plan) {
    static constexpr Curve supplied{0, 2, 18, 24, 14, 3, 9, 11, 8, 3, 8};
    int ordinal = 0;
    for (const auto& lot : lots) {
        const auto course = lot.course;
        for (int i = 0; i < lot.devices; ++i, ++ordinal) {
            auto dice = plan.dice("device-day", ordinal);
            const auto day = open_day(some_day(dice, supplied));
            const auto enter_it = [&plan, ordinal, course, day](ApiClient& desk) {
                enter(desk, plan, ordinal, course, day);
            };
            if (course == Course::late) {
                plan.late(day, 1, enter_it);
                continue;
            }
            plan.known(day, 2, enter_it);
            if (course == Course::twice || course == Course::called_a_tablet || course == Course::called_a_router) {
                plan.late(day, 1,
                          [&plan, ordinal, course](ApiClient& desk) { put_right(desk, plan, ordinal, course); });
            }
        }
    }
}

}  // namespace tideover::year
