// What a movement of protective equipment does to the issue that it takes back from.
#pragma once

#include <string>

namespace tideover::db::aid {

/// Units that came back are added to those of the issue, which is its next version (see db/records/on_create.hpp).
[[nodiscard]] std::string takes_back_on_create();

}  // namespace tideover::db::aid
