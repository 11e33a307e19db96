// Volunteers: about 600 new ones, where a person on two lists is one.
#include <array>

#include "demo/invented.hpp"
#include "demo/plan.hpp"

namespace tideover::year {
namespace {

enum class Course {
    registered,
    left,             // gone since; new all the same
    on_both_lists,    // one person, two registrations
    old,              // there before the year began
    merged,           // entered as two people, and merged at once
    merged_late,      // the same, noticed in the second wave
    taken_back_late,  // somebody who only asked for help
    late,
};

struct Lot {
    int people;
    Course course;
    int at_first;
    int in_the_end;
};
// clang-format off
constexpr auto lots = std::to_array<Lot>({
    {473, Course::registered,      1, 1},
    {60,  Course::left,            1, 1},
    {30,  Course::on_both_lists,   1, 1},
    {35,  Course::old,             0, 0},
    {6,   Course::merged,          1, 1},
    {41,  Course::merged_late,     2, 1},
    {4,   Course::taken_back_late, 1, 0},
    {18,  Course::late,            0, 1},
});
// clang-format on

constexpr int total(int Lot::*when) {
    int sum = 0;
    for (const auto& lot : lots) sum += lot.people * (lot.*when);
    return sum;
}
static_assert(total(&Lot::in_the_end) == 628);
static_assert(total(&Lot::at_first) == 655, "at K they round to 700");

struct Volunteer {
    int ordinal;
    Course course;
    Day day;
};

Filed person(ApiClient& desk, const Plan& plan, const Volunteer& the, Member who, std::string name) {
    auto dice = plan.dice("volunteer", the.ordinal);
    const auto place = home(dice);
    return desk.create(who, "persons", std::move(name),
                       {{"name", person_name(dice)},
                        {"born_on", born_on(dice, 18, 72)},
                        {"postcode", place.postcode},
                        {"ward", place.ward},
                        {"phone", phone(dice)},
                        {"email", email("volunteer", the.ordinal)}});
}

Filed registration(ApiClient& desk, const Plan& plan, const Volunteer& the, const std::string& person_id, bool second) {
    static constexpr std::array<std::string_view, 6> skills{"shopping",    "driving", "telephone calls",
                                                            "dog walking", "cooking", "errands"};
    auto dice = plan.dice("volunteering", the.ordinal);
    return desk.create(second ? Member::helpline : Member::volunteer_hub, "volunteers",
                       named(second ? "volunteer-second" : "volunteer", the.ordinal),
                       {{"person_id", person_id},
                        {"registered_on", format(second ? later(the.day, 4) : the.day)},
                        {"skills", dice.pick(skills)},
                        {"list", second ? partner::volunteer_register : partner::volunteer_hub}});
}

void unite(ApiClient& desk, const Volunteer& the, const std::string& from_id, const std::string& into_id) {
    desk.create(Member::helpline, "merges", named("merge-person", the.ordinal),
                {{"kind", "person"},
                 {"from_id", from_id},
                 {"into_id", into_id},
                 {"reason", "Same birthday, telephone and e-mail address on both lists."}});
}

void enter(ApiClient& desk, const Plan& plan, const Volunteer& the) {
    const auto one = person(desk, plan, the, Member::volunteer_hub, named("volunteer-person", the.ordinal));
    auto registered = registration(desk, plan, the, one.id, false);
    switch (the.course) {
        case Course::left:
            return desk.step(Member::volunteer_hub, registered, "departures",
                             {{"left_on", format(later(the.day, 60))}});
        case Course::on_both_lists:
            registration(desk, plan, the, one.id, true);
            return;
        case Course::taken_back_late:
            return plan.notebook.keep(registered);
        case Course::merged:
        case Course::merged_late:
            break;
        default:
            return;
    }
    const auto twin = person(desk, plan, the, Member::helpline, named("volunteer-twin", the.ordinal));
    registration(desk, plan, the, twin.id, true);
    if (the.course == Course::merged) return unite(desk, the, twin.id, one.id);
    plan.notebook.keep(one);
    plan.notebook.keep(twin);
}

void put_right(ApiClient& desk, const Plan& plan, const Volunteer& the) {
    if (the.course == Course::late) return enter(desk, plan, the);
    if (the.course == Course::taken_back_late) {
        auto registered = plan.notebook.at(named("volunteer", the.ordinal));
        return desk.take_back(Member::volunteer_hub, registered, "He had asked for help, not offered it.");
    }
    unite(desk, the, plan.notebook.id(named("volunteer-twin", the.ordinal)),
          plan.notebook.id(named("volunteer-person", the.ordinal)));
}

}  // namespace

void plan_volunteers(Plan& plan) {
    static constexpr Curve registered{30, 38, 12, 5, 3, 2, 2, 3, 3, 1, 1};
    int ordinal = 0;
    for (const auto& lot : lots) {
        for (int i = 0; i < lot.people; ++i, ++ordinal) {
            auto dice = plan.dice("volunteer-day", ordinal);
            auto day = some_day(dice, registered);
            if (lot.course == Course::old) day -= std::chrono::days{400};
            const Volunteer the{ordinal, lot.course, day};
            if (lot.course != Course::late) {
                plan.known(day, 3, [&plan, the](ApiClient& desk) { enter(desk, plan, the); });
            }
            if (lot.course >= Course::merged_late) {
                plan.late(day, 1, [&plan, the](ApiClient& desk) { put_right(desk, plan, the); });
            }
        }
    }
}

}  // namespace tideover::year
