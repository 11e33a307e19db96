// Records of every noun: their SQL, composed once from the field table, beside the mapping of their rows.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "db/core/transaction.hpp"
#include "db/records/revision.hpp"
#include "domain/nouns.hpp"

namespace tideover::db::records {

/// The statement that creates, locks, reads, moves on (`step`) or corrects a record, as it runs for the helpline: to be
/// read by people. Nothing where there is no such operation.
[[nodiscard]] std::optional<std::string> sql_of(const Noun& noun, std::string_view operation);

/// Whether creating one needs a look at other records first; otherwise it is one statement.
[[nodiscard]] bool needs_lookups(const Noun& noun);

/// Fills the fields that are copied from records that these name, and ids derived from codes. Of a corrected record
/// only what follows from a name that it did not say before: what was copied when it was recorded stays. The name of
/// the first field that names a record which is not there; empty where all are.
[[nodiscard]] std::vector<std::string> look_up(Tx& tx, const Noun& noun, Revisions records);

/// Gives the wards that corrections name the spelling in which they are known.
void name_wards(Tx& tx, const Noun& noun, Revisions changes);

/// For each postcode the ward that it lies in; nothing where that is not recorded.
[[nodiscard]] std::vector<std::optional<std::string>> wards_of(Tx& tx, const std::vector<std::string>& postcodes);

/// A new record with what it puts into the ledger.
struct Draft {
    const Record* record;
    std::string reference;
    std::vector<Posting> postings;
    bool warns = false;  // its answer says which records it is like
};
/// Creates in one statement outside `write`: for nouns without lookups.
Accepted create_at_once(Database& database, const Intent& intent, const Noun& noun, const Draft& draft);

/// Creates one inside `write`; its answer is to be stored.
Accepted create(Tx& tx, const Noun& noun, const Draft& draft);
/// Creates a list of them with one statement.
void create_all(Tx& tx, const Noun& noun, std::span<const Draft> drafts);

/// The records, locked until the end of the transaction; nothing where there is none, or where the principal may not
/// see it: another partner's, or a restricted one. Precondition: the ids are canonical, and none stands twice.
[[nodiscard]] std::vector<std::optional<Record>> lock(Tx& tx, const Noun& noun, const std::vector<std::string>& ids);
/// The same as they are now: whoever changes one meanwhile does not wait.
[[nodiscard]] std::vector<std::optional<Record>> look_at(Tx& tx, const Noun& noun, const std::vector<std::string>& ids);

/// The records as they were at these versions, which are not their last; nothing where there was no such version.
[[nodiscard]] std::vector<std::optional<Record>> as_at(Tx& tx, const Noun& noun, const std::vector<std::string>& ids,
                                                       const std::vector<std::int64_t>& versions);

/// The next version of a locked record, with what that does to the ledger and what its audit line says.
struct Change {
    const Record* after;
    std::vector<Posting> postings;
    std::string action;
    std::optional<std::string> reason{};
};
/// Why a ledger entry is made.
enum class Cause { event, correction };

/// Saves a change with its entries and its audit line. Its answer is to be stored.
Accepted save(Tx& tx, const Noun& noun, const Change& change, Cause cause);
/// Saves a list of changes with one statement. Precondition: no record stands twice.
void save_all(Tx& tx, const Noun& noun, std::span<const Change> changes, Cause cause);

/// Gives void records, about to be reinstated, the lists that they had when they were made void.
void restore_lists(Tx& tx, const Noun& noun, const std::vector<Record*>& records);

/// Replaces the lists that corrections changed, and ends those of records that they void, so that what they named is
/// free for others. What was said before stays, with the versions of the record that it held for.
void replace_lists(Tx& tx, const Noun& noun, Revisions changes);

/// Keeps a step's body as a row of the table that the step names, for each record that took the step.
struct Taken {
    const std::string* id;
    const Record* body;
};
void keep_steps(Tx& tx, const Noun& noun, const Step& step, std::span<const Taken> all);

/// The steps of that kind that a record took, in their order, as a JSON array of position, at, by (id and name) and
/// what was said, as readers of the principal's role see it. Nothing where the principal does not see the record.
/// Precondition: the step is kept.
[[nodiscard]] std::optional<std::string> taken(Tx& tx, const Noun& noun, const Step& step, const std::string& id);

/// JSON and ETag of one record as its reader may see it.
struct Seen {
    std::string body;
    std::string etag;
};
[[nodiscard]] std::optional<Seen> read(Tx& tx, const Noun& noun, const std::string& id);

/// Who last changed a record, what it was and when, as on the wire. For whoever came too late.
struct LastChange {
    std::string staff_id, staff_name, action, at;
};
/// For each.
[[nodiscard]] std::vector<LastChange> last_changes(Tx& tx, const std::vector<std::string>& ids);

}  // namespace tideover::db::records
