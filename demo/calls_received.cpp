// Calls to the helpline: 8,562 answered calls from residents, and all the others that rang on the same telephones.
#include <array>

#include "demo/calls.hpp"
#include "demo/invented.hpp"

namespace tideover::year {
namespace {

enum class Course {
    answered,
    repeat_caller,  // a person on file who calls three times
    abandoned,      // none of these five are counted
    from_business,
    from_partner,
    business_line,
    other_line,
    taken_back,    // entered twice and noticed at once
    note_mended,   // a slip of the pen, mended at once
    wrong_person,  // on the file of the person above; put right in the second wave
    twice,         // entered twice; one voided in the second wave
    was_business,  // a business after all; put right in the second wave
    was_resident,  // entered as a partner's
    was_answered,  // entered as abandoned
    wrong_year,    // a day mistyped into the next year
    late,          // from the notepads of the second week
};

struct Lot {
    int jobs;
    Course course;
    int at_first;  // how many calls each counts as at K …
    int in_the_end;
};
// clang-format off
constexpr auto lots = std::to_array<Lot>({
    {7'540, Course::answered,      1, 1},
    {300,   Course::repeat_caller, 3, 3},
    {430,   Course::abandoned,     0, 0},
    {180,   Course::from_business, 0, 0},
    {90,    Course::from_partner,  0, 0},
    {160,   Course::business_line, 0, 0},
    {80,    Course::other_line,    0, 0},
    {10,    Course::taken_back,    0, 0},
    {46,    Course::note_mended,   1, 1},
    {10,    Course::wrong_person,  1, 1},
    {12,    Course::twice,         2, 1},
    {7,     Course::was_business,  1, 0},
    {9,     Course::was_resident,  0, 1},
    {6,     Course::was_answered,  0, 1},
    {5,     Course::wrong_year,    0, 1},
    {34,    Course::late,          0, 1},
});
// clang-format on

constexpr int total(int Lot::*when) {
    int sum = 0;
    for (const auto& lot : lots) sum += lot.jobs * (lot.*when);
    return sum;
}
static_assert(total(&Lot::in_the_end) == 8'562);
static_assert(total(&Lot::at_first) != 8'562, "at K some are still to come");

constexpr std::array<std::string_view, 14> reasons{
    "food",      "food",  "food",    "supermarket_slot", "supermarket_slot", "medicine", "medicine",
    "isolation", "money", "housing", "health",           "mental_health",    "internet", "something_else"};
constexpr std::array<std::string_view, 8> outcomes{"referred",     "referred", "advice_given", "advice_given",
                                                   "advice_given", "resolved", "resolved",     "callback_arranged"};

struct Call {
    int ordinal;
    Course course;
    Day day;
};

std::string_view line(Course course) {
    if (course == Course::business_line) return "business_support";
    return course == Course::other_line ? "customer_services" : "coronavirus";
}

std::string_view counterparty(Course course) {
    if (course == Course::from_business || course == Course::business_line) return "business";
    return course == Course::from_partner || course == Course::was_resident ? "partner" : "resident";
}

Body call_body(const Plan& plan, const Call& the, int nth) {
    auto dice = plan.dice("call", the.ordinal * 4 + nth);
    const auto day = the.course == Course::wrong_year ? the.day + std::chrono::days{365} : the.day;
    const bool unanswered = the.course == Course::abandoned || the.course == Course::was_answered;
    const auto asked = dice.pick(reasons);
    Body body{{"direction", "inbound"},
              {"line", line(the.course)},
              {"counterparty", counterparty(the.course)},
              {"purpose", dice.chance(70) ? "help_request" : "enquiry"},
              {"started_at", in_office_hours(dice, day)},
              {"duration_s", unanswered ? dice.between(20, 240) : dice.between(60, 1'400)},
              {"outcome", unanswered ? "abandoned" : dice.pick(outcomes)}};
    if (unanswered) return body;
    body["reasons"] =
        Body::array({counterparty(the.course) == "business" ? std::string_view{"business_grant"} : asked});
    if (dice.chance(75)) body["caller"] = caller(dice);
    return body;
}

Filed enter_call(ApiClient& desk, const Body& body, std::string name) {
    return desk.create(Member::helpline, "calls", std::move(name), body);
}

void enter_callers(ApiClient& desk, const Plan& plan, const Call& the) {
    const auto person = enter_resident(desk, plan, "caller", the.ordinal);
    const int calls = the.course == Course::repeat_caller ? 3 : 1;
    auto on_file = person.id;
    if (the.course == Course::wrong_person) {
        plan.notebook.keep(person);
        on_file = enter_resident(desk, plan, "bystander", the.ordinal).id;
    }
    for (int nth = 0; nth < calls; ++nth) {
        auto body = call_body(plan, {the.ordinal, the.course, later(the.day, 9 * nth)}, nth);
        body.erase("caller");
        body["person_id"] = on_file;
        const auto call = enter_call(desk, body, named("call", the.ordinal) + "-" + std::to_string(nth));
        if (the.course == Course::wrong_person) plan.notebook.keep(call);
    }
}

void enter(ApiClient& desk, const Plan& plan, const Call& the) {
    if (the.course == Course::repeat_caller || the.course == Course::wrong_person)
        return enter_callers(desk, plan, the);
    auto body = call_body(plan, the, 0);
    if (the.course == Course::note_mended) body["note"] = "Neads a parcel by Friday";
    auto call = enter_call(desk, body, named("call", the.ordinal));
    switch (the.course) {
        case Course::note_mended:
            return desk.correct(Member::helpline, call, "Spelling.", {{"note", "Needs a parcel by Friday"}});
        case Course::taken_back:
            return desk.take_back(Member::helpline, call, "Entered twice by a double click.");
        case Course::twice:
            return plan.notebook.keep(enter_call(desk, body, named("call-twin", the.ordinal)));
        default:
            break;
    }
    if (the.course > Course::twice) plan.notebook.keep(call);
}

void put_right(ApiClient& desk, const Plan& plan, const Call& the) {
    if (the.course == Course::late) return enter(desk, plan, the);
    const auto name = the.course == Course::twice          ? named("call-twin", the.ordinal)
                      : the.course == Course::wrong_person ? named("call", the.ordinal) + "-0"
                                                           : named("call", the.ordinal);
    auto call = plan.notebook.at(name);
    const auto correct = [&](std::string_view reason, const Body& changes) {
        desk.correct(Member::helpline, call, reason, changes);
    };
    switch (the.course) {
        case Course::twice:
            return desk.take_back(Member::helpline, call, "Two handlers entered the same call.");
        case Course::wrong_person:
            return correct("It stood on the file of somebody of the same name.",
                           {{"person_id", plan.notebook.id(named("caller", the.ordinal))}});
        case Course::was_business:
            return correct("The caller asked for a shop.", {{"counterparty", "business"}});
        case Course::was_resident:
            return correct("The caller asked for herself.", {{"counterparty", "resident"}});
        case Course::was_answered:
            return correct("The call had been taken on another set.", {{"outcome", "advice_given"}});
        case Course::wrong_year: {
            auto dice = plan.dice("call-mended", the.ordinal);
            return correct("The year was mistyped.", {{"started_at", in_office_hours(dice, the.day)}});
        }
        default:
            return;
    }
}

}  // namespace

Filed enter_resident(ApiClient& desk, const Plan& plan, std::string_view kind, int ordinal) {
    auto dice = plan.dice(kind, ordinal);
    const auto place = home(dice);
    return desk.create(Member::helpline, "persons", named(kind, ordinal),
                       {{"name", person_name(dice)},
                        {"born_on", born_on(dice, 24, 94)},
                        {"address", place.address},
                        {"postcode", place.postcode},
                        {"ward", place.ward},
                        {"phone", phone(dice)}});
}

Body caller(Dice& dice) {
    return {{"name", person_name(dice)}, {"phone", phone(dice)}, {"postcode", home(dice).postcode}};
}

void plan_calls_received(Plan& plan) {
    static constexpr Curve rang{9, 24, 14, 9, 6, 4, 5, 8, 9, 5, 7};
    int ordinal = 0;
    for (const auto& lot : lots) {
        for (int i = 0; i < lot.jobs; ++i, ++ordinal) {
            auto dice = plan.dice("call-day", ordinal);
            const auto day = lot.course == Course::late ? on(2020, 3, 23) + std::chrono::days{dice.below(5)}
                                                        : helpline_day(some_day(dice, rang));
            const Call the{ordinal, lot.course, day};
            if (lot.course != Course::late) {
                plan.known(day, lot.course == Course::repeat_caller ? 4 : 1,
                           [&plan, the](ApiClient& desk) { enter(desk, plan, the); });
            }
            if (lot.course >= Course::wrong_person) {
                plan.late(day, 1, [&plan, the](ApiClient& desk) { put_right(desk, plan, the); });
            }
        }
    }
}

}  // namespace tideover::year
