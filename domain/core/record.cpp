// Finds a record's values: by place where the field is of its own table, by name where it is of another.
#include "domain/core/record.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <stdexcept>

namespace tideover {
namespace {

std::size_t place(std::span<const Field> fields, Handle wanted) {
    const auto *first = fields.data(), *end = first + fields.size();
    if (wanted.field != nullptr && !std::less<>{}(wanted.field, first) && std::less<>{}(wanted.field, end)) {
        return static_cast<std::size_t>(wanted.field - first);
    }
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const auto& f) { return f.name == wanted.name; });
    return static_cast<std::size_t>(found - fields.begin());
}

}  // namespace

std::size_t Record::index(Handle field) const {
    const auto at = place(fields_, field);
    if (at == fields_.size()) throw std::logic_error("no field " + std::string{field.name});
    return at;
}

bool Record::knows(Handle field) const {
    return place(fields_, field) < fields_.size();
}

std::string_view Record::text(Handle field) const {
    const auto& value = at(field);
    return value ? std::string_view{*value} : std::string_view{};
}

std::int64_t Record::number(Handle field) const {
    const auto digits = text(field);
    std::int64_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

}  // namespace tideover
