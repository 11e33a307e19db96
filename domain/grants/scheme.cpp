// Grant schemes are rows, not code: a name, whom it pays, and what it has committed. Its terms are its versions.
#include <array>

#include "domain/core/sound.hpp"
#include "domain/grants/nouns.hpp"

namespace tideover::nouns {
namespace {

constexpr std::array<std::string_view, 3> kinds{"business", "community", "household"};

constexpr std::array fields{
    text("code", 2, 60).needed().filter().search().tells().never_corrected().in_form(Form::code),
    text("title", 3, 200).needed().search().tells(),
    choice("kind", kinds).needed().filter().never_corrected().says("Whom it pays."),
    pence("allocation_pence", 0).set_by_us().says("As the latest version published it; without one, funded in full."),
    pence("committed_pence", 0)
        .set_by_us()
        .otherwise("0")
        .says("The sum of its live awards; never above the allocation."),
};

}  // namespace

constexpr Noun scheme_{.name = "scheme",
                       .path = "schemes",
                       .prefix = "SC",
                       .title = "a scheme",
                       .recording = "Record a grant scheme",
                       .fields = fields,
                       .key = "code"};
static_assert(sound(scheme_));
const Noun scheme = scheme_;

}  // namespace tideover::nouns
