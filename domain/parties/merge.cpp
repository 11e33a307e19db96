// Merges: two records of one party, from now on counted once. Nothing is re-pointed, so a merge can be
// undone, and figures known before it stay what they were.
#include "domain/parties/merge.hpp"

#include <array>

#include "domain/core/sound.hpp"
#include "domain/parties/nouns.hpp"

namespace tideover::nouns {
namespace {

using namespace merge_table;

constexpr Fields its{fields};

constexpr std::array<std::string_view, 1> ended{"reversed"};

// clang-format off
constexpr auto moves = std::to_array<Move>({
    // from      event      to
    {"merged",   "reverse", "reversed"},
});
// clang-format on

std::vector<Conflict> check(const Record& merge) {
    if (merge.text(its["from_id"]) != merge.text(its["into_id"])) return {};
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
