// The few writes that look at other records: what is checked and done beside the record itself, inside its
// transaction. Everything else about a noun is in its table in domain/.
#pragma once

#include <string_view>

#include "db/core/transaction.hpp"
#include "domain/core/noun.hpp"

namespace tideover::rules {

/// Before a new record is counted and stored; may fill fields. Throws Problem to refuse.
using Before = void (*)(db::Tx& tx, Record& record, const Actor& actor);

/// After a step was decided and before it is saved; `body` is what was sent with it. May change `after`.
using During = void (*)(db::Tx& tx, const Record& before, Record& after, const Record& body, const Actor& actor);

/// The rule for creating a noun's records, or null.
[[nodiscard]] Before on_create(const Noun& noun);

/// The rule for an event of a noun, or null. Corrections go by the event "correct".
[[nodiscard]] During on_event(const Noun& noun, std::string_view event);

}  // namespace tideover::rules
