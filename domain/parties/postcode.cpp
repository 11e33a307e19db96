// Postcodes, each with its ward: where a record with a postcode and no ward takes its ward from, when it is recorded.
#include <array>

#include "domain/core/sound.hpp"
#include "domain/parties/nouns.hpp"

namespace tideover::nouns {
namespace {

constexpr std::array fields{
    tideover::postcode("postcode").needed().filter().tells().never_corrected(),
    text("ward", 1, 60).needed().filter().tells().in_form(Form::ward).says("The ward's name."),
};

}  // namespace

constexpr Noun postcode_{.name = "postcode",
                         .path = "postcodes",
                         .prefix = "PO",
                         .title = "a postcode",
                         .recording = "Record which ward a postcode lies in",
                         .fields = fields,
                         .key = "postcode"};
static_assert(sound(postcode_));
const Noun ward_postcode = postcode_;

}  // namespace tideover::nouns
