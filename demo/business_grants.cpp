// Businesses, their premises and their grants: the £62m to 5,000 businesses, the £17m inside it, and what the
// autumn's schemes paid, which is in neither.
#include <array>
#include <optional>
#include <vector>

#include "demo/autumn.hpp"
#include "demo/grant_case.hpp"
#include "demo/invented.hpp"
#include "demo/plan.hpp"

namespace tideover::year {
namespace {

/// So many firms with a grant for each letter: s SBGF, r RHLGF of £10,000, m RHLGF of £25,000, l LADGF.
struct Lot {
    int firms;
    CaseOutcome fate;
    std::string_view grants;
};

// clang-format off
constexpr auto lots = std::to_array<Lot>({
    {3'206, CaseOutcome::paid,            "s"},
    {458,   CaseOutcome::paid,            "r"},
    {329,   CaseOutcome::paid,            "m"},
    {304,   CaseOutcome::paid,            "l"},
    {250,   CaseOutcome::paid,            "ss"},
    {50,    CaseOutcome::paid,            "sr"},
    {60,    CaseOutcome::paid,            "sm"},
    {20,    CaseOutcome::paid,            "rm"},
    {33,    CaseOutcome::paid,            "sss"},
    {3,     CaseOutcome::paid,            "mmm"},
    {10,    CaseOutcome::paid,            "ssss"},
    {40,    CaseOutcome::reassessed,      "s"},
    {10,    CaseOutcome::reassessed,      "r"},
    {15,    CaseOutcome::reassessed,      "l"},
    {18,    CaseOutcome::rejected_first,  "s"},
    {60,    CaseOutcome::reissued,        "s"},
    {14,    CaseOutcome::reissued,        "r"},
    {12,    CaseOutcome::reissued,        "m"},
    {6,     CaseOutcome::reissued,        "l"},
    {12,    CaseOutcome::merged,          "s"},
    {18,    CaseOutcome::merged_late,     "s"},
    {5,     CaseOutcome::merged_late,     "r"},
    {48,    CaseOutcome::paid_late,       "s"},
    {22,    CaseOutcome::paid_late,       "m"},
    {5,     CaseOutcome::paid_late,       "l"},
    {10,    CaseOutcome::reissued_late,   "s"},
    {3,     CaseOutcome::reissued_late,   "m"},
    {4,     CaseOutcome::settled_wrongly, "s"},
    {8,     CaseOutcome::returned_late,   "s"},
    {1,     CaseOutcome::returned_late,   "r"},
    {22,    CaseOutcome::returned,        "s"},
    {5,     CaseOutcome::returned,        "m"},
    {3,     CaseOutcome::returned,        "l"},
    {170,   CaseOutcome::refused,         "s"},
    {45,    CaseOutcome::refused,         "r"},
    {40,    CaseOutcome::refused,         "l"},
    {50,    CaseOutcome::withdrawn,       "s"},
    {15,    CaseOutcome::withdrawn,       "r"},
    {12,    CaseOutcome::withdrawn,       "l"},
    {25,    CaseOutcome::cancelled,       "s"},
    {5,     CaseOutcome::cancelled,       "m"},
    {4,     CaseOutcome::cancelled,       "l"},
});
// clang-format on

// Stockport's discretionary grants ran from £2,500 to £25,000.
constexpr std::array<int, 12> ladgf_pounds{10'000, 5'000, 10'000, 2'500,  7'500, 10'000,
                                           25'000, 5'000, 10'000, 10'000, 5'000, 10'000};

constexpr bool doubled(CaseOutcome fate) {
    return fate == CaseOutcome::merged || fate == CaseOutcome::merged_late;
}

/// How many grants of one letter count by a rule.
constexpr int grants_of(char letter, bool (*counts)(CaseOutcome)) {
    int sum = 0;
    for (const auto& lot : lots) {
        const int records = lot.firms * (doubled(lot.fate) ? 2 : 1);
        for (const char grant : lot.grants) sum += grant == letter && counts(lot.fate) ? records : 0;
    }
    return sum;
}

/// How many businesses have any of these grants, in the end: those entered twice are one.
constexpr int firms_with(std::string_view letters) {
    int sum = 0;
    for (const auto& lot : lots) {
        if (ends_paid(lot.fate) && lot.grants.find_first_of(letters) != std::string_view::npos) sum += lot.firms;
    }
    return sum;
}

constexpr int rhlgf_pounds(bool (*counts)(CaseOutcome)) {
    return grants_of('r', counts) * 10'000 + grants_of('m', counts) * 25'000;
}

static_assert(firms_with("srml") >= 4'900 && firms_with("srml") <= 5'200);
static_assert(firms_with("rm") >= 960 && firms_with("rm") <= 1'040);
static_assert(rhlgf_pounds(ends_paid) >= 16'900'000 && rhlgf_pounds(ends_paid) <= 17'100'000);
static_assert(rhlgf_pounds(paid_at_first) < 16'500'000, "at K the £17m is still to come");
// LADGF averages £9,167, give or take a round of the list above.
constexpr int all_pounds =
    grants_of('s', ends_paid) * 10'000 + rhlgf_pounds(ends_paid) + grants_of('l', ends_paid) * 9'167;
static_assert(all_pounds > 61'900'000 && all_pounds < 62'100'000);

constexpr std::array<std::string_view, 10> workshops{"Joinery",    "Motor Repairs", "Accountancy", "Printing",
                                                     "Upholstery", "Bakehouse",     "Engineering", "Design",
                                                     "Laundry",    "Cutlery"};
constexpr std::array<std::string_view, 10> high_street{"Café",     "Bookshop", "Barbers",  "Deli", "Tap Room",
                                                       "Hardware", "Florists", "Boutique", "Gym",  "Kitchen"};
constexpr std::array<std::string_view, 5> others{"Market Stall", "Studio", "Guest House", "Workspace", "Nursery"};

struct Firm {
    int ordinal;
    CaseOutcome fate;
    std::string_view grants;
    int of_its_lot;    // how many of the same lot came before
    int autumn_place;  // its place among those whom the autumn's schemes pay, or -1
};

std::string_view trade(Dice& dice, char letter) {
    if (letter == 's') return dice.pick(workshops);
    if (letter == 'l') return dice.pick(others);
    return dice.pick(high_street);
}

std::string firm_name(const Plan& plan, const Firm& firm) {
    auto dice = plan.dice("firm-name", firm.ordinal);
    return invented_name(dice, trade(dice, firm.grants.front()), firm.ordinal);
}

/// As a tired hand types it: two neighbours swapped.
std::string mistyped(std::string name) {
    std::swap(name[1], name[2]);  // never alike in the names that we invent
    return name;
}

bool has_typo(const Firm& firm) {
    return firm.fate == CaseOutcome::paid && firm.grants == "s" && firm.of_its_lot % 80 == 7;
}

Day received_on(Dice& dice, const Firm& firm, char letter) {
    // What is paid late came in the summer, so that its last payment falls into September 2020.
    if (letter == 'l') return open_day(some_day(dice, on(2020, 6, 1), on(2020, 8, 6)));
    if (firm.fate == CaseOutcome::paid_late) return open_day(some_day(dice, on(2020, 7, 20), on(2020, 8, 26)));
    static constexpr Curve applied{22, 52, 14, 5, 4, 3, 0, 0, 0, 0, 0};
    const auto day = some_day(dice, applied);
    return open_day(day < on(2020, 3, 24) ? on(2020, 3, 24) : day > on(2020, 8, 26) ? on(2020, 8, 26) : day);
}

GrantCase grant_case(const Plan& plan, const Firm& firm, int place) {
    const char letter = firm.grants[static_cast<std::size_t>(place)];
    const auto number = firm.ordinal * 8 + place;
    auto dice = plan.dice("grant", number);
    const auto when = timeline(dice, received_on(dice, firm, letter));
    Ask ask{"sbgf", "once", "any", 10'000};
    if (letter == 'r') ask = {"rhlgf", "once", "small", 10'000};
    if (letter == 'm') ask = {"rhlgf", "once", "medium", 25'000};
    if (letter == 'l') {
        static constexpr std::array<std::string_view, 4> phases{"phase-1", "phase-2", "phase-3", "phase-4"};
        const auto week = static_cast<std::size_t>((when.received - on(2020, 6, 1)).count() / 17);
        ask = {"ladgf", phases[week < 4 ? week : 3], "discretionary",
               ladgf_pounds[static_cast<std::size_t>(firm.of_its_lot) % ladgf_pounds.size()]};
    }
    return {std::to_string(number), ask, when, firm.fate};
}

Body business_body(const Plan& plan, Dice& dice, const Firm& firm, bool twin) {
    static constexpr std::array<std::string_view, 10> forms{"company",     "company",     "company",     "company",
                                                            "company",     "sole_trader", "sole_trader", "sole_trader",
                                                            "partnership", "co_operative"};
    const auto place = premises_place(dice);
    const auto form = dice.pick(forms);
    const auto name = firm_name(plan, firm);
    Body body{{"name", twin || has_typo(firm) ? mistyped(name) : name},
              {"legal_form", form},
              {"address", place.address},
              {"postcode", place.postcode},
              {"ward", place.ward},
              {"email", email("business", firm.ordinal)},
              {"phone", phone(dice)},
              {"employees", dice.between(1, 40)}};
    // A company number belongs to one business only: whoever was entered twice came without it.
    if (form == "company" && !twin) {
        body["identifiers"] = Body::array(
            {{{"kind", "company_number"}, {"value", "ZZ" + numbered(firm.ordinal, 6)}, {"source", "invented"}}});
    }
    return body;
}

Body premises_body(Dice& dice, char letter, int number) {
    static constexpr std::array<std::string_view, 3> shops{"retail", "hospitality", "leisure"};
    static constexpr std::array<std::string_view, 3> works{"industrial", "office", "other"};
    const auto place = premises_place(dice);
    const auto use = letter == 's'   ? dice.pick(works)
                     : letter == 'l' ? std::string_view{"market_stall"}
                                     : dice.pick(shops);
    const auto pounds = letter == 'm'   ? 250 * dice.between(61, 203)  // over £15,000 and under £51,000
                        : letter == 'l' ? 250 * dice.between(20, 180)
                                        : 250 * dice.between(6, 60);
    auto reliefs = Body::array();
    if (letter == 's') reliefs.push_back("small_business");
    if (letter == 'r' || letter == 'm') reliefs.push_back("expanded_retail");
    return {
        {"address", place.address},
        {"postcode", place.postcode},
        {"ward", place.ward},
        {"use", use},
        {"rateable_value_pence", pounds * 100},
        {"reliefs", reliefs},
        {"identifiers",
         Body::array({{{"kind", "rates_account"}, {"value", "INV" + numbered(number, 6)}, {"source", "rates list"}}})}};
}

/// A business with its premises and payees, as somebody enters it, or the rates list has it.
struct Ratepayer {
    int number;
    Body business;
    struct Place {
        Body payee;
        std::optional<Body> premises;  // nothing: market traders are supported without premises in the rates list
        int number;
    };
    std::vector<Place> places{};
};

Ratepayer ratepayer(const Plan& plan, const Firm& firm, bool twin) {
    const int number = firm.ordinal * 2 + (twin ? 1 : 0);
    auto dice = plan.dice("firm", number);
    Ratepayer out{.number = number, .business = business_body(plan, dice, firm, twin)};
    for (int place = 0; place < static_cast<int>(firm.grants.size()); ++place) {
        const char letter = firm.grants[static_cast<std::size_t>(place)];
        auto& one = out.places.emplace_back();
        one.payee = payee(dice, firm_name(plan, firm));
        one.number = number * 8 + place;
        if (letter != 'l' || firm.of_its_lot % 4 != 0) one.premises = premises_body(dice, letter, one.number);
    }
    return out;
}

/// The rates list as it stands when the schemes open: ratepayers, then their premises.
void load_rates_list(ApiClient& desk, const Plan& plan, const std::vector<Firm>& firms) {
    std::vector<Ratepayer> all;
    Lines businesses, premises;
    for (const auto& firm : firms) businesses.push_back(all.emplace_back(ratepayer(plan, firm, false)).business);
    const auto ids = desk.import_lines(Member::grants_officer, "businesses", "ratepayers.ndjson", businesses);
    std::vector<int> numbers;
    for (std::size_t i = 0; i < all.size(); ++i) {
        plan.notebook.keep({"businesses", named("business", all[i].number), ids[i]});
        for (auto& place : all[i].places) {
            if (!place.premises) continue;
            (*place.premises)["business_id"] = ids[i];
            premises.push_back(std::move(*place.premises));
            numbers.push_back(place.number);
        }
    }
    const auto places = desk.import_lines(Member::grants_officer, "premises", "rates-list.ndjson", premises);
    for (std::size_t i = 0; i < places.size(); ++i)
        plan.notebook.keep({"premises", named("premises", numbers[i]), places[i]});
}

/// Enters what happened to a business in the first wave. One that is entered twice was typed the second time.
Filed enter(ApiClient& desk, const Plan& plan, const Firm& firm, bool twin) {
    const auto payer = ratepayer(plan, firm, twin);
    const auto name = named("business", payer.number);
    const auto business =
        twin ? desk.create(Member::grants_officer, "businesses", name, payer.business) : plan.notebook.at(name);
    for (std::size_t place = 0; place < payer.places.size(); ++place) {
        const char letter = firm.grants[place];
        const auto& its = payer.places[place];
        Body parties{{"business_id", business.id}, {"payee", its.payee}};
        if (its.premises) {
            const auto there = named("premises", its.number);
            auto body = *its.premises;
            body["business_id"] = business.id;
            parties["premises_id"] =
                twin ? desk.create(Member::grants_officer, "premises", there, body).id : plan.notebook.id(there);
        }
        auto the = grant_case(plan, firm, static_cast<int>(place));
        if (twin) the.name += "-twin";
        open_case(desk, plan.notebook, plan.dice("case", its.number), the, parties);
        if (firm.autumn_place >= 0) {
            open_autumn_cases(desk, plan, firm.autumn_place, letter == 'm' ? 2'000'000 : 1'000'000, parties);
        }
    }
    return business;
}

void unite(ApiClient& desk, const Firm& firm, const std::string& twin_id, const std::string& into_id) {
    desk.create(Member::grants_officer, "merges", named("merge-business", firm.ordinal),
                {{"kind", "business"},
                 {"from_id", twin_id},
                 {"into_id", into_id},
                 {"reason", "Same ratepayer and bank account; the name was mistyped when it was entered again."}});
}

void plan_firm(Plan& plan, const Firm& firm) {
    const auto day = grant_case(plan, firm, 0).when.received;
    const auto autumn = firm.autumn_place < 0 ? 0 : autumn_requests(firm.autumn_place);
    const int each = static_cast<int>(firm.grants.size()) * 5 + autumn;
    plan.known(day, doubled(firm.fate) ? 2 * each + 2 : each, [&plan, firm](ApiClient& desk) {
        const auto business = enter(desk, plan, firm, false);
        if (!doubled(firm.fate)) return;
        const auto twin = enter(desk, plan, firm, true);
        if (firm.fate == CaseOutcome::merged) return unite(desk, firm, twin.id, business.id);
        plan.notebook.keep(twin);
    });
    if (goes_on_late(firm.fate)) {
        plan.late(day, 2,
                  [&plan, firm](ApiClient& desk) { close_case_late(desk, plan.notebook, grant_case(plan, firm, 0)); });
    }
    if (firm.fate == CaseOutcome::merged_late) {
        plan.late(day, 1, [&plan, firm](ApiClient& desk) {
            unite(desk, firm, plan.notebook.id(named("business", firm.ordinal * 2 + 1)),
                  plan.notebook.id(named("business", firm.ordinal * 2)));
        });
    }
    if (has_typo(firm)) {
        plan.late(day, 1, [&plan, firm](ApiClient& desk) {
            auto business = plan.notebook.at(named("business", firm.ordinal * 2));
            desk.correct(Member::grants_officer, business, "The name was mistyped.", {{"name", firm_name(plan, firm)}});
        });
    }
}

}  // namespace

void plan_business_grants(Plan& plan) {
    int ordinal = 0, autumn = 0;
    std::vector<Firm> firms;
    for (const auto& lot : lots) {
        const bool closed_in_autumn = lot.fate == CaseOutcome::paid && (lot.grants == "r" || lot.grants == "m");
        for (int i = 0; i < lot.firms; ++i) {
            firms.push_back({ordinal++, lot.fate, lot.grants, i, closed_in_autumn ? autumn++ : -1});
            plan_firm(plan, firms.back());
        }
    }
    plan.before([&plan, firms](ApiClient& desk) { load_rates_list(desk, plan, firms); });
}

}  // namespace tideover::year
