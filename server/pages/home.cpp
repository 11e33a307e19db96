// The public page: every figure the council stated, counted from records and set beside its words.
#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include "db/access/council.hpp"
#include "domain/core/money.hpp"
#include "server/pages/chart.hpp"
#include "server/pages/figure_card.hpp"
#include "server/pages/format.hpp"
#include "server/pages/layout.hpp"
#include "server/pages/pages.hpp"

namespace tideover::pages {
namespace {

using resources::Assessed;
using resources::Assessment;

struct Group {
    std::string_view id, title, lead;
    std::array<std::string_view, 4> codes;
};
// clang-format off
constexpr auto groups = std::to_array<Group>({
    {"businesses", "Businesses", "Support grants, and the businesses that were paid one.",
     {"business-grants-paid", "business-grants-businesses", "retail-hospitality-paid", "retail-hospitality-businesses"}},
    {"council-tax", "Council Tax", "Hardship Fund credits, and the accounts they went to.",
     {"council-tax-credited", "council-tax-accounts"}},
    {"voluntary-groups", "Voluntary groups", "Grants to groups, and money that groups secured elsewhere.",
     {"community-grants-paid", "community-grants-groups", "external-funding-secured"}},
    {"food", "Food and essentials", "Vouchers, parcels and shopping for households.",
     {"holiday-vouchers", "emergency-parcels", "food-shop-households"}},
    {"helpline", "Helpline", "Calls that residents made, and calls made to residents.",
     {"helpline-calls-received", "helpline-calls-made"}},
    {"equipment", "PPE and devices", "Protective equipment and computers for those who needed them.",
     {"ppe-items", "devices-distributed"}},
    {"community", "Community", "Neighbours who organised and volunteered.",
     {"mutual-aid-groups", "new-volunteers"}},
});
// clang-format on

/// A group with the figures that are there.
struct Section {
    std::string_view id, title, lead;
    std::vector<const Assessed*> figures;
};

std::vector<Section> sections_of(const Assessment& assessment) {
    std::vector<Section> out;
    std::set<std::string_view> placed;
    for (const auto& group : groups) {
        Section section{group.id, group.title, group.lead, {}};
        for (const auto code : group.codes) {
            const auto* found = find_figure(assessment, code);
            if (found == nullptr || !found->figure.headline.by_itself()) continue;
            section.figures.push_back(found);
            placed.insert(code);
        }
        if (!section.figures.empty()) out.push_back(std::move(section));
    }
    Section rest{"other", "Other figures", "Further figures that the council publishes.", {}};
    for (const auto& one : assessment.figures) {
        if (one.figure.headline.by_itself() && !placed.contains(one.figure.headline.code)) rest.figures.push_back(&one);
    }
    if (!rest.figures.empty()) out.push_back(std::move(rest));
    return out;
}

/// How the comparison came out over all figures with a claim.
struct Tally {
    int all = 0, matches = 0, warns = 0, differs = 0;
    bool empty = true;  // nothing has been recorded

