// Finds records of every kind by what people know of them.
#pragma once

#include <array>

#include "domain/core/field.hpp"
#include "domain/core/typed.hpp"
#include "server/api/call.hpp"

namespace tideover::resources {

inline constexpr std::array search_parameters{
    text("q", 1, typed::most)
        .needed()
        .says("What is known: a name, also with slips in it; a street, a postcode; any part of a telephone number, "
              "however typed; an e-mail address; a reference or how it begins; a number or a code that others issued."),
    text("kind", 1, 500).says("Only these kinds of record, separated by commas: person, call, award …"),
    count("limit", 1, 50).says("At most so many; 20 where it is not said."),
};

/// So many ids fit into an address.
inline constexpr std::size_t names_most = 50;
inline constexpr std::array names_parameters{
    text("ids", 36, 37 * names_most).needed().says("Ids that records name, at most 50, separated by commas."),
};

Response search(Call& call);  // GET /v1/search
Response names(Call& call);   // GET /v1/names

}  // namespace tideover::resources
