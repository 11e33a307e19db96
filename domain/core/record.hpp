// One record's values, by the field table of its noun. Values are kept as the text that PostgreSQL reads
// and writes: whole numbers in decimal, days as YYYY-MM-DD, flags as true or false, lists as JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/core/handle.hpp"

namespace tideover {

class Record {
public:
    explicit Record(std::span<const Field> fields) : fields_(fields), values_(fields.size()) {}

    [[nodiscard]] std::span<const Field> fields() const { return fields_; }
    [[nodiscard]] const std::vector<std::optional<std::string>>& values() const { return values_; }

    /// Precondition for all below: the record has that field; anything else is our own mistake.
    [[nodiscard]] const std::optional<std::string>& at(Handle field) const { return values_[index(field)]; }
    [[nodiscard]] bool has(Handle field) const { return at(field).has_value(); }
    [[nodiscard]] std::string_view text(Handle field) const;
    [[nodiscard]] std::int64_t number(Handle field) const;
    [[nodiscard]] bool flag(Handle field) const { return text(field) == "true"; }
    [[nodiscard]] const Field& field(Handle field) const { return fields_[index(field)]; }
    void set(Handle field, std::optional<std::string> value) { values_[index(field)] = std::move(value); }
    void set(std::size_t index, std::optional<std::string> value) { values_[index] = std::move(value); }

    [[nodiscard]] bool knows(Handle field) const;

    std::string id{};
    std::string state{};
    std::int64_t version = 1;
    bool voided = false;  // recorded by mistake: kept, but counts as nothing

private:
    [[nodiscard]] std::size_t index(Handle field) const;

    std::span<const Field> fields_;
    std::vector<std::optional<std::string>> values_;
};

}  // namespace tideover
