// One figure on the public page: what the records show, what the council said, and whether the two agree.
#pragma once

#include <string_view>

#include "server/api/resources/headlines.hpp"
#include "server/pages/html.hpp"

namespace tideover::pages {

/// The figure of that code; null where there is none.
[[nodiscard]] const resources::Assessed* find_figure(const resources::Assessment& assessment, std::string_view code);

/// A verdict with its sign and its words.
void draw_verdict(Html& html, const resources::Assessed& assessed);

/// "sha256:0123abcd…": enough of a digest to compare by eye.
[[nodiscard]] std::string short_digest(std::string_view digest);

/// `wide`: over the whole row, with its pictures side by side. Precondition: the figure has a claim.
void draw_card(Html& html, const resources::Assessed& assessed, const resources::Assessment& assessment, bool wide);

}  // namespace tideover::pages
