// Calls that the helpline made: 2,761 welfare calls to people recorded as vulnerable or shielding, reached or not;
// and ring-backs, which are not among them.
#include <array>

#include "demo/calls.hpp"

namespace tideover::year {
namespace {

enum class Course {
    welfare,
    on_the_list,  // a person who is called three times
    ring_back,    // these two are not counted
    no_basis,
    was_welfare,    // entered as a ring-back; put right in the second wave
    basis_missed,   // entered without the basis
    was_ring_back,  // entered as welfare
    twice,          // entered twice; one voided in the second wave
    late,
};

struct Lot {
    int jobs;
    Course course;
    int at_first;
    int in_the_end;
};
// clang-format off
constexpr auto lots = std::to_array<Lot>({
    {1'677, Course::welfare,       1, 1},
    {350,   Course::on_the_list,   3, 3},
    {340,   Course::ring_back,     0, 0},
    {90,    Course::no_basis,      0, 0},
    {4,     Course::was_welfare,   0, 1},
    {3,     Course::basis_missed,  0, 1},
    {5,     Course::was_ring_back, 1, 0},
    {6,     Course::twice,         2, 1},
    {21,    Course::late,          0, 1},
});
// clang-format on

constexpr int total(int Lot::*when) {
    int sum = 0;
    for (const auto& lot : lots) sum += lot.jobs * (lot.*when);
    return sum;
}
static_assert(total(&Lot::in_the_end) == 2'761);
static_assert(total(&Lot::at_first) != 2'761, "at K some are still to come");

struct Call {
    int ordinal;
    Course course;
    Day day;
};

Body call_body(const Plan& plan, const Call& the, int nth) {
    static constexpr std::array<std::string_view, 10> outcomes{
        "advice_given", "advice_given", "advice_given", "referred",  "resolved",
        "rescheduled",  "no_answer",    "no_answer",    "voicemail", "wrong_number"};
    auto dice = plan.dice("call-made", the.ordinal * 4 + nth);
    const bool ring_back = the.course == Course::ring_back || the.course == Course::was_welfare;
    const auto outcome = dice.pick(outcomes);
    const bool reached = outcome != "no_answer" && outcome != "voicemail" && outcome != "wrong_number";
    Body body{{"direction", "outbound"},
              {"line", "coronavirus"},
              {"counterparty", "resident"},
              {"purpose", ring_back ? "callback" : "welfare"},
              {"started_at", in_office_hours(dice, the.day)},
              {"duration_s", reached ? dice.between(90, 1'500) : dice.between(10, 60)},
              {"outcome", outcome}};
    const auto basis = dice.chance(62) ? "shielding" : "vulnerable";
    if (the.course != Course::ring_back && the.course != Course::no_basis && the.course != Course::basis_missed) {
        body["vulnerability_basis"] = basis;
    }
    body["caller"] = caller(dice);
    return body;
}

void enter(ApiClient& desk, const Plan& plan, const Call& the) {
    if (the.course == Course::on_the_list) {
        const auto person = enter_resident(desk, plan, "on-the-list", the.ordinal);
        for (int nth = 0; nth < 3; ++nth) {
            auto body = call_body(plan, {the.ordinal, the.course, later(the.day, 10 * nth)}, nth);
            body.erase("caller");
            body["person_id"] = person.id;
            desk.create(Member::helpline, "calls", named("call-made", the.ordinal) + "-" + std::to_string(nth), body);
        }
        return;
    }
    const auto body = call_body(plan, the, 0);
    const auto call = desk.create(Member::helpline, "calls", named("call-made", the.ordinal), body);
    if (the.course == Course::twice) {
        plan.notebook.keep(desk.create(Member::helpline, "calls", named("call-made-twin", the.ordinal), body));
    } else if (the.course > Course::no_basis) {
        plan.notebook.keep(call);
    }
}

void put_right(ApiClient& desk, const Plan& plan, const Call& the) {
    if (the.course == Course::late) return enter(desk, plan, the);
    auto call = plan.notebook.at(named(the.course == Course::twice ? "call-made-twin" : "call-made", the.ordinal));
    const auto correct = [&](std::string_view reason, const Body& changes) {
        desk.correct(Member::helpline, call, reason, changes);
    };
    switch (the.course) {
        case Course::twice:
            return desk.take_back(Member::helpline, call, "Two handlers entered the same call.");
        case Course::was_welfare:
            return correct("She was on the welfare list.", {{"purpose", "welfare"}});
        case Course::basis_missed:
            return correct("On the shielding list since March.", {{"vulnerability_basis", "shielding"}});
        case Course::was_ring_back:
            return correct("A ring-back from the queue.", {{"purpose", "callback"}});
        default:
            return;
    }
}

}  // namespace

void plan_calls_made(Plan& plan) {
    static constexpr Curve made{3, 20, 20, 13, 8, 4, 4, 7, 10, 5, 9};
    int ordinal = 0;
    for (const auto& lot : lots) {
        for (int i = 0; i < lot.jobs; ++i, ++ordinal) {
            auto dice = plan.dice("call-made-day", ordinal);
            const Call the{ordinal, lot.course, helpline_day(some_day(dice, made))};
            if (lot.course != Course::late) {
                plan.known(the.day, lot.course == Course::on_the_list ? 4 : 1,
                           [&plan, the](ApiClient& desk) { enter(desk, plan, the); });
            }
            if (lot.course > Course::no_basis) {
                plan.late(the.day, 1, [&plan, the](ApiClient& desk) { put_right(desk, plan, the); });
            }
        }
    }
}

}  // namespace tideover::year
