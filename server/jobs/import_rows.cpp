// What the cells of a column name is asked for once for all rows; then the list goes through casework.
#include "server/jobs/import_rows.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>

#include "db/records/naming.hpp"
#include "db/records/records.hpp"
#include "domain/core/completion.hpp"
#include "server/formats/record_json.hpp"

namespace tideover {
namespace {

using nlohmann::json;

constexpr std::string_view left_out = "left_out";

void find_named(db::Tx& tx, const ColumnOf& column, std::map<std::string, std::vector<std::string>>& named) {
    if (named.empty()) return;
    std::vector<std::string> texts;
    for (const auto& [text, ids] : named) texts.push_back(text);
    auto found = db::records::named_by(tx, nouns::named(column.field->refers), column.by, texts);
    auto ids = found.begin();
    for (auto& one : named) one.second = std::move(*ids++);
}

}  // namespace

void ImportRows::work(db::Tx& tx) {
    decode_all(tx);
    std::vector<Row*> good;
    for (auto& row : rows_) {
        if (row.faults.empty() && !row.settled && row.outcome != left_out) good.push_back(&row);
    }
    if (kind_.step != nullptr) {
        advance(tx, std::move(good));
    } else if (register_.has_keys()) {
        refresh(tx, std::move(good));
    } else {
        record(tx, good);
    }
}

bool ImportRows::complete_cells(Row& row) const {
    auto& cells = row.source.cells;
    const auto is_ours = [](const ColumnOf& column) { return !column.constant.empty(); };
    const auto ours = static_cast<std::size_t>(std::count_if(columns_.begin(), columns_.end(), is_ours));
    if (ours == 0) return cells.size() <= columns_.size();
    const auto theirs = columns_.size() - ours;
    if (row.completed) return true;
    if (cells.size() > theirs) return false;
    cells.resize(theirs);
    for (const auto& column : columns_.last(ours)) cells.push_back(column.constant);
    return row.completed = true;
}

void ImportRows::decode_all(db::Tx& tx) {
    NamedRecords named(columns_.size());
    for (auto& row : rows_) {
        if (row.settled) continue;
        row.faults.clear();
        row.record_id.reset();
        row.outcome = "recorded";
        if (!row.source.fault.empty()) {
            row.faults.push_back({"", std::string{row.source.fault}, std::string{words_of(row.source.fault)}});
        } else if (!complete_cells(row)) {
            row.faults.push_back({"", "too_many_cells", "The row has more cells than there are columns."});
        } else if (!filter_.wants(row.source.cells)) {
            row.outcome = left_out;
        } else {
            collect_names(columns_, row.source.cells, named);
        }
    }
    for (std::size_t i = 0; i < columns_.size(); ++i) find_named(tx, columns_[i], named[i]);
    for (auto& row : rows_) {
        if (row.faults.empty() && !row.settled && row.outcome != left_out) decode_row(row, named, tx.principal());
    }
}

void ImportRows::decode_row(Row& row, const NamedRecords& named, const db::Principal& who) const {
    auto body = body_of(columns_, row.source, named, row.faults);
    // A partner need not say its own code.
    const auto owner = std::string{kind_.step == nullptr ? kind_.noun->owner : std::string_view{}};
    if (who.role == Role::partner && !owner.empty() && !body.contains(owner)) body[owner] = who.partner;
    if (kind_.step != nullptr) take_target(row, body);
    const auto now = std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    if (kind_.step == nullptr && kind_.noun->has_dated_fields()) take_from(row, body, now);
    auto decoded = decode(kind_.step == nullptr ? kind_.noun->fields : kind_.step->fields, body, Reading::whole, now);
    auto faults = std::move(decoded.faults);
    if (kind_.step == nullptr) faults = complete(*kind_.noun, decoded.record, std::move(faults));
    // Of a cell that could not be read it is known already.
    for (auto& fault : faults) {
        const auto same = [&](const FieldFault& other) { return other.pointer == fault.pointer; };
        if (std::none_of(row.faults.begin(), row.faults.end(), same)) row.faults.push_back(std::move(fault));
    }
    row.said = std::move(decoded.record);
}

void ImportRows::take_target(Row& row, json& body) const {
    const std::string name{kind_.target()->name};
    if (const auto found = body.find(name); found != body.end()) {
        row.target = found->get<std::string>();
        body.erase(found);
    } else if (row.faults.empty()) {
        row.faults.push_back({pointer_to(name), "required", "Which record it is."});
    }
}

void ImportRows::take_from(Row& row, json& body, Instant now) const {
    static constexpr std::array fields{day(holds_from)};
    row.from = from_;
    const auto found = body.find(std::string{holds_from});
    if (found == body.end()) return;
    auto decoded = decode(fields, json{{std::string{holds_from}, *found}}, Reading::whole, now);
    body.erase(found);
    if (decoded.faults.empty()) row.from = decoded.record.text(by_name(holds_from));
    row.faults.insert(row.faults.end(), decoded.faults.begin(), decoded.faults.end());
}

void ImportRows::record(db::Tx& tx, const std::vector<Row*>& rows) {
    std::vector<Record> drafts;
    for (const auto* row : rows) drafts.push_back(*row->said);
    if (drafts.empty()) return;
    const auto outcomes = casework::record_many(tx, *kind_.noun, std::move(drafts));
    for (std::size_t i = 0; i < outcomes.size(); ++i) take(*rows[i], outcomes[i]);
}

/// A record that several rows are about becomes what each says, one after the other.
void ImportRows::refresh(db::Tx& tx, std::vector<Row*> rows) {
    while (!rows.empty()) {
        std::vector<Row*> now, later;
        std::set<std::string> seen;
        for (auto* row : rows) {
            const auto keys = register_.keys_of(row->source.cells);
            const bool again =
                std::any_of(keys.begin(), keys.end(), [&](const auto& key) { return seen.contains(key); });
            (again ? later : now).push_back(row);
            seen.insert(keys.begin(), keys.end());
        }
        refresh_once(tx, now);
        rows = std::move(later);
    }
}

void ImportRows::refresh_once(db::Tx& tx, const std::vector<Row*>& rows) {
    std::vector<std::span<const std::string>> cells;
    for (const auto* row : rows) cells.emplace_back(row->source.cells);
    const auto known = register_.known(tx, cells, true);
    std::vector<Row*> fresh, changed;
    std::vector<casework::Correction> wanted;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto& row = *rows[i];
        if (!known[i].record) {
            fresh.push_back(&row);
            continue;
        }
        if (known[i].several) {
            row.faults.push_back(
                {"", "ambiguous_reference", "Its codes and identifiers are those of several records."});
            continue;
        }
        auto correction = register_.difference(*known[i].record, *row.said, row.faults);
        if (!row.faults.empty()) continue;
        if (correction.named.empty()) {
            row.record_id = known[i].record->id;
            row.outcome = "same";
        } else if (!may_correct_) {
            row.faults.push_back(
                {"", "forbidden", "The record is known, and says otherwise: your role may not correct it."});
        } else {
            correction.reason =
                "Import" + (file_.empty() ? "" : " of " + file_) + ", row " + std::to_string(row.source.number);
            const auto is_dated = [&](std::string_view name) { return kind_.noun->field(name)->dated; };
            if (!row.from.empty() && std::any_of(correction.named.begin(), correction.named.end(), is_dated))
                correction.from = row.from;
            changed.push_back(&row);
            wanted.push_back(std::move(correction));
        }
    }
    record(tx, fresh);
    correct(tx, changed, std::move(wanted));
}

