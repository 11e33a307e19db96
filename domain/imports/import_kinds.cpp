// Made once from the list of nouns.
#include "domain/imports/import_kinds.hpp"

#include <algorithm>
#include <map>

#include "domain/nouns.hpp"

namespace tideover {
namespace {

/// "council_tax_posting" as a path has it.
std::string in_path(std::string_view name) {
    std::string out{name};
    std::replace(out.begin(), out.end(), '_', '-');
    return out;
}

/// The field of a row that says which record of the noun it is about, such as "voucher_id".
Field naming(const Noun& noun) {
    static std::map<std::string_view, std::string> names;
    const auto& name = names.try_emplace(noun.name, std::string{noun.name} + "_id").first->second;
    return id(name, noun.name).needed().says("The record, by its reference, or by what else names it.");
}

std::vector<ImportKind> made() {
    std::vector<ImportKind> out;
    for (const auto* noun : nouns::all()) {
        if (!noun->secret.empty()) continue;
        auto& records = out.emplace_back(
            ImportKind{std::string{noun->path}, noun, nullptr, {noun->fields.begin(), noun->fields.end()}});
        if (noun->has_dated_fields()) {
            records.fields.push_back(
                day(holds_from).says("The day from which on the row holds, where it is about a record that is there."));
        }
        for (const auto& step : noun->steps) {
            auto& kind = out.emplace_back(ImportKind{in_path(noun->name) + "-" + std::string{step.path}, noun, &step});
            kind.fields.push_back(naming(*noun));
            kind.fields.insert(kind.fields.end(), step.fields.begin(), step.fields.end());
        }
    }
    return out;
}

}  // namespace

std::span<const ImportKind> import_kinds() {
    static const auto all = made();
    return all;
}

const ImportKind* import_kind(std::string_view path) {
    for (const auto& kind : import_kinds()) {
        if (kind.path == path) return &kind;
    }
    return nullptr;
}

}  // namespace tideover
