// /style.css: the sheet of style.css, which the build puts into the program.
#include "server/pages/pages.hpp"

namespace tideover::pages {
namespace {

constexpr std::string_view sheet =
#include "generated/style_css.inc"
    ;

}  // namespace

Response style(Call&) {
    static const auto made = made_once({.content_type = "text/css; charset=utf-8",
                                        .body = std::string{sheet},
                                        .headers = {{"Cache-Control", "max-age=300"}}});
    return made;
}

}  // namespace tideover::pages
