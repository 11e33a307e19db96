// Rows about records that are there already, by what is theirs alone: their published code, or an identifier that only
// one record of a kind has. Such a file refreshes a register, and doubles nothing.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "domain/imports/import_kinds.hpp"
#include "server/casework/records.hpp"
#include "server/formats/cells.hpp"

namespace tideover {

/// The record that a row is about.
struct KnownRecord {
    std::optional<Record> record{};  // nothing: the row is a new one
    bool several = false;            // its keys are those of more than one
};

class ImportRegister {
public:
    ImportRegister(const ImportKind& kind, std::span<const ColumnOf> columns);

    /// Whether the file has any column of keys; otherwise every row is a new record.
    [[nodiscard]] bool has_keys() const { return !keys_.empty(); }
    /// A row's keys, each with its column and in its canonical form.
    [[nodiscard]] std::vector<std::string> keys_of(std::span<const std::string> cells) const;
    /// For each row, in their order. Void records are not there. `lock`: the records stay as they are until the
    /// transaction ends.
    [[nodiscard]] std::vector<KnownRecord> known(db::Tx& tx, const std::vector<std::span<const std::string>>& rows,
                                                 bool lock) const;

    /// What the row says otherwise than the record: fields of its columns, by its cells that are not empty. Of
    /// identifiers those of the row's kinds take the place of the record's. Faults are of fields that no correction may
    /// name.
    [[nodiscard]] casework::Correction difference(const Record& before, const Record& said,
                                                  std::vector<FieldFault>& faults) const;

private:
    const ImportKind& kind_;
    std::span<const ColumnOf> columns_;
    std::vector<std::size_t> keys_;  // columns
};

}  // namespace tideover
