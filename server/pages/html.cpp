// Escapes text, in the one place where it is done.
#include "server/pages/html.hpp"

namespace tideover::pages {
namespace {

/// Serves text and double-quoted attribute values alike.
void escape(std::string_view words, std::string& out) {
    for (const char c : words) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    }
}

}  // namespace

void Html::text(std::string_view words) {
    escape(words, out_);
}

void Html::leaf(std::string_view tag, Attributes attributes) {
    open(tag, attributes, "/>");
}

void Html::in(std::string_view tag, Attributes attributes, std::string_view words) {
    open(tag, attributes);
    text(words);
    close(tag);
}

std::string Html::document() && {
    out_.insert(0, "<!doctype html>\n");
    out_ += '\n';
    return std::move(out_);
}

void Html::open(std::string_view tag, Attributes attributes, std::string_view end) {
    out_ += '<';
    out_ += tag;
    for (const auto& [name, value] : attributes) {
        if (name.empty()) continue;
        out_ += ' ';
        out_ += name;
        out_ += "=\"";
        escape(value, out_);
        out_ += '"';
    }
    out_ += end;
}

void Html::close(std::string_view tag) {
    out_ += "</";
    out_ += tag;
    out_ += '>';
}

}  // namespace tideover::pages
