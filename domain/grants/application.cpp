// Grant applications: assessed by one person, decided by another. Payment is not a state of these.
#include "domain/grants/application.hpp"

#include <array>

#include "domain/core/sound.hpp"
#include "domain/grants/nouns.hpp"

namespace tideover::nouns {
namespace {

using namespace application_table;

constexpr Fields its{fields}, assessed{assess_fields}, decided{decide_fields};

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
    for (const auto party : {its["business_id"], its["organisation_id"], its["person_id"]}) {
        parties += application.has(party) ? 1 : 0;
    }
    if (parties != 1) {
        out.push_back(
            {"business_id", "exactly_one", "Name the business, the voluntary group or the person: one of them."});
    }
    return out;
}

Decision assess(const Record&, Record after, const Record& body, const Actor& actor) {
    after.set(its["assessed_by"], std::string{actor.staff});
    if (body.text(assessed["recommendation"]) == "award" &&
        (!body.has(assessed["amount_pence"]) || !body.has(assessed["band"]))) {
        return Refused{Refusal::amount_outside_scheme, "A recommendation to award needs a band and an amount."};
    }
    return after;
}

/// Two people: whoever assessed may not decide, whatever login they use.
Decision decide(const Record& before, Record after, const Record& body, const Actor& actor) {
    if (before.text(its["assessed_by"]) == actor.staff) {
        return Refused{Refusal::own_assessment, "You assessed this application, so somebody else decides it."};
    }
    if (body.text(decided["decision"]) == "approve" && before.text(its["recommendation"]) != "award") {
        return Refused{Refusal::not_recommended, "The assessment recommends refusal: have it assessed again first."};
    }
    after.set(its["decided_by"], std::string{actor.staff});
    return after;
}

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
     .verb = "decide",
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
