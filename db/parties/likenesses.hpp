// When two records of a party may be one: what is alike, exactly but for capitals, accents and punctuation.
#pragma once

#include <array>

#include "db/records/likeness.hpp"
#include "domain/parties/nouns.hpp"

namespace tideover::db::parties {

// clang-format off
inline constexpr std::array likenesses{
    records::Likeness{&nouns::person, "same_name_and_birth_date", "Somebody of this name and birth date is recorded.",
                      "search_text(t.name) = search_text(n.name)", "t.born_on = n.born_on"},
    records::Likeness{&nouns::person, "same_name_and_phone", "Somebody of this name and telephone number is recorded.",
                      "search_text(t.name) = search_text(n.name)", "t.phone = n.phone"},
    records::Likeness{&nouns::person, "same_name_and_postcode", "Somebody of this name is recorded at this postcode.",
                      "search_text(t.name) = search_text(n.name)", "t.postcode = n.postcode"},
    records::Likeness{&nouns::household, "same_address", "A household is recorded at this address.",
                      "t.postcode = n.postcode", "search_words(t.address) = search_words(n.address)"},
    records::Likeness{&nouns::business, "same_name_and_postcode", "A business of this name is recorded at this postcode.",
                      "t.postcode = n.postcode", "search_words(t.name) = search_words(n.name)"},
    records::Likeness{&nouns::premises, "same_address", "Premises are recorded at this address.",
                      "t.postcode = n.postcode", "search_words(t.address) = search_words(n.address)"},
    records::Likeness{&nouns::organisation, "same_name", "An organisation of this name is recorded.",
                      "search_text(t.name) = search_text(n.name)"},
};
// clang-format on

}  // namespace tideover::db::parties
