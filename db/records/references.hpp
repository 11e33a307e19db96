// What records say of each other: which they name, which are void, which others lean on them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/core/transaction.hpp"
#include "db/records/revision.hpp"
#include "domain/nouns.hpp"

namespace tideover::db::records {

/// A field that names a record which cannot be named.
struct Misnamed {
    std::string field;
    bool is_void = false;  // it is there, and void; otherwise there is none
};
/// Of the fields that the client gave.
[[nodiscard]] std::vector<std::vector<Misnamed>> misnamed(Tx& tx, const Noun& noun, Revisions records);

/// The first field that the client gave, and that says another record than before, which the principal does not see;
/// empty where there is none.
[[nodiscard]] std::vector<std::string> unseen(Tx& tx, const Noun& noun, Revisions records);
/// Whether a new record can be stored without a transaction that looks at others: those that it names are seen, and it
/// agrees with them by what is known. At most one question.
[[nodiscard]] bool stands_alone(Database& database, const Principal& who, const Noun& noun, const Record& record);

/// Whether there is a record of that id which is not void.
[[nodiscard]] bool is_there(Tx& tx, const Noun& noun, const std::string& id);

/// The id of the record with this reference, in any spelling that people give it. Nothing where there is none.
[[nodiscard]] std::optional<std::string> id_called(Database& database, const std::string& authority, const Noun& noun,
                                                   std::string_view reference);

/// Whether the principal sees the record; a void one is seen like any other.
[[nodiscard]] bool is_seen(Tx& tx, const Noun& noun, const std::string& id);

/// Gives each code that the client gave the spelling of the record that has it. Whether any was another one.
bool respell(Tx& tx, const Noun& noun, Revisions records);

/// Live work that names a record; `reference` is empty where the principal does not see it.
struct Leaning {
    const Noun* noun;
    std::string id, reference;
};
/// For each record at most `most`. Every field by which a record can name one of this noun, but those that say what
/// came of it.
[[nodiscard]] std::vector<std::vector<Leaning>> leaning_on(Tx& tx, const Noun& noun, const Records& records, int most);

/// An agreement that does not hold, and the record on the other side of it.
struct Disagreement {
    const Agreement* rule;
    std::string other;
};
/// Those of the noun with the records that each names, which are held until the transaction ends. Of a corrected record
/// only those that the correction touches.
[[nodiscard]] std::vector<std::vector<Disagreement>> disagreements(Tx& tx, const Noun& noun, Revisions records);
/// Those of live records that name a corrected one, where it changed what they agree on.
[[nodiscard]] std::vector<std::vector<Disagreement>> disagreements_with(Tx& tx, const Noun& noun, Revisions records);

/// The record that has a code.
struct Coded {
    std::string reference;
    bool is_void = false;
    std::string id{};
};
/// The one that has the code of a new record. Precondition: the noun has a code.
[[nodiscard]] std::vector<std::optional<Coded>> having_code(Tx& tx, const Noun& noun, Revisions records);

}  // namespace tideover::db::records
