// What a record has to do with others, as refusals: names that cannot be named, codes that are taken, work that leans
// on it, what it must have in common with those it names; and who said a field last.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "db/core/transaction.hpp"
#include "server/api/call.hpp"
#include "server/api/problem.hpp"

namespace tideover::resources {

/// Refuses a record, or a correction of `before`, that names one which its author does not see: as if it were not
/// there.
void refuse_unseen(db::Tx& tx, const Noun& noun, const Record& record, const Record* before, const std::string& base);

/// `base` is where the body holds the fields.
[[nodiscard]] FieldFault misnamed(const std::string& base, std::string_view field, bool is_void = false);

/// What of a record names others that cannot be named.
[[nodiscard]] std::vector<FieldFault> misnamed_in(db::Tx& tx, const Noun& noun, const Record& record,
                                                  const std::string& base);

/// Who said a field last, where the noun keeps that: whoever says it now, if it is another value than before.
void note_givers(const Noun& noun, const Record* before, Record& record, const std::string& staff);

/// What a record does not have in common with those it names, as faults of its fields.
void check_agreements(db::Tx& tx, const Noun& noun, const Record& record, const Record* before,
                      const std::string& base);

/// Nor may a change break what live records that name this one have in common with it. `named`: the fields that a
/// correction names.
void check_agreed(db::Tx& tx, const Noun& noun, const Record& before, const Record& after,
                  const std::vector<std::string_view>& named = {});

/// Says which record has the code already, and what to do where that one is void. Returns where none has.
void refuse_taken_code(const Call& call, const Noun& noun, const Record& fresh);

/// A record on which live work leans is not made void. The refusal names what of that work its reader may see.
void check_unused(const Call& call, db::Tx& tx, const Noun& noun, const Record& record);

}  // namespace tideover::resources
