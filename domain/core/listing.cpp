// Read off the noun's table.
#include "domain/core/listing.hpp"

namespace tideover::listing {
namespace {

const Field* field_called(const Noun& noun, std::string_view name) {
    if (name == state.name && !noun.moves.empty()) return &state;
    for (const auto* of_parties : {&merged, &merged_into}) {
        if (of_parties->name == name) return noun.mergeable ? of_parties : nullptr;
    }
    for (const auto* of_all : {&voided, &recorded_at, &recorded_by}) {
        if (of_all->name == name) return of_all;
    }
    return noun.field(name);
}

bool takes_values(const Field& field) {
    return field.filtered || &field == &state || &field == &voided || &field == &recorded_by || is_about_merging(field);
}

/// All fields that a list may be asked about.
std::vector<const Field*> listed(const Noun& noun) {
    std::vector<const Field*> out;
    if (!noun.moves.empty()) out.push_back(&state);
    for (const auto& field : noun.fields) {
        if ((field.filtered || is_ranged(field)) && field.privacy != Privacy::nobody) out.push_back(&field);
    }
    out.insert(out.end(), {&recorded_at, &recorded_by, &voided});
    if (noun.mergeable) out.insert(out.end(), {&merged, &merged_into});
    return out;
}

bool has_few_values(const Field& field) {
    switch (field.kind) {
        case Kind::choice:
        case Kind::choices:
        case Kind::code:
        case Kind::flag:
            return true;
        case Kind::id:
            return field.refers == "staff";
        default:
            return field.form == Form::ward || &field == &state;
    }
}

}  // namespace

std::vector<const Field*> counted_by(const Noun& noun) {
    std::vector<const Field*> out;
    for (const auto* field : listed(noun)) {
        if (takes_values(*field) && has_few_values(*field)) out.push_back(field);
    }
    return out;
}

std::optional<Asked> asked_by(const Noun& noun, std::string_view parameter) {
    auto how = How::values;
    auto name = parameter;
    if (name.ends_with(".from") || name.ends_with(".to")) {
        how = name.ends_with(".from") ? How::from : How::to;
        name.remove_suffix(how == How::from ? 5 : 3);
    }
    const auto* field = field_called(noun, name);
    if (field == nullptr || field->privacy == Privacy::nobody) return std::nullopt;
    if (how == How::values ? !takes_values(*field) : !is_ranged(*field)) return std::nullopt;
    return Asked{field, how};
}

std::vector<std::string> parameters(const Noun& noun) {
    std::vector<std::string> out;
    for (const auto* field : listed(noun)) {
        if (takes_values(*field)) out.emplace_back(field->name);
        if (!is_ranged(*field)) continue;
        out.push_back(std::string{field->name} + ".from");
        out.push_back(std::string{field->name} + ".to");
    }
    return out;
}

std::vector<const Field*> sorted_by(const Noun& noun) {
    std::vector<const Field*> out;
    for (const auto* field : listed(noun)) {
        if (is_ranged(*field)) out.push_back(field);
    }
    return out;
}

}  // namespace tideover::listing
