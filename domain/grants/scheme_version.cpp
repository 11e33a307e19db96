// Versions of a scheme: its terms as they were published, each a row and none of it code. Drafted by one
// administrator and published by another; from then on only its closing day is still to come.
#include "domain/grants/scheme_version.hpp"

#include <array>

#include "domain/core/sound.hpp"
#include "domain/grants/nouns.hpp"

namespace tideover::nouns {
namespace {

using namespace scheme_version_table;

constexpr Fields its{fields};

// clang-format off
constexpr auto moves = std::to_array<Move>({
    // from       event      to
    {"draft",     "publish", "published"},
    {"published", "close",   "closed"},
});
// clang-format on

constexpr auto in_order = std::to_array<InOrder>({
    {"closes_on", "opens_on", "A scheme cannot close before it opens."},
    {"last_payment_on", "opens_on", "Nothing can be paid before a scheme opens."},
    {"last_payment_on", "closes_on", "The last payment comes after the last application."},
});

Decision publish(const Record& before, Record after, const Record&, const Actor& actor) {
    if (before.text(its["drafted_by"]) == actor.staff) {
        return Refused{Refusal::own_draft, "You wrote these terms, so somebody else publishes them."};
    }
    after.set(its["published_by"], std::string{actor.staff});
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
