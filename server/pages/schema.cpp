// Turns JSON schemas into rows for people.
#include "server/pages/schema.hpp"

#include <algorithm>
#include <stdexcept>

#include "domain/core/money.hpp"
#include "server/api/openapi/openapi.hpp"
#include "server/api/resources/records.hpp"
#include "server/api/router.hpp"
#include "server/pages/format.hpp"

namespace tideover::pages {
namespace {

/// "string", whether or not it may be null too.
std::string type_of(const Json& shape) {
    if (!shape.contains("type")) return {};
    const auto& type = shape.at("type");
    return type.is_array() ? type.at(0).get<std::string>() : type.get<std::string>();
}

std::string whole(const Json& number) {
    return grouped(number.get<std::int64_t>());
}

std::string string_in_words(const Json& shape) {
    const auto format = shape.value("format", "");
    if (format == "date") return "day";
    if (format == "date-time") return "instant";
    if (format == "uuid") return "id";
    if (format == "email") return "e-mail address";
    if (shape.contains("enum")) return "one of";
    return "text";
}

std::string type_in_words(const Json& shape) {
    const auto type = type_of(shape);
    if (type == "string") return string_in_words(shape);
    if (type == "integer") return "whole number";
    if (type == "boolean") return "true or false";
    if (type == "array") {
        const auto& items = shape.contains("items") ? shape.at("items") : Json::object();
        return items.contains("enum") ? "list of some of" : type_of(items) == "object" ? "list of objects" : "list";
    }
    return type.empty() ? "anything" : type;
}

std::string bounds_in_words(const Json& shape) {
    if (shape.contains("minimum") && shape.contains("maximum"))
        return whole(shape.at("minimum")) + " to " + whole(shape.at("maximum"));
    if (shape.contains("maxItems")) return "at most " + whole(shape.at("maxItems"));
    if (shape.contains("pattern")) {
        const auto& pattern = shape.at("pattern").get_ref<const std::string&>();
        const auto at = pattern.find('{'), end = pattern.find('}');
        // Patterns in the tables say one thing: how many digits.
        if (at != std::string::npos && end != std::string::npos)
            return pattern.substr(at + 1, end - at - 1) + " digits";
        return pattern;
    }
    if (!shape.contains("maxLength")) return {};
    const auto least = shape.value("minLength", std::int64_t{0});
    if (least <= 0) return "up to " + whole(shape.at("maxLength")) + " characters";
    return grouped(least) + " to " + whole(shape.at("maxLength")) + " characters";
}

const Json* choices_of(const Json& shape) {
    if (shape.contains("enum")) return &shape.at("enum");
    if (shape.contains("items") && shape.at("items").contains("enum")) return &shape.at("items").at("enum");
    return nullptr;
}

void draw_type(Html& html, const Json& shape) {
    html.text(type_in_words(shape));
    if (const auto bounds = bounds_in_words(shape); !bounds.empty()) html.text(", " + bounds);
    const auto* choices = choices_of(shape);
    if (choices == nullptr) return;
    for (const auto& choice : *choices) {
        if (!choice.is_string()) continue;
        html.text(" ");
        html.in("code", {{"class", "chip"}}, choice.get_ref<const std::string&>());
    }
}

std::string default_of(const Json& shape) {
    if (!shape.contains("default")) return {};
    const auto& value = shape.at("default");
    return value.is_string() ? value.get<std::string>() : value.dump();
}

struct Row {
    std::string name;
    const Json* shape;
    bool needed;
    std::string words;
};

/// The document marks code in its descriptions as Markdown does.
void draw_words(Html& html, std::string_view words) {
    for (bool code = false; !words.empty(); code = !code) {
        const auto mark = words.find('`');
        const auto part = words.substr(0, mark);
        if (code) {
            html.in("code", {}, part);
        } else {
            html.text(part);
        }
        words = mark == std::string_view::npos ? std::string_view{} : words.substr(mark + 1);
    }
}

void draw_row(Html& html, const Row& row, std::string_view must) {
    html.in("tr", {}, [&] {
        html.in("th", {{"scope", "row"}}, [&] {
            html.in("code", {}, row.name);
            if (row.needed) html.in("span", {{"class", "needed"}}, " " + std::string{must});
        });
        html.in("td", {}, [&] { draw_type(html, *row.shape); });
        html.in("td", {}, [&] {
            draw_words(html, sentence(row.words));
            if (const auto value = default_of(*row.shape); !value.empty()) {
                html.text(row.words.empty() ? "Without it: " : " Without it: ");
                html.in("code", {}, value);
                html.text(".");
            }
        });
    });
}

void draw_table(Html& html, std::string_view caption, std::string_view first, std::string_view must,
                const std::vector<Row>& rows) {
    html.in("div", {{"class", "scroll"}}, [&] {
        html.in("table", {}, [&] {
            html.in("caption", {}, caption);
            html.in("thead", {}, [&] {
                html.in("tr", {}, [&] {
                    for (const auto title : {first, std::string_view{"Takes"}, std::string_view{"Meaning"}}) {
                        html.in("th", {{"scope", "col"}}, title);
                    }
                });
            });
            html.in("tbody", {}, [&] {
                for (const auto& row : rows) draw_row(html, row, must);
            });
        });
    });
}

void collect(const Json& shape, const std::string& prefix, const std::vector<std::string_view>& closed,
             std::vector<Row>& rows) {
    if (!shape.contains("properties")) return;
    const auto needed = shape.value("required", Json::array());
    for (const auto& [name, inner] : shape.at("properties").items()) {
        const bool must = std::find(needed.begin(), needed.end(), name) != needed.end();
        const bool open = std::find(closed.begin(), closed.end(), name) == closed.end();
        // An object that is opened up says nothing beside what its parts say.
        if (!open || !inner.contains("properties"))
            rows.push_back({prefix + name, &inner, must, inner.value("description", "")});
        if (!open) continue;
        collect(inner, prefix + name + ".", closed, rows);
        if (inner.contains("items")) collect(inner.at("items"), prefix + name + "[].", closed, rows);
    }
}

}  // namespace

const Json& resolved(const Json& document, const Json& node) {
    if (!node.contains("$ref")) return node;
    return document.at(Json::json_pointer{node.at("$ref").get_ref<const std::string&>().substr(1)});
}

const Json& operation_of(const Json& document, const Route& route) {
    return document.at("paths").at(std::string{route.path}).at(in_document(route.verb));
}

const Json& record_shape(const Json& document, const Noun& noun) {
    for (const auto& route : tideover::routes()) {
        const bool makes = route.action == Action::record;
        if (route.noun != &noun || (!makes && route.action != Action::read)) continue;
        const Json::json_pointer shape{"/responses/" + std::string{makes ? "201" : "200"} +
                                       "/content/application~1json/schema"};
        return resolved(document, operation_of(document, route).at(shape));
    }
    throw std::logic_error("no route shows " + std::string{noun.name});
}

void fields_table(Html& html, const Json& shape, std::string_view caption, std::string_view must,
                  const std::vector<std::string_view>& closed) {
    std::vector<Row> rows;
    collect(shape, "", closed, rows);
    if (rows.empty()) {
        html.in("p", {}, std::string{caption} + ": an empty object, {}.");
        return;
    }
    draw_table(html, caption, "Field", must, rows);
}

void parameters_table(Html& html, const Json& document, const Json& parameters) {
    std::vector<Row> rows;
    for (const auto& given : parameters) {
        const auto& parameter = resolved(document, given);
        const auto in = parameter.at("in").get<std::string>();
        auto words = parameter.value("description", "");
        if (in == "path") words = "Part of the address";
        if (in == "header") words = "Header. " + words;
        rows.push_back({parameter.at("name").get<std::string>(), &parameter.at("schema"),
                        parameter.value("required", false), words});
    }
    draw_table(html, "Parameters", "Name", "needed", rows);
}

void answers(Html& html, const Json& document, const Json& responses) {
    for (const auto& answer : responses.items()) {
        if (answer.key().find("XX") != std::string::npos) continue;
        const auto& response = resolved(document, answer.value());
        html.in("p", {{"class", "answer"}}, [&] {
            html.text("Answer: ");
            html.in("strong", {}, answer.key());
            html.text(". " + sentence(response.value("description", "")));
            const auto content = response.value("content", Json::object());
            for (const auto& [type, ignored] : content.items()) {
                html.text(" ");
                html.in("code", {{"class", "chip"}}, type);
            }
        });
    }
}

}  // namespace tideover::pages
