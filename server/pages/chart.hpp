// Small pictures of figures as inline SVG: each has its own scale, a text of its own, and prints its values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/figures/figures.hpp"
#include "domain/figures/claim.hpp"
#include "server/pages/html.hpp"

namespace tideover::pages {

/// A sign beside the words of a verdict, told apart by its shape.
void draw_sign(Html& html, Verdict verdict);

/// The values for which the council's words are right, and where the records' value lies among them; for an
/// exact claim, one dot for each of a round number. Precondition: the figure has a claim.
void draw_claim(Html& html, const db::figures::Figure& figure);

/// One bar: a part of `whole`.
struct Bar {
    std::string words;
    std::int64_t value = 0;
};

/// Bars on one scale, from nothing to `whole`.
void draw_bars(Html& html, std::string_view caption, const std::vector<Bar>& bars, std::int64_t whole,
               std::string_view unit);

/// One bar over time: what happened in a span of time. Without a value it is withheld.
struct TimeBar {
    std::string words;
    std::optional<std::int64_t> value;
};

/// Bars on one scale, with nought in it and the greatest value said. Values stand in a table beside it.
void draw_over_time(Html& html, std::string_view title, const std::vector<TimeBar>& bars, std::string_view unit);

}  // namespace tideover::pages
