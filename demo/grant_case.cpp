// Applying, assessing, deciding and paying, by the people who do each of these.
#include "demo/grant_case.hpp"

#include <array>

#include "demo/invented.hpp"

namespace tideover::year {
namespace {

constexpr std::array<std::string_view, 8> all_declarations{
    "meets_criteria",    "authorised_to_act", "notify_changes",        "within_subsidy_limit",
    "not_in_difficulty", "repay_if_error",    "share_with_government", "accepts_data_use"};
constexpr std::array<std::string_view, 4> channels{"portal", "portal", "telephone", "identified_by_council"};
constexpr std::array<std::string_view, 6> grounds{
    "not_ratepayer", "outside_rateable_value", "excluded_use", "duplicate", "no_evidence", "in_insolvency"};
constexpr std::array<std::string_view, 3> for_good{"2", "5", "B"};
constexpr std::array<std::string_view, 3> payable_again{"0", "3", "B"};

Filed apply(ApiClient& desk, Dice& dice, const GrantCase& the, Body parties) {
    parties["scheme"] = the.ask.scheme;
    parties["period"] = the.ask.period;
    parties["received_on"] = format(the.when.received);
    parties["channel"] = dice.pick(channels);
    parties["declarations"] = all_declarations;
    if (the.ask.band == "discretionary") parties["requested_pence"] = the.ask.pounds * 100;
    return desk.create(Member::grants_officer, "applications", "application-" + the.name, parties);
}

void recommend(ApiClient& desk, Filed& application, const Ask& ask) {
    desk.step(
        Member::grants_officer, application, "assessments",
        {{"recommendation", "award"}, {"band", ask.band}, {"amount_pence", ask.pounds * 100}, {"reason", "eligible"}});
}

void advise_against(ApiClient& desk, Filed& application, std::string_view reason) {
    desk.step(Member::grants_officer, application, "assessments", {{"recommendation", "refuse"}, {"reason", reason}});
}

Filed approve(ApiClient& desk, Filed& application, const GrantCase& the) {
    auto id = desk.step_for(Member::grants_approver, application, "decisions",
                            {{"decision", "approve"}, {"decided_on", format(the.when.decided)}, {"reason", "eligible"}},
                            "award_id");
    return {"awards", "award-" + the.name, std::move(id)};
}

Filed instruct(ApiClient& desk, const Filed& award, int attempt, Day day) {
    return desk.create(Member::finance, "payments", "payment-" + award.name.substr(6) + "-" + std::to_string(attempt),
                       {{"award_id", award.id}, {"instructed_on", format(day)}});
}

void settle(ApiClient& desk, Filed& payment, Day entered) {
    desk.step(Member::finance, payment, "settlements", {{"entry_day", format(entered)}});
}

Filed pay(ApiClient& desk, const Filed& award, int attempt, Day instructed, Day entered) {
    auto payment = instruct(desk, award, attempt, instructed);
    settle(desk, payment, entered);
    return payment;
}

void bounce(ApiClient& desk, Filed& payment, Day returned, std::string_view code) {
    desk.step(Member::finance, payment, "returns", {{"returned_on", format(returned)}, {"return_code", code}});
}

/// A second payment, once the payee has been asked for the right account.
void pay_again(ApiClient& desk, const Filed& award, Day after) {
    const auto instructed = later(after, 6);
    pay(desk, award, 2, instructed, later(instructed, 2));
}

void turn_down(ApiClient& desk, Dice& dice, Filed& application, const GrantCase& the) {
    const auto reason = dice.pick(grounds);
    advise_against(desk, application, reason);
    desk.step(Member::grants_approver, application, "decisions",
              {{"decision", "refuse"}, {"decided_on", format(the.when.decided)}, {"reason", reason}});
}

void settle_up(ApiClient& desk, KnownRecords& notebook, Dice& dice, const GrantCase& the, Filed award) {
    const auto [received, decided, instructed, entered] = the.when;
    switch (the.fate) {
        case CaseOutcome::cancelled:
            desk.step(Member::grants_approver, award, "cancellations",
                      {{"cancelled_on", format(instructed)},
                       {"cancellation_reason", "The premises were empty on the reference date after all."}});
            return;
        case CaseOutcome::paid_late:
            notebook.keep(award);
            return;
        case CaseOutcome::rejected_first: {
            auto refused = instruct(desk, award, 1, instructed);
            desk.step(Member::finance, refused, "rejections", {{"rejected_on", format(entered)}, {"return_code", "0"}});
            return pay_again(desk, award, entered);
        }
        default:
            break;
    }
    auto payment = pay(desk, award, 1, instructed, entered);
    if (the.fate == CaseOutcome::reissued || the.fate == CaseOutcome::returned) {
        const auto back = later(entered, dice.between(1, 4));
        bounce(desk, payment, back, the.fate == CaseOutcome::returned ? dice.pick(for_good) : dice.pick(payable_again));
        if (the.fate == CaseOutcome::reissued) pay_again(desk, award, back);
    }
    if (goes_on_late(the.fate)) {
        notebook.keep(award);
        notebook.keep(payment);
    }
}

}  // namespace

Timeline timeline(Dice& dice, Day received) {
    const auto decided = later(received, dice.between(2, 9));
    const auto instructed = later(decided, dice.between(1, 3));
    return {received, decided, instructed, later(instructed, 2)};
}

void open_case(ApiClient& desk, KnownRecords& notebook, Dice dice, const GrantCase& the, Body parties) {
    auto application = apply(desk, dice, the, std::move(parties));
    if (the.fate == CaseOutcome::refused) return turn_down(desk, dice, application, the);
    if (the.fate == CaseOutcome::reassessed) advise_against(desk, application, "no_evidence");
    if (the.fate != CaseOutcome::withdrawn || dice.chance(40)) recommend(desk, application, the.ask);
    if (the.fate == CaseOutcome::withdrawn) {
        desk.step(Member::grants_officer, application, "withdrawals", {{"withdrawn_on", format(the.when.decided)}});
        return;
    }
    settle_up(desk, notebook, dice, the, approve(desk, application, the));
}

void close_case_late(ApiClient& desk, const KnownRecords& notebook, const GrantCase& the) {
    const auto award = notebook.at("award-" + the.name);
    if (the.fate == CaseOutcome::paid_late) {
        pay(desk, award, 1, the.when.instructed, the.when.entered);
        return;
    }
    auto payment = notebook.at("payment-" + the.name + "-1");
    if (the.fate == CaseOutcome::settled_wrongly) {
        desk.take_back(Member::finance, payment, "The bank line belonged to another payment; this one went out later.");
        const auto instructed = later(the.when.entered, 3);
        pay(desk, award, 2, instructed, later(instructed, 2));
        return;
    }
    const auto back = later(the.when.entered, 3);
    bounce(desk, payment, back, the.fate == CaseOutcome::returned_late ? "B" : "0");
    if (the.fate == CaseOutcome::reissued_late) pay_again(desk, award, back);
}

Body payee(Dice& dice, std::string_view name) {
    auto sort_code = "00" + numbered(dice.below(10'000), 4);
    return {
        {"name", name}, {"sort_code", std::move(sort_code)}, {"account_number", numbered(dice.below(100'000'000), 8)}};
}

}  // namespace tideover::year
