// /problems/{type}: what a refusal means and how to get past it.
#include "server/api/problem.hpp"
#include "server/pages/format.hpp"
#include "server/pages/layout.hpp"
#include "server/pages/pages.hpp"

namespace tideover::pages {
namespace {

const ProblemType& wanted(std::string_view slug) {
    for (const auto& type : problem_types()) {
        if (type.slug == slug) return type;
    }
    throw Problem{"not-found"};
}

/// What a status of this kind says about whose turn it is.
std::string_view whose_turn(int status) {
    if (status >= 500) return "The request was in order. Nothing in it has to change.";
    if (status == 409 || status == 412) return "The request was in order, but does not fit what is recorded by now.";
    if (status == 401 || status == 403) return "The request was understood, but cannot be taken from this sender.";
    return "The request has to change before it can be taken.";
}

void every_type(Html& html, const ProblemType& shown) {
    html.in("section", {{"aria-labelledby", "all"}}, [&] {
        html.in("h2", {{"id", "all"}}, "Every type of problem");
        html.in("p", {}, "Each answer that is no success names one of these in its ‘type’, as /problems/…");
        html.in("ul", {{"class", "problems"}}, [&] {
            for (const auto& type : problem_types()) {
                const bool current = type.slug == shown.slug;
                html.in("li", {}, [&] {
                    html.in("a",
                            {{"href", "/problems/" + std::string{type.slug}},
                             {current ? "aria-current" : "", current ? "page" : ""}},
                            [&] {
                                html.in("span", {{"class", "status"}}, std::to_string(type.status));
                                html.text(" ");
                                html.in("code", {}, type.slug);
                            });
                    html.in("span", {}, sentence(type.title));
                });
            }
        });
    });
}

}  // namespace

Response problem(Call& call) {
    const auto& type = wanted(call.id());
    const Layout layout{std::string{type.title} + " – problem " + std::string{type.slug} + " – Tideover",
                        std::string{type.remedy}, "/problems"};
    return page(layout, [&](Html& html) {
        html.in("div", {{"class", "wrap prose"}}, [&] {
            html.in("p", {{"class", "kicker"}}, [&] {
                html.text("Status ");
                html.in("strong", {}, std::to_string(type.status));
                html.text(" · ");
                html.in("code", {}, "/problems/" + std::string{type.slug});
            });
            html.in("h1", {}, type.title);
            html.in("h2", {}, "What it means");
            html.in("p", {}, whose_turn(type.status));
            html.in("h2", {}, "What to do");
            html.in("p", {{"class", "remedy"}}, type.remedy);
            html.in("p", {}, [&] {
                html.text(
                    "The answer’s ‘detail’ says more about the one request, and its ‘instance’ is the request id to "
                    "quote. ");
                html.in("a", {{"href", "/docs#conventions"}}, "How to talk to the API");
                html.text(" has the rules in full.");
            });
            every_type(html, type);
        });
    });
}

}  // namespace tideover::pages
