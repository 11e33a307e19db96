// What is asked of records of every kind at once.
#include "server/api/resources/search.hpp"

#include "server/api/resources/work.hpp"
#include "server/api/routes/rooms.hpp"

namespace tideover::rooms {
namespace {

using namespace roles;
using enum Action;

// clang-format off
constexpr OtherRoute reads_here[] = {
    {report, "/v1/work", all, resources::work, "What waits for you: how much, since when, and how much money is at stake",
     {.schema = "Work"}},
    {report, "/v1/names", all, resources::names, "What records and people are called that a page of others names by id",
     {.parameters = resources::names_parameters, .schema = "Names"}},
    {report, "/v1/search", all, resources::search, "Find records by a name, a number, a street or a reference",
     {.parameters = resources::search_parameters, .schema = "Findings"}},
};
// clang-format on

}  // namespace

extern const Room search_room;
const Room search_room{.reads = reads_here};

}  // namespace tideover::rooms
