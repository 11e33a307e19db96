// Grant schemes are rows, not code: a window, an allocation and the amounts as published.
#include <array>

#include "domain/nouns.hpp"

namespace tideover::nouns {
namespace {

constexpr std::array<std::string_view, 2> kinds{"business", "community"};
constexpr std::array<std::string_view, 3> fundings{"full", "capped", "discretionary"};
constexpr std::array<std::string_view, 5> bands{"any", "small", "medium", "large", "discretionary"};

constexpr std::array amount_fields{
    text("period", 1, 40).needed().says("The period or cycle; 'once' for one-off schemes."),
    choice("band", bands).needed(),
    pence("least_pence", 1).needed(),
    pence("most_pence", 1).needed().says("The same as the least where the amount is fixed."),
};
constexpr Rows amounts{"scheme_amount", "scheme_id", amount_fields};

constexpr std::array fields{
    text("code", 2, 60).needed().filter().never_corrected(),
    text("title", 3, 200).needed(),
    choice("kind", kinds).needed().filter().never_corrected(),
    choice("funding", fundings).needed(),
    day("opens_on").needed(),
    day("closes_on").may_be_ahead().says("The last day on which an application may be received."),
    pence("allocation_pence", 0).says("No allocation means that the scheme is funded in full."),
    pence("committed_pence", 0)
        .set_by_us()
        .otherwise("0")
        .says("The sum of its live awards; never above the allocation."),
    rows("amounts", amounts, 60).never_corrected(),
};

std::vector<Conflict> check(const Record& scheme) {
    if (scheme.has("closes_on") && scheme.text("closes_on") < scheme.text("opens_on")) {
        return {{"closes_on", "before_opening", "A scheme cannot close before it opens."}};
    }
    return {};
}

}  // namespace

constexpr Noun scheme_{.name = "scheme",
                       .path = "schemes",
                       .prefix = "SC",
                       .title = "a scheme",
                       .fields = fields,
                       .key = "code",
                       .check = check};
static_assert(sound(scheme_));
const Noun scheme = scheme_;

}  // namespace tideover::nouns