    [[nodiscard]] Verdict worst() const {
        if (differs > 0) return Verdict::differs;
        return warns > 0 ? Verdict::warns : Verdict::matches;
    }
};

Tally tally_of(const Assessment& assessment) {
    Tally tally;
    for (const auto& one : assessment.figures) {
        tally.empty = tally.empty && one.figure.entries == 0 && one.figure.live == 0;
        if (!one.figure.headline.claim) continue;
        ++tally.all;
        if (!one.judgement) continue;
        switch (one.judgement->verdict) {
            case Verdict::matches:
                ++tally.matches;
                break;
            case Verdict::warns:
                ++tally.warns;
                break;
            case Verdict::differs:
                ++tally.differs;
                break;
        }
    }
    return tally;
}

void summary(Html& html, const Tally& tally) {
    const auto line =
        std::to_string(tally.matches) + " of " + std::to_string(tally.all) + " figures match what the council said";
    html.in("p", {{"class", "summary"}}, [&] {
        if (!tally.empty) draw_sign(html, tally.worst());
        html.in("strong", {}, line);
        std::string rest;
        if (tally.empty) rest = "Nothing has been recorded yet, so every figure is nil. They fill as records come in.";
        if (!tally.empty && tally.warns > 0)
            rest += std::to_string(tally.warns) + (tally.warns == 1 ? " holds" : " hold") + " with a warning. ";
        if (!tally.empty && tally.differs > 0)
            rest += std::to_string(tally.differs) + (tally.differs == 1 ? " differs." : " differ.");
        if (!rest.empty()) html.in("span", {}, rest);
    });
}

/// "31 January 2021", or from the first to the last where the figures have days of their own.
std::string days_of(const Assessment& assessment, bool from) {
    std::set<std::string> days;
    for (const auto& one : assessment.figures) days.insert(from ? one.figure.headline.from : one.figure.as_at);
    if (days.empty()) return "–";
    const auto first = spoken_day(*days.begin());
    return days.size() == 1 ? first : first + " to " + spoken_day(*days.rbegin());
}

void standing(Html& html, const Call& call, const Assessment& assessment, std::string_view name) {
    const auto item = [&](std::string_view term, const auto& inside) {
        html.in("div", {}, [&] {
            html.in("dt", {}, term);
            html.in("dd", {}, inside);
        });
    };
    const auto& knowledge = assessment.knowledge;
    html.in("dl", {{"class", "standing"}}, [&] {
        item("Whose figures", std::string{name} + " (" + call.principal.authority + ")");
        item("As at", days_of(assessment, false) + ", counted from " + days_of(assessment, true));
        item("As known on", [&] {
            html.in("time", {{"datetime", knowledge.known_at}}, spoken_instant(knowledge.known_at));
        });
        item(knowledge.sealed ? "Sealed" : "Live", knowledge.sealed
                                                       ? "Asked for that instant again, the answer will be the same."
                                                       : "Counted just now, from the latest records.");
    });
}

void hero(Html& html, const Call& call, const Assessment& assessment, std::string_view name, const Tally& tally) {
    html.in("div", {{"class", "hero"}}, [&] {
        html.in("div", {{"class", "wrap"}}, [&] {
            html.in("h1", {}, std::string{name} + " through the Covid-19 pandemic");
            html.in("p", {{"class", "lead"}},
                    "What the council said it did, and what the records show: each figure is counted from single "
                    "grants, calls, parcels and vouchers, at the moment you read it.");
            summary(html, tally);
            standing(html, call, assessment, name);
        });
    });
}

void explanation(Html& html) {
    html.in("section", {{"class", "how"}, {"aria-labelledby", "how"}}, [&] {
        html.in("h2", {{"id", "how"}}, "How a figure is counted");
        html.in("div", {{"class", "columns"}}, [&] {
            html.in("div", {}, [&] {
                html.in("p", {},
                        "Nobody types in a total. Each grant, credit, call, parcel or voucher is recorded by itself, "
                        "and one that counts makes an entry in a ledger, on the day it happened. A figure is what "
                        "those entries come to. What is taken back, such as a payment that the bank returns, makes an "
                        "entry that takes away; a correction makes new entries and hides none.");
                html.in("p", {}, [&] {
                    html.in("strong", {}, "The figures overlap: do not add them together.");
                    html.text(
                        " Some are part of another and say so, and the same household or business may stand "
                        "behind several.");
                });
            });
            html.in("ul", {{"class", "legend"}}, [&] {
                const auto item = [&](Verdict verdict, std::string_view words) {
                    html.in("li", {}, [&] {
                        html.in("span", {{"class", "verdict " + std::string{name_of(verdict)}}}, [&] {
                            draw_sign(html, verdict);
                            html.text(name_of(verdict));
                        });
                        html.text(" ");
                        html.in("span", {}, words);
                    });
                };
                item(Verdict::matches,
                     "Read as it was written (‘over’, or rounded as it was), what the council said is what the records "
                     "show.");
                item(Verdict::warns, "It is right, but something asks for a second look; the reason is given.");
                item(Verdict::differs, "The records show something else.");
                html.in("li", {},
                        "In the pictures, the band holds every value for which the council’s words are right. The "
                        "diamond is what the records show.");
            });
        });
    });
}

void contents(Html& html, const std::vector<Section>& sections) {
    html.in("nav", {{"class", "contents"}, {"aria-label", "On this page"}}, [&] {
        html.in("ul", {}, [&] {
            for (const auto& section : sections) {
                html.in("li", {}, [&] { html.in("a", {{"href", "#" + std::string{section.id}}}, section.title); });
            }
            html.in("li", {}, [&] { html.in("a", {{"href", "#table"}}, "All in one table"); });
        });
    });
}

void table_row(Html& html, const Assessed& one) {
    const auto& figure = one.figure;
    const auto& h = figure.headline;
    html.in("tr", {{h.by_itself() ? "" : "class", "beside"}}, [&] {
        html.in("th", {{"scope", "row"}}, [&] {
            if (h.by_itself()) {
                html.in("a", {{"href", "#" + h.code}}, h.title);
            } else {
                html.text(h.title);
            }
        });
        const auto unit = unit_after(figure.value, h.unit);
        html.in("td", {{"class", "number"}}, display(figure.value, h.unit) + (unit.empty() ? "" : " " + unit));
        html.in("td", {{"class", "number"}}, h.claim ? h.claim->text : "–");
        html.in("td", {}, [&] {
            if (h.by_itself()) {
                draw_verdict(html, one);
            } else {
                html.text("shown beside");
            }
        });
        html.in("td", {{"class", "number"}}, display(figure.live, h.unit));
        html.in("td", {{"class", "number"}}, grouped(figure.entries));
        html.in("td", {}, [&] { html.in("code", {}, short_digest(figure.digest)); });
    });
}

/// Each figure, and under it those that are shown beside it.
void table(Html& html, const Assessment& assessment, const std::vector<Section>& sections) {
    html.in("section", {{"id", "table"}, {"aria-labelledby", "table-title"}}, [&] {
        html.in("h2", {{"id", "table-title"}}, "All in one table");
        html.in("div",
                {{"class", "scroll"},
                 {"role", "region"},
                 {"aria-label", "The table, which scrolls sideways"},
                 {"tabindex", "0"}},
                [&] {
                    html.in("table", {{"class", "figures"}}, [&] {
                        html.in("thead", {}, [&] {
                            html.in("tr", {}, [&] {
                                for (const auto title : {"Figure", "Records show", "Council said", "Verdict",
                                                         "Up to today", "Entries", "Digest"}) {
                                    html.in("th", {{"scope", "col"}}, title);
                                }
                            });
                        });
                        html.in("tbody", {}, [&] {
                            for (const auto& section : sections) {
                                for (const auto* one : section.figures) {
                                    table_row(html, *one);
                                    for (const auto& other : assessment.figures) {
                                        if (other.figure.headline.beside == one->figure.headline.code)
                                            table_row(html, other);
                                    }
                                }
                            }
                        });
                    });
                });
    });
}

void draw_section(Html& html, const Section& section, const Assessment& assessment) {
    const std::string id{section.id};
    html.in("section", {{"class", "group"}, {"id", id}, {"aria-labelledby", id + "-title"}}, [&] {
        html.in("h2", {{"id", id + "-title"}}, section.title);
        html.in("p", {{"class", "lead"}}, section.lead);
        // Three go in one row where there is room; one that is left over goes first and takes a row of its own.
        const auto many = section.figures.size();
        const bool lead_is_wide = many > 3 && many % 3 == 1;
        html.in("div", {{"class", many % 3 == 0 || lead_is_wide ? "cards by-three" : "cards"}}, [&] {
            for (const auto* one : section.figures)
                draw_card(html, *one, assessment, lead_is_wide && one == section.figures.front());
        });
    });
}

/// The page of these figures.
std::string drawn(const Call& call, const Assessment& assessment, const std::string& name) {
    const auto tally = tally_of(assessment);
    const auto sections = sections_of(assessment);
    const Layout layout{
        name + " through the Covid-19 pandemic: the figures and their records",
        "What the council said about its support through the pandemic, compared with what its records show.", "/"};
    const auto content = [&](Html& html) {
        hero(html, call, assessment, name, tally);
        html.in("div", {{"class", "wrap"}}, [&] {
            contents(html, sections);
            explanation(html);
            for (const auto& section : sections) draw_section(html, section, assessment);
            table(html, assessment, sections);
        });
    };
    return page(layout, content).body;
}

}  // namespace

// Parameters are ignored: links to a public page arrive with whatever others hang on to them.
Response home(Call& call) {
    std::string document;
    call.database.read(call.principal, [&](db::Tx& tx) {
        document = resources::shared_assessment(
            call, tx, "home", std::nullopt, std::nullopt,
            [&](const Assessment& assessment) { return drawn(call, assessment, db::council::name_of(tx)); });
    });
    return html_of(std::move(document));
}

}  // namespace tideover::pages
