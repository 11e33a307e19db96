// Vouchers for families in the school holidays: over 7,000 sent, one per entitlement.
#include <array>
#include <vector>

#include "demo/invented.hpp"
#include "demo/organisations.hpp"
#include "demo/plan.hpp"

namespace tideover::year {
namespace {

enum class Course {
    sent,
    redeemed,
    expired,
    bounced,      // sent again to the right address: counts once
    failed,       // bounced for good: not at all
    cancelled,    // not at all
    never_sent,   // asked for and cancelled
    reissued,     // lost, voided and sent anew: counts once
    twice,        // entered twice; one voided in the second wave
    failed_late,  // bounced for good, known in the second wave
};

constexpr int twins = 9;
constexpr int failing = 14;
constexpr int at_first = 6'962;
constexpr int late = 275;  // lists that schools sent in afterwards
static_assert(at_first <= 7'000, "at K it is not yet over 7,000");
static_assert(at_first - twins - failing + late == 7'214);
constexpr int for_other_purposes = 150;

constexpr int counts_at_first(Course course) {
    switch (course) {
        case Course::failed:
        case Course::cancelled:
        case Course::never_sent:
            return 0;
        case Course::twice:
            return 2;
        default:
            return 1;
    }
}

struct Holiday {
    std::string_view period;
    int pounds_a_child;
    int families;  // in percent
    Day first_request;
    Day sending;
};
// clang-format off
constexpr auto holidays = std::to_array<Holiday>({
    {"christmas-2020",         30, 100, on(2020, 11, 30), on(2020, 12, 11)},
    {"october-half-term-2020", 15, 90,  on(2020, 10, 12), on(2020, 10, 21)},
    {"summer-2020",            20, 75,  on(2020, 6, 29),  on(2020, 7, 13)},
    {"may-half-term-2020",     15, 50,  on(2020, 5, 11),  on(2020, 5, 18)},
});
// clang-format on

struct Voucher {
    int ordinal;
    const Holiday* holiday;
    Course course;
};

struct Family {
    int ordinal;
    std::vector<Voucher> vouchers{};
    std::string_view purpose = "holiday_food";
};

/// The school whose member signs in sends its own requests; for the others the grants team does.
Member asker(const Family& family) {
    return family.ordinal % schools == 0 ? Member::school : Member::grants_officer;
}

Course some_course(Dice& dice) {
    const int share = dice.below(1'000);
    return share < 720   ? Course::sent
           : share < 890 ? Course::redeemed
           : share < 930 ? Course::expired
           : share < 950 ? Course::bounced
           : share < 964 ? Course::failed
           : share < 974 ? Course::cancelled
           : share < 982 ? Course::never_sent
                         : Course::reissued;
}

struct Days {
    Day requested;
    Day sent;
    Day after;  // redeemed, bounced, cancelled
};
Days days(Dice& dice, const Voucher& voucher) {
    const auto requested = open_day(voucher.holiday->first_request + std::chrono::days{dice.below(7)});
    const auto sent = open_day(voucher.holiday->sending + std::chrono::days{dice.below(5)});
    return {requested, sent, sent + std::chrono::days{dice.between(1, 18)}};
}

void stop(ApiClient& desk, Member who, Filed& voucher, std::string_view step, Day day, std::string_view reason) {
    desk.step(who, voucher, step, {{"happened_on", format(day)}, {"reason", reason}});
}

void follow(ApiClient& desk, Member who, Filed& voucher, Course course, const Days& when) {
    const auto send = [&](Filed& one, Day day) { desk.step(who, one, "sends", {{"sent_on", format(day)}}); };
    if (course == Course::never_sent) {
        return stop(desk, who, voucher, "cancellations", when.sent, "Asked for twice by the family.");
    }
    send(voucher, when.sent);
    const auto bounced = [&] {
        desk.step(who, voucher, "bounces", {{"bounced_on", format(when.after)}, {"reason", "No such mailbox"}});
    };
    switch (course) {
        case Course::redeemed:  // as their issuer says, in a file
            break;
        case Course::expired:  // three weeks, and the money is put to other vouchers
            desk.step(who, voucher, "expiries", {{"expired_on", format(when.sent + std::chrono::days{21})}});
            break;
        case Course::bounced:
            bounced();
            send(voucher, later(when.after, 1));
            break;
        case Course::failed:
            bounced();
            stop(desk, who, voucher, "failures", later(when.after, 3), "No address could be found for the family.");
            break;
        case Course::cancelled:
            stop(desk, who, voucher, "cancellations", when.after, "The family had moved out of the borough.");
            break;
        case Course::reissued: {
            Filed fresh{"vouchers", voucher.name + "-again"};
            fresh.id =
                desk.step_for(who, voucher, "reissues",
                              {{"happened_on", format(when.after)}, {"reason", "The code did not work in the shop."}},
                              "replaced_by_id");
            send(fresh, later(when.after, 1));
            break;
        }
        default:
            break;
    }
}

std::string issuer_code(const Voucher& voucher) {
    return "EV-" + numbered(voucher.ordinal, 7);
}

void enter(ApiClient& desk, const Plan& plan, const Family& family) {
    auto dice = plan.dice("family", family.ordinal);
    const auto who = asker(family);
    const auto place = home(dice);
    const int children = dice.between(1, 3), adults = dice.between(1, 2);
    const auto household = desk.create(who, "households", named("family", family.ordinal),
                                       {{"address", place.address},
                                        {"postcode", place.postcode},
                                        {"ward", place.ward},
                                        {"people", children + adults},
                                        {"children", children},
                                        {"email", email("family", family.ordinal)}});
    for (const auto& voucher : family.vouchers) {
        auto own = plan.dice("voucher-days", voucher.ordinal);
        const auto when = days(own, voucher);
        Body body{{"household_id", household.id},
                  {"children", children},
                  {"value_pence", voucher.holiday->pounds_a_child * children * 100},
                  {"purpose", family.purpose},
                  {"holiday_period", voucher.holiday->period},
                  {"channel", own.chance(88) ? "email" : "post"},
                  {"requested_on", format(when.requested)},
                  {"school", school_code(family.ordinal % schools)}};
        if (voucher.course == Course::redeemed) body["issuer_code"] = issuer_code(voucher);
        auto one = desk.create(who, "vouchers", named("voucher", voucher.ordinal), body);
        follow(desk, who, one, voucher.course, when);
        if (voucher.course == Course::failed_late) plan.notebook.keep(one);
        if (voucher.course == Course::twice) {
            auto twin = desk.create(who, "vouchers", named("voucher-twin", voucher.ordinal), body);
            follow(desk, who, twin, voucher.course, when);
            plan.notebook.keep(twin);
        }
    }
}

void put_right(ApiClient& desk, const Plan& plan, const Family& family, const Voucher& voucher) {
    const auto who = asker(family);
    if (voucher.course == Course::twice) {
        auto twin = plan.notebook.at(named("voucher-twin", voucher.ordinal));
        return desk.take_back(who, twin, "The same entitlement, entered from two lists.");
    }
    auto dice = plan.dice("voucher-days", voucher.ordinal);
    const auto when = days(dice, voucher);
    auto one = plan.notebook.at(named("voucher", voucher.ordinal));
    stop(desk, who, one, "failures", when.after, "The provider reports that the mailbox never existed.");
}

/// The holidays of one family, cut short where the count is reached.
Family family_of(const Plan& plan, int ordinal, int& vouchers, int& counted) {
    Family family{.ordinal = ordinal};
    auto dice = plan.dice("family-holidays", ordinal);
    for (const auto& holiday : holidays) {
        if (!dice.chance(holiday.families) || counted >= at_first) continue;
        auto course = some_course(dice);
        if (family.vouchers.empty() && ordinal < twins)
            course = Course::twice;
        else if (family.vouchers.empty() && ordinal < twins + failing)
            course = Course::failed_late;
        counted += counts_at_first(course);
        family.vouchers.push_back({vouchers++, &holiday, course});
    }
    return family;
}

}  // namespace

void plan_vouchers(Plan& plan) {
    int ordinal = 0, vouchers = 0;
    std::string redeemed = "Issuer code,Redeemed on\n";
    for (int counted = 0; counted < at_first; ++ordinal) {
        const auto family = family_of(plan, ordinal, vouchers, counted);
        const auto day = family.vouchers.back().holiday->first_request;
        plan.known(day, 1 + 5 * static_cast<int>(family.vouchers.size()) / 2,
                   [&plan, family](ApiClient& desk) { enter(desk, plan, family); });
        for (const auto& voucher : family.vouchers) {
            if (voucher.course == Course::redeemed) {
                auto dice = plan.dice("voucher-days", voucher.ordinal);
                redeemed += issuer_code(voucher) + "," + format(days(dice, voucher).after) + "\n";
            }
            if (voucher.course != Course::twice && voucher.course != Course::failed_late) continue;
            plan.late(day, 1, [&plan, family, voucher](ApiClient& desk) { put_right(desk, plan, family, voucher); });
        }
    }
    for (int i = 0; i < for_other_purposes + late; ++i, ++ordinal) {
        const bool counts = i >= for_other_purposes;
        const Family family{ordinal,
                            {{vouchers++, &holidays.front(), Course::sent}},
                            counts       ? "holiday_food"
                            : i % 2 == 0 ? "winter_support"
                                         : "essentials"};
        const auto enter_it = [&plan, family](ApiClient& desk) { enter(desk, plan, family); };
        if (counts) plan.late(holidays.front().first_request, 3, enter_it);
        if (!counts) plan.known(holidays.front().first_request, 3, enter_it);
    }
    plan.at_its_end(holidays.front().first_request, 1, [redeemed](ApiClient& desk) {
        desk.import_table(Member::grants_officer, "voucher-redemptions", "voucher-redemptions.csv", redeemed);
    });
}

}  // namespace tideover::year
