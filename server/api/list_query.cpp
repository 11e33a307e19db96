// By the noun's table: the same parameters are in the document.
#include "server/api/list_query.hpp"

#include <algorithm>

#include "domain/core/uuid.hpp"
#include "server/api/cursor.hpp"
#include "server/api/paging.hpp"
#include "server/api/parameters.hpp"
#include "server/api/problem.hpp"
#include "server/formats/record_json.hpp"

namespace tideover {
namespace {

using db::records::Condition;
using db::records::Page;
using db::records::Place;
using listing::How;

bool is_condition(std::string_view parameter) {
    return parameter != "limit" && parameter != "cursor" && parameter != "sort" && parameter != "q" &&
           parameter != "by";
}

std::string stored(const Field& field, const std::string& parameter, const std::string& said) {
    // Of a list of values, one of them.
    if (field.kind == Kind::choices) {
        return stored(field.choices.empty() ? text(field.name, 1, 60) : choice(field.name, field.choices), parameter,
                      said);
    }
    auto value = decode_filter(field, said);
    if (!value) throw Problem{"invalid-parameter", "'" + parameter + "' " + takes(field)};
    return *value;
}

void check_state(const Noun& noun, const std::string& said) {
    const auto here = [&](const Move& move) { return move.from == said || move.to == said; };
    if (std::any_of(noun.moves.begin(), noun.moves.end(), here)) return;
    std::vector<std::string_view> states;
    for (const auto& move : noun.moves) {
        for (const auto state : {move.from, move.to}) {
            if (std::find(states.begin(), states.end(), state) == states.end()) states.push_back(state);
        }
    }
    std::string all;
    for (const auto state : states) all += (all.empty() ? "" : ", ") + std::string{state};
    throw Problem{"invalid-parameter", "'state' takes a state of " + std::string{noun.title} + ": " + all + "."};
}

Condition condition_of(const Call& call, const std::string& parameter, const std::string& said) {
    const auto& noun = *call.route.noun;
    const auto asked = *listing::asked_by(noun, parameter);
    const auto& field = *asked.field;
    if (!who_sees(field.privacy).has(call.principal.role)) throw Problem{"forbidden"};
    Condition out{.field = &field, .how = asked.how, .values = {}};
    if (asked.how != How::values) {
        // An end of a range of instants may be a day: all of it, in London.
        const bool day_said = field.kind == Kind::instant && said.size() == 10;
        out.values.push_back(stored(day_said ? day(field.name) : field, parameter, said));
        return out;
    }
    for (const auto& one : listing::takes_several(field) ? parts_of(said) : std::vector{said}) {
        if (&field == &listing::state) check_state(noun, one);
        out.values.push_back(stored(field, parameter, one));
    }
    return out;
}

/// Of two ends of one range, the later one is `to`.
void check_range(const Condition& from, const Condition& to) {
    const auto &early = from.values.front(), &late = to.values.front();
    const bool number = from.field->kind == Kind::pence || from.field->kind == Kind::count;
    // An instant and a day are compared by their days.
    const auto length = std::min(early.size(), late.size());
    const bool turned =
        number ? std::stoll(early) > std::stoll(late) : early.substr(0, length) > late.substr(0, length);
    const std::string name{from.field->name};
    if (turned) throw Problem{"invalid-parameter", "'" + name + ".from' lies after '" + name + ".to'."};
}

void check_ranges(const std::vector<Condition>& all) {
    for (const auto& from : all) {
        for (const auto& to : all) {
            if (from.field == to.field && from.how == How::from && to.how == How::to) check_range(from, to);
        }
    }
}

void read_sort(const Call& call, Page& page) {
    const auto& noun = *call.route.noun;
    const auto* given = call.parameter("sort");
    // Ids made of a code follow each other in no order of time.
    if (!noun.key.empty()) page.sorted_by = &listing::recorded_at;
    if (given == nullptr) return;
    std::string_view name = *given;
    page.descending = name.starts_with('-');
    if (page.descending) name.remove_prefix(1);
    if (name == "recorded") return;
    const auto fields = listing::sorted_by(noun);
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const Field* field) { return field->name == name; });
    if (found == fields.end()) {
        std::string all = "recorded";
        for (const auto* field : fields) all += ", " + std::string{field->name};
        throw Problem{"invalid-parameter",
                      "'sort' takes one of these, with a '-' before it for the last first: " + all + "."};
    }
    if (!who_sees((*found)->privacy).has(call.principal.role)) throw Problem{"forbidden"};
    page.sorted_by = *found;
}

}  // namespace

Place place_at(const std::string& text, const Field* sorted_by) {
    const auto end = text.find(between);
    Place place{.id = text.substr(0, end)};
    if (!is_uuid(place.id) && (sorted_by == nullptr || !place.id.empty())) throw wrong_cursor();
    if (end == std::string::npos) return place;
    if (sorted_by == nullptr) throw wrong_cursor();
    auto value = text.substr(end + 1);
    std::replace(value.begin(), value.end(), '_', ':');
    place.value = decode_filter(*sorted_by, value);
    if (!place.value) throw wrong_cursor();
    return place;
}

std::vector<std::string> list_parameters(const Noun& noun) {
    std::vector<std::string> out{"limit", "cursor", "q", "sort"};
    for (auto& name : listing::parameters(noun)) out.push_back(std::move(name));
    return out;
}

std::vector<std::string> counts_parameters(const Noun& noun) {
    std::vector<std::string> out{"by", "q"};
    for (auto& name : listing::parameters(noun)) out.push_back(std::move(name));
    return out;
}

std::vector<Condition> conditions_asked(const Call& call) {
    std::vector<Condition> out;
    for (const auto& [key, value] : call.request.query) {
        if (is_condition(key)) out.push_back(condition_of(call, key, value));
    }
    check_ranges(out);
    return out;
}

std::vector<const Field*> dimensions_asked(const Call& call) {
    std::vector<const Field*> out;
    const auto* given = call.parameter("by");
    if (given == nullptr) return out;
    const auto fields = listing::counted_by(*call.route.noun);
    for (const auto& name : parts_of(*given)) {
        const auto found =
            std::find_if(fields.begin(), fields.end(), [&](const Field* field) { return field->name == name; });
        const bool again = found != fields.end() && std::find(out.begin(), out.end(), *found) != out.end();
        if (found == fields.end() || again || out.size() == listing::dimensions_most) {
            std::string all;
            for (const auto* field : fields) all += (all.empty() ? "" : ", ") + std::string{field->name};
            throw Problem{"invalid-parameter",
                          "'by' takes one of these, or two with a comma between them: " + all + "."};
        }
        if (!who_sees((*found)->privacy).has(call.principal.role)) throw Problem{"forbidden"};
        out.push_back(*found);
    }
    return out;
}

Page page_asked(const Call& call) {
    Page out{.conditions = conditions_asked(call), .limit = page_limit(call)};
    read_sort(call, out);
    if (const auto said = place_said(call)) out.after = place_at(*said, out.sorted_by);
    return out;
}

const std::string* typed_in(const Call& call) {
    const auto* q = call.parameter("q");
    if (q != nullptr && typed::length(*q) > typed::most)
        throw Problem{"invalid-parameter", "'q' takes at most " + std::to_string(typed::most) + " characters."};
    return q;
}

std::string text_of(const Place& place) {
    auto out = place.id + (place.value ? between + *place.value : std::string{});
    std::replace(out.begin(), out.end(), ':', '_');  // as it can stand in an address
    return out;
}

}  // namespace tideover
