// PPE: over a million and a half single items to care homes, schools and care providers, less what came back.
#include <array>
#include <cstdint>
#include <vector>

#include "demo/organisations.hpp"
#include "demo/plan.hpp"

namespace tideover::year {
namespace {

struct Item {
    std::string_view code;
    std::string_view title;
    int items_per_unit;
    int share;       // of all issues, in percent
    int units_most;  // in one issue
};
// clang-format off
constexpr auto items = std::to_array<Item>({
    {"gloves-box-50-pairs", "Nitrile gloves, box of 50 pairs",  100, 30, 60},
    {"masks-iir-box-50",    "Type IIR masks, box of 50",        50,  28, 100},
    {"aprons-roll-200",     "Aprons, roll of 200",              200, 20, 28},
    {"ffp2-box-20",         "FFP2 respirators, box of 20",      20,  5,  30},
    {"visors-box-10",       "Visors, box of 10",                10,  6,  40},
    {"gowns-pack-10",       "Gowns, pack of 10",                10,  4,  24},
    {"goggles",             "Goggles, one pair",                1,   3,  24},
    {"sanitiser-500ml",     "Hand sanitiser, bottle of 500 ml", 1,   4,  48},
});
// clang-format on

constexpr std::int64_t known_items = 1'486'000;  // issued less returned at K, or a little more
constexpr std::int64_t final_items = 1'531'000;
constexpr int under_typed = 6;  // issues with a nought lost in typing, put right in the second wave

struct Issue {
    int ordinal;
    const Item* item;
    int units;
    std::string taker;
    Day day;
};

const Item& some_item(Dice& dice) {
    int left = dice.below(100);
    for (const auto& item : items) {
        if (left < item.share) return item;
        left -= item.share;
    }
    return items.front();
}

Issue issue(const Plan& plan, int ordinal) {
    static constexpr Curve issued{4, 16, 15, 12, 9, 7, 7, 8, 8, 7, 7};
    auto dice = plan.dice("ppe", ordinal);
    const auto& item = some_item(dice);
    const int units = ordinal < under_typed ? 10 * dice.between(1, 3) : dice.between(1, item.units_most);
    const int taker = dice.below(care_homes + schools + care_providers);
    auto name = taker < care_homes             ? named("care-home", taker)
                : taker < care_homes + schools ? named("school", taker - care_homes)
                                               : named("care-provider", taker - care_homes - schools);
    return {ordinal, &item, units, std::move(name), open_day(some_day(dice, issued))};
}

Filed move(ApiClient& desk, const Plan& plan, const Issue& the, std::string_view kind, int units,
           const std::string& of = {}) {
    Body body{{"kind", kind},
              {"item", the.item->code},
              {"units", units},
              {"organisation_id", plan.notebook.id(the.taker)},
              {"moved_on", format(kind == "issue" ? the.day : later(the.day, 8))},
              {"hub", partner::ppe_hub}};
    if (!of.empty()) body["issue_id"] = of;
    return desk.create(Member::ppe_hub, "ppe-movements", named(kind, the.ordinal), body);
}

/// Some of an issue comes back unused, or all of a faulty batch is called back.
int taken_back(const Issue& the) {
    if (the.ordinal % 40 == 20) return (the.units + 1) / 2;
    return the.ordinal % 90 == 45 ? the.units : 0;
}

void enter(ApiClient& desk, const Plan& plan, const Issue& the) {
    if (the.ordinal < under_typed) {
        plan.notebook.keep(move(desk, plan, the, "issue", the.units / 10));
        return;
    }
    const auto issued = move(desk, plan, the, "issue", the.units);
    if (const int units = taken_back(the); units > 0) {
        move(desk, plan, the, units == the.units ? "recall" : "return", units, issued.id);
    }
}

}  // namespace

void plan_ppe(Plan& plan) {
    for (const auto& item : items) {
        plan.before([&item](ApiClient& desk) {
            desk.create(Member::admin, "ppe-items", "item-" + std::string{item.code},
                        {{"code", item.code}, {"title", item.title}, {"items_per_unit", item.items_per_unit}});
        });
    }
    std::int64_t net = 0, mistyped = 0;
    for (int ordinal = 0; net + mistyped < final_items; ++ordinal) {
        const auto the = issue(plan, ordinal);
        const auto enter_it = [&plan, the](ApiClient& desk) { enter(desk, plan, the); };
        const bool known = net < known_items;
        if (ordinal < under_typed) {
            plan.known(the.day, 1, enter_it);
            plan.late(the.day, 1, [&plan, the](ApiClient& desk) {
                auto issued = plan.notebook.at(named("issue", the.ordinal));
                desk.correct(Member::ppe_hub, issued, "A nought was lost in typing.", {{"units", the.units}});
            });
            mistyped += the.item->items_per_unit * (the.units - the.units / 10);
            net += the.item->items_per_unit * (the.units / 10);
            continue;
        }
        net += the.item->items_per_unit * (the.units - taken_back(the));
        if (known) plan.known(the.day, 1, enter_it);
        if (!known) plan.late(the.day, 1, enter_it);
    }
}

}  // namespace tideover::year
