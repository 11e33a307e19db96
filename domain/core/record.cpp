// Finds a record's values by name.
#include "domain/core/record.hpp"

#include <charconv>
#include <stdexcept>

namespace tideover {

std::size_t Record::index(std::string_view name) const {
    for (std::size_t i = 0; i < fields_.size(); ++i) {
        if (fields_[i].name == name) return i;
    }
    throw std::logic_error("no field " + std::string{name});
}

bool Record::knows(std::string_view name) const {
    for (const auto& field : fields_) {
        if (field.name == name) return true;
    }
    return false;
}

const std::optional<std::string>& Record::at(std::string_view name) const {
    return values_[index(name)];
}

std::string_view Record::text(std::string_view name) const {
    const auto& value = at(name);
    return value ? std::string_view{*value} : std::string_view{};
}

std::int64_t Record::number(std::string_view name) const {
    const auto digits = text(name);
    std::int64_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

void Record::set(std::string_view name, std::optional<std::string> value) {
    values_[index(name)] = std::move(value);
}

}  // namespace tideover
