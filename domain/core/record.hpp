// One record's values, by the field table of its noun. Values are kept as the text that PostgreSQL reads
// and writes: whole numbers in decimal, days as YYYY-MM-DD, flags as true or false, lists as JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/core/field.hpp"

namespace tideover {

class Record {
public:
    explicit Record(std::span<const Field> fields) : fields_(fields), values_(fields.size()) {}

    [[nodiscard]] std::span<const Field> fields() const { return fields_; }
    [[nodiscard]] const std::vector<std::optional<std::string>>& values() const { return values_; }

    /// Precondition for all below: the noun has a field of that name; anything else is our own mistake.
    [[nodiscard]] const std::optional<std::string>& at(std::string_view name) const;
    [[nodiscard]] bool has(std::string_view name) const { return at(name).has_value(); }
    [[nodiscard]] std::string_view text(std::string_view name) const;
    [[nodiscard]] std::int64_t number(std::string_view name) const;
    [[nodiscard]] Kind kind(std::string_view name) const { return fields_[index(name)].kind; }
    [[nodiscard]] bool flag(std::string_view name) const { return text(name) == "true"; }
    void set(std::string_view name, std::optional<std::string> value);
    void set(std::size_t index, std::optional<std::string> value) { values_[index] = std::move(value); }

    [[nodiscard]] bool knows(std::string_view name) const;

    std::string id{};
    std::string state{};
    std::int64_t version = 1;
    bool voided = false;  // recorded by mistake: kept, but counts as nothing

private:
    [[nodiscard]] std::size_t index(std::string_view name) const;

    std::span<const Field> fields_;
    std::vector<std::optional<std::string>> values_;
};

}  // namespace tideover
