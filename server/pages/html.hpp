// Writes HTML in which text cannot become markup: every word and attribute value is escaped.
#pragma once

#include <concepts>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace tideover::pages {

/// An attribute with an empty name is left out, so that a call can decide about it in place.
using Attribute = std::pair<std::string_view, std::string_view>;
using Attributes = std::initializer_list<Attribute>;

class Html {
public:
    Html() { out_.reserve(reserved); }

    void text(std::string_view words);

    /// An element with nothing inside: <link>, <rect>.
    void leaf(std::string_view tag, Attributes attributes);

    /// An element around words.
    void in(std::string_view tag, Attributes attributes, std::string_view words);

    /// An element around whatever `inside` writes.
    template <std::invocable Inside>
    void in(std::string_view tag, Attributes attributes, const Inside& inside) {
        open(tag, attributes);
        inside();
        close(tag);
    }

    /// A whole document around what was written.
    [[nodiscard]] std::string document() &&;

private:
    static constexpr std::size_t reserved = 65'536;

    void open(std::string_view tag, Attributes attributes, std::string_view end = ">");
    void close(std::string_view tag);

    std::string out_;
};

}  // namespace tideover::pages
