// Merges: two records of one party, from now on counted once. Nothing is re-pointed, so a merge can be
// undone, and figures known before it stay what they were.
#include <array>

#include "domain/core/sound.hpp"
#include "domain/nouns.hpp"

namespace tideover::nouns {
namespace {

constexpr std::array<std::string_view, 5> kinds{"person", "household", "business", "organisation",
                                                "council_tax_account"};

constexpr std::array<std::string_view, 1> ended{"reversed"};

// clang-format off
constexpr auto moves = std::to_array<Move>({
    // from      event      to
    {"merged",   "reverse", "reversed"},
});
// clang-format on

constexpr std::array fields{
    choice("kind", kinds).needed().filter().never_corrected(),
    id("from_id", "").needed().filter().never_corrected().says("The record that is no longer counted by itself."),
    id("into_id", "")
        .needed()
        .filter()
        .never_corrected()
        .says("The record it is counted as; where that is itself counted as another one, that one is stored."),
    text("reason", 3, 500).of_lines().needed().says("What shows that the two are one."),
    text("reversal_reason", 0, 500).of_lines().set_by_us(),
};

std::vector<Conflict> check(const Record& merge) {
    if (merge.text("from_id") != merge.text("into_id")) return {};
    return {{"into_id", "same_record", "A record cannot be merged into itself."}};
}

constexpr std::array reverse_fields{text("reversal_reason", 3, 500).of_lines().needed()};
constexpr auto steps = std::to_array<Step>({
    {.path = "reversals",
     .event = "reverse",
     .fields = reverse_fields,
     .summary = "Undo a merge: the two are counted apart again"},
});

}  // namespace

constexpr Noun merge_{.name = "merge",
                      .path = "merges",
                      .prefix = "ME",
                      .title = "a merge",
                      .recording = "Record that two records are one party",
                      .fields = fields,
                      .moves = moves,
                      .steps = steps,
                      .ended = ended,
                      .kind_field = "kind",
                      .check = check};
static_assert(sound(merge_));
const Noun merge = merge_;

}  // namespace tideover::nouns
