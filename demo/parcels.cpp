// Food parcels: 2,261 emergency parcels delivered by Stockport Homes. A further attempt is the same parcel, a
// replacement is a second one.
#include <array>
#include <vector>

#include "demo/invented.hpp"
#include "demo/plan.hpp"

namespace tideover::year {
namespace {

enum class Course {
    delivered,
    left_safe,
    second_attempt,
    replaced,         // delivered, spoilt, and delivered again: two
    failed_replaced,  // wrong address, given up, and a second one delivered: one
    failed,
    taken_back,  // entered twice and noticed on the day
    standard,    // these four are not among those counted
    baby,
    by_food_network,
    twice,             // entered twice; one voided in the second wave
    called_standard,   // an emergency after all; put right in the second wave
    called_emergency,  // not an emergency after all
    called_network,    // delivered by Stockport Homes after all
    delivered_late,    // the attempt that delivered it was entered in the second wave
    replaced_late,     // so was its replacement
};

struct Lot {
    int parcels;
    Course course;
    int at_first;  // how often each counts at K …
    int in_the_end;
};
// clang-format off
constexpr auto lots = std::to_array<Lot>({
    {1'986, Course::delivered,        1, 1},
    {36,    Course::left_safe,        1, 1},
    {120,   Course::second_attempt,   1, 1},
    {18,    Course::replaced,         2, 2},
    {24,    Course::failed_replaced,  1, 1},
    {40,    Course::failed,           0, 0},
    {12,    Course::taken_back,       0, 0},
    {100,   Course::standard,         0, 0},
    {30,    Course::baby,             0, 0},
    {110,   Course::by_food_network,  0, 0},
    {8,     Course::twice,            2, 1},
    {5,     Course::called_standard,  0, 1},
    {4,     Course::called_emergency, 1, 0},
    {3,     Course::called_network,   0, 1},
    {31,    Course::delivered_late,   0, 1},
    {6,     Course::replaced_late,    1, 2},
});
// clang-format on

constexpr int total(int Lot::*when) {
    int sum = 0;
    for (const auto& lot : lots) sum += lot.parcels * (lot.*when);
    return sum;
}
static_assert(total(&Lot::in_the_end) == 2'261);
static_assert(total(&Lot::at_first) != 2'261, "at K some are still to come");

struct Parcel {
    int ordinal;
    Course course;
    Day referred;
};

std::string_view kind(Course course) {
    if (course == Course::standard || course == Course::called_standard) return "standard";
    return course == Course::baby ? "baby" : "emergency";
}

bool by_network(Course course) {
    return course == Course::by_food_network || course == Course::called_network;
}

/// Stockport Homes records its own rounds; the food network telephones the helpline.
Member deliverer(Course course) {
    return by_network(course) ? Member::helpline : Member::housing;
}

void attempt(ApiClient& desk, Course course, Filed& parcel, std::string_view outcome, Day day) {
    desk.step(deliverer(course), parcel, "attempts", {{"outcome", outcome}, {"attempted_on", format(day)}});
}

Filed replace(ApiClient& desk, Filed& parcel, std::string_view reason) {
    Filed second{"parcels", parcel.name + "-second"};
    second.id = desk.step_for(Member::helpline, parcel, "replacements", {{"reason", reason}}, "replaced_by_id");
    return second;
}

void follow(ApiClient& desk, KnownRecords& notebook, Filed& parcel, const Parcel& the, Day first_try) {
    const auto next_try = later(first_try, 1);
    switch (the.course) {
        case Course::left_safe:
            return attempt(desk, the.course, parcel, "left_safe", first_try);
        case Course::second_attempt:
            attempt(desk, the.course, parcel, "no_answer", first_try);
            return attempt(desk, the.course, parcel, "delivered", next_try);
        case Course::failed:
            return attempt(desk, the.course, parcel, "refused", first_try);
        case Course::failed_replaced: {
            attempt(desk, the.course, parcel, "wrong_address", first_try);
            desk.step(Member::housing, parcel, "failures",
                      {{"failed_on", format(next_try)}, {"reason", "Nobody of that name at the address."}});
            auto second = replace(desk, parcel, "The address was misheard; the family still needs food.");
            return attempt(desk, the.course, second, "delivered", next_try);
        }
        case Course::delivered_late:
            return notebook.keep(parcel);
        default:
            break;
    }
    attempt(desk, the.course, parcel, "delivered", first_try);
    if (the.course == Course::replaced) {
        auto second = replace(desk, parcel, "The parcel had been left in the rain.");
        attempt(desk, the.course, second, "delivered", next_try);
    }
    if (the.course == Course::taken_back) desk.take_back(Member::helpline, parcel, "The same referral, entered twice.");
    if (the.course >= Course::called_standard) notebook.keep(parcel);
}

Body parcel_body(Dice& dice, const Parcel& the, const std::string& household_id, int people) {
    static constexpr std::array<std::string_view, 5> diets{"vegetarian", "vegan", "halal", "gluten_free", "nut_free"};
    Body body{{"household_id", household_id},
              {"people", people},
              {"kind", kind(the.course)},
              {"referred_at", in_office_hours(dice, the.referred)},
              {"promised_by", format(the.referred + std::chrono::days{2})},
              {"delivered_by", by_network(the.course) ? partner::food_network : partner::housing}};
    if (dice.chance(22)) body["diet"] = Body::array({dice.pick(diets)});
    return body;
}

Day first_try(const Plan& plan, const Parcel& the) {
    return the.referred + std::chrono::days{plan.dice("parcel-round", the.ordinal).chance(70) ? 0 : 1};
}

/// One household's parcels: mostly one, sometimes several weeks running.
void enter(ApiClient& desk, const Plan& plan, const std::vector<Parcel>& parcels) {
    auto dice = plan.dice("parcel", parcels.front().ordinal);
    const auto place = home(dice);
    const int people = dice.between(1, 5);
    const auto household = desk.create(Member::helpline, "households", named("fed", parcels.front().ordinal),
                                       {{"address", place.address},
                                        {"postcode", place.postcode},
                                        {"ward", place.ward},
                                        {"people", people},
                                        {"children", people > 2 ? people - 2 : 0},
                                        {"phone", phone(dice)}});
    for (const auto& the : parcels) {
        const auto body = parcel_body(dice, the, household.id, people);
        auto parcel = desk.create(Member::helpline, "parcels", named("parcel", the.ordinal), body);
        follow(desk, plan.notebook, parcel, the, first_try(plan, the));
        if (the.course == Course::twice) {
            auto twin = desk.create(Member::helpline, "parcels", named("parcel-twin", the.ordinal), body);
            attempt(desk, the.course, twin, "delivered", first_try(plan, the));
            plan.notebook.keep(twin);
        }
    }
}

void put_right(ApiClient& desk, const Plan& plan, const Parcel& the) {
    auto parcel = plan.notebook.at(named(the.course == Course::twice ? "parcel-twin" : "parcel", the.ordinal));
    const auto correct = [&](std::string_view reason, const Body& changes) {
        desk.correct(Member::helpline, parcel, reason, changes);
    };
    switch (the.course) {
        case Course::twice:
            return desk.take_back(Member::helpline, parcel, "The same referral, entered twice.");
        case Course::called_standard:
            return correct("There was no food in the house.", {{"kind", "emergency"}});
        case Course::called_emergency:
            return correct("It was a standard parcel.", {{"kind", "standard"}});
        case Course::called_network:
            return correct("Stockport Homes took it out.", {{"delivered_by", partner::housing}});
        case Course::delivered_late:
            return attempt(desk, the.course, parcel, "delivered", first_try(plan, the));
        case Course::replaced_late: {
            auto second = replace(desk, parcel, "Half of it was past its date.");
            return attempt(desk, the.course, second, "delivered", later(first_try(plan, the), 2));
        }
        default:
            return;
    }
}

}  // namespace

void plan_parcels(Plan& plan) {
    static constexpr Curve referred{10, 28, 20, 12, 7, 4, 3, 4, 5, 4, 6};
    int ordinal = 0;
    std::vector<Parcel> together;
    for (const auto& lot : lots) {
        for (int i = 0; i < lot.parcels; ++i, ++ordinal) {
            auto dice = plan.dice("parcel-day", ordinal);
            const auto day = together.empty() ? open_day(some_day(dice, referred)) : later(together.back().referred, 5);
            const Parcel the{ordinal, lot.course, day};
            together.push_back(the);
            // Every other household is fed for two weeks or more.
            if (lot.course != Course::delivered || together.size() == 4 || dice.chance(50)) {
                plan.known(together.front().referred, 1 + 2 * static_cast<int>(together.size()),
                           [&plan, parcels = together](ApiClient& desk) { enter(desk, plan, parcels); });
                together.clear();
            }
            if (lot.course >= Course::twice) {
                plan.late(day, 1, [&plan, the](ApiClient& desk) { put_right(desk, plan, the); });
            }
        }
    }
}

}  // namespace tideover::year
