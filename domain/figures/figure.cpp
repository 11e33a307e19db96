// Definitions of figures: what is counted, from when, as at which day, and what the council said it came to. Drafted by
// one administrator and published by another; from then on another version takes its place, or it is withdrawn.
#include "domain/figures/figure.hpp"

#include <algorithm>
#include <array>

#include "domain/core/measure.hpp"
#include "domain/core/sound.hpp"
#include "domain/figures/nouns.hpp"

namespace tideover::nouns {
namespace {

using namespace figure_table;

constexpr Fields its{fields};

constexpr auto moves = std::to_array<Move>({
    {"draft", "publish", "published"},
    {"published", "withdraw", "withdrawn"},
});

constexpr auto in_order = std::to_array<InOrder>({
    {"as_at", "from_on", "A figure is for a day on which it counts."},
    {"withdrawn_on", "published_on", "A figure is withdrawn after it was published."},
});

Decision publish(const Record& before, Record after, const Record&, const Actor& actor) {
    if (before.text(its["drafted_by"]) == actor.staff) {
        return Refused{Refusal::own_draft, "You wrote this definition, so somebody else publishes it."};
    }
    after.set(its["published_by"], std::string{actor.staff});
    return after;
}

Decision withdraw(const Record&, Record after, const Record&, const Actor& actor) {
    after.set(its["withdrawn_by"], std::string{actor.staff});
    return after;
}

constexpr std::array publish_fields{day("published_on").needed()};
constexpr std::array withdraw_fields{day("withdrawn_on").needed(),
                                     text("withdrawal_reason", 3, 500).of_lines().needed()};
constexpr auto steps = std::to_array<Step>({
    {.path = "publications",
     .event = "publish",
     .fields = publish_fields,
     .decide = publish,
     .summary = "Have it counted and shown from now on: somebody other than who wrote it"},
    {.path = "withdrawals",
     .event = "withdraw",
     .fields = withdraw_fields,
     .decide = withdraw,
     .summary = "Show it no longer. What was known and published before still has it"},
});

bool is_code(std::string_view code) {
    const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !code.empty() && code.front() >= 'a' && code.front() <= 'z' && std::all_of(code.begin(), code.end(), plain);
}

/// A claim is whole or not there, and a figure that is shown beside another has none.
std::vector<Conflict> claim_holds(const Record& figure) {
    std::vector<Conflict> out;
    const bool claims = figure.has(its["claim.text"]);
    for (const auto* part : {"claim.comparator", "claim.value", "claim.precision"}) {
        if (claims && !figure.has(by_name(part))) out.push_back({part, "required", "A claim needs it."});
        if (!claims && figure.has(by_name(part)))
            out.push_back({part, "not_here", "It is part of a claim with a text."});
    }
    if (claims && figure.has(its["beside"]))
        out.push_back({"claim.text", "not_here", "A figure that is shown beside another has no claim of its own."});
    return out;
}

std::vector<Conflict> check(const Record& figure) {
    auto out = claim_holds(figure);
    if (!is_code(figure.text(its["code"])))
        out.push_back({"code", "malformed", "Small letters, digits and hyphens, with a letter first."});
    const auto* measure = measure_of(figure.text(its["measure"]));
    if (measure == nullptr) {
        out.push_back({"measure", "unknown", "There is no such measure: /v1/measures lists them."});
        return out;
    }
    const auto aggregate = figure.text(its["aggregate"]);
    const bool is_money = measure->unit == "pence" && aggregate == "sum";
    if (is_money != (figure.text(its["unit"]) == "pence"))
        out.push_back({"unit", "wrong_unit", "A sum of money is in 'pence', and nothing else is."});
    return out;
}

}  // namespace

constexpr Noun figure_{.name = "figure",
                       .path = "figures",
                       .prefix = "FG",
                       .title = "the definition of a figure",
                       .recording = "Draft what a figure counts, from when, and what was said of it",
                       .fields = fields,
                       .moves = moves,
                       .steps = steps,
                       .in_order = in_order,
                       .corrected_in = "draft",
                       .check = check};
static_assert(sound(figure_));
const Noun figure = figure_;

}  // namespace tideover::nouns
