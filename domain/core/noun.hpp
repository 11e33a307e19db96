// What a kind of record is: its fields, its lifecycle and what it counts as. Each noun has a file of its
// own; the routes, the SQL, the OpenAPI document and the tests are read off these tables.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/core/agreement.hpp"
#include "domain/core/counting.hpp"
#include "domain/core/field.hpp"
#include "domain/core/lifecycle.hpp"
#include "domain/core/order.hpp"
#include "domain/core/record.hpp"
#include "domain/core/refusal.hpp"
#include "domain/core/result.hpp"

namespace tideover {

/// Who acts: the person, whatever login they came through.
struct Actor {
    std::string_view staff;  // id of the member of staff
};

/// What was found wrong with a record's fields taken together.
struct Conflict {
    std::string_view field;
    std::string_view code;
    std::string_view detail;
};

using Decision = Result<Record, Refused>;

/// The record after a step: pure. `after` arrives with the new state set; the step's own fields that
/// have a field of the same name in the record are already copied.
using Decide = Decision (*)(const Record& before, Record after, const Record& body, const Actor& actor);

/// One sub-resource that moves a record on: POST /v1/vouchers/{id}/sends.
struct Step {
    std::string_view path;
    std::string_view event;  // empty: the value of `chooser` in the body is the event
    std::span<const Field> fields;
    std::string_view chooser{};
    std::string_view verb{};  // what it is called where it has a chooser; otherwise its event
    Decide decide = nullptr;
    std::string_view step_table{};     // a table that keeps each such step as a row
    bool creates_replacement = false;  // makes a fresh record in place of this one
    std::string_view summary{};
};

struct Noun {
    std::string_view name;  // also its table
    std::string_view path;
    std::string_view prefix;       // of its references
    std::string_view title;        // "a voucher"
    std::string_view recording{};  // what recording one means, where that is not "Record" and its title
    std::span<const Field> fields;
    std::span<const Move> moves{};
    std::span<const Step> steps{};
    std::span<const Counting> counting{};
    std::span<const InOrder> in_order{};
    std::span<const Agreement> agreements{};
    std::span<const std::string_view> ended{};  // the states in which it is over and counts as nothing
    std::string_view owner{};                   // the field with the code of the partner who works on it
    std::string_view key{};                     // the field with its published code, from which its id is derived
    std::string_view coded{};         // where there is no key: the field with a code that only one record ever has
    std::string_view secret{};        // the field with the hash of a secret that is shown once, when it is made
    bool about_access = false;        // who may sign in: no part of what the council did
    bool mergeable = false;           // two of them may turn out to be one (see merge)
    bool personal = false;            // a party that a partner sees only where its own work is about it
    std::string_view recorded_for{};  // personal: the field with the partner for whom it was recorded
    std::string_view tells_of{};      // the field that names a person of whom it tells: seen by those who see them
    std::string_view kind_field{};    // the field with the kind of the records that ids of no kind name: seen by those
                                      // who see these
    std::string_view corrected_in{};  // the one state in which it may be corrected; empty: any
    std::string_view restricted{};    // the flag that closes a record to all but administrators and …
    std::string_view case_worker{};   // … whoever recorded it, and the member of staff that this field names
    void (*derive)(Record&) = nullptr;                        // fields that follow from others
    std::vector<Conflict> (*check)(const Record&) = nullptr;  // rules across fields

    /// The field by whose code people name a record; empty where they have none.
    [[nodiscard]] constexpr std::string_view code() const { return key.empty() ? coded : key; }
    [[nodiscard]] constexpr std::string_view initial() const { return moves.empty() ? "" : moves.front().from; }
    /// Whether any of its fields is kept by day.
    [[nodiscard]] constexpr bool has_dated_fields() const {
        for (const auto& f : fields) {
            if (f.dated) return true;
        }
        return false;
    }
    /// The field, kept by day, by which its records name one of that noun; null where there is none.
    [[nodiscard]] constexpr const Field* dated_reference(std::string_view noun) const {
        for (const auto& f : fields) {
            if (f.dated && f.refers == noun) return &f;
        }
        return nullptr;
    }
    [[nodiscard]] constexpr const Field* field(std::string_view wanted) const {
        for (const auto& f : fields) {
            if (f.name == wanted) return &f;
        }
        return nullptr;
    }
};

}  // namespace tideover
