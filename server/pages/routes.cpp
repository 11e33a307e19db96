// Every page's address, for the route table.
#include <array>

#include "server/pages/pages.hpp"

namespace tideover::pages {

std::span<const Route> routes() {
    constexpr auto get = Verb::get;
    // clang-format off
    static constexpr auto table = std::to_array<Route>({
    {get, "/", roles::everyone, home, nullptr, "The public page", true},
    {get, "/publications", roles::everyone, archive, nullptr, "What was published, for people", true},
    {get, "/publications/{id}", roles::everyone, published, nullptr, "A publication to read and print", true},
    {get, "/docs", roles::everyone, docs, nullptr, "The API's documentation"},
    {get, "/problems/{type}", roles::everyone, problem, nullptr, "What a refusal means and what to do"},
    {get, "/style.css", roles::everyone, style, nullptr, "The style sheet of the pages"},
    });
    // clang-format on
    return table;
}

}  // namespace tideover::pages
