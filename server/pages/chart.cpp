// The pictures. Coordinates are percentages and there is no viewBox, so that a picture takes the width there
// is while its text keeps its size.
#include "server/pages/chart.hpp"

#include <algorithm>

#include "domain/core/money.hpp"
#include "server/pages/format.hpp"

namespace tideover::pages {
namespace {

using db::figures::Claim;
using db::figures::Figure;

constexpr std::int64_t dots_max = 100;
constexpr std::int64_t dots_across = 20;
constexpr std::int64_t dot_pitch = 12;

std::string with_unit(std::int64_t value, std::string_view unit) {
    const auto after = unit_after(value, unit);
    return display(value, unit) + (after.empty() ? "" : " " + after);
}

/// Where a claim holds: from `least` to `most`.
struct Interval {
    std::int64_t least = 0, most = 0;
    std::string caption{};
};

Interval interval_of(const Claim& claim, std::string_view unit) {
    const auto said = "‘" + claim.text + "’ is right ";
    const auto step = with_unit(claim.precision, unit);
    const bool assumed = claim.precision_basis == "assumed";
    const auto steps = assumed ? ", if it was told in steps of " + step + "." : std::string{"."};
    const auto bounds = [&](std::int64_t value) { return display(value, unit); };
    switch (comparator_named(claim.comparator)) {
        case Comparator::over: {
            const auto next = claim.value + claim.precision;
            return {claim.value, next,
                    said + "above " + bounds(claim.value) + "; from " + bounds(next) +
                        " on, more could have been said" + steps};
        }
        case Comparator::nearly: {
            const auto next = claim.value - claim.precision;
            return {next, claim.value,
                    said + "below " + bounds(claim.value) + "; under " + bounds(next) + ", it is well short" + steps};
        }
        default:
            break;
    }
    const auto least = claim.value - claim.precision / 2, most = least + claim.precision;
    const auto rounding = assumed ? ", if it was rounded to the nearest " + step + "." : std::string{"."};
    return {least, most, said + "from " + bounds(least) + " to just under " + bounds(most) + rounding};
}

/// The interval takes the middle half of the picture; what lies beyond its edges stops there.
std::int64_t place(const Interval& interval, std::int64_t value) {
    const auto width = static_cast<double>(interval.most - interval.least);
    const auto mille = 250.0 + 500.0 * static_cast<double>(value - interval.least) / width;
    return static_cast<std::int64_t>(std::clamp(mille, 20.0, 980.0));
}

std::string_view anchor_at(std::int64_t mille) {
    if (mille < 250) return "start";
    return mille > 750 ? "end" : "middle";
}

void draw_interval(Html& html, const Figure& figure) {
    const auto& unit = figure.headline.unit;
    const auto interval = interval_of(*figure.headline.claim, unit);
    const auto shown = display(figure.value, unit);
    const auto at = place(interval, figure.value);
    const auto x = coordinate(at);
    html.in("figure", {{"class", "picture"}}, [&] {
        html.in("svg", {{"class", "scale"}, {"role", "img"}, {"width", "100%"}, {"height", "62"}}, [&] {
            html.in("title", {}, "The records show " + shown + ". " + interval.caption);
            html.leaf("rect",
                      {{"class", "rail"}, {"x", "0"}, {"y", "30"}, {"width", "100%"}, {"height", "4"}, {"rx", "2"}});
            html.leaf("rect", {{"class", "band"}, {"x", "25%"}, {"y", "24"}, {"width", "50%"}, {"height", "16"}});
            html.leaf("line", {{"class", "edge"}, {"x1", "25%"}, {"x2", "25%"}, {"y1", "21"}, {"y2", "43"}});
            html.leaf("line", {{"class", "edge"}, {"x1", "75%"}, {"x2", "75%"}, {"y1", "21"}, {"y2", "43"}});
            html.in("svg", {{"class", "mark"}, {"x", x}, {"y", "32"}, {"overflow", "visible"}}, [&] {
                const bool beyond = at <= 20 || at >= 980;
                const auto tip = at <= 20 ? "M5-8L-7 0 5 8Z" : "M-5-8L7 0-5 8Z";
                html.leaf("path", {{"d", beyond ? tip : "M0-9L8 0 0 9-8 0Z"}});
            });
            html.in("text", {{"class", "said"}, {"x", x}, {"y", "13"}, {"text-anchor", anchor_at(at)}}, shown);
            html.in("text", {{"x", "25%"}, {"y", "58"}, {"text-anchor", "middle"}}, display(interval.least, unit));
            html.in("text", {{"x", "75%"}, {"y", "58"}, {"text-anchor", "middle"}}, display(interval.most, unit));
        });
        html.in("figcaption", {}, interval.caption);
    });
}

/// A dot stands for one, ten, a hundred …: as few as make no more than a hundred of them.
std::int64_t dot_of(std::int64_t many) {
    std::int64_t each = 1;
    while (many / each > dots_max) each *= 10;
    return each;
}

void draw_dots(Html& html, const Figure& figure) {
    const auto& unit = figure.headline.unit;
    const auto said = figure.headline.claim->value, shown = std::max<std::int64_t>(figure.value, 0);
    const auto each = dot_of(std::max(said, shown));
    const auto rounded_up = [&](std::int64_t value) { return (value + each - 1) / each; };
    const auto said_dots = rounded_up(said), shown_dots = rounded_up(shown);
    const auto many = std::max<std::int64_t>({said_dots, shown_dots, 1});
    const auto rows = (many + dots_across - 1) / dots_across;
    const auto box = "0 0 " + std::to_string(dots_across * dot_pitch) + " " + std::to_string(rows * dot_pitch);
    std::string caption = "A dot for each " + (each == 1 ? unit_after(1, unit) : with_unit(each, unit)) + ".";
    if (shown_dots < said_dots) caption += " Rings: said, but not in the records.";
    if (shown_dots > said_dots) caption += " Diamonds: in the records, but not said.";
    html.in("figure", {{"class", "picture"}}, [&] {
        html.in("svg", {{"class", "dots"}, {"role", "img"}, {"viewBox", box}}, [&] {
            html.in("title", {},
                    "The records show " + with_unit(figure.value, unit) + "; the council said " +
                        figure.headline.claim->text + ". " + caption);
            for (std::int64_t i = 0; i < many; ++i) {
                const auto x = std::to_string(i % dots_across * dot_pitch + dot_pitch / 2);
                const auto y = std::to_string(i / dots_across * dot_pitch + dot_pitch / 2);
                if (i >= said_dots) {
                    html.leaf("path", {{"class", "extra"}, {"d", "M" + x + " " + y + "m0-5l5 5-5 5-5-5z"}});
                } else {
                    html.leaf("circle", {{"class", i < shown_dots ? "dot" : "ring"}, {"cx", x}, {"cy", y}, {"r", "4"}});
                }
            }
        });
        html.in("figcaption", {}, caption);
    });
}

}  // namespace

void draw_sign(Html& html, Verdict verdict) {
    html.in("svg", {{"class", "sign"}, {"viewBox", "0 0 20 20"}, {"aria-hidden", "true"}}, [&] {
        switch (verdict) {
            case Verdict::matches:
                html.leaf("circle", {{"cx", "10"}, {"cy", "10"}, {"r", "10"}});
                html.leaf("path", {{"d", "M5.5 10.5l3 3 6-6.5"}});
                break;
            case Verdict::warns:
                html.leaf("path", {{"class", "ground"}, {"d", "M10 0.5L20 19H0Z"}});
                html.leaf("path", {{"d", "M10 7v5.5M10 15.2v0.6"}});
                break;
            case Verdict::differs:
                html.leaf("rect", {{"width", "20"}, {"height", "20"}, {"rx", "2"}});
                html.leaf("path", {{"d", "M5.5 5.5l9 9M14.5 5.5l-9 9"}});
                break;
        }
    });
}

void draw_claim(Html& html, const Figure& figure) {
    if (comparator_named(figure.headline.claim->comparator) == Comparator::exact) {
        draw_dots(html, figure);
    } else {
        draw_interval(html, figure);
    }
}

void draw_bars(Html& html, std::string_view caption, const std::vector<Bar>& bars, std::int64_t whole,
               std::string_view unit) {
    html.in("figure", {{"class", "picture bars"}}, [&] {
        html.in("figcaption", {}, caption);
        html.in("ul", {}, [&] {
            for (const auto& bar : bars) {
                const auto share = share_in_words(bar.value, whole);
                const auto value = display(bar.value, unit);
                html.in("li", {}, [&] {
                    html.in("span", {{"class", "words"}}, bar.words);
                    html.in("span", {{"class", "amount"}}, [&] {
                        html.in("strong", {}, value);
                        if (!share.empty()) html.text(" · " + share);
                    });
                    html.in("svg", {{"class", "bar"}, {"role", "img"}, {"width", "100%"}, {"height", "12"}}, [&] {
                        html.in("title", {}, value + " of " + with_unit(whole, unit));
                        html.leaf("rect", {{"class", "rail"}, {"width", "100%"}, {"height", "12"}, {"rx", "2"}});
                        html.leaf("rect", {{"class", "part"},
                                           {"width", coordinate(per_mille(bar.value, whole))},
                                           {"height", "12"},
                                           {"rx", "2"}});
                    });
                });
            }
        });
    });
}

void draw_over_time(Html& html, std::string_view title, const std::vector<TimeBar>& bars, std::string_view unit) {
    constexpr std::int64_t top = 18, height = 84;  // of the plot, in pixels
    std::int64_t least = 0, most = 0;
    for (const auto& bar : bars) {
        least = std::min(least, bar.value.value_or(0)), most = std::max(most, bar.value.value_or(0));
    }
    const auto span = std::max<std::int64_t>(most - least, 1);
    const auto down_to = [&](std::int64_t value) { return top + per_mille(most - value, span) * height / 1000; };
    const auto pitch = 1000 / static_cast<std::int64_t>(bars.size()), gap = pitch / 6;
    html.in("svg", {{"class", "over-time scale"}, {"role", "img"}, {"width", "100%"}, {"height", "122"}}, [&] {
        html.in("title", {},
                std::string{title} + ": at most " + with_unit(most, unit) + ". The values are in the table.");
        html.in("text", {{"class", "said"}, {"x", "0"}, {"y", "12"}}, display(most, unit));
        const auto nought = std::to_string(down_to(0));
        for (std::size_t i = 0; i < bars.size(); ++i) {
            const auto& bar = bars[i];
            const auto from = bar.value ? std::max<std::int64_t>(*bar.value, 0) : std::int64_t{0};
            const auto upto = bar.value ? std::min<std::int64_t>(*bar.value, 0) : std::int64_t{0};
            const auto x = coordinate(static_cast<std::int64_t>(i) * pitch + gap), width = coordinate(pitch - 2 * gap);
            if (!bar.value) {
                html.leaf("rect", {{"class", "withheld"},
                                   {"x", x},
                                   {"y", std::to_string(down_to(0) - 5)},
                                   {"width", width},
                                   {"height", "5"}});
                continue;
            }
            const auto y = down_to(from);
            html.leaf("rect", {{"class", "part"},
                               {"x", x},
                               {"y", std::to_string(y)},
                               {"width", width},
                               {"height", std::to_string(down_to(upto) - y)}});
        }
        html.leaf("line", {{"class", "edge"}, {"x1", "0"}, {"x2", "100%"}, {"y1", nought}, {"y2", nought}});
        html.in("text", {{"x", "0"}, {"y", "118"}}, bars.front().words);
        if (bars.size() > 1) html.in("text", {{"x", "100%"}, {"y", "118"}, {"text-anchor", "end"}}, bars.back().words);
    });
}

}  // namespace tideover::pages
