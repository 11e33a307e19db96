// Grant applications: assessed by one person, decided by another. Payment is not a state of these.
#include "domain/application.hpp"

#include <array>

#include "domain/nouns.hpp"
#include "domain/payee.hpp"

namespace tideover {

std::optional<Refused> outside_scheme(std::span<const SchemeAmount> amounts, std::string_view period,
                                      std::string_view band, std::int64_t amount_pence) {
    for (const auto& row : amounts) {
        if (row.period != period || row.band != band) continue;
        if (amount_pence >= row.least && amount_pence <= row.most) return std::nullopt;
        return Refused{Refusal::amount_outside_scheme,
                       "For this period and band the scheme pays " +
                           (row.least == row.most ? display(row.least, "pence")
                                                  : display(row.least, "pence") + " to " + display(row.most, "pence")) +
                           "."};
    }
    return Refused{Refusal::amount_outside_scheme, "The scheme has no amount for this period and band."};
}

std::optional<Refused> outside_window(const Record& scheme, const Record& application) {
    const bool business = scheme.text("kind") == "business";
    if (business != application.has("business_id")) {
        return Refused{Refusal::scheme_kind,
                       business ? "This scheme pays businesses." : "This scheme pays voluntary groups."};
    }
    const auto received = application.text("received_on");
    if (received < scheme.text("opens_on")) {
        return Refused{Refusal::scheme_window, "The scheme opened on " + std::string{scheme.text("opens_on")} + "."};
    }
    if (scheme.has("closes_on") && received > scheme.text("closes_on")) {
        return Refused{Refusal::scheme_window, "The scheme closed on " + std::string{scheme.text("closes_on")} + "."};
    }
    return std::nullopt;
}

namespace nouns {
namespace {

constexpr std::array<std::string_view, 4> channels{"portal", "post", "telephone", "identified_by_council"};
constexpr std::array<std::string_view, 5> bands{"any", "small", "medium", "large", "discretionary"};
constexpr std::array<std::string_view, 8> declarations{"meets_criteria",        "authorised_to_act", "notify_changes",
                                                       "within_subsidy_limit",  "not_in_difficulty", "repay_if_error",
                                                       "share_with_government", "accepts_data_use"};
constexpr std::array<std::string_view, 2> recommendations{"award", "refuse"};
constexpr std::array<std::string_view, 2> verdicts{"approve", "refuse"};
constexpr std::array<std::string_view, 10> reasons{
    "eligible",  "not_ratepayer", "not_trading",   "outside_rateable_value", "excluded_use",
    "duplicate", "no_evidence",   "in_insolvency", "over_subsidy_limit",     "other"};

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
    text("period", 1, 40).otherwise("once").never_corrected(),
    id("business_id", "business").filter().says("The business; exactly one of this and organisation_id."),
    id("organisation_id", "organisation").filter().says("The voluntary group."),
    id("premises_id", "premises").filter(),
    pence("requested_pence", 1),
    day("received_on").needed().says("The day it reached the council; windows are judged on it."),
    choice("channel", channels).otherwise("portal"),
    choices("declarations", declarations).needed(),
    payee_name.needed(),
    payee_sort_code.needed(),
    payee_account_number.needed(),
    text("note", 0, 4000),
    choice("recommendation", recommendations).set_by_us(),
    choice("band", bands).set_by_us(),
    pence("amount_pence", 1).set_by_us(),
    choice("reason", reasons).set_by_us(),
    id("assessed_by", "").set_by_us(),
    id("decided_by", "").set_by_us(),
    day("decided_on").set_by_us(),
    day("withdrawn_on").set_by_us().correctable(),
    id("award_id", "award").set_by_us(),
};

constexpr auto in_order = std::to_array<InOrder>({
    {"decided_on", "received_on", "An application cannot be decided before it was received."},
    {"withdrawn_on", "received_on", "An application cannot be withdrawn before it was received."},
});

std::vector<Conflict> check(const Record& application) {
    std::vector<Conflict> out;
    if (application.has("business_id") == application.has("organisation_id")) {
        out.push_back({"business_id", "exactly_one", "Name the business or the voluntary group, not both."});
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
    choice("band", bands),
    pence("amount_pence", 1),
    choice("reason", reasons).needed(),
    text("assessment_note", 0, 4000),
};
constexpr std::array decide_fields{
    choice("decision", verdicts).needed(),
    day("decided_on").needed(),
    choice("reason", reasons).needed(),
    text("decision_note", 0, 4000),
};
constexpr std::array withdraw_fields{day("withdrawn_on").needed(), text("withdrawal_note", 0, 1000)};

constexpr auto steps = std::to_array<Step>({
    {.path = "assessments",
     .event = "assess",
     .fields = assess_fields,
     .decide = assess,
     .keeps = "application_assessment",
     .summary = "Assess an application"},
    {.path = "decisions",
     .event = "",
     .fields = decide_fields,
     .chooser = "decision",
     .decide = decide,
     .keeps = "application_decision",
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
                            .check = check};
static_assert(sound(application_));
const Noun application = application_;

}  // namespace nouns
}  // namespace tideover
