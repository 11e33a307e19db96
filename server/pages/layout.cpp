// Writes head, navigation and footer around a page, with the headers that keep it closed.
#include "server/pages/layout.hpp"

#include <array>

namespace tideover::pages {
namespace {

// Nothing but our own style sheet, whatever a page should ever come to hold.
constexpr std::string_view content_security_policy =
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; "
    "form-action 'none'";

// As data, so that a browser does not ask for /favicon.ico.
constexpr std::string_view icon =
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E"
    "%3Crect width='32' height='32' rx='7' fill='%230f4c5c'/%3E"
    "%3Cpath d='M4 14q6-7 12 0t12 0M4 22q6-7 12 0t12 0' fill='none' stroke='%23fff' stroke-width='3' "
    "stroke-linecap='round'/%3E%3C/svg%3E";

struct Link {
    std::string_view address, words;
};
constexpr std::array<Link, 5> navigation{{{"/", "The figures"},
                                          {"/dashboard", "Over time"},
                                          {"/publications", "Publications"},
                                          {"/docs", "API documentation"},
                                          {"/problems/not-found", "Problems"}}};
constexpr std::array<Link, 4> elsewhere{{{"/v1/headlines", "The figures as data (JSON)"},
                                         {"/v1/measures", "What is counted, in which unit (JSON)"},
                                         {"/docs", "API documentation"},
                                         {"/openapi.json", "OpenAPI document (JSON)"}}};

void head(Html& html, const Layout& layout) {
    html.in("head", {}, [&] {
        html.leaf("meta", {{"charset", "utf-8"}});
        html.leaf("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
        html.leaf("meta", {{"name", "description"}, {"content", layout.description}});
        html.leaf("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
        html.in("title", {}, layout.title);
        html.leaf("link", {{"rel", "stylesheet"}, {"href", "/style.css"}});
        html.leaf("link", {{"rel", "icon"}, {"href", icon}});
    });
}

/// The mark: two waves.
void mark(Html& html) {
    html.in("svg", {{"class", "brand-mark"}, {"viewBox", "0 0 32 32"}, {"aria-hidden", "true"}}, [&] {
        html.leaf("path", {{"d", "M4 13q6-7 12 0t12 0M4 21q6-7 12 0t12 0"}});
    });
}

void top(Html& html, const Layout& layout) {
    html.in("a", {{"class", "skip"}, {"href", "#main"}}, "Skip to the content");
    html.in("header", {{"class", "site"}}, [&] {
        html.in("div", {{"class", "wrap"}}, [&] {
            html.in("a", {{"class", "brand"}, {"href", "/"}}, [&] {
                mark(html);
                html.text("Tideover");
            });
            html.in("nav", {{"aria-label", "Site"}}, [&] {
                for (const auto& [address, words] : navigation) {
                    // All problem pages belong to one entry, which leads to one of them.
                    const bool current = address == layout.here ||
                                         (address.starts_with("/problems") && layout.here.starts_with("/problems"));
                    html.in("a", {{"href", address}, {current ? "aria-current" : "", current ? "page" : ""}}, words);
                }
            });
        });
    });
}

void bottom(Html& html) {
    html.in("footer", {{"class", "site"}}, [&] {
        html.in("div", {{"class", "wrap"}}, [&] {
            html.in("p", {}, "Tideover keeps the records of a council's support, and counts every figure from them.");
            html.in("ul", {}, [&] {
                for (const auto& [address, words] : elsewhere) {
                    html.in("li", {}, [&html, &to = address, &said = words] { html.in("a", {{"href", to}}, said); });
                }
            });
        });
    });
}

}  // namespace

Response page(const Layout& layout, const std::function<void(Html&)>& content) {
    Html html;
    html.in("html", {{"lang", "en-GB"}}, [&] {
        head(html, layout);
        html.in("body", {}, [&] {
            top(html, layout);
            html.in("main", {{"id", "main"}, {"tabindex", "-1"}}, [&] { content(html); });
            bottom(html);
        });
    });
    return html_of(std::move(html).document());
}

Response html_of(std::string document) {
    return {.content_type = "text/html; charset=utf-8",
            .body = std::move(document),
            .headers = {{"Content-Security-Policy", std::string{content_security_policy}},
                        {"Referrer-Policy", "no-referrer"}}};
}

}  // namespace tideover::pages
