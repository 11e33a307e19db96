// Grant applications: assessed by one person, decided by another. Payment is not a state of these.
#include <array>

#include "domain/core/sound.hpp"
#include "domain/finance/payee.hpp"
#include "domain/nouns.hpp"

namespace tideover::nouns {
namespace {

constexpr std::array<std::string_view, 4> channels{"portal", "post", "telephone", "identified_by_council"};
constexpr std::array<std::string_view, 2> recommendations{"award", "refuse"};
constexpr std::array<std::string_view, 2> verdicts{"approve", "refuse"};
constexpr std::array<std::string_view, 10> reasons{
    "eligible",  "not_ratepayer", "not_trading",   "outside_rateable_value", "excluded_use",
    "duplicate", "no_evidence",   "in_insolvency", "over_subsidy_limit",     "other"};

constexpr std::array<std::string_view, 2> ended{"refused", "withdrawn"};

// clang-format off
constexpr auto moves = std::to_array<Move>({
    // from       event       to
    {"submitted", "assess",   "assessed"},
    {"assessed",  "assess",   "assessed"},
    {"assessed",  "approve",  "approved"},
    {"assessed",  "refuse",   "refused"},
    {"submitted", "withdraw", "withdrawn"},
    {"assessed",  "withdraw", "withdrawn"},
});
// clang-format on

constexpr std::array fields{
    code("scheme", "scheme").needed().filter().never_corrected(),
    text("period", 1, 40).otherwise("once").never_corrected().in_form(Form::code),
    id("business_id", "business").filter().says("The business; exactly one of this, organisation_id and person_id."),
    id("organisation_id", "organisation").filter().says("The voluntary group."),
    id("person_id", "person").filter().says("Who applies for their household."),
    id("premises_id", "premises").filter(),
    pence("requested_pence", 1),
    day("received_on").needed().says("The day it reached the council; windows are judged on it."),
    choice("channel", channels).otherwise("portal"),
    codes("declarations", 30).needed().says("What the applicant declared: codes of the version's declarations."),
    payee_name.needed(),
    payee_sort_code.needed(),
    payee_account_number.needed(),
    id("payee.name_by", "").who_gave("payee.name").seen_as(Privacy::bank).says("Who said the name last."),
    id("payee.sort_code_by", "").who_gave("payee.sort_code").seen_as(Privacy::bank),
    id("payee.account_number_by", "").who_gave("payee.account_number").seen_as(Privacy::bank),
    text("note", 0, 4000).of_lines(),
    choice("recommendation", recommendations).set_by_us(),
    text("band", 1, 40).set_by_us(),
    pence("amount_pence", 1).set_by_us(),
    choice("reason", reasons).set_by_us(),
    id("assessed_by", "").set_by_us(),
    id("decided_by", "").set_by_us(),
    day("decided_on").set_by_us(),
    day("withdrawn_on").set_by_us().correctable(),
    id("award_id", "award").set_by_us().leans_on_nothing(),
    id("scheme_version_id", "scheme_version").set_by_us().filter().says("The terms that it is judged by."),
};

constexpr auto in_order = std::to_array<InOrder>({
    {"decided_on", "received_on", "An application cannot be decided before it was received."},
    {"withdrawn_on", "received_on", "An application cannot be withdrawn before it was received."},
});

constexpr auto agreements = std::to_array<Agreement>({
    {"received_on", "scheme_version_id", "closed_on", Must::not_after, "The application was received after the close."},
});

std::vector<Conflict> check(const Record& application) {
    std::vector<Conflict> out;
    int parties = 0;
    for (const auto* party : {"business_id", "organisation_id", "person_id"}) parties += application.has(party) ? 1 : 0;
    if (parties != 1) {
        out.push_back(
            {"business_id", "exactly_one", "Name the business, the voluntary group or the person: one of them."});
    }
    return out;
}

Decision assess(const Record&, Record after, const Record& body, const Actor& actor) {
    after.set("assessed_by", std::string{actor.staff});
    if (body.text("recommendation") == "award" && (!body.has("amount_pence") || !body.has("band"))) {
        return Refused{Refusal::amount_outside_scheme, "A recommendation to award needs a band and an amount."};
    }
    return after;
}

/// Two people: whoever assessed may not decide, whatever login they use.
Decision decide(const Record& before, Record after, const Record& body, const Actor& actor) {
    if (before.text("assessed_by") == actor.staff) {
        return Refused{Refusal::own_assessment, "You assessed this application, so somebody else decides it."};
    }
    if (body.text("decision") == "approve" && before.text("recommendation") != "award") {
        return Refused{Refusal::not_recommended, "The assessment recommends refusal: have it assessed again first."};
    }
    after.set("decided_by", std::string{actor.staff});
    return after;
}

constexpr std::array assess_fields{
    choice("recommendation", recommendations).needed(),
    text("band", 1, 40).in_form(Form::code).says("One that the version has an amount for."),
    pence("amount_pence", 1),
    choice("reason", reasons).needed(),
    text("assessment_note", 0, 4000).of_lines(),
};
constexpr std::array decide_fields{
    choice("decision", verdicts).needed(),
    day("decided_on").needed(),
    choice("reason", reasons).needed(),
    text("decision_note", 0, 4000).of_lines(),
};
constexpr std::array withdraw_fields{day("withdrawn_on").needed(), text("withdrawal_note", 0, 1000).of_lines()};

constexpr auto steps = std::to_array<Step>({
    {.path = "assessments",
     .event = "assess",
     .fields = assess_fields,
     .decide = assess,
     .step_table = "application_assessment",
     .summary = "Assess an application"},
    {.path = "decisions",
     .event = "",
     .fields = decide_fields,
     .chooser = "decision",
     .decide = decide,
     .step_table = "application_decision",
     .summary = "Approve or refuse an assessed application; approval makes the award"},
    {.path = "withdrawals",
     .event = "withdraw",
     .fields = withdraw_fields,
     .summary = "Record that the applicant withdrew"},
});

}  // namespace

constexpr Noun application_{.name = "application",
                            .path = "applications",
                            .prefix = "AP",
                            .title = "a grant application",
                            .fields = fields,
                            .moves = moves,
                            .steps = steps,
                            .in_order = in_order,
                            .agreements = agreements,
                            .ended = ended,
                            .check = check};
static_assert(sound(application_));
const Noun application = application_;

}  // namespace tideover::nouns
