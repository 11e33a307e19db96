// What proposals have to do with other records, as objections: names that cannot be named, codes that are taken, work
// that leans on them, what they must have in common with those they name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "db/records/search_sql.hpp"
#include "server/casework/rules.hpp"

namespace tideover::casework {

[[nodiscard]] FieldFault misnamed(std::string_view field, bool is_void = false);

/// Objects to those that name a record which is not there, or void.
void check_names(const Noun& noun, const Proposals& proposals);

/// Objects to those that name a record which their author does not see: as if it were not there.
void check_seen(const Noun& noun, const Proposals& proposals);

/// Fills what is copied from the records that these name.
void look_up(const Noun& noun, const Proposals& proposals);

/// Objects to new records whose code another has, and says what to do where that one is void.
void check_codes(const Noun& noun, const Proposals& proposals);

/// Objects to those that do not have in common with the records they name what they must.
void check_agreements(const Noun& noun, const Proposals& proposals);

/// Objects to changes that break what live records which name a changed one have in common with it. `named`: the fields
/// that a correction names.
void check_agreed(const Noun& noun, const Proposals& proposals,
                  const std::vector<const std::vector<std::string_view>*>& named = {});

/// Who said a field last, where the noun keeps that: whoever says it now, if it is another value than before.
void note_givers(const Noun& noun, const Record* before, Record& after, const std::string& staff);

/// Objects to making records void on which live work leans. A refusal names what of that work its reader may see.
using db::records::MayRead;
void check_unused(const Noun& noun, const Proposals& proposals, const std::vector<MayRead>& may_read);

}  // namespace tideover::casework
