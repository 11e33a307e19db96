// What the rows of a file can be: new records of a noun, or steps of records that are there. Both follow from the
// nouns.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/core/noun.hpp"

namespace tideover {

/// The field of a row with the day from which on it holds.
inline constexpr std::string_view holds_from = "from";

struct ImportKind {
    std::string path;  // "calls", "voucher-redemptions"
    const Noun* noun = nullptr;
    const Step* step = nullptr;  // null: its rows are new records
    /// What a row holds: the noun's fields, and behind them `holds_from` where some are kept by day; or the record that
    /// takes the step, and then the step's own.
    std::vector<Field> fields{};

    /// The field with the record that takes the step; null where rows are new records.
    [[nodiscard]] const Field* target() const { return step == nullptr ? nullptr : &fields.front(); }
    /// What is sent of a row, but for the record that it is about.
    [[nodiscard]] std::span<const Field> said() const { return std::span{fields}.subspan(step == nullptr ? 0 : 1); }
};

/// All of them, in the order of the nouns. Records with a secret, which is shown to whoever asks for one, are none.
[[nodiscard]] std::span<const ImportKind> import_kinds();

/// The one of that path; null where there is none.
[[nodiscard]] const ImportKind* import_kind(std::string_view path);

}  // namespace tideover
