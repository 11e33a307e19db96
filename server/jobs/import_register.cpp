// Each column of keys is one question for all rows.
#include "server/jobs/import_register.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "db/records/naming.hpp"
#include "db/records/records.hpp"
#include "domain/core/form.hpp"
#include "domain/core/naming.hpp"

namespace tideover {
namespace {

using nlohmann::json;

/// Identifiers of these kinds may be those of several records.
constexpr std::array<std::string_view, 4> shared_kinds{"email", "phone", "urn", "other"};

/// Of these kinds a record may have several, so that a row's stand beside those that are there.
constexpr std::array<std::string_view, 1> several_kinds{"rates_account"};

bool is_several(const std::string& kind) {
    return std::find(several_kinds.begin(), several_kinds.end(), kind) != several_kinds.end();
}

bool is_key(const ImportKind& kind, const ColumnOf& column) {
    if (column.field == nullptr) return false;
    if (column.field->kind == Kind::rows) {
        return !column.by.empty() &&
               std::find(shared_kinds.begin(), shared_kinds.end(), column.by) == shared_kinds.end();
    }
    return column.field->name != holds_from && is_its_own(*kind.noun, *kind.noun->field(column.field->name));
}

/// How the keys of a column are compared.
Form form_of(const ColumnOf& column) {
    if (column.field->kind == Kind::rows) return form_of_identifier(column.by);
    return column.field->kind == Kind::postcode ? Form::postcode : column.field->form;
}

/// Whether a code is the record's, in whatever spelling.
bool same_form(const Field& field, std::string_view value, const Record& before) {
    return before.has(field) && canonical_form(field.form, value) == canonical_form(field.form, before.text(field));
}

std::string canonical(const json& identifier) {
    const auto kind = identifier.at("kind").get<std::string>(), value = identifier.at("value").get<std::string>();
    return kind + " " + canonical_form(form_of_identifier(kind), value).value_or(value);
}

/// The record's identifiers, with the row's in place of those of the same kinds.
std::string merged(const Record& before, const Record& said, const Field& list) {
    const auto theirs = json::parse(said.text(list));
    auto out = json::array();
    std::set<std::string> kinds, same;
    for (const auto& one : theirs) kinds.insert(one.at("kind").get<std::string>());
    for (const auto& one : before.has(list) ? json::parse(before.text(list)) : json::array()) {
        const auto is_it = [&](const json& other) { return canonical(other) == canonical(one); };
        const bool stays = std::any_of(theirs.begin(), theirs.end(), is_it);
        if (stays) same.insert(canonical(one));
        const auto kind = one.at("kind").get<std::string>();
        if (stays || is_several(kind) || !kinds.contains(kind)) out.push_back(one);
    }
    for (const auto& one : theirs) {
        if (!same.contains(canonical(one))) out.push_back(one);
    }
    return out.dump();
}

}  // namespace

ImportRegister::ImportRegister(const ImportKind& kind, std::span<const ColumnOf> columns)
    : kind_(kind), columns_(columns) {
    for (std::size_t i = 0; kind.step == nullptr && i < columns.size(); ++i) {
        if (is_key(kind, columns[i])) keys_.push_back(i);
    }
}

std::vector<std::string> ImportRegister::keys_of(std::span<const std::string> cells) const {
    std::vector<std::string> out;
    for (const auto column : keys_) {
        if (column >= cells.size()) continue;
        const auto text = text_of_cell(columns_[column], cells[column]);
        const auto form = form_of(columns_[column]);
        if (!text.empty()) out.push_back(std::to_string(column) + " " + canonical_form(form, text).value_or(text));
    }
    return out;
}

std::vector<KnownRecord> ImportRegister::known(db::Tx& tx, const std::vector<std::span<const std::string>>& rows,
                                               bool lock) const {
    std::vector<std::set<std::string>> ids(rows.size());
    for (const auto column : keys_) {
        const auto& field = *columns_[column].field;
        std::vector<std::string> texts;
        std::vector<std::size_t> places;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            auto text = column < rows[i].size() ? text_of_cell(columns_[column], rows[i][column]) : std::string{};
            if (text.empty()) continue;
            if (field.kind == Kind::postcode) text = canonical_form(Form::postcode, text).value_or(text);
            texts.push_back(std::move(text));
            places.push_back(i);
        }
        if (texts.empty()) continue;
        const auto by = field.kind == Kind::rows ? std::string_view{columns_[column].by} : field.name;
        const auto found = db::records::named_by(tx, *kind_.noun, by, texts);
        for (std::size_t i = 0; i < found.size(); ++i) ids[places[i]].insert(found[i].begin(), found[i].end());
    }
    std::set<std::string> all;
    for (const auto& some : ids) all.insert(some.begin(), some.end());
    const std::vector<std::string> wanted{all.begin(), all.end()};
    std::map<std::string, Record> there;
    if (!wanted.empty()) {
        auto found = lock ? db::records::lock(tx, *kind_.noun, wanted) : db::records::look_at(tx, *kind_.noun, wanted);
        for (auto& record : found) {
            if (record && !record->voided) there.emplace(record->id, std::move(*record));
        }
    }
    std::vector<KnownRecord> out(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (const auto& id : ids[i]) {
            const auto found = there.find(id);
            if (found == there.end()) continue;
            out[i].several = out[i].record.has_value();
            out[i].record = found->second;
            if (out[i].several) break;
        }
    }
    return out;
}

casework::Correction ImportRegister::difference(const Record& before, const Record& said,
                                                std::vector<FieldFault>& faults) const {
    casework::Correction out{
        .target = {before.id, before.version}, .reason = {}, .changes = Record{kind_.noun->fields}};
    std::set<std::string_view> done;
    for (const auto& column : columns_) {
        if (column.field == nullptr || column.field->name == holds_from || !done.insert(column.field->name).second)
            continue;
        const auto& field = *kind_.noun->field(column.field->name);
        if (!said.has(field) || said.at(field) == before.at(field)) continue;
        auto value = std::string{said.text(field)};
        if (is_identifiers(field) && !column.by.empty()) {
            value = merged(before, said, field);
            if (before.has(field) && json::parse(before.text(field)) == json::parse(value)) continue;
        } else if (is_its_own(*kind_.noun, field) && same_form(field, value, before)) {
            continue;  // it is this record's, in another spelling
        }
        if (!may_be_corrected(field)) {
            faults.push_back({pointer_to(field.name), "not_correctable",
                              "The record is known, and this field makes it what it is: it is '" +
                                  std::string{before.has(field) ? before.text(field) : ""} + "' there."});
            continue;
        }
        out.changes.set(field, std::move(value));
        out.named.push_back(field.name);
    }
    return out;
}

}  // namespace tideover