std::vector<std::optional<std::string>> ImportRows::same_already(db::Tx& tx, const std::vector<SourceRow>& sources) {
    ImportRows all{*this};
    all.clear();
    for (const auto& source : sources) all.add(source);
    all.decode_all(tx);
    std::vector<std::span<const std::string>> cells;
    std::map<std::string, int> mentions;
    for (const auto& row : all.rows_) {
        cells.emplace_back(row.source.cells);
        for (auto& key : register_.keys_of(row.source.cells)) ++mentions[std::move(key)];
    }
    const auto known = register_.known(tx, cells, false);
    std::vector<std::optional<std::string>> out(sources.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        auto& row = all.rows_[i];
        if (!row.faults.empty() || row.outcome == left_out || !known[i].record || known[i].several) continue;
        const auto keys = register_.keys_of(cells[i]);
        const bool again = std::any_of(keys.begin(), keys.end(), [&](const auto& key) { return mentions.at(key) > 1; });
        if (again || !register_.difference(*known[i].record, *row.said, row.faults).named.empty()) continue;
        if (row.faults.empty()) out[i] = known[i].record->id;
    }
    return out;
}

bool ImportRows::mostly_same() const {
    const auto same = std::count_if(rows_.begin(), rows_.end(), [](const Row& row) { return row.outcome == "same"; });
    return static_cast<std::size_t>(same) * 10 > rows_.size() * 9;
}

