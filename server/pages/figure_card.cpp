// Writes one figure's card as HTML.
#include "server/pages/figure_card.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "domain/core/money.hpp"
#include "server/pages/chart.hpp"
#include "server/pages/format.hpp"

namespace tideover::pages {
namespace {

using resources::Assessed;
using resources::Assessment;

/// How other figures are drawn with one.
struct Relation {
    std::string_view code;  // the figure
    std::string_view caption;
    std::string_view own;  // its own bar; without words it is the whole that the others are part of
    std::array<std::string_view, 3> others;
};
// clang-format off
constexpr auto relations = std::to_array<Relation>({
    // code                          caption                                own                   others
    {"business-grants-paid",         "What it is made of, by scheme",       "",                   {"sbgf-paid", "retail-hospitality-paid", "ladgf-paid"}},
    {"business-grants-businesses",   "Among them",                          "",                   {"retail-hospitality-businesses"}},
    {"holiday-vouchers",             "Of the vouchers sent",                "",                   {"holiday-vouchers-redeemed"}},
    {"helpline-calls-received",      "Of all calls from residents",         "Answered",           {"helpline-calls-abandoned"}},
    {"helpline-calls-made",          "Of the calls made",                   "",                   {"helpline-calls-reached"}},
    {"devices-distributed",          "Of the devices supplied",             "",                   {"devices-handed-on"}},
});
// clang-format on

const Relation* relation_of(std::string_view code) {
    for (const auto& relation : relations) {
        if (relation.code == code) return &relation;
    }
    return nullptr;
}

bool drawn_with(const Relation* relation, std::string_view code) {
    return relation != nullptr &&
           std::find(relation->others.begin(), relation->others.end(), code) != relation->others.end();
}

void draw_relation(Html& html, const Relation& relation, const Assessed& assessed, const Assessment& assessment) {
    const auto& figure = assessed.figure;
    std::vector<Bar> bars;
    auto whole = figure.value;
    if (!relation.own.empty()) bars.push_back({std::string{relation.own}, figure.value});
    for (const auto code : relation.others) {
        const auto* other = find_figure(assessment, code);
        // Only like is drawn with like, whatever the figures are defined as by now.
        if (other == nullptr || other->figure.headline.unit != figure.headline.unit) continue;
        bars.push_back({other->figure.headline.title, other->figure.value});
        if (!relation.own.empty()) whole += other->figure.value;
    }
    draw_bars(html, relation.caption, bars, whole, figure.headline.unit);
}

/// A figure that is part of another, drawn as that.
void draw_part(Html& html, const Assessed& assessed, const Assessment& assessment) {
    const auto& h = assessed.figure.headline;
    const auto* whole = h.included_in.empty() ? nullptr : find_figure(assessment, h.included_in);
    if (whole == nullptr || whole->figure.headline.unit != h.unit) return;
    const auto shown = display(whole->figure.value, h.unit);
    draw_bars(html, "Part of the " + shown + " in all", {{"This figure", assessed.figure.value}}, whole->figure.value,
              h.unit);
}

/// "included in the £62m", where it is so; empty otherwise.
std::string inclusion(const Assessed& assessed, const Assessment& assessment) {
    const auto& h = assessed.figure.headline;
    const auto* whole = h.included_in.empty() ? nullptr : find_figure(assessment, h.included_in);
    if (whole == nullptr || !whole->figure.headline.claim) return {};
    return "included in the " + whole->figure.headline.claim->text;
}

void head(Html& html, const Assessed& assessed, const std::string& included) {
    const auto& figure = assessed.figure;
    const auto& h = figure.headline;
    html.in("h3", {{"id", h.code + "-title"}}, h.title);
    if (!included.empty()) {
        html.in("p", {{"class", "included"}}, [&] {
            html.text("This is ");
            html.in("a", {{"href", "#" + h.included_in}}, included);
            html.text(", not in addition to it.");
        });
    }
    html.in("p", {{"class", "value"}}, [&] {
        html.in("data", {{"value", std::to_string(figure.value)}}, display(figure.value, h.unit));
        if (const auto unit = unit_after(figure.value, h.unit); !unit.empty()) {
            html.text(" ");
            html.in("span", {{"class", "unit"}}, unit);
        }
    });
    html.in("p", {{"class", "claim"}}, [&] {
        if (!h.claim) return html.in("span", {}, "The council said nothing of it that it could be compared with.");
        html.in("span", {}, [&] {
            html.text("The council said ");
            html.in("q", {}, h.claim->text);
        });
        html.text(" ");
        draw_verdict(html, assessed);
    });
    if (assessed.judgement && !assessed.judgement->reason.empty()) {
        html.in("p", {{"class", "reason"}}, assessed.judgement->reason);
    }
}

void row(Html& html, std::string_view term, std::string_view words) {
    html.in("div", {}, [&] {
        html.in("dt", {}, term);
        html.in("dd", {}, words);
    });
}

void facts(Html& html, const Assessed& assessed, const Assessment& assessment) {
    const auto& figure = assessed.figure;
    const auto& h = figure.headline;
    const auto* relation = relation_of(h.code);
    html.in("dl", {{"class", "facts"}}, [&] {
        for (const auto& other : assessment.figures) {
            const auto& beside = other.figure.headline;
            if (beside.beside != h.code || drawn_with(relation, beside.code)) continue;
            row(html, beside.title, display(other.figure.value, beside.unit));
        }
        if (figure.provisional != 0) {
            row(html, "Provisional: the bank may still return", display(figure.provisional, h.unit));
        }
        row(html, "Counted in " + unit_in_words(h.unit), spoken_day(h.from) + " to " + spoken_day(figure.as_at));
        row(html, "Total up to today", display(figure.live, h.unit));
    });
}

void evidence(Html& html, const Assessed& assessed) {
    const auto& figure = assessed.figure;
    const auto& h = figure.headline;
    const auto base = "/v1/headlines/" + h.code;
    html.in("details", {{"class", "evidence"}}, [&] {
        html.in("summary", {}, [&] {
            html.text("Evidence: ");
            html.in("strong", {}, grouped(figure.entries));
            html.text(figure.entries == 1 ? " entry" : " entries");
            html.in("span", {{"class", "unseen"}}, " behind: " + h.title);
        });
        html.in("p", {}, [&] {
            html.text("Digest of the entries, to tell whether anything behind the figure changed: ");
            html.in("code", {{"class", "digest"}}, figure.digest);
        });
        html.in("p", {}, [&] {
            html.in("a", {{"href", base}}, [&] {
                html.text("Definition as data");
                html.in("span", {{"class", "unseen"}}, " of: " + h.title);
            });
            html.text(", version " + std::to_string(h.definition_version) + ". With a token: ");
            html.in("code", {}, base + "/records");
            html.text(" and ");
            html.in("code", {}, base + "/subjects");
            html.text(" list what is behind it.");
        });
    });
}

}  // namespace

const Assessed* find_figure(const Assessment& assessment, std::string_view code) {
    const auto found = std::find_if(assessment.figures.begin(), assessment.figures.end(),
                                    [&](const Assessed& one) { return one.figure.headline.code == code; });
    return found == assessment.figures.end() ? nullptr : &*found;
}

void draw_verdict(Html& html, const Assessed& assessed) {
    if (!assessed.judgement) {
        html.in("span", {{"class", "verdict none"}}, "not compared");
        return;
    }
    const auto verdict = assessed.judgement->verdict;
    html.in("span", {{"class", "verdict " + std::string{name_of(verdict)}}}, [&] {
        draw_sign(html, verdict);
        html.text(name_of(verdict));
    });
}

std::string short_digest(std::string_view digest) {
    constexpr std::size_t enough = 15;  // "sha256:" and eight digits
    if (digest.size() <= enough) return std::string{digest};
    std::string out{digest.substr(0, enough)};
    return out.append("…");
}

void draw_card(Html& html, const Assessed& assessed, const Assessment& assessment, bool wide) {
    const auto& h = assessed.figure.headline;
    const auto included = inclusion(assessed, assessment);
    const auto* relation = relation_of(h.code);
    html.in("article", {{"class", wide ? "card wide" : "card"}, {"id", h.code}, {"aria-labelledby", h.code + "-title"}},
            [&] {
                html.in("div", {{"class", "front"}}, [&] {
                    head(html, assessed, included);
                    // An exact claim needs no interval: where the figure has parts, those say more than dots.
                    if (h.claim && (relation == nullptr || h.claim->comparator != "exact"))
                        draw_claim(html, assessed.figure);
                });
                html.in("div", {{"class", "back"}}, [&] {
                    if (relation != nullptr) draw_relation(html, *relation, assessed, assessment);
                    draw_part(html, assessed, assessment);
                    // The line at the top may have said it already.
                    if (included.empty() || !h.meaning.starts_with(included))
                        html.in("p", {{"class", "meaning"}}, sentence(h.meaning));
                });
                facts(html, assessed, assessment);
                evidence(html, assessed);
            });
}

}  // namespace tideover::pages
