// Tokens that staff sign in with. A role holds for a token, so that what is under way in an old role ends with it.
#include "domain/access/api_token.hpp"

#include <array>

#include "domain/access/nouns.hpp"
#include "domain/core/sound.hpp"

namespace tideover::nouns {
namespace {

using namespace api_token_table;

constexpr Fields its{fields}, changed{change_fields};

// clang-format off
constexpr auto moves = std::to_array<Move>({
    // from   event          to
    {"valid", "change_role", "valid"},
    {"valid", "revoke",      "revoked"},
});
// clang-format on

constexpr std::array<std::string_view, 1> ended{"revoked"};

constexpr std::array revoke_fields{reason_field};

/// The partner goes with the role: where the new one has none, there is none.
Decision with_role(const Record&, Record after, const Record& body, const Actor&) {
    after.set(its["partner"], body.at(changed["partner"]));
    return after;
}

constexpr auto steps = std::to_array<Step>({
    {.path = "role-changes",
     .event = "change_role",
     .fields = change_fields,
     .decide = with_role,
     .summary = "Give the token another role; what is under way in the old one ends"},
    {.path = "revocations", .event = "revoke", .fields = revoke_fields, .summary = "Revoke a token, at once"},
});

}  // namespace

constexpr Noun api_token_{.name = "api_token",
                          .path = "tokens",
                          .prefix = "TK",
                          .title = "a token",
                          .recording = "Make a token; it is shown in this answer and never again",
                          .fields = fields,
                          .moves = moves,
                          .steps = steps,
                          .ended = ended,
                          .secret = "hash",
                          .about_access = true};
static_assert(sound(api_token_));
const Noun api_token = api_token_;

}  // namespace tideover::nouns
