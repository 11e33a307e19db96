// Mutual aid groups: 31 new ones, each confirmed active.
#include <array>

#include "demo/invented.hpp"
#include "demo/plan.hpp"

namespace tideover::year {
namespace {

enum class Course {
    active,
    closed,       // ended since; new all the same
    unconfirmed,  // nobody could be reached
    old,          // there before the year began
    twice,        // entered by the hub and by the helpline; one voided in the second wave
    wrong_day,    // by its day it began before the year; put right in the second wave
    confirmed_late,
    late,
};

struct Lot {
    int groups;
    Course course;
    int at_first;
    int in_the_end;
};
// clang-format off
constexpr auto lots = std::to_array<Lot>({
    {22, Course::active,         1, 1},
    {3,  Course::closed,         1, 1},
    {5,  Course::unconfirmed,    0, 0},
    {4,  Course::old,            0, 0},
    {1,  Course::twice,          2, 1},
    {1,  Course::wrong_day,      0, 1},
    {2,  Course::confirmed_late, 0, 1},
    {2,  Course::late,           0, 1},
});
// clang-format on

constexpr int total(int Lot::*when) {
    int sum = 0;
    for (const auto& lot : lots) sum += lot.groups * (lot.*when);
    return sum;
}
static_assert(total(&Lot::in_the_end) == 31);
static_assert(total(&Lot::at_first) != 31, "at K some are still to come");

struct Group {
    int ordinal;
    Course course;
    Day established;
};

Day confirmed_on(const Group& the) {
    return later(the.established < first_day ? first_day : the.established, 12);
}

void confirm(ApiClient& desk, Filed& group, const Group& the) {
    desk.step(Member::volunteer_hub, group, "confirmations", {{"confirmed_on", format(confirmed_on(the))}});
}

Filed enter(ApiClient& desk, const Plan& plan, const Group& the, Member who, std::string name) {
    static constexpr std::array<std::string_view, 6> forms{"Neighbours",   "Street Champions", "Helping Hands",
                                                           "Good Friends", "Mutual Aid",       "Doorstep"};
    auto dice = plan.dice("mutual-aid", the.ordinal);
    const auto place = home(dice);
    auto title = place.ward + " ";
    title += dice.pick(forms);
    const auto day = the.course == Course::wrong_day ? the.established - std::chrono::days{365} : the.established;
    auto group = desk.create(who, "mutual-aid-groups", std::move(name),
                             {{"name", title + " (invented)"},
                              {"established_on", format(day)},
                              {"ward", place.ward},
                              {"area", place.address.substr(place.address.find(' ') + 1) + " and around"},
                              {"contact_name", person_name(dice)},
                              {"contact_phone", phone(dice)},
                              {"contact_email", email("mutual-aid", the.ordinal)},
                              {"list", partner::volunteer_hub}});
    if (the.course == Course::unconfirmed || the.course == Course::confirmed_late) return group;
    confirm(desk, group, the);
    if (the.course == Course::closed) {
        desk.step(Member::volunteer_hub, group, "closures", {{"closed_on", format(later(confirmed_on(the), 90))}});
    }
    return group;
}

void first_wave(ApiClient& desk, const Plan& plan, const Group& the) {
    const auto group = enter(desk, plan, the, Member::volunteer_hub, named("mutual-aid", the.ordinal));
    plan.notebook.keep(group);
    if (the.course == Course::twice) {
        plan.notebook.keep(enter(desk, plan, the, Member::helpline, named("mutual-aid-twin", the.ordinal)));
    }
}

void second_wave(ApiClient& desk, const Plan& plan, const Group& the) {
    if (the.course == Course::late) {
        enter(desk, plan, the, Member::volunteer_hub, named("mutual-aid", the.ordinal));
        return;
    }
    auto group = plan.notebook.at(named(the.course == Course::twice ? "mutual-aid-twin" : "mutual-aid", the.ordinal));
    switch (the.course) {
        case Course::twice:
            return desk.take_back(Member::helpline, group, "The hub had entered it already.");
        case Course::wrong_day:
            return desk.correct(Member::volunteer_hub, group, "The year was mistyped.",
                                {{"established_on", format(the.established)}});
        case Course::confirmed_late:
            return confirm(desk, group, the);
        default:
            return;
    }
}

}  // namespace

void plan_mutual_aid(Plan& plan) {
    static constexpr Curve established{50, 30, 10, 4, 2, 1, 1, 1, 1, 0, 0};
    int ordinal = 0;
    for (const auto& lot : lots) {
        for (int i = 0; i < lot.groups; ++i, ++ordinal) {
            auto dice = plan.dice("mutual-aid-day", ordinal);
            auto day = some_day(dice, established);
            if (lot.course == Course::old) day -= std::chrono::days{400};
            const Group the{ordinal, lot.course, day};
            if (lot.course != Course::late) {
                plan.known(day, 2, [&plan, the](ApiClient& desk) { first_wave(desk, plan, the); });
            }
            if (lot.course >= Course::twice) {
                plan.late(day, 2, [&plan, the](ApiClient& desk) { second_wave(desk, plan, the); });
            }
        }
    }
}

}  // namespace tideover::year
