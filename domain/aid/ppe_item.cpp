// Items of the PPE list: what one unit of issue holds.
#include <array>

#include "domain/aid/nouns.hpp"
#include "domain/core/sound.hpp"

namespace tideover::nouns {
namespace {

constexpr std::array fields{
    text("code", 2, 60).needed().filter().search().tells().never_corrected().in_form(Form::code),
    text("title", 2, 120).needed().search().tells(),
    count("items_per_unit", 1, 100'000)
        .called("Items in a unit")
        .needed()
        .never_corrected()
        .says("Single items in a unit of issue; a pair of gloves is two."),
};

}  // namespace

constexpr Noun ppe_item_{.name = "ppe_item",
                         .path = "ppe-items",
                         .prefix = "PI",
                         .title = "a PPE item",
                         .recording = "Record an item of the PPE list",
                         .fields = fields,
                         .key = "code"};
static_assert(sound(ppe_item_));
const Noun ppe_item = ppe_item_;

}  // namespace tideover::nouns
