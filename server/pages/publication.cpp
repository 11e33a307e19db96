// Publications for people: the list of them, and each as it was published, to read, print and check.
#include "db/figures/published.hpp"
#include "domain/core/money.hpp"
#include "server/api/resources/publications.hpp"
#include "server/pages/chart.hpp"
#include "server/pages/figure_card.hpp"
#include "server/pages/format.hpp"
#include "server/pages/layout.hpp"
#include "server/pages/pages.hpp"

namespace tideover::pages {
namespace {

using db::publications::Publication;
using nlohmann::json;

constexpr int listed_max = 200;

std::string address_of(std::string_view id) {
    return "/publications/" + std::string{id};
}

std::string text_of(const json& value) {
    return value.is_null() ? std::string{} : value.get<std::string>();
}

void link(Html& html, const std::string& address, std::string_view words) {
    html.in("a", {{"href", address}}, words);
}

// ---- the list --------------------------------------------------------------------------------------------

void archive_row(Html& html, const json& one) {
    html.in("tr", {}, [&] {
        html.in("th", {{"scope", "row"}},
                [&] { link(html, address_of(one.at("id").get<std::string>()), one.at("title").get<std::string>()); });
        html.in("td", {}, spoken_day(one.at("as_at").get<std::string>()));
        html.in("td", {}, spoken_instant(one.at("published_at").get<std::string>()));
        html.in("td", {}, one.at("published_by").get<std::string>());
        html.in("td", {}, one.at("superseded_by_id").is_null() ? "stands" : "superseded");
        html.in("td", {}, [&] { html.in("code", {}, one.at("reference").get<std::string>()); });
    });
}

void archive_table(Html& html, const std::vector<std::string>& items) {
    html.in("table", {{"class", "figures"}}, [&] {
        html.in("thead", {}, [&] {
            html.in("tr", {}, [&] {
                for (const auto title : {"Publication", "As at", "Published", "By", "Now", "Reference"}) {
                    html.in("th", {{"scope", "col"}}, title);
                }
            });
        });
        html.in("tbody", {}, [&] {
            for (const auto& item : items) archive_row(html, json::parse(item));
        });
    });
}

// ---- one of them -----------------------------------------------------------------------------------------

void item(Html& html, std::string_view term, std::string_view words) {
    html.in("div", {}, [&] {
        html.in("dt", {}, term);
        html.in("dd", {}, words);
    });
}

void hero(Html& html, const Publication& publication, const json& document) {
    html.in("div", {{"class", "hero"}}, [&] {
        html.in("div", {{"class", "wrap"}}, [&] {
            html.in("h1", {}, publication.title);
            if (const auto note = text_of(document.at("note")); !note.empty()) html.in("p", {{"class", "lead"}}, note);
            html.in("dl", {{"class", "standing"}}, [&] {
                item(html, "Whose figures",
                     text_of(document.at("authority_name")) + " (" + text_of(document.at("authority")) + ")");
                item(html, "As at", spoken_day(publication.as_at));
                item(html, "As known on", spoken_instant(publication.known_at));
                item(html, "Published by", publication.published_by);
                item(html, "Published on", spoken_instant(publication.published_at));
                item(html, "Reference", publication.reference);
            });
        });
    });
}

/// What stands before and after it.
void neighbours(Html& html, const Publication& publication) {
    if (!publication.superseded_by_id.empty()) {
        html.in("p", {{"class", "reason"}}, [&] {
            html.text("Superseded: these figures are kept as they were published. What holds now is ");
            link(html, address_of(publication.superseded_by_id), publication.superseded_by);
            html.text(".");
        });
    }
    if (!publication.supersedes_id.empty()) {
        html.in("p", {}, [&] {
            html.text("It takes the place of ");
            link(html, address_of(publication.supersedes_id), "an earlier publication");
            html.text("; ");
            link(html, "/v1/publications/" + publication.id + "/restatement", "what led from one to the other (JSON)");
            html.text(" is counted figure by figure.");
        });
    }
}

void verdict_cell(Html& html, const json& figure) {
    const auto verdict = text_of(figure.at("verdict"));
    html.in("td", {}, [&] {
        if (verdict.empty()) {
            html.text(figure.at("beside").is_null() ? "not compared" : "shown beside");
            return;
        }
        html.in("span", {{"class", "verdict " + verdict}}, [&] {
            for (const auto known : {Verdict::matches, Verdict::warns, Verdict::differs}) {
                if (name_of(known) == verdict) draw_sign(html, known);
            }
            html.text(verdict);
        });
        if (const auto reason = text_of(figure.at("reason")); !reason.empty()) html.text(" " + reason);
    });
}

void figure_row(Html& html, const json& figure, const json* before) {
    const auto unit = figure.at("unit").get<std::string>();
    const auto value = figure.at("value").get<std::int64_t>();
    html.in("tr", {{figure.at("beside").is_null() ? "" : "class", "beside"}}, [&] {
        html.in("th", {{"scope", "row"}}, figure.at("title").get<std::string>());
        const auto after = unit_after(value, unit);
        html.in("td", {{"class", "number"}},
                figure.at("display").get<std::string>() + (after.empty() ? "" : " " + after));
        if (before != nullptr) {
            html.in("td", {{"class", "number"}}, before->is_null() ? "–" : text_of(before->at("display")));
        }
        html.in("td", {{"class", "number"}},
                figure.at("claim").is_null() ? "–" : figure.at("claim").at("text").get<std::string>());
        verdict_cell(html, figure);
        html.in("td", {{"class", "number"}}, grouped(figure.at("evidence").at("entries").get<std::int64_t>()));
        html.in("td", {}, [&] {
            html.in("code", {}, short_digest(figure.at("evidence").at("digest").get_ref<const std::string&>()));
        });
    });
}

/// The figure of that code in the publication before; null where it had none.
const json& in_former(const json& former, const json& code) {
    static const json none;
    for (const auto& figure : former) {
        if (figure.at("code") == code) return figure;
    }
    return none;
}

/// `former`: the figures of the publication that this one supersedes, or null.
void figures_table(Html& html, const json& figures, const json& former) {
    html.in("div",
            {{"class", "scroll"},
             {"role", "region"},
             {"aria-label", "The table, which scrolls sideways"},
             {"tabindex", "0"}},
            [&] {
                html.in("table", {{"class", "figures"}}, [&] {
                    html.in("thead", {}, [&] {
                        html.in("tr", {}, [&] {
                            const auto head = [&](std::string_view title) { html.in("th", {{"scope", "col"}}, title); };
                            head("Figure"), head("Published");
                            if (!former.is_null()) head("Published before");
                            for (const auto title : {"Council said", "Verdict", "Entries", "Digest"}) head(title);
                        });
                    });
                    html.in("tbody", {}, [&] {
                        for (const auto& figure : figures) {
                            if (former.is_null()) {
                                figure_row(html, figure, nullptr);
                            } else {
                                figure_row(html, figure, &in_former(former, figure.at("code")));
                            }
                        }
                    });
                });
            });
}

void proof(Html& html, const Publication& publication) {
    const auto base = "/v1/publications/" + publication.id;
    html.in("section", {{"aria-labelledby", "proof"}, {"class", "group"}}, [&] {
        html.in("h2", {{"id", "proof"}}, "How to check it");
        html.in("p", {}, [&] {
            html.text("These figures were frozen when they were published. The SHA-256 of ");
            link(html, base + "/document", "the published document");
            html.text(" is ");
            html.in("code", {{"class", "digest"}}, publication.digest);
            html.text(", today and for as long as it is kept. The same figures for a spreadsheet: ");
            link(html, base + "/figures.csv", "figures.csv");
            html.text(". ");
        });
        html.in("p", {}, [&] {
            html.text("They can be counted again from the records at any time: ");
            link(html, "/v1/headlines?as_at=" + publication.as_at + "&known_at=" + publication.known_at,
                 "the same day, as known at the same seal (JSON)");
            html.text(", gives the same values with the same digests.");
        });
    });
}

}  // namespace

// Parameters are ignored, as on every page.
Response archive(Call& call) {
    db::Listed listed;
    call.database.read(call.principal, [&](db::Tx& tx) {
        listed = db::rows_of(tx, db::figures::published, Record{{}}, {}, listed_max);
    });
    const Layout layout{"Publications – Tideover", "The figures that were published, each as it was published.",
                        "/publications"};
    return page(layout, [&](Html& html) {
        html.in("div", {{"class", "wrap"}}, [&] {
            html.in("section", {{"class", "group"}}, [&] {
                html.in("h1", {}, "Publications");
                html.in("p", {{"class", "lead"}},
                        "Figures that were published under somebody’s name. None of them ever changes: where the "
                        "records say something else later, a new publication takes the place of the old one.");
                if (listed.items.empty()) {
                    html.in("p", {}, "Nothing has been published yet.");
                } else {
                    html.in("div", {{"class", "scroll"}}, [&] { archive_table(html, listed.items); });
                }
                if (!listed.next.empty()) link(html, "/v1/publications", "All publications, as data (JSON)");
            });
        });
    });
}

Response published(Call& call) {
    Publication publication;
    json former;
    call.database.read(call.principal, [&](db::Tx& tx) {
        publication = resources::published(tx, call.id());
        if (publication.supersedes_id.empty()) return;
        former = resources::figures_of(resources::published(tx, publication.supersedes_id));
    });
    const auto document = json::parse(publication.document);
    const Layout layout{publication.title + " – " + publication.reference,
                        "Figures as at " + spoken_day(publication.as_at) + ", as they were published.",
                        "/publications"};
    return page(layout, [&](Html& html) {
        hero(html, publication, document);
        html.in("div", {{"class", "wrap"}}, [&] {
            html.in("section", {{"class", "group"}, {"aria-labelledby", "figures"}}, [&] {
                html.in("h2", {{"id", "figures"}}, "The figures");
                neighbours(html, publication);
                figures_table(html, document.at("figures"), former);
            });
            proof(html, publication);
        });
    });
}

}  // namespace tideover::pages
