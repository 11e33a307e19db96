// The call: what the helpline records of one, in or out, answered or not.
#include <algorithm>
#include <array>

#include "domain/core/day.hpp"
#include "domain/core/sound.hpp"
#include "domain/helpline/nouns.hpp"
#include "domain/parties/vulnerability.hpp"

namespace tideover::nouns {
namespace {

constexpr std::array<std::string_view, 2> directions{"inbound", "outbound"};
constexpr std::array<std::string_view, 3> lines_{"coronavirus", "business_support", "customer_services"};
constexpr std::array<std::string_view, 4> counterparties{"resident", "business", "partner", "professional"};
constexpr std::array<std::string_view, 5> purposes_{"help_request", "welfare", "callback", "enquiry", "other"};
constexpr std::array<std::string_view, 14> reasons{
    "food",   "supermarket_slot", "medicine", "isolation",   "money",          "housing",      "employment",
    "health", "mental_health",    "internet", "council_tax", "business_grant", "volunteering", "something_else"};

struct Outcome {
    std::string_view code;
    bool answered;
};
// clang-format off
constexpr auto outcome_table = std::to_array<Outcome>({
    // code                  answered
    {"referred",             true},
    {"advice_given",         true},
    {"resolved",             true},
    {"callback_arranged",    true},
    {"rescheduled",          true},
    {"refused_to_engage",    true},
    {"abandoned",            false},
    {"no_answer",            false},
    {"voicemail",            false},
    {"wrong_number",         false},
    {"line_engaged",         false},
});
// clang-format on
constexpr auto outcomes = [] {
    std::array<std::string_view, outcome_table.size()> codes{};
    std::transform(outcome_table.begin(), outcome_table.end(), codes.begin(), [](const Outcome& o) { return o.code; });
    return codes;
}();

constexpr std::array fields{
    choice("direction", directions).needed().filter(),
    choice("line", lines_).called("Telephone line").otherwise("coronavirus").filter(),
    choice("counterparty", counterparties).called("Who it was with").otherwise("resident"),
    choice("purpose", purposes_).says("Needed when outbound."),
    instant("started_at").needed(),
    count("duration_s", 0, 86'400).called("Duration in seconds").says("In seconds."),
    text("caller.name", 0, 200).search().tells(),
    phone("caller.phone").filter().search(),
    postcode("caller.postcode").search(),
    id("person_id", "person").filter().tells().says("May stand instead of the caller's details; neither is needed."),
    choices("reasons", reasons).filter(),
    vulnerability_basis,
    choice("outcome", outcomes).needed().filter().tells().says("Says also whether the call counts as answered."),
    text("note", 0, 4000).of_lines(),
    flag("answered").set_by_us(),
    day("happened_on").set_by_us().filter().tells().says("The day of the call in London."),
};
constexpr Fields its{fields};

// clang-format off
constexpr auto counting = std::to_array<Counting>({
    // measure          sign  on             subject      quantity  field        equals
    {"call_received",   +1,   "happened_on", "person_id", "",       "direction", "inbound"},
    {"call_made",       +1,   "happened_on", "person_id", "",       "direction", "outbound"},
});
// clang-format on

constexpr auto agreements = std::to_array<Agreement>({
    {"happened_on", "person_id", "died_on", Must::not_after,
     "They had died by then, and nobody is to call. A call to somebody else is recorded without person_id.",
     "direction", "outbound", true},
});

void derive(Record& call) {
    const auto* outcome = std::find_if(outcome_table.begin(), outcome_table.end(),
                                       [&](const Outcome& o) { return o.code == call.text(its["outcome"]); });
    call.set(its["answered"], outcome != outcome_table.end() && outcome->answered ? "true" : "false");
    if (const auto started = parse_instant(call.text(its["started_at"]))) {
        call.set(its["happened_on"], format(london_day(*started)));
    }
}

std::vector<Conflict> check(const Record& call) {
    std::vector<Conflict> out;
    const bool outbound = call.text(its["direction"]) == "outbound";
    if (outbound && !call.has(its["purpose"])) {
        out.push_back({"purpose", "required", "An outbound call says what it was for."});
    }
    if (!outbound && call.has(its["vulnerability_basis"])) {
        out.push_back({"vulnerability_basis", "outbound_only", "Only outbound calls carry a vulnerability basis."});
    }
    return out;
}

}  // namespace

constexpr Noun call_{.name = "call",
                     .path = "calls",
                     .prefix = "CL",
                     .title = "a call",
                     .fields = fields,
                     .counting = counting,
                     .agreements = agreements,
                     .tells_of = "person_id",
                     .derive = derive,
                     .check = check};
static_assert(sound(call_));
const Noun call = call_;

}  // namespace tideover::nouns
