// What a council does with its records: record, move on, correct; one of them in a change of its own, or lists inside a
// change that does more. The same rules apply to both. No HTTP.
//
// Throws db::Fault where the database is at fault, and db::KeyReused.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/access/sealed_secrets.hpp"
#include "db/core/transaction.hpp"
#include "domain/nouns.hpp"
#include "server/casework/outcome.hpp"

namespace tideover::casework {

/// Which record is meant, and the version that whoever asks has seen.
struct Target {
    std::string id;
    std::int64_t version;
};

/// A step of a record. `said` has the step's fields.
struct Advance {
    Target target;
    Record said;
};

/// A correction: fields with their right values (or nothing), the record void, or a void one reinstated. With `from`,
/// what it says of dated fields is a change from that day on: it was otherwise before, and that was no mistake.
struct Correction {
    Target target;
    std::string reason;
    Record changes;                                 // the values of the fields that are `named`
    std::vector<std::string_view> named{};          // fields of the noun
    std::optional<std::string> from{};              // a day
    std::optional<bool> void_it{};                  // true: make it void; false: reinstate it
    bool (*may_read)(Role, const Noun&) = nullptr;  // whether a refusal may name such records; null: all
};

/// Whether a partner that records for its own work may say this code for itself.
[[nodiscard]] bool is_own(const db::Principal& who, std::string_view code);

struct Recording {
    const db::SealingKey* sealing = nullptr;        // seals the secret of a noun that has one
    bool (*may_read)(Role, const Noun&) = nullptr;  // whether the answer may warn of such records; null: of none
};
/// Records one. `draft` has the fields that whoever records may say.
[[nodiscard]] Outcome record(db::Database& database, const db::Intent& intent, const Noun& noun, Record draft,
                             const Recording& how = {});
[[nodiscard]] Outcome advance(db::Database& database, const db::Intent& intent, const Noun& noun, const Step& step,
                              const Advance& wanted);
[[nodiscard]] Outcome correct(db::Database& database, const db::Intent& intent, const Noun& noun,
                              const Correction& wanted);

/// Lists, inside a change: an outcome for each, in their order. What is refused leaves the others as they are: whether
/// the whole change stands in spite of it is the caller's to say. No noun with a secret, and no record twice: its
/// second mention is a VersionConflict.
[[nodiscard]] std::vector<Outcome> record_many(db::Tx& tx, const Noun& noun, std::vector<Record> drafts);
[[nodiscard]] std::vector<Outcome> advance_many(db::Tx& tx, const Noun& noun, const Step& step,
                                                const std::vector<Advance>& wanted);
[[nodiscard]] std::vector<Outcome> correct_many(db::Tx& tx, const Noun& noun, const std::vector<Correction>& wanted);

}  // namespace tideover::casework
