// From a record to the ledger: which lines a record's present values imply, and what has to be appended
// when those values change. Pure; the only place where the write path decides what counts.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/core/record.hpp"

namespace tideover {

/// One rule: a line of `measure` dated by `on`, which exists once that day is set (and `requires` too).
struct Counting {
    std::string_view measure;
    int sign = +1;
    std::string_view on;           // the field whose day dates the line
    std::string_view subject;      // the field that names whom it counts; "id" is the record itself
    std::string_view quantity{};   // the field with the quantity; none is one
    std::string_view field{};      // the rule applies only where this field …
    std::string_view equals{};     // … has this value
    std::string_view requires_{};  // … and this field is set
};

struct Line {
    std::string measure;
    std::int64_t quantity = 0;
    std::string subject;     // id, or empty
    std::string dimensions;  // JSON object, keys in the measure's order
    std::string happened_on;

    bool operator==(const Line&) const = default;
    auto operator<=>(const Line&) const = default;
};

/// A line to append and, where it takes back or replaces an earlier one, that earlier line.
struct Posting {
    Line line;
    std::optional<Line> corrects{};
};

/// What the record counts as, by its present values. A voided record counts as nothing.
[[nodiscard]] std::vector<Line> lines(std::span<const Counting> rules, const Record& record);

/// What must be appended so that the ledger goes from `before` to `after`: reversals of lines that no
/// longer hold, on their own day, then the new lines.
[[nodiscard]] std::vector<Posting> difference(std::vector<Line> before, std::vector<Line> after);

}  // namespace tideover
