// The numbers of all advisory locks, in the program and in the schema's functions. A test finds one that is not here.
#pragma once

#include <array>
#include <string_view>

namespace tideover::db::locks {

struct Lock {
    std::string_view number;
    std::string_view holds;
};

// In the order in which one transaction takes several.
inline constexpr Lock ledger{"7461",
                             "a council's ledger: shared by writers until they have committed, alone by a seal"};
inline constexpr Lock token{"7466", "a token: shared by what it writes, alone by whoever changes it"};
inline constexpr Lock answer{"7467", "a member of staff's Idempotency-Key on a route"};
inline constexpr Lock merges{"7464", "a council's merges: alone by a new one, shared by what looks through them"};
inline constexpr Lock payee{"7468", "a party or a property that is awarded or paid something"};
inline constexpr Lock definitions{"7469", "a council's definitions of figures: drafted and published one at a time"};
inline constexpr Lock fold{"7462", "a council's fold: one at a time"};
inline constexpr Lock migration{"7463", "the migrations of a database: one at a time"};

inline constexpr std::array all{ledger, token, answer, merges, payee, definitions, fold, migration};

}  // namespace tideover::db::locks
