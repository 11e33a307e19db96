// Staff, and the tokens they sign in with. One person is one member of staff however many tokens they hold, so that
// rules for two people hold across logins. Who leaves is shut out at once, with everything that is under way.
#include <array>

#include "domain/core/sound.hpp"
#include "domain/nouns.hpp"

namespace tideover::nouns {
namespace {

// clang-format off
constexpr auto staff_moves = std::to_array<Move>({
    // from      event     to
    {"employed", "leave",  "left"},
    {"left",     "rejoin", "employed"},
});
constexpr auto token_moves = std::to_array<Move>({
    // from   event          to
    {"valid", "change_role", "valid"},
    {"valid", "revoke",      "revoked"},
});
// clang-format on

constexpr std::array<std::string_view, 1> ended_token{"revoked"};

constexpr std::array staff_fields{
    text("key", 1, 120)
        .needed()
        .filter()
        .never_corrected()
        .says("What tells this person from all others, for good: a payroll number or a work address."),
    text("name", 1, 120).needed(),
    day("left_on").set_by_us().correctable(),
    day("rejoined_on").set_by_us().correctable(),
};

constexpr auto staff_order = std::to_array<InOrder>({
    {"rejoined_on", "left_on", "Nobody comes back before they left."},
});

constexpr std::array leave_fields{day("left_on").needed()};
constexpr std::array rejoin_fields{day("rejoined_on").needed()};
constexpr auto staff_steps = std::to_array<Step>({
    {.path = "departures",
     .event = "leave",
     .fields = leave_fields,
     .summary = "Record that they left: every token of theirs ends at once"},
    {.path = "returns",
     .event = "rejoin",
     .fields = rejoin_fields,
     .summary = "Record that they came back: they need new tokens"},
});

constexpr std::array<std::string_view, 7> token_roles{
    "helpline", "grants_officer", "grants_approver", "finance", "partner", "auditor", "admin"};

constexpr auto role_field = choice("role", token_roles).needed().never_corrected();
constexpr auto partner_field =
    code("partner", "organisation").never_corrected().says("The organisation they work for, with role partner only.");
constexpr auto reason_field = text("reason", 3, 500).of_lines().needed();

constexpr std::array token_fields{
    id("staff_id", "staff").needed().filter().never_corrected(),
    role_field.filter(),
    partner_field.filter(),
    text("label", 0, 120).never_corrected().says("What it is for, where somebody holds several."),
    text("hash", 64, 64).set_by_us().seen_as(Privacy::nobody),
    flag("demo").set_by_us().otherwise("false").says("Holds on the loopback address only."),
    instant("revoked_at").set_by_us(),
    text("reason", 0, 500).of_lines().set_by_us().says("Why its role was changed last, or why it was revoked."),
};

constexpr std::array change_fields{role_field, partner_field, reason_field};
constexpr std::array revoke_fields{reason_field};

/// The partner goes with the role: where the new one has none, there is none.
Decision with_role(const Record&, Record after, const Record& body, const Actor&) {
    after.set("partner", body.at("partner"));
    return after;
}

constexpr auto token_steps = std::to_array<Step>({
    {.path = "role-changes",
     .event = "change_role",
     .fields = change_fields,
     .decide = with_role,
     .summary = "Give the token another role; what is under way in the old one ends"},
    {.path = "revocations", .event = "revoke", .fields = revoke_fields, .summary = "Revoke a token, at once"},
});

constexpr Noun staff_{.name = "staff",
                      .path = "staff",
                      .prefix = "ST",
                      .title = "a member of staff",
                      .fields = staff_fields,
                      .moves = staff_moves,
                      .steps = staff_steps,
                      .in_order = staff_order,
                      .coded = "key",
                      .about_access = true};
constexpr Noun api_token_{.name = "api_token",
                          .path = "tokens",
                          .prefix = "TK",
                          .title = "a token",
                          .recording = "Make a token; it is shown in this answer and never again",
                          .fields = token_fields,
                          .moves = token_moves,
                          .steps = token_steps,
                          .ended = ended_token,
                          .secret = "hash",
                          .about_access = true};
static_assert(sound(staff_) && sound(api_token_));

}  // namespace

const Noun staff = staff_;
const Noun api_token = api_token_;

}  // namespace tideover::nouns
