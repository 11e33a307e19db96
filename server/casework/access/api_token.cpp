// A token is for somebody employed; role partner works for an organisation, and no other role does. What is under way
// with a token that changes is finished first.
#include "db/access/staff.hpp"
#include "server/casework/rules.hpp"

namespace tideover::casework {
namespace {

/// Holds the person, so that nobody gets a token while they leave.
void for_somebody_employed(const Proposals& tokens) {
    for (auto* token : tokens) {
        const auto found = db::access::hold_staff(tokens.tx, token->after);
        if (!found) {
            token->unknown("staff_id");
        } else if (found->state != "employed" || found->voided) {
            token->refuse(Refusal::has_left);
        }
    }
}

void partner_goes_with_role(const Proposals& tokens) {
    for (auto* token : tokens) {
        const bool partner = token->after.text("role") == "partner";
        if (partner != token->after.has("partner")) {
            token->fault("partner", partner ? "required" : "not_taken",
                         "Role partner needs it, and no other takes it.");
        } else if (partner && !db::access::partner_exists(tokens.tx, token->after)) {
            token->unknown("partner");
        }
    }
}

void role_changes(const Proposals& tokens) {
    for (auto* token : tokens) {
        if (token->unchanged("role") && token->unchanged("partner")) token->refuse(Refusal::nothing_changed);
    }
}

void hold(const Proposals& tokens) {
    for (const auto* token : tokens) db::access::hold_token(tokens.tx, token->after.id);
}

void note_end(const Proposals& tokens) {
    for (auto* token : tokens) token->after.set("revoked_at", tokens.tx.at());
}

}  // namespace

extern const Rules api_token_rules;
constinit const Rules api_token_rules{
    .noun = &nouns::api_token,
    .record = {for_somebody_employed, partner_goes_with_role},
    .steps = {{"change_role", {role_changes, partner_goes_with_role, hold}}, {"revoke", {hold, note_end}}},
};

}  // namespace tideover::casework
