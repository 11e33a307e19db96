// Dated facts: what fields of records were from which day on, as known when.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "db/core/transaction.hpp"
#include "domain/nouns.hpp"

namespace tideover::db::records {

/// What is said of a field of a record, about the days from one on; without one, about those of the newest that is
/// known of it, which is a correction.
struct Saying {
    const Record* before = nullptr;  // the record, locked
    const Field* field = nullptr;
    std::optional<std::string> from_on{};
    std::optional<std::string> value{};  // as records have it; nothing: none
};

/// What is known already of what is said from a day on.
struct KnownAlready {
    bool same = false;    // it is so on that day
    bool newest = false;  // nothing is known of a later day: the record itself becomes so
};
/// Precondition: each has a day.
[[nodiscard]] std::vector<KnownAlready> known_already(Tx& tx, std::span<const Saying> sayings);

/// Keeps them, as versions that come after those of the records. What was known of the same days is known no longer;
/// of a field that was never changed, what the record said is kept first.
void keep_facts(Tx& tx, const Noun& noun, std::span<const Saying> sayings);

/// What was said of a field of a record from a day on, in a version of the record, and what was known of that day
/// before.
struct SaidBefore {
    std::size_t place;  // in the list of those asked about
    std::string field, from_on;
    std::optional<std::string> value;
};
/// Those of changes that came with these versions, each in a list of records.
[[nodiscard]] std::vector<SaidBefore> said_before(Tx& tx, const std::vector<std::string>& ids,
                                                  const std::vector<std::int64_t>& versions);

/// What the dated fields of a record were, as a JSON array of field, value, from, until, known_from, known_until and
/// version: on that day, or in all of time; as known then, or now; at most a thousand. Nothing where the principal does
/// not see the record.
[[nodiscard]] std::optional<std::string> facts_of(Tx& tx, const Noun& noun, const std::string& id,
                                                  const std::optional<std::string>& on,
                                                  const std::optional<std::string>& known_at);

/// The records of `other` that named a record by that dated field of theirs, as a JSON array of kind, id, reference,
/// href, from, until and known_from: on that day, or at any time; as known then, or now; those that the principal sees,
/// at most a thousand. Nothing where the principal does not see the record. Void ones are not there.
[[nodiscard]] std::optional<std::string> named_it(Tx& tx, const Noun& noun, const std::string& id, const Noun& other,
                                                  const Field& field, const std::optional<std::string>& on,
                                                  const std::optional<std::string>& known_at);

}  // namespace tideover::db::records
