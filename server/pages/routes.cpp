// Every page's address, for the route table.
#include <array>

#include "server/pages/pages.hpp"

namespace tideover::pages {

std::span<const rooms::OtherRoute> routes() {
    using enum Action;
    using roles::everyone;
    constexpr Shape html{.media = "text/html"};
    // clang-format off
    static constexpr auto table = std::to_array<rooms::OtherRoute>({
        {page, "/",                  everyone, home,      "The public page", html, true},
        {page, "/dashboard",         everyone, dashboard, "The figures over time and by ward", html, true},
        {page, "/publications",      everyone, archive,   "What was published, for people", html, true},
        {page, "/publications/{id}", everyone, published, "A publication to read and print", html, true},
        {page, "/docs",              everyone, docs,      "The API's documentation", html},
        {page, "/problems/{type}",   everyone, problem,   "What a refusal means and what to do", html},
        {page, "/style.css",         everyone, style,     "The style sheet of the pages", {.media = "text/css"}},
    });
    // clang-format on
    return table;
}

}  // namespace tideover::pages
