// What follows from a record's own values: the fields that are derived of others, and what is wrong with them together.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "domain/core/field_fault.hpp"
#include "domain/core/noun.hpp"

namespace tideover {

/// Derives fields of others, then checks them together; what is wrong joins the faults that fields have by themselves,
/// unless it lies with one of them. Two days that are out of order are the fault of the one that a correction `named`.
[[nodiscard]] std::vector<FieldFault> complete(const Noun& noun, Record& record, std::vector<FieldFault> faults = {},
                                               std::span<const std::string_view> named = {});

}  // namespace tideover