void ImportRows::correct(db::Tx& tx, const std::vector<Row*>& rows, std::vector<casework::Correction> wanted) {
    if (rows.empty()) return;
    const auto outcomes = casework::correct_many(tx, *kind_.noun, wanted);
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        auto& row = *rows[i];
        row.outcome = "changed";
        const auto* refused = std::get_if<Refused>(&outcomes[i]);
        if (refused != nullptr && refused->why == Refusal::nothing_changed) {
            // A ward, say, in another spelling.
            row.record_id = wanted[i].target.id;
            row.outcome = "same";
        } else {
            take(row, outcomes[i]);
        }
    }
}

/// A record that several rows name takes their steps one after the other, as they stand in the file.
void ImportRows::advance(db::Tx& tx, std::vector<Row*> rows) {
    while (!rows.empty()) {
        std::vector<Row*> now, later;
        std::set<std::string_view> seen;
        for (auto* row : rows) (seen.insert(row->target).second ? now : later).push_back(row);
        advance_once(tx, now);
        rows = std::move(later);
    }
}

void ImportRows::advance_once(db::Tx& tx, const std::vector<Row*>& rows) {
    std::vector<std::string> ids;
    for (const auto* row : rows) ids.push_back(row->target);
    const auto before = db::records::lock(tx, *kind_.noun, ids);
    std::vector<casework::Advance> wanted;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        // The file says what happened, not which version somebody has seen.
        wanted.push_back({{ids[i], before[i] ? before[i]->version : 0}, *rows[i]->said});
    }
    const auto outcomes = casework::advance_many(tx, *kind_.noun, *kind_.step, wanted);
    for (std::size_t i = 0; i < outcomes.size(); ++i) take(*rows[i], outcomes[i]);
}

void ImportRows::take(Row& row, const casework::Outcome& outcome) const {
    if (const auto* stored = std::get_if<casework::Stored>(&outcome)) {
        row.record_id = stored->id;
    } else if (const auto* wrong = std::get_if<casework::FieldFaults>(&outcome)) {
        row.faults = wrong->faults;
    } else if (const auto* refused = std::get_if<Refused>(&outcome)) {
        auto [code, message] = words_(*refused);
        row.faults.push_back({"", std::move(code), std::move(message)});
    } else {
        row.faults.push_back({kind_.step == nullptr ? "" : pointer_to(kind_.target()->name), "unknown_reference",
                              "There is no such record."});
    }
}

std::vector<db::imports::RowResult> ImportRows::results() const {
    std::vector<db::imports::RowResult> out;
    for (const auto& row : rows_) {
        auto& result = out.emplace_back(db::imports::RowResult{.number = row.source.number,
                                                               .outcome = row.faults.empty() ? row.outcome : "faulty",
                                                               .record_id = row.record_id});
        if (row.faults.empty()) continue;
        auto faults = json::array();
        for (const auto& fault : row.faults) {
            auto field = fault.pointer.substr(fault.pointer.empty() ? 0 : 1);
            std::replace(field.begin(), field.end(), '/', '.');
            faults.push_back({{"field", field}, {"code", fault.code}, {"message", fault.detail}});
        }
        result.faults = faults.dump();
        result.cells = db::array_of(row.source.cells);
    }
    return out;
}

}  // namespace tideover
