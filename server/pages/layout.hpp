// What every page has around its content: head, navigation, footer, and the headers that keep it closed.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "server/http/message.hpp"
#include "server/pages/html.hpp"

namespace tideover::pages {

struct Layout {
    std::string title;
    std::string description;
    std::string_view here;  // the address, to mark it in the navigation
};

/// `content` writes what stands in <main>, its <h1> included.
[[nodiscard]] Response page(const Layout& layout, const std::function<void(Html&)>& content);

/// A whole document that was drawn before, with the same headers.
[[nodiscard]] Response html_of(std::string document);

}  // namespace tideover::pages
