// For scrutiny: each figure by month and against what the council said, and by ward, in pictures with their values.
#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <vector>

#include "db/access/council.hpp"
#include "db/figures/parts.hpp"
#include "domain/core/money.hpp"
#include "server/api/resources/seen_parts.hpp"
#include "server/pages/chart.hpp"
#include "server/pages/figure_card.hpp"
#include "server/pages/format.hpp"
#include "server/pages/layout.hpp"
#include "server/pages/pages.hpp"

namespace tideover::pages {
namespace {

using resources::Assessed;
using resources::Assessment;
using resources::SeenPart;

/// A figure with what is seen of it, month by month and ward by ward.
struct Shown {
    const Assessed* assessed;
    std::vector<Period> months;  // of all its time
    std::vector<SeenPart> by_month;
    std::vector<SeenPart> by_ward;
};

/// The page is the same for everybody: what the public sees.
Shown shown(db::Tx& tx, const Assessed& assessed, const db::figures::Knowledge& knowledge) {
    Shown out{&assessed, {}, {}, {}};
    const auto& figure = assessed.figure;
    const auto& h = figure.headline;
    const auto& measure = *measure_of(h.measure);
    const bool all = resources::sees_small_counts(Role::everyone, measure);
    // Read on two days, a part of a figure without a day of its own could tell somebody.
    if (!all && h.rolling) return out;
    out.months = periods("month", *parse_day(h.from), *parse_day(figure.as_at));
    out.by_month = resources::seen_parts(db::figures::by_period(tx, h, knowledge, out.months, !all), all);
    if (!has_dimension(measure, "ward")) return out;
    out.by_ward = resources::seen_parts(db::figures::by_dimension(tx, h, knowledge, figure.as_at, "ward"), all);
    return out;
}

std::string financial_year_of(Day day) {
    return periods("financial_year", day, day).front().name;
}

/// The financial years in which any figure has months, in order.
std::vector<std::string> years_of(const std::vector<Shown>& figures) {
    std::set<std::string> out;
    for (const auto& one : figures) {
        for (const auto& month : one.months) out.insert(financial_year_of(month.first));
    }
    return {out.begin(), out.end()};
}

/// "2020/21" as it stands in an address.
std::string in_address(std::string year) {
    std::replace(year.begin(), year.end(), '/', '-');
    return year;
}

/// Which months of it are shown, which leads to no other number than the whole series does.
Shown within(const Shown& figure, const std::string& year) {
    if (year.empty()) return figure;
    auto out = figure;
    out.months.clear(), out.by_month.clear();
    for (std::size_t i = 0; i < figure.by_month.size(); ++i) {
        if (financial_year_of(figure.months[i].first) != year) continue;
        out.months.push_back(figure.months[i]);
        out.by_month.push_back(figure.by_month[i]);
    }
    return out;
}

std::string shown_value(const SeenPart& part, std::string_view unit) {
    return part.value ? display(*part.value, unit) : "withheld";
}

void draw_values(Html& html, const Shown& figure) {
    const auto& h = figure.assessed->figure.headline;
    html.in("table", {{"class", "values"}}, [&] {
        html.in("caption", {}, "By month, " + unit_in_words(h.unit));
        html.in("thead", {}, [&] {
            html.in("tr", {}, [&] {
                html.in("th", {{"scope", "col"}}, "Month");
                html.in("th", {{"scope", "col"}, {"class", "number"}}, "Value");
            });
        });
        html.in("tbody", {}, [&] {
            for (const auto& part : figure.by_month) {
                html.in("tr", {}, [&] {
                    html.in("th", {{"scope", "row"}}, spoken_month(part.name));
                    html.in("td", {{"class", "number"}}, shown_value(part, h.unit));
                });
            }
        });
    });
}

void draw_figure(Html& html, const Shown& figure) {
    const auto& assessed = *figure.assessed;
    const auto& h = assessed.figure.headline;
    html.in("article", {{"class", "card trend"}, {"id", h.code}, {"aria-labelledby", h.code + "-title"}}, [&] {
        html.in("h3", {{"id", h.code + "-title"}}, h.title);
        html.in("p", {{"class", "value"}}, [&] {
            html.in("data", {{"value", std::to_string(assessed.figure.value)}}, display(assessed.figure.value, h.unit));
            html.text(" ");
            html.in("span", {{"class", "unit"}}, unit_after(assessed.figure.value, h.unit));
        });
        if (h.claim) {
            html.in("p", {{"class", "claim"}}, [&] {
                html.text("The council said ");
                html.in("q", {}, h.claim->text);
                draw_verdict(html, assessed);
            });
        }
        if (figure.by_month.empty()) {
            html.in("p", {{"class", "meaning"}},
                    figure.months.empty() && h.rolling ? "By month it is shown once it is for a day of its own."
                                                       : "No month of it can be shown, or none lies in this year.");
            return;
        }
        std::vector<TimeBar> bars;
        for (const auto& part : figure.by_month) bars.push_back({spoken_month(part.name), part.value});
        draw_over_time(html, h.title + " by month", bars, h.unit);
        draw_values(html, figure);
    });
}

/// The wards of all figures, those not known last.
std::vector<std::string> wards_of(const std::vector<Shown>& figures) {
    std::set<std::string> names;
    bool unknown = false;
    for (const auto& one : figures) {
        for (const auto& part : one.by_ward) {
            if (part.name.empty()) unknown = true;
            if (!part.name.empty()) names.insert(part.name);
        }
    }
    std::vector<std::string> out{names.begin(), names.end()};
    if (unknown) out.emplace_back();
    return out;
}

void draw_wards(Html& html, const std::vector<Shown>& figures) {
    std::vector<const Shown*> with;
    for (const auto& one : figures) {
        if (!one.by_ward.empty()) with.push_back(&one);
    }
    if (with.empty()) return;
    html.in("section", {{"id", "wards"}, {"aria-labelledby", "wards-title"}}, [&] {
        html.in("h2", {{"id", "wards-title"}}, "By ward");
        html.in("p", {{"class", "lead"}},
                "Up to the day that each figure is for. Counts of fewer than five people are withheld, and with them "
                "whatever would give them away.");
        html.in("div",
                {{"class", "scroll"},
                 {"role", "region"},
                 {"aria-label", "The table of wards, which scrolls sideways"},
                 {"tabindex", "0"}},
                [&] {
                    html.in("table", {{"class", "figures"}}, [&] {
                        html.in("thead", {}, [&] {
                            html.in("tr", {}, [&] {
                                html.in("th", {{"scope", "col"}}, "Ward");
                                for (const auto* one : with) {
                                    html.in("th", {{"scope", "col"}}, one->assessed->figure.headline.title);
                                }
                            });
                        });
                        html.in("tbody", {}, [&] {
                            for (const auto& ward : wards_of(figures)) {
                                html.in("tr", {}, [&] {
                                    html.in("th", {{"scope", "row"}}, ward.empty() ? "not known" : ward);
                                    for (const auto* one : with) {
                                        const auto found =
                                            std::find_if(one->by_ward.begin(), one->by_ward.end(),
                                                         [&](const SeenPart& part) { return part.name == ward; });
                                        html.in("td", {{"class", "number"}},
                                                found == one->by_ward.end()
                                                    ? "–"
                                                    : shown_value(*found, one->assessed->figure.headline.unit));
                                    }
                                });
                            }
                        });
                    });
                });
    });
}

void draw_years(Html& html, const std::vector<std::string>& years, const std::string& chosen) {
    const auto entry = [&](const std::string& address, const std::string& words, bool here) {
        html.in("li", {}, [&] {
            html.in("a", {{"href", address}, {here ? "aria-current" : "", here ? "true" : ""}}, words);
        });
    };
    html.in("nav", {{"class", "contents"}, {"aria-label", "Which months"}}, [&] {
        html.in("ul", {}, [&] {
            entry("/dashboard", "All months", chosen.empty());
            for (const auto& year : years) entry("/dashboard?year=" + in_address(year), year, year == chosen);
        });
    });
}

std::string drawn(db::Tx& tx, const Assessment& assessment, const std::string& asked) {
    std::vector<Shown> figures;
    for (const auto& one : assessment.figures) {
        if (one.figure.headline.by_itself()) figures.push_back(shown(tx, one, assessment.knowledge));
    }
    const auto years = years_of(figures);
    const auto found =
        std::find_if(years.begin(), years.end(), [&](const std::string& year) { return in_address(year) == asked; });
    const auto year = found == years.end() ? std::string{} : *found;
    const auto name = db::council::name_of(tx);
    const Layout layout{name + ": the figures over time", "Each figure of the council's support by month and by ward.",
                        "/dashboard"};
    const auto content = [&](Html& html) {
        html.in("div", {{"class", "hero"}}, [&] {
            html.in("div", {{"class", "wrap"}}, [&] {
                html.in("h1", {}, name + ": the figures over time");
                html.in("p", {{"class", "lead"}},
                        "For scrutiny: what the records show month by month, against what the council said, and by "
                        "ward. Each picture has a scale of its own; its values stand beside it.");
            });
        });
        html.in("div", {{"class", "wrap"}}, [&] {
            draw_years(html, years, year);
            const auto heading = year.empty() ? std::string{"By month"} : "By month, " + year;
            html.in("section", {{"class", "group"}, {"aria-labelledby", "months-title"}}, [&] {
                html.in("h2", {{"id", "months-title"}}, heading);
                html.in("div", {{"class", "cards trends"}}, [&] {
                    for (const auto& one : figures) draw_figure(html, within(one, year));
                });
            });
            draw_wards(html, figures);
        });
    };
    return page(layout, content).body;
}

}  // namespace

// `year` chooses the months that are shown. What else hangs on the address is ignored, and so is what is no year: of
// those there are a hundred, and no more pages are kept.
Response dashboard(Call& call) {
    const auto* given = call.parameter("year");
    const auto first_day = given == nullptr ? std::nullopt : parse_day(given->substr(0, 4) + "-04-01");
    const bool is_year = first_day && given->starts_with("20") && in_address(financial_year_of(*first_day)) == *given;
    const auto year = is_year ? *given : std::string{};
    std::string document;
    call.database.read(call.principal, [&](db::Tx& tx) {
        document =
            resources::shared_assessment(call, tx, "dashboard|" + year, std::nullopt, std::nullopt,
                                         [&](const Assessment& assessment) { return drawn(tx, assessment, year); });
    });
    return html_of(std::move(document));
}

}  // namespace tideover::pages
