// /docs: the API for people, read off the same document that machines get, and the tables behind it.
#include <array>
#include <string>
#include <vector>

#include "domain/core/noun.hpp"
#include "domain/figures/measures.hpp"
#include "server/api/openapi/openapi.hpp"
#include "server/api/problem.hpp"
#include "server/api/resources/records.hpp"
#include "server/api/router.hpp"
#include "server/pages/format.hpp"
#include "server/pages/layout.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/schema.hpp"

namespace tideover::pages {
namespace {

/// Routes of one tag, in the order of the route table.
struct Chapter {
    std::string tag, title;
    const Noun* noun = nullptr;
    std::vector<const Route*> routes{};
};

std::string title_of(std::string_view tag) {
    std::string out{tag};
    std::replace(out.begin(), out.end(), '-', ' ');
    out[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(out[0])));
    if (out.starts_with("Ppe ")) out.replace(0, 3, "PPE");
    if (out.starts_with("Council tax ")) out.replace(0, 11, "Council Tax");
    return out;
}

std::vector<Chapter> chapters_of(const Json& document) {
    std::vector<Chapter> out;
    for (const auto& route : tideover::routes()) {
        const auto& tag = operation_of(document, route).at("tags").at(0).get_ref<const std::string&>();
        auto found = std::find_if(out.begin(), out.end(), [&](const Chapter& c) { return c.tag == tag; });
        if (found == out.end()) {
            out.push_back({tag, title_of(tag), route.noun});
            found = out.end() - 1;
        }
        found->routes.push_back(&route);
    }
    return out;
}

void item(Html& html, std::string_view term, std::string_view words) {
    html.in("dt", {}, term);
    html.in("dd", {}, words);
}

void conventions(Html& html) {
    html.in("dl", {{"class", "conventions"}}, [&] {
        item(html, "Who you are",
             "Send ‘Authorization: Bearer TOKEN’. A token belongs to one member of staff or partner, one role and one "
             "authority, whose records are the only ones it sees. Revoked, it ends at once. What is public takes no "
             "token.");
        item(html, "In a browser",
             "‘POST /v1/sessions’ takes a token once and sets a cookie that stands for it, for pages of this address "
             "alone: for ten hours at most, and until nothing was asked for thirty minutes. ‘GET /v1/session’ says who "
             "it is, ‘DELETE /v1/session’ signs out.");
        item(html, "Repeating a request",
             "Each POST needs an ‘Idempotency-Key’: new for each request, the same for its repeats. A repeat with the "
             "same "
             "body gets the stored answer and ‘Idempotency-Replayed: true’; another body under that key is refused.");
        item(html, "Changing a record",
             "Steps and corrections need ‘If-Match’ with the ETag of the record as you read it. Where it has changed "
             "since, "
             "you get status 412, and nobody’s change is lost. Nothing is deleted: a correction keeps what was said "
             "before.");
        item(
            html, "Trying it first",
            "‘?dry_run=true’ on whatever records, moves on or corrects does everything, answers the record as it would "
            "be, and in ‘figures’ which figures would change and by how much, and rolls back.");
        item(html, "Finding",
             "‘GET /v1/search?q=’ finds records of every kind that you may read, by a name with slips in it, part of a "
             "number, a street, a reference, and says why each was found. Where an address takes an id it takes the "
             "reference too.");
        item(html, "Lists",
             "At most ‘limit’ records (1 to 200, else 50), newest first; ‘sort’ takes any day, instant, amount or "
             "count, with ‘-’ before it for the greatest first. ‘next’, and the Link header, lead on by ‘cursor’ until "
             "‘next’ is null. Filters are query parameters: several values with commas between them, ‘x.from’ and "
             "‘x.to’ for a range with its ends, ‘q’ as in a search; one that is not known is refused with those that "
             "are. Void records are left out unless ‘voided=true’ asks for them.");
        item(html, "What was done",
             "‘GET /v1/calls/{id}/history’ says of any record who did what with it, when and why, what it said before, "
             "and which import it was. ‘GET /v1/work’ says what waits for you.");
        item(
            html, "Counts",
            "‘GET /v1/applications/counts?by=state,scheme’ gives numbers under a list’s filters, by one field or two.");
        item(html, "Timelines",
             "‘GET /v1/persons/{id}/timeline’ is everything that names somebody, whatever they were merged with; "
             "households, businesses, organisations and Council Tax accounts have one too.");
        item(
            html, "Whole lists",
            "Where the Accept header asks for ‘text/csv’, or for a workbook "
            "(‘application/vnd.openxmlformats-officedocument.spreadsheetml.sheet’), a list is a file of every row that "
            "its filters leave, as of one moment; with ‘limit’ or ‘cursor’ it is that page. In CSV a text that a "
            "spreadsheet would run, or show as another number or a date, begins with an apostrophe; in a workbook days "
            "are days, pence are pounds and instants are London’s.");
        item(html, "Figures",
             "‘POST /v1/figures’ drafts what a figure counts: a measure, sum, count or distinct subjects, a filter on "
             "the "
             "measure’s dimensions, from when, as at which day, and what was said of it, if anything. Another "
             "administrator publishes it. The same code again is another version, which takes its place; publications "
             "say which version they used. What counts some of the same as another figure names it. "
             "‘GET /v1/headlines/{code}/parts?by=month’ divides a figure by months, quarters, financial years or a "
             "dimension, from and up to any day.");
        item(html, "Publications",
             "Figures that somebody published are frozen: GET …/document gives the same bytes for ever, and their "
             "SHA-256 is the publication’s digest. What is learnt later goes into a new publication that names the old "
             "one; GET …/restatement says figure by figure what led from one to the other.");
        item(html, "Bodies", "One JSON object in UTF-8, at most 65,536 bytes. A field that is not known is refused.");
        item(html, "Money",
             "Whole pence, as an integer: £1,334.50 is 133450. A decimal point or an exponent is refused.");
        item(html, "Times",
             "A day is YYYY-MM-DD, in London. An instant is RFC 3339 in UTC: 2021-01-15T10:30:00Z. Neither may lie in "
             "the "
             "future, except where something is planned, such as a promised day.");
        item(html, "Being told no",
             "Every refusal is ‘application/problem+json’ (RFC 9457): ‘type’ names it and leads to its page, ‘detail’ "
             "says what to "
             "do, ‘instance’ is the request id to quote. Faults of a body come all at once in ‘errors’, each with a "
             "pointer.");
        item(html, "When it is busy",
             "Status 503, or 429 where you sent too many requests at once, with ‘Retry-After’. Repeat after that time "
             "with the same Idempotency-Key: it is done once.");
    });
}

/// The call is of a day after the claims', so that whoever tries it leaves the compared figures as they are.
void examples(Html& html, const Config& config) {
    const auto address = config.address;
    html.in("p", {}, "The figures are public:");
    html.in("pre", {}, [&] { html.in("code", {}, "curl -s " + address + "/v1/headlines"); });
    html.in("p", {}, "Recording a call takes a helpline token in TOKEN:");
    html.in("pre", {}, [&] {
        html.in("code", {},
                "curl -s " + address +
                    "/v1/calls -H \"Authorization: Bearer $TOKEN\" \\\n"
                    "  -H \"Idempotency-Key: $(date +%s%N)\" -H 'Content-Type: application/json' \\\n"
                    "  -d '{\"direction\": \"inbound\", \"started_at\": \"2021-03-15T10:30:00Z\", \"outcome\": "
                    "\"advice_given\"}'");
    });
}

void contents(Html& html, const std::vector<Chapter>& chapters) {
    html.in("nav", {{"class", "toc"}, {"aria-label", "Contents"}}, [&] {
        html.in("ul", {}, [&] {
            const auto link = [&](const std::string& id, std::string_view words) {
                html.in("li", {}, [&] { html.in("a", {{"href", "#" + id}}, words); });
            };
            link("try", "Try it");
            link("conventions", "Conventions");
            link("problems", "Problems");
            for (const auto& chapter : chapters) link(chapter.tag, chapter.title);
        });
    });
}

void roles_line(Html& html, const Route& route) {
    html.in("p", {{"class", "roles"}}, [&] {
        if (route.roles.has(Role::everyone)) {
            html.text("Anyone, without a token.");
            return;
        }
        html.text("Roles:");
        for (std::size_t i = 0; i < role_names.size(); ++i) {
            if (!route.roles.has(static_cast<Role>(i))) continue;
            html.text(" ");
            html.in("code", {{"class", "chip"}}, role_names[i]);
        }
    });
}

/// A correction may name any of the record's own fields: their table stands at the record.
void correction_body(Html& html, const Json& body) {
    fields_table(html, body, "Body", "needed", {"changes"});
    html.in("p", {}, [&] {
        html.text("‘changes’ takes any of:");
        for (const auto& [name, shape] : body.at("properties").at("changes").at("properties").items()) {
            html.text(" ");
            html.in("code", {{"class", "chip"}}, name);
        }
    });
}

void route_entry(Html& html, const Json& document, const Route& route) {
    const auto& operation = operation_of(document, route);
    const auto& id = operation.at("operationId").get_ref<const std::string&>();
    html.in("details", {{"class", "route"}, {"id", id}}, [&] {
        html.in("summary", {}, [&] {
            html.in("h3", {}, [&] {
                html.in("span", {{"class", route.verb == Verb::get ? "method get" : "method post"}},
                        name_of(route.verb));
                html.text(" ");
                html.in("code", {}, route.path);
            });
            html.in("span", {{"class", "words"}}, route.summary);
        });
        html.in("div", {{"class", "inside"}}, [&] {
            roles_line(html, route);
            if (operation.contains("parameters")) parameters_table(html, document, operation.at("parameters"));
            if (route.action == Action::upload) {
                html.in("p", {}, [&] {
                    html.text("Body: a file, as");
                    for (const auto media : route.shape.takes) {
                        html.text(" ");
                        html.in("code", {{"class", "chip"}}, media);
                    }
                });
            } else if (operation.contains("requestBody")) {
                const auto& body =
                    resolved(document, operation.at("requestBody").at("content").at("application/json").at("schema"));
                if (route.action == Action::correct) {
                    correction_body(html, body);
                } else {
                    fields_table(html, body, "Body", "needed");
                }
            }
            answers(html, document, operation.at("responses"));
        });
    });
}

/// States and what leads from one to the next.
void lifecycle(Html& html, const Noun& noun) {
    if (noun.moves.empty()) return;
    html.in("details", {{"class", "aside"}}, [&] {
        html.in("summary", {}, [&] {
            html.text("Its states: begins as ");
            html.in("code", {}, noun.initial());
        });
        html.in("div", {{"class", "scroll"}}, [&] {
            html.in("table", {}, [&] {
                html.in("thead", {}, [&] {
                    html.in("tr", {}, [&] {
                        for (const auto title : {"From", "By", "To"}) html.in("th", {{"scope", "col"}}, title);
                    });
                });
                html.in("tbody", {}, [&] {
                    for (const auto& move : noun.moves) {
                        html.in("tr", {}, [&] {
                            for (const auto word : {move.from, move.event, move.to}) {
                                html.in("td", {}, [&] { html.in("code", {}, word); });
                            }
                        });
                    }
                });
            });
        });
    });
}

void what_counts(Html& html, const Noun& noun) {
    if (noun.counting.empty()) return;
    html.in("ul", {{"class", "counts"}}, [&] {
        for (const auto& rule : noun.counting) {
            html.in("li", {}, [&] {
                html.text(rule.sign > 0 ? "Adds to " : "Takes away from ");
                html.in("code", {}, rule.measure);
                html.text(" on ");
                html.in("code", {}, rule.on);
                if (!rule.quantity.empty()) {
                    html.text(", as much as ");
                    html.in("code", {}, rule.quantity);
                }
                if (!rule.field.empty()) {
                    html.text(", where ");
                    html.in("code", {}, rule.field);
                    html.text(" is ");
                    html.in("code", {}, rule.equals);
                }
                if (!rule.requires_.empty()) {
                    html.text(", where ");
                    html.in("code", {}, rule.requires_);
                    html.text(" is set");
                }
                html.text(". ");
                // A measure's rule is said once, where something adds to it.
                if (const auto* measure = measure_of(rule.measure); measure != nullptr && rule.sign > 0)
                    html.text(measure->rule);
            });
        }
    });
}

void draw_chapter(Html& html, const Json& document, const Chapter& chapter) {
    html.in("section", {{"class", "chapter"}, {"id", chapter.tag}, {"aria-labelledby", chapter.tag + "-title"}}, [&] {
        html.in("h2", {{"id", chapter.tag + "-title"}}, chapter.title);
        if (chapter.noun != nullptr) {
            what_counts(html, *chapter.noun);
            lifecycle(html, *chapter.noun);
            html.in("details", {{"class", "aside"}}, [&] {
                html.in("summary", {}, "Its fields, as read");
                fields_table(html, record_shape(document, *chapter.noun), "A record", "always there");
            });
        }
        for (const auto* route : chapter.routes) route_entry(html, document, *route);
    });
}

void problem_table(Html& html) {
    html.in("section", {{"id", "problems"}, {"aria-labelledby", "problems-title"}}, [&] {
        html.in("h2", {{"id", "problems-title"}}, "Problems");
        html.in("details", {{"class", "aside"}}, [&] {
            html.in("summary", {}, "All " + std::to_string(problem_types().size()) + " types");
            html.in("ul", {{"class", "problems"}}, [&] {
                for (const auto& type : problem_types()) {
                    html.in("li", {}, [&] {
                        html.in("a", {{"href", "/problems/" + std::string{type.slug}}}, [&] {
                            html.in("span", {{"class", "status"}}, std::to_string(type.status));
                            html.text(" ");
                            html.in("code", {}, type.slug);
                        });
                        html.in("span", {}, sentence(type.title));
                    });
                }
            });
        });
    });
}

Response render(const Config& config) {
    const auto document = Json::parse(openapi());
    const auto chapters = chapters_of(document);
    const Layout layout{"API documentation – Tideover",
                        "Every address of Tideover's API: who may use it, what it takes, what it answers.", "/docs"};
    return page(layout, [&](Html& html) {
        html.in("div", {{"class", "wrap manual"}}, [&] {
            contents(html, chapters);
            html.in("div", {{"class", "body"}}, [&] {
                html.in("h1", {}, "API documentation");
                html.in("p", {{"class", "lead"}}, [&] {
                    html.text(
                        "Every address, who may use it, what it takes and what it answers. The same for machines: ");
                    html.in("a", {{"href", "/openapi.json"}}, "openapi.json");
                    html.text(" (OpenAPI 3.1).");
                });
                html.in("section", {{"id", "try"}, {"aria-labelledby", "try-title"}}, [&] {
                    html.in("h2", {{"id", "try-title"}}, "Try it");
                    examples(html, config);
                });
                html.in("section", {{"id", "conventions"}, {"aria-labelledby", "conventions-title"}}, [&] {
                    html.in("h2", {{"id", "conventions-title"}}, "Conventions");
                    conventions(html);
                });
                problem_table(html);
                for (const auto& chapter : chapters) draw_chapter(html, document, chapter);
            });
        });
    });
}

}  // namespace

// Tables do not change while the program runs: the page is made once.
Response docs(Call& call) {
    static const auto made = made_once(render(call.config));
    return made;
}

}  // namespace tideover::pages
