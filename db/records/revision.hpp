// A record as it would stand beside what it was: what questions about records are asked of, for a list of them at once.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "db/core/query.hpp"
#include "domain/core/record.hpp"

namespace tideover::db::records {

struct Revision {
    const Record* before = nullptr;  // null: the record is new
    Record* after = nullptr;

    /// Whether a field has a value that it did not have before.
    [[nodiscard]] bool says(Handle field) const {
        return after->has(field) && (before == nullptr || before->at(field) != after->at(field));
    }
};

/// Answers about a list stand in the list's order.
using Revisions = std::span<const Revision>;

/// Values of some records of a list, as parameters, and the place of each value's record.
class Column {
public:
    void add(std::size_t place, std::optional<std::string> value) {
        places_.push_back(place);
        values_.push_back(std::move(value));
    }
    [[nodiscard]] bool empty() const { return places_.empty(); }
    [[nodiscard]] std::string array() const { return array_of_values(values_); }
    /// The place of the value that `WITH ORDINALITY` gives this number.
    [[nodiscard]] std::size_t place(std::size_t ordinality) const { return places_.at(ordinality - 1); }

private:
    std::vector<std::size_t> places_;
    Params values_;
};

using Records = std::vector<const Record*>;

/// The values of a field of each, as an array parameter.
[[nodiscard]] inline std::string values_of(const Records& records, Handle field) {
    Params out;
    out.reserve(records.size());
    for (const auto* record : records) out.push_back(record->at(field));
    return array_of_values(out);
}
[[nodiscard]] inline std::string ids_of(const Records& records) {
    Params out;
    out.reserve(records.size());
    for (const auto* record : records) out.emplace_back(record->id);
    return array_of_values(out);
}

}  // namespace tideover::db::records
