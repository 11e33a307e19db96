// Versions of a scheme: its terms as they were published, each a row and none of it code. Drafted by one
// administrator and published by another; from then on only its closing day is still to come.
#include <array>

#include "domain/core/sound.hpp"
#include "domain/nouns.hpp"

namespace tideover::nouns {
namespace {

constexpr std::array<std::string_view, 3> keys{"premises", "business", "person"};
constexpr std::array<std::string_view, 3> fundings{"full", "capped", "discretionary"};
constexpr std::array<std::string_view, 2> capacities{"agent", "principal"};
constexpr std::array<std::string_view, 3> bounds{"up_to", "below", "unbounded"};

constexpr std::array band_fields{
    text("band", 1, 40).needed().in_form(Form::code),
    choice("bound", bounds).needed().says("'up_to' takes the value itself in, 'below' does not; the last has none."),
    pence("rateable_value_pence", 1).says("Where the band ends, as published: £15,000 is 1500000."),
};
constexpr Rows bands{"scheme_version_band", "scheme_version_id", band_fields};

constexpr std::array period_fields{
    text("period", 1, 40).needed().in_form(Form::code).says("The period, cycle or strand; 'once' for a one-off."),
    day("from_on").may_be_ahead(),
    day("to_on").may_be_ahead(),
    day("closes_on").may_be_ahead().says("Its own last day for applications, where that is not the version's."),
};
constexpr Rows periods{"scheme_version_period", "scheme_version_id", period_fields};

constexpr std::array amount_fields{
    text("period", 1, 40).needed().in_form(Form::code),
    text("band", 1, 40)
        .needed()
        .in_form(Form::code)
        .says("One of the bands; any name where rateable values do not matter."),
    pence("least_pence", 1).needed(),
    pence("most_pence", 1).needed().says("The same as the least where the amount is fixed."),
};
constexpr Rows amounts{"scheme_version_amount", "scheme_version_id", amount_fields};

constexpr std::array declaration_fields{
    text("declaration", 1, 60).needed().says("Its code: what an application names it by."),
    count("wording_version", 1, 1'000).needed(),
    text("wording", 3, 2000).of_lines().needed().says("What the applicant declares, word for word."),
};
constexpr Rows declarations{"scheme_version_declaration", "scheme_version_id", declaration_fields};

constexpr std::array tranche_fields{
    text("tranche", 1, 60).needed().in_form(Form::code),
    pence("amount_pence", 1).needed(),
    text("source", 0, 1000).of_lines(),
};
constexpr Rows tranches{"scheme_version_tranche", "scheme_version_id", tranche_fields};

// clang-format off
constexpr auto moves = std::to_array<Move>({
    // from       event      to
    {"draft",     "publish", "published"},
    {"published", "close",   "closed"},
});
// clang-format on

constexpr std::array fields{
    code("scheme", "scheme").needed().filter().never_corrected(),
    count("number", 1, 10'000).set_by_us().says("1, 2, … of its scheme."),
    day("opens_on").needed().may_be_ahead().says("The first day on which an application may be received."),
    day("closes_on").may_be_ahead().says("The last day on which an application may be received."),
    day("last_payment_on").may_be_ahead().says("The last day on which it may be paid."),
    day("reference_on").may_be_ahead().says("The day as on which rateable value, ratepayer and occupation count."),
    choice("uniqueness_key", keys).needed().says("Who or what is paid once for each period."),
    text("exclusion_group", 0, 60)
        .in_form(Form::code)
        .says("Of the schemes that share it, the same payee or premises get one."),
    choice("funding", fundings).needed(),
    choice("council_is", capacities).needed().says("Agent of the government, or principal, where it decides itself."),
    pence("allocation_pence", 0).says("No allocation means that the scheme is funded in full."),
    codes("required_checks", 40).says("What has to be checked before an award."),
    codes("exclusions", 40).says("Who or what is paid nothing, whatever else holds."),
    rows("bands", bands, 12),
    rows("periods", periods, 40),
    rows("amounts", amounts, 200),
    rows("declarations", declarations, 30),
    rows("tranches", tranches, 20),
    text("source", 3, 1000).of_lines().needed().says("Where these terms were published."),
    text("uncertain", 0, 2000).of_lines().says("Which of the figures are not certain, and why."),
    id("drafted_by", "").set_by_us().says("Who recorded it or last corrected it."),
    id("published_by", "").set_by_us(),
    day("published_on").set_by_us(),
    day("closed_on").set_by_us().says("The last day on which an application may be received under it."),
    text("closure_reason", 0, 500).of_lines().set_by_us(),
};

constexpr auto in_order = std::to_array<InOrder>({
    {"closes_on", "opens_on", "A scheme cannot close before it opens."},
    {"last_payment_on", "opens_on", "Nothing can be paid before a scheme opens."},
    {"last_payment_on", "closes_on", "The last payment comes after the last application."},
});

Decision publish(const Record& before, Record after, const Record&, const Actor& actor) {
    if (before.text("drafted_by") == actor.staff) {
        return Refused{Refusal::own_draft, "You wrote these terms, so somebody else publishes them."};
    }
    after.set("published_by", std::string{actor.staff});
    return after;
}

constexpr std::array publish_fields{day("published_on").needed()};
constexpr std::array close_fields{day("closed_on").needed(), text("closure_reason", 3, 500).of_lines().needed()};
constexpr auto steps = std::to_array<Step>({
    {.path = "publications",
     .event = "publish",
     .fields = publish_fields,
     .decide = publish,
     .summary = "Publish the terms: somebody other than who wrote them"},
    {.path = "closures",
     .event = "close",
     .fields = close_fields,
     .summary = "Take no application under it that is received after that day"},
});

}  // namespace

constexpr Noun scheme_version_{.name = "scheme_version",
                               .path = "scheme-versions",
                               .prefix = "SV",
                               .title = "a version of a scheme",
                               .recording = "Draft the terms of a scheme: bands, periods, amounts, declarations",
                               .fields = fields,
                               .moves = moves,
                               .steps = steps,
                               .in_order = in_order,
                               .corrected_in = "draft"};
static_assert(sound(scheme_version_));
const Noun scheme_version = scheme_version_;

}  // namespace tideover::nouns
