// Names a field of a record. From a literal it is found in a table when the program is compiled, so that a misspelt one
// does not build:
//
//     constexpr Fields its{nouns::payment_table::fields};
//     payment.text(its["award_id"])
#pragma once

#include <span>
#include <string_view>

#include "domain/core/field.hpp"

namespace tideover {

class Handle {
public:
    constexpr Handle(const Field& its_field) : name(its_field.name), field(&its_field) {}  // NOLINT: one is the other
    Handle(const Field&&) = delete;

    std::string_view name;
    const Field* field;  // nothing: it is looked up by its name

private:
    constexpr explicit Handle(std::string_view its_name) : name(its_name), field(nullptr) {}
    friend constexpr Handle by_name(std::string_view name);
};

/// A name that a noun's table holds; sound() saw that it is one of the noun's fields.
[[nodiscard]] constexpr Handle by_name(std::string_view name) {
    return Handle{name};
}

/// The fields of a table, by names that are known when the program is compiled.
class Fields {
public:
    consteval explicit Fields(std::span<const Field> table) : table_(table) {}

    [[nodiscard]] consteval Handle operator[](std::string_view name) const {
        for (const auto& field : table_) {
            if (field.name == name) return field;
        }
        throw "the table has no field of that name";
    }

private:
    std::span<const Field> table_;
};

}  // namespace tideover
