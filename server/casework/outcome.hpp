// What came of something that somebody asked for. Refusals are values; only what is nobody's fault is thrown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "db/core/transaction.hpp"
#include "db/records/records.hpp"
#include "domain/core/field_fault.hpp"
#include "domain/core/refusal.hpp"

namespace tideover::casework {

struct Stored {
    std::string id;           // of the record
    db::Accepted accepted{};  // of a list: nothing but its status
    std::string secret{};     // what is shown once, where the noun has such a field
};

/// Pointers lead from the record that was sent, or from the changes of a correction.
struct FieldFaults {
    std::vector<FieldFault> faults;
};

/// There is no such record, or none that may be seen.
struct NotFound {};

/// The record is at another version than was expected.
struct VersionConflict {
    std::int64_t version;
    std::optional<db::records::LastChange> last_change{};  // none: it stands in the list before
};

using Outcome = std::variant<Stored, Refused, FieldFaults, NotFound, VersionConflict>;

}  // namespace tideover::casework
