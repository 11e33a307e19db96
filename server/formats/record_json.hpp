// From JSON to a record, by the field table: every fault of a body at once, each with its pointer.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "domain/core/day.hpp"
#include "domain/core/field_fault.hpp"
#include "domain/core/record.hpp"

namespace tideover {

/// What a body is read for.
enum class Reading {
    whole,    // a new record or a step: required fields must be there
    changes,  // a correction: only what changes, null clears
    anew,     // a correction that reinstates a void record: also what makes the record what it is
};

struct Decoded {
    Record record;
    std::vector<FieldFault> faults;
    std::vector<std::string_view> named;  // the fields that the body names
};

/// Reads `body` (an object at `base` in the request) by `fields`; derived ones are unknown to a client.
[[nodiscard]] Decoded decode(std::span<const Field> fields, const nlohmann::json& body, Reading reading, Instant now,
                             const std::string& base = {});

/// Puts a value where a field's dotted name leads in a body.
void set_at(nlohmann::json& body, std::string_view name, nlohmann::json value);

/// A filter's value, checked and put into its stored form; nothing where it cannot be one.
[[nodiscard]] std::optional<std::string> decode_filter(const Field& field, const std::string& text);

}  // namespace tideover
