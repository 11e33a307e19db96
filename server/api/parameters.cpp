// By the field tables of the route's shape.
#include "server/api/parameters.hpp"

#include <algorithm>

#include "domain/core/uuid.hpp"
#include "server/api/cursor.hpp"
#include "server/api/problem.hpp"
#include "server/formats/record_json.hpp"

namespace tideover {
namespace {

/// A number that a report could not use is no answer of none.
bool within(const Field& field, const std::string& value) {
    if (field.kind != Kind::count || field.most == 0) return true;
    const auto number = std::stoll(value);
    return number >= field.least && number <= field.most;
}

}  // namespace

std::vector<std::string> parts_of(std::string_view said) {
    std::vector<std::string> out;
    for (;;) {
        const auto end = said.find(',');
        out.emplace_back(said.substr(0, end));
        if (end == std::string_view::npos) return out;
        said.remove_prefix(end + 1);
    }
}

std::string takes(const Field& field) {
    switch (field.kind) {
        case Kind::day:
            return "takes a date that exists, as YYYY-MM-DD.";
        case Kind::instant:
            return "takes an instant in UTC, as 2020-12-31T23:59:59Z.";
        case Kind::id:
            return "takes an id.";
        case Kind::flag:
            return "takes true or false.";
        case Kind::pence:
        case Kind::count:
            return "takes a whole number" + (field.most == 0 ? std::string{"."}
                                                             : " from " + std::to_string(field.least) + " to " +
                                                                   std::to_string(field.most) + ".");
        case Kind::text:
            return "takes a text of " + std::to_string(field.least) + " to " + std::to_string(field.most) +
                   " characters.";
        default:
            break;
    }
    std::string choices;
    for (const auto choice : field.choices) choices += (choices.empty() ? "" : ", ") + std::string{choice};
    return choices.empty() ? "cannot have this value." : "takes one of: " + choices + ".";
}

Record parameters_said(const Call& call) {
    Record out{call.route.shape.parameters};
    for (const auto& field : out.fields()) {
        const auto name = "'" + std::string{field.name} + "' ";
        const auto* given = call.parameter(field.name);
        if (given == nullptr) {
            if (field.required) throw Problem{"invalid-parameter", name + "is needed: it " + takes(field)};
            continue;
        }
        auto value = decode_filter(field, *given);
        if (!value || !within(field, *value)) throw Problem{"invalid-parameter", name + takes(field)};
        out.set(field, std::move(value));
    }
    return out;
}

std::string cursor_said(const Call& call, Kind kind) {
    const auto given = place_said(call);
    if (!given) return {};
    const bool number = !given->empty() && given->size() < 19 &&
                        std::all_of(given->begin(), given->end(), [](char c) { return c >= '0' && c <= '9'; });
    if (kind == Kind::id ? is_uuid(*given) : number) return *given;
    throw wrong_cursor();
}

bool newest_first(const Call& call) {
    const auto* given = call.parameter("sort");
    if (given == nullptr || *given == "-recorded") return true;
    if (*given == "recorded") return false;
    throw Problem{"invalid-parameter", "'sort' takes 'recorded' or '-recorded' (the newest first, as without it)."};
}

}  // namespace tideover
