// THE route table: all rooms, with the pages that the program serves beside them.
#include <array>

#include "server/api/router.hpp"
#include "server/api/routes/rooms.hpp"

namespace tideover {

namespace rooms {

extern const Room parties_room, grants_room, finance_room, council_tax_room, aid_room, helpline_room, community_room;
extern const Room access_room, figures_room, jobs_room, search_room, service_room;

namespace {

constexpr std::array before_pages{&parties_room, &grants_room,   &finance_room,   &council_tax_room,
                                  &aid_room,     &helpline_room, &community_room, &access_room,
                                  &figures_room, &jobs_room,     &search_room};
constexpr std::array after_pages{&service_room};

std::span<const OtherRoute>& pages_given() {
    static std::span<const OtherRoute> given;
    return given;
}

std::vector<Route> made() {
    auto out = routes_of(before_pages);
    for (const auto& page : pages_given()) out.push_back(route_of(page));
    for (auto& route : routes_of(after_pages)) out.push_back(std::move(route));
    return out;
}

}  // namespace
}  // namespace rooms

void serve_pages(std::span<const rooms::OtherRoute> pages) {
    rooms::pages_given() = pages;
}

std::span<const Route> routes() {
    static const auto whole = rooms::made();
    return whole;
}

}  // namespace tideover
