// Devices: tablets, laptops and smartphones for those who had none.
#include <array>

#include "domain/aid/nouns.hpp"
#include "domain/core/sound.hpp"

namespace tideover::nouns {
namespace {

constexpr std::array<std::string_view, 4> kinds{"tablet", "laptop", "smartphone", "router"};
constexpr std::array<std::string_view, 3> sources{"dfe", "council", "donated"};
constexpr std::array<std::string_view, 4> holder_kinds{"school_pupil", "care_leaver", "care_home", "other"};

// clang-format off
constexpr auto moves = std::to_array<Move>({
    // from         event      to
    {"supplied",    "hand_on", "handed_on"},
    {"supplied",    "return",  "returned"},
    {"handed_on",   "return",  "returned"},
});
// clang-format on

constexpr std::array fields{
    text("asset_tag", 3, 40).needed().filter().in_form(Form::tag).of_one_alone().search().tells(),
    choice("kind", kinds).needed().filter().tells(),
    choice("source", sources).needed(),
    choice("holder_kind", holder_kinds).needed().filter(),
    id("organisation_id", "organisation").filter().says("The school, care home or team that received it."),
    code("supplier", "organisation").filter().says("The partner who supplied it."),
    day("supplied_on").needed().filter(),
    day("handed_on_on").called("Date handed on").set_by_us().correctable(),
    day("returned_on").set_by_us().correctable(),
};

// clang-format off
constexpr auto counting = std::to_array<Counting>({
    // measure               sign  on              subject
    {"device_distributed",   +1,   "supplied_on",  "organisation_id"},
    {"device_handed_on",     +1,   "handed_on_on", "organisation_id"},
});
// clang-format on

constexpr auto in_order = std::to_array<InOrder>({
    {"handed_on_on", "supplied_on", "A device cannot be handed on before it was supplied."},
    {"returned_on", "supplied_on", "A device cannot come back before it was supplied."},
    {"returned_on", "handed_on_on", "A device cannot come back before it was handed on."},
});

constexpr std::array hand_on_fields{day("handed_on_on").called("Date handed on").needed()};
constexpr std::array return_fields{day("returned_on").needed()};
constexpr auto steps = std::to_array<Step>({
    {.path = "handovers",
     .event = "hand_on",
     .fields = hand_on_fields,
     .summary = "Record that it reached the person it is for"},
    {.path = "returns",
     .event = "return",
     .fields = return_fields,
     .summary = "Record that it came back; it was distributed all the same"},
});

}  // namespace

constexpr Noun device_{.name = "device",
                       .path = "devices",
                       .prefix = "DV",
                       .title = "a device",
                       .recording = "Record that a device was supplied",
                       .fields = fields,
                       .moves = moves,
                       .steps = steps,
                       .counting = counting,
                       .in_order = in_order,
                       .owner = "supplier"};
static_assert(sound(device_));
const Noun device = device_;

}  // namespace tideover::nouns
