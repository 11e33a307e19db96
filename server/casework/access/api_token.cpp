// A token is for somebody employed; role partner works for an organisation, and no other role does. What is under way
// with a token that changes is finished first.
#include "domain/access/api_token.hpp"

#include "db/access/staff.hpp"
#include "domain/access/nouns.hpp"
#include "server/casework/rules.hpp"

namespace tideover::casework {
namespace {

constexpr Fields its{nouns::api_token_table::fields};

/// Holds the person, so that nobody gets a token while they leave.
void for_somebody_employed(const Proposals& tokens) {
    for (auto* token : tokens) {
        const auto found = db::access::hold_staff(tokens.tx, token->after);
        if (!found) {
            token->unknown(its["staff_id"]);
        } else if (found->state != "employed" || found->voided) {
            token->refuse(Refusal::has_left);
        }
    }
}

void partner_goes_with_role(const Proposals& tokens) {
    for (auto* token : tokens) {
        const bool partner = token->after.text(its["role"]) == "partner";
        if (partner != token->after.has(its["partner"])) {
            token->fault(its["partner"], partner ? "required" : "not_taken",
                         "Role partner needs it, and no other takes it.");
        } else if (partner && !db::access::partner_exists(tokens.tx, token->after)) {
            token->unknown(its["partner"]);
        }
    }
}

void role_changes(const Proposals& tokens) {
    for (auto* token : tokens) {
        if (token->unchanged(its["role"]) && token->unchanged(its["partner"])) token->refuse(Refusal::nothing_changed);
    }
}

void hold(const Proposals& tokens) {
    for (const auto* token : tokens) db::access::hold_token(tokens.tx, token->after.id);
}

void note_end(const Proposals& tokens) {
    for (auto* token : tokens) token->after.set(its["revoked_at"], tokens.tx.at());
}

}  // namespace

extern const Rules api_token_rules;
constinit const Rules api_token_rules{
    .noun = &nouns::api_token,
    .record = {for_somebody_employed, partner_goes_with_role},
    .steps = {{"change_role", {role_changes, partner_goes_with_role, hold}}, {"revoke", {hold, note_end}}},
};

}  // namespace tideover::casework
