// Council Tax: £1.3m of the Hardship Fund credited to 8,183 accounts. £150 each, less where less was owed, and
// further help for some; taken back where entitlement was found wanting.
#include <array>
#include <optional>
#include <vector>

#include "demo/invented.hpp"
#include "demo/plan.hpp"

namespace tideover::year {
namespace {

enum class Course {
    credited,
    lowered,     // part of it taken back when the bill fell
    redone,      // reversed and credited anew
    reversed,    // never entitled
    other_fund,  // Council Tax Support, which is not counted
    twice,       // credited twice, as if there had been an application too; one voided in the second wave
    neighbour,   // further help that belonged to another account; moved in the second wave
    lowered_late,
    reversed_late,
    emptied_late,  // lowered to nil in the second wave
    fund_wrongly,  // Council Tax Support entered as Hardship Fund; put right in the second wave
    fund_missed,   // the other way about
    wrong_year,    // a day mistyped into the next year; put right in the second wave
    late,
};

struct Lot {
    int accounts;
    Course course;
    bool at_first;  // net above nil at K
    bool in_the_end;
};
// clang-format off
constexpr auto lots = std::to_array<Lot>({
    {7'952, Course::credited,      true,  true},
    {90,    Course::lowered,       true,  true},
    {40,    Course::redone,        true,  true},
    {64,    Course::reversed,      false, false},
    {60,    Course::other_fund,    false, false},
    {15,    Course::twice,         true,  true},
    {4,     Course::neighbour,     true,  true},
    {30,    Course::lowered_late,  true,  true},
    {22,    Course::reversed_late, true,  false},
    {3,     Course::emptied_late,  true,  false},
    {6,     Course::fund_wrongly,  true,  false},
    {5,     Course::fund_missed,   false, true},
    {6,     Course::wrong_year,    false, true},
    {37,    Course::late,          false, true},
});
// clang-format on

constexpr int in_the_end() {
    int sum = 0;
    for (const auto& lot : lots) {
        // The neighbour's credit makes one more.
        if (lot.in_the_end) sum += lot.accounts * (lot.course == Course::neighbour ? 2 : 1);
    }
    return sum;
}
static_assert(in_the_end() == 8'183);

constexpr int target_pence = 130'200'000;
constexpr auto hardship = "hardship_2020_21";
constexpr auto support = "council_tax_support";

struct Account {
    int ordinal;
    Course course;
    int pence;
    int further_pence;  // nil for most
    Day day;
};

std::string reference(int ordinal) {
    return "99" + numbered(ordinal, 7);
}

Body account_body(const Plan& plan, int ordinal) {
    auto dice = plan.dice("account", ordinal);
    const auto place = home(dice);
    return {{"account_reference", reference(ordinal)},
            {"ratepayer", person_name(dice)},
            {"address", place.address},
            {"postcode", place.postcode},
            {"ward", place.ward}};
}

void open_account(ApiClient& desk, const Plan& plan, int ordinal) {
    desk.create(Member::finance, "council-tax-accounts", named("account", ordinal), account_body(plan, ordinal));
}

int neighbour_of(int ordinal) {
    return ordinal + 100'000;
}

/// The accounts that there are when the year begins, as the Council Tax system gives them out.
void load_accounts(ApiClient& desk, const Plan& plan, const std::vector<Account>& all) {
    Lines lines;
    for (const auto& account : all) {
        if (account.course == Course::late) continue;
        lines.push_back(account_body(plan, account.ordinal));
        if (account.course == Course::neighbour) lines.push_back(account_body(plan, neighbour_of(account.ordinal)));
    }
    desk.import_lines(Member::finance, "council-tax-accounts", "council-tax-accounts.ndjson", lines);
}

struct Credit {
    std::string_view kind;
    int pence;
    Day day;
    std::string_view reason;
    std::string_view fund = hardship;
    std::string_view basis{};  // of an award
};

Body posting_body(const Account& account, const Credit& credit) {
    Body body{{"account_reference", reference(account.ordinal)},
              {"fund", credit.fund},
              {"kind", credit.kind},
              {"amount_pence", credit.pence},
              {"effective_on", format(credit.day)},
              {"reason", credit.reason}};
    if (!credit.basis.empty()) body["basis"] = credit.basis;
    return body;
}

Filed post(ApiClient& desk, const Account& account, int nth, const Credit& credit, const std::string& reverses = {}) {
    auto body = posting_body(account, credit);
    if (!reverses.empty()) body["reverses_id"] = reverses;
    return desk.create(Member::finance, "council-tax-postings",
                       named("posting", account.ordinal) + "-" + std::to_string(nth), body);
}

constexpr std::string_view entitled = "Working-age Council Tax Support: Hardship Fund reduction";
constexpr std::string_view asked = "Further help after an application to the Hardship Fund";
constexpr std::string_view no_longer = "Not entitled to Council Tax Support on that day";
constexpr std::string_view bill_fell = "The bill fell after a change of liability";

Credit automatic(int pence, Day day, std::string_view fund = hardship) {
    return {"award", pence, day, entitled, fund, "automatic"};
}
Credit further(int pence, Day day) {
    return {"award", pence, day, asked, hardship, "application"};
}

Credit main_credit(const Account& account) {
    const bool as_support = account.course == Course::other_fund || account.course == Course::fund_missed;
    const auto day = account.course == Course::wrong_year ? account.day + std::chrono::days{365} : account.day;
    return automatic(account.pence, day, as_support ? support : hardship);
}

/// Whether nobody comes back to its postings by their ids: they come in the file of the Council Tax system.
bool comes_in_file(Course course) {
    return course == Course::credited || course == Course::lowered || course == Course::other_fund ||
           course == Course::lowered_late || course == Course::emptied_late;
}

void load_postings(ApiClient& desk, const std::vector<Account>& all) {
    Lines lines;
    for (const auto& account : all) {
        if (!comes_in_file(account.course)) continue;
        lines.push_back(posting_body(account, main_credit(account)));
        if (account.course == Course::lowered)
            lines.push_back(posting_body(account, {"decrease", account.pence / 3, later(account.day, 15), bill_fell}));
        if (account.further_pence > 0)
            lines.push_back(posting_body(account, further(account.further_pence, later(account.day, 40))));
    }
    desk.import_lines(Member::finance, "council-tax-postings", "council-tax-postings.ndjson", lines);
}

void first_wave(ApiClient& desk, const Plan& plan, const Account& account) {
    auto main = post(desk, account, 1, main_credit(account));
    const auto after = later(account.day, 15);
    switch (account.course) {
        case Course::redone:
            post(desk, account, 2, {"reversal", account.pence, after, "Credited before the bill was final"}, main.id);
            post(desk, account, 3, automatic(account.pence, after));
            break;
        case Course::reversed:
            post(desk, account, 2, {"reversal", account.pence, after, no_longer}, main.id);
            break;
        case Course::twice:
            plan.notebook.keep(post(desk, account, 2, further(account.pence, account.day)));
            break;
        case Course::neighbour:
            plan.notebook.keep(post(desk, account, 2, further(account.pence, after)));
            break;
        case Course::reversed_late:
        case Course::fund_wrongly:
        case Course::fund_missed:
        case Course::wrong_year:
            plan.notebook.keep(main);
            break;
        default:
            break;
    }
}

void second_wave(ApiClient& desk, const Plan& plan, const Account& account) {
    const auto after = later(account.day, 30);
    const auto noted = [&](int nth) {
        return plan.notebook.at(named("posting", account.ordinal) + "-" + std::to_string(nth));
    };
    const auto correct = [&](int nth, std::string_view reason, const Body& changes) {
        auto posting = noted(nth);
        desk.correct(Member::finance, posting, reason, changes);
    };
    switch (account.course) {
        case Course::twice: {
            auto second = noted(2);
            desk.take_back(Member::finance, second,
                           "The automatic reduction, posted once more: there was no application.");
            break;
        }
        case Course::neighbour:
            correct(2, "Posted to the account one line above.",
                    {{"account_reference", reference(neighbour_of(account.ordinal))}});
            break;
        case Course::lowered_late:
            post(desk, account, 2, {"decrease", account.pence / 4, after, bill_fell});
            break;
        case Course::emptied_late:
            post(desk, account, 2, {"decrease", account.pence, after, bill_fell});
            break;
        case Course::reversed_late:
            post(desk, account, 2, {"reversal", account.pence, after, no_longer}, noted(1).id);
            break;
        case Course::fund_wrongly:
            correct(1, "This was Council Tax Support.", {{"fund", support}});
            break;
        case Course::fund_missed:
            correct(1, "This was the Hardship Fund.", {{"fund", hardship}});
            break;
        case Course::wrong_year:
            correct(1, "The year was mistyped.", {{"effective_on", format(account.day)}});
            break;
        case Course::late:
            open_account(desk, plan, account.ordinal);
            post(desk, account, 1, main_credit(account));
            break;
        default:
            break;
    }
}

bool has_second_wave(Course course) {
    return course != Course::credited && course != Course::lowered && course != Course::redone &&
           course != Course::reversed && course != Course::other_fund;
}

std::vector<Account> accounts(const Plan& plan) {
    static constexpr Curve started{0, 50, 22, 8, 5, 4, 3, 3, 3, 2, 0};
    std::vector<Account> list;
    std::int64_t sum = 0;
    for (const auto& lot : lots) {
        for (int i = 0; i < lot.accounts; ++i) {
            const auto ordinal = static_cast<int>(list.size());
            auto dice = plan.dice("credit", ordinal);
            const int pence = dice.chance(8) ? dice.between(600, 14'900) : 15'000;
            list.push_back({ordinal, lot.course, pence, 0, open_day(some_day(dice, started))});
            if (lot.in_the_end) sum += pence;
        }
    }
    // Further help, dealt out until the fund comes to what was spent.
    for (auto& account : list) {
        if (account.course != Course::credited || account.ordinal % 6 != 0 || sum >= target_pence) continue;
        account.further_pence = 100 * plan.dice("further", account.ordinal).between(120, 350);
        sum += account.further_pence;
    }
    return list;
}

}  // namespace

void plan_council_tax(Plan& plan) {
    const auto all = accounts(plan);
    plan.before([&plan, all](ApiClient& desk) {
        const auto open_fund = [&](std::string_view code, std::string_view title, std::optional<int> most) {
            Body body{{"code", code}, {"title", title}, {"financial_year", "2020/21"}};
            if (most) body["automatic_pence"] = *most;
            desk.create(Member::admin, "council-tax-funds", "fund-" + std::string{code}, body);
        };
        open_fund(hardship, "Hardship Fund 2020/21", 15'000);
        open_fund(support, "Council Tax Support 2020/21", {});
        load_accounts(desk, plan, all);
    });
    plan.known(first_day, 1, [all](ApiClient& desk) { load_postings(desk, all); });
    for (const auto& account : all) {
        if (account.course != Course::late && !comes_in_file(account.course))
            plan.known(account.day, 2, [&plan, account](ApiClient& desk) { first_wave(desk, plan, account); });
        if (has_second_wave(account.course)) {
            plan.late(account.day, 1, [&plan, account](ApiClient& desk) { second_wave(desk, plan, account); });
        }
    }
}

}  // namespace tideover::year
