// One function a rule, one row a rule at the end.
#include "server/api/resources/rules.hpp"

#include <array>

#include "db/core/ids.hpp"
#include "db/records/records.hpp"
#include "db/records/references.hpp"
#include "domain/core/reference.hpp"
#include "domain/nouns.hpp"
#include "server/api/problem.hpp"
#include "server/api/resources/publications.hpp"
#include "server/api/resources/schemes.hpp"

namespace tideover::rules {
namespace {

using db::Query;
using db::Tx;

std::optional<std::string> text_or_null(const pqxx::field& value) {
    return value.is_null() ? std::nullopt : std::optional{value.as<std::string>()};
}

[[noreturn]] void unknown_reference(std::string_view field) {
    throw Problem{"invalid-fields", {}, {{"/" + std::string{field}, "unknown_reference", "There is no such record."}}};
}

/// Whoever said last where the money goes: the payee's name, sort code or account number, each by itself.
void refuse_own_bank_details(Tx& tx, const std::string& application, const Actor& actor) {
    static const Query query{"rule_payee_giver", R"(
SELECT $3::uuid IN (payee_name_by, payee_sort_code_by, payee_account_number_by) FROM application
WHERE authority_id = $1 AND id = $2::uuid)"};
    const auto found = tx.run(query, {tx.authority(), application, std::string{actor.staff}});
    if (!found.empty() && found[0][0].as<bool>()) throw Problem{Refused{Refusal::own_bank_details, {}}};
}

/// Awards for the same that stand in the way of a record's: refuses, and names the first. `paid`: only those that are
/// paid.
void refuse_rivals(Tx& tx, const Record& made, bool paid) {
    static const Query query{"rule_rivals", R"(
SELECT r.reference, r.excludes FROM rival_awards($1, $2, $3::uuid, $4, $5::uuid, $6::uuid, $7::uuid) r
WHERE NOT $8::boolean OR EXISTS (SELECT FROM payment p WHERE p.authority_id = $1 AND p.award_id = r.id
                                 AND p.state IN ('instructed', 'settled') AND NOT p.voided) LIMIT 1)"};
    const auto& party = made.has("business_id")       ? made.at("business_id")
                        : made.has("organisation_id") ? made.at("organisation_id")
                                                      : made.at("person_id");
    const auto found =
        tx.run(query, {tx.authority(), made.at("scheme"), made.at("scheme_version_id"), made.at("period"), party,
                       made.at("premises_id"), made.id, paid ? "true" : "false"});
    if (found.empty()) return;
    const auto reference = found[0][0].as<std::string>();
    if (paid) throw Problem{Refused{Refusal::already_paid, "Award " + reference + ", for the same, is paid."}};
    throw Problem{found[0][1].as<bool>() ? "excluded-by-award" : "already-awarded",
                  "Award " + reference + " stands. A wrong one has to be cancelled first."};
}

/// Premises are claimed for by the business that they belong to, whatever it was merged with.
void refuse_others_premises(Tx& tx, const Record& application) {
    if (!application.has("premises_id")) return;
    static const Query query{"rule_premises", R"(
SELECT root_of($1, p.business_id, 9223372036854775807) IS NOT DISTINCT FROM root_of($1, $3::uuid, 9223372036854775807)
FROM premises p WHERE p.authority_id = $1 AND p.id = $2::uuid AND NOT p.voided AND ($3::uuid IS NULL OR EXISTS (
    SELECT FROM business b WHERE b.authority_id = $1 AND b.id = $3::uuid AND NOT b.voided)))"};
    const auto found = tx.run(query, {tx.authority(), application.at("premises_id"), application.at("business_id")});
    if (found.empty() || found[0][0].as<bool>()) return;  // what is not there, or void, is another rule's to say
    throw Problem{"invalid-fields", {}, {{"/premises_id", "not_theirs", "These premises belong to another business."}}};
}

/// A payment takes the payee's bank details as they stand on the application, from a live award. Whoever gave them does
/// not release the money.
void payee_of_award(Tx& tx, Record& payment, const Actor& actor) {
    static const Query query{"rule_payee", R"(
SELECT w.state, a.payee_name, a.payee_sort_code, a.payee_account_number, a.id::text,
       v.last_payment_on::text, w.scheme, w.scheme_version_id, w.period, w.business_id, w.organisation_id, w.person_id,
       w.premises_id
FROM award w JOIN application a ON a.authority_id = w.authority_id AND a.id = w.application_id
JOIN scheme_version v ON v.authority_id = w.authority_id AND v.id = w.scheme_version_id
WHERE w.authority_id = $1 AND w.id = $2::uuid AND NOT w.voided AND NOT a.voided FOR SHARE OF w, a)"};
    const auto found = tx.run(query, {tx.authority(), std::string{payment.text("award_id")}});
    if (found.empty()) unknown_reference("award_id");
    const auto row = found[0];
    refuse_own_bank_details(tx, row[4].as<std::string>(), actor);
    if (row[0].as<std::string>() != "awarded") {
        throw Problem{Refused{Refusal::wrong_state, "The award is " + row[0].as<std::string>() + "."}};
    }
    if (const auto last = text_or_null(row[5]); last && payment.text("instructed_on") > *last) {
        throw Problem{Refused{Refusal::last_payment_day, "The scheme could be paid until " + *last + "."}};
    }
    Record award{nouns::award.fields};
    award.id = payment.text("award_id");
    int column = 6;
    for (const auto* name :
         {"scheme", "scheme_version_id", "period", "business_id", "organisation_id", "person_id", "premises_id"}) {
        award.set(name, text_or_null(row[column++]));
    }
    refuse_rivals(tx, award, true);
    payment.set("payee.name", text_or_null(row[1]));
    payment.set("payee.sort_code", text_or_null(row[2]));
    payment.set("payee.account_number", text_or_null(row[3]));
}

/// A reversal takes back a credit, and counts where and in which year that counted.
void reversal_matches(Tx& tx, Record& posting, const Actor&) {
    if (!posting.has("reverses_id")) return;
    static const Query query{"rule_reversal", R"(
SELECT credit_pence > 0, ward, financial_year FROM council_tax_posting WHERE authority_id = $1 AND id = $2::uuid AND NOT voided FOR SHARE)"};
    const auto found = tx.run(query, {tx.authority(), std::string{posting.text("reverses_id")}});
    if (found.empty()) unknown_reference("reverses_id");
    if (!found[0][0].as<bool>()) {
        throw Problem{
            "invalid-fields", {}, {{"/reverses_id", "not_a_credit", "Only an award or an increase can be reversed."}}};
    }
    posting.set("ward", text_or_null(found[0][1]));
    posting.set("financial_year", text_or_null(found[0][2]));
}

/// A new award says whether there was an application for it.
void posting_matches(Tx& tx, Record& posting, const Actor& actor) {
    if (posting.text("kind") == "award" && !posting.has("basis")) {
        throw Problem{"invalid-fields", {}, {{"/basis", "required", "Say of an award: automatic or application."}}};
    }
    reversal_matches(tx, posting, actor);
}

/// A corrected posting is still a credit where a reversal takes it back, and takes back a credit where it is a
/// reversal.
void reversal_still_matches(Tx& tx, const Record& before, Record& after, const Record&, const Actor& actor) {
    if (!after.voided && (before.voided || before.at("reverses_id") != after.at("reverses_id"))) {
        reversal_matches(tx, after, actor);
    }
    if (!after.voided && before.at("credit_pence") == after.at("credit_pence")) return;
    static const Query query{"rule_reversed", R"(
SELECT FROM council_tax_posting WHERE authority_id = $1 AND reverses_id = $2::uuid AND NOT voided)"};
    if (tx.run(query, {tx.authority(), before.id}).empty()) return;
    throw Problem{"already-reversed", "A reversal takes this posting back as it stands: void the reversal first."};
}

/// What comes back must have been issued, by the same hub.
void return_matches(Tx& tx, Record& movement, const Actor&) {
    if (!movement.has("issue_id")) return;
    static const Query query{"rule_issue", R"(
SELECT kind FROM ppe_movement WHERE authority_id = $1 AND id = $2::uuid AND hub = $3 AND NOT voided FOR UPDATE)"};
    const auto found =
        tx.run(query, {tx.authority(), std::string{movement.text("issue_id")}, std::string{movement.text("hub")}});
    if (found.empty()) unknown_reference("issue_id");
    if (found[0][0].as<std::string>() != "issue") {
        throw Problem{"invalid-fields", {}, {{"/issue_id", "not_the_same", "It names no issue."}}};
    }
}

/// A sum that a record keeps of others: its table and column, and the column that names the record.
struct RunningSum {
    std::string table, sum, by;
};

/// Moves such a sum on, which is the record's next version with its own audit line, in one statement.
void add_to_running_sum(Tx& tx, const RunningSum& kept, std::string_view name, std::int64_t more,
                        std::string_view action) {
    const std::string key = kept.by == "id" ? "$2::uuid" : "$2";
    const Query query{
        "rule_carry_" + kept.table,
        "WITH changed AS (UPDATE " + kept.table + " SET " + kept.sum + " = " + kept.sum +
            " + $3::bigint, version = version + 1 WHERE authority_id = $1 AND " + kept.by + " = " + key +
            " RETURNING *) INSERT INTO audit (authority_id, at, actor, token_id, action, record_kind, "
            "record_id, version, before, request_id) SELECT $1, $4::timestamptz, $5::uuid, $6::uuid, $7, '" +
            kept.table + "', id, version, to_jsonb(changed) || jsonb_build_object('" + kept.sum + "', " + kept.sum +
            " - $3::bigint, 'version', version - 1), $8 FROM changed"};
    const auto& who = tx.principal();
    tx.run(query, {who.authority, std::string{name}, std::to_string(more), tx.at(), who.staff_id, who.token_id,
                   std::string{action}, tx.intent().request_id});
}

/// Units that came back are taken from the issue; a correction moves the difference.
void keep_issue_in_step(Tx& tx, const Record& before, Record& after, const Record&, const Actor&) {
    if (!before.has("issue_id")) return;
    const auto units = [](const Record& m) { return m.voided ? 0 : m.number("units"); };
    const auto more = units(after) - units(before);
    if (more == 0) return;
    add_to_running_sum(tx, {"ppe_movement", "taken_back_units", "id"}, before.text("issue_id"), more, "take_back");
}

/// Both parties exist, and are not one already; a merge goes to the record that the other is counted as. One merge at a
/// time, so that no two can close a circle.
void parties_differ(Tx& tx, Record& merge, const Actor&) {
    static const Query one_at_a_time{"rule_one_merge_at_a_time", "SELECT pg_advisory_xact_lock(7464, hashtext($1))"};
    tx.run(one_at_a_time, {tx.authority()});
    const std::string kind{nouns::named(merge.text("kind")).name};
    const Query side_exists{"rule_side_exists_" + kind,
                            "SELECT FROM " + kind + " WHERE authority_id = $1 AND NOT voided AND id = $2::uuid"};
    for (const auto* side : {"from_id", "into_id"}) {
        const auto found = tx.run(side_exists, {tx.authority(), std::string{merge.text(side)}});
        if (found.empty() || !db::records::is_seen(tx, nouns::named(kind), std::string{merge.text(side)})) {
            unknown_reference(side);
        }
    }
    static const Query roots{"rule_roots", R"(
SELECT root_of($1, $2::uuid, 9223372036854775807), root_of($1, $3::uuid, 9223372036854775807),
       merges_below($1, $2::uuid) >= merges_in_a_row())"};
    const auto row =
        tx.run(roots, {tx.authority(), std::string{merge.text("from_id")}, std::string{merge.text("into_id")}})[0];
    if (row[0].as<std::string>() == row[1].as<std::string>()) throw Problem{Refused{Refusal::already_merged, {}}};
    if (row[2].as<bool>()) {
        throw Problem{Refused{Refusal::already_merged,
                              "Too many merges in a row lead to it: reverse some of them, and "
                              "merge those records into this one directly."}};
    }
    merge.set("into_id", row[1].as<std::string>());
}

void unlink(Tx& tx, const Record& before, Record&, const Record&, const Actor&) {
    static const Query query{"rule_unlink", R"(
INSERT INTO merge_link (authority_id, from_id, into_id, linked) VALUES ($1, $2::uuid, $3::uuid, false))"};
    tx.run(query, {tx.authority(), std::string{before.text("from_id")}, std::string{before.text("into_id")}});
}

/// Adds to what the scheme has committed; its constraint refuses more than the allocation. Last, because every decision
/// on the scheme waits for this row.
void commit_allocation(Tx& tx, std::string_view scheme, std::int64_t pence) {
    tx.last([scheme = std::string{scheme}, pence](Tx& at_last) {
        add_to_running_sum(at_last, {"scheme", "committed_pence", "code"}, scheme, pence,
                           pence < 0 ? "release" : "commit");
    });
}

/// Approval makes the award and commits the money, in the transaction of the decision.
void make_award(Tx& tx, const Record& before, Record& after, const Record& body, const Actor& actor) {
    refuse_own_bank_details(tx, before.id, actor);
    static const Query place{"rule_ward", R"(
SELECT coalesce((SELECT ward FROM premises WHERE authority_id = $1 AND id = $2::uuid),
                (SELECT ward FROM business WHERE authority_id = $1 AND id = $3::uuid),
                (SELECT ward FROM organisation WHERE authority_id = $1 AND id = $4::uuid),
                (SELECT ward FROM person WHERE authority_id = $1 AND id = $5::uuid)))"};
    Record award{nouns::award.fields};
    award.id = db::ids::fresh();
    award.set("application_id", before.id);
    for (const auto* same : {"scheme", "scheme_version_id", "period", "band", "business_id", "organisation_id",
                             "person_id", "premises_id", "amount_pence"}) {
        award.set(same, before.at(same));
    }
    refuse_others_premises(tx, before);
    refuse_rivals(tx, award, false);
    award.set("awarded_on", body.at("decided_on"));
    award.set("ward", text_or_null(tx.run(place, {tx.authority(), before.at("premises_id"), before.at("business_id"),
                                                  before.at("organisation_id"), before.at("person_id")})[0][0]));
    commit_allocation(tx, before.text("scheme"), before.number("amount_pence"));
    db::records::create(tx, nouns::award, award, make_reference(nouns::award.prefix, db::ids::random_bits()), {});
    after.set("award_id", award.id);
}

/// An application is one that its scheme takes, and for premises of its own.
void take_in(Tx& tx, Record& application, const Actor& actor) {
    schemes::take_in(tx, application, actor);
    refuse_others_premises(tx, application);
}

/// A corrected application is still one that its scheme takes.
void still_in_scheme(Tx& tx, const Record& before, Record& after, const Record&, const Actor& actor) {
    if (after.voided) return;
    const auto same = [&](std::string_view name) { return before.at(name) == after.at(name); };
    if (!before.voided && same("received_on") && same("declarations") && same("business_id") &&
        same("organisation_id") && same("person_id") && same("premises_id")) {
        return;
    }
    if (before.has("decided_on")) {
        throw Problem{Refused{Refusal::wrong_state,
                              "It was decided as it stood, so who applied, for which premises, what they declared and "
                              "when cannot change any more."}};
    }
    take_in(tx, after, actor);
}

/// A cancelled award gives its money back; one that is paid cannot be cancelled.
void release_award(Tx& tx, const Record& before, Record&, const Record&, const Actor&) {
    static const Query query{"rule_live_payment", R"(
SELECT FROM payment WHERE authority_id = $1 AND award_id = $2::uuid AND state IN ('instructed', 'settled') AND NOT voided)"};
    if (!tx.run(query, {tx.authority(), before.id}).empty()) throw Problem{Refused{Refusal::already_paid, {}}};
    commit_allocation(tx, before.text("scheme"), -before.number("amount_pence"));
}

/// Role partner works for an organisation, and no other role does.
void partner_goes_with_role(Tx& tx, const Record& token) {
    const bool partner = token.text("role") == "partner";
    if (partner != token.has("partner")) {
        throw Problem{
            "invalid-fields",
            {},
            {{"/partner", partner ? "required" : "not_taken", "Role partner needs it, and no other takes it."}}};
    }
    static const Query query{"rule_partner",
                             "SELECT FROM organisation WHERE authority_id = $1 AND code = $2 AND NOT voided"};
    if (partner && tx.run(query, {tx.authority(), token.at("partner")}).empty()) unknown_reference("partner");
}

/// Holds the person, so that nobody gets a token while they leave.
void for_somebody_employed(Tx& tx, Record& token, const Actor&) {
    static const Query query{"rule_employed", R"(
SELECT state, voided FROM staff WHERE authority_id = $1 AND id = $2::uuid FOR SHARE)"};
    const auto found = tx.run(query, {tx.authority(), token.at("staff_id")});
    if (found.empty()) unknown_reference("staff_id");
    if (found[0][0].as<std::string>() != "employed" || found[0][1].as<bool>()) throw Problem{"has-left"};
    partner_goes_with_role(tx, token);
}

/// What is under way with the token is finished first, and nothing begins until this has committed.
void hold_token(Tx& tx, const Record& token) {
    static const Query query{"rule_hold_token", "SELECT hold_tokens(ARRAY[$1::uuid])"};
    tx.run(query, {token.id});
}

void change_role(Tx& tx, const Record& before, Record& after, const Record&, const Actor&) {
    if (before.at("role") == after.at("role") && before.at("partner") == after.at("partner")) {
        throw Problem{Refused{Refusal::nothing_changed, {}}};
    }
    partner_goes_with_role(tx, after);
    hold_token(tx, before);
}

void revoke_token(Tx& tx, const Record& before, Record& after, const Record&, const Actor&) {
    hold_token(tx, before);
    after.set("revoked_at", tx.at());
}

/// Every token of theirs ends with them.
void shut_out(Tx& tx, const Record& before, Record& after, const Record&, const Actor&) {
    if (after.state == "employed" && !after.voided) return;
    static const Query query{"rule_shut_out", R"(
SELECT revoke_tokens($1, ARRAY(SELECT id FROM api_token WHERE authority_id = $1 AND staff_id = $2::uuid
                               AND state = 'valid'), $3, $4::uuid, $5::uuid, $6))"};
    const auto& who = tx.principal();
    tx.run(query, {tx.authority(), before.id, after.voided ? "recorded by mistake" : "left", who.staff_id, who.token_id,
                   tx.intent().request_id});
}

/// A corrected payment was still made within the scheme's days; one that is reinstated stands by what any payment must.
void still_payable(Tx& tx, const Record& before, Record& after, const Record&, const Actor& actor) {
    if (after.voided) return;
    if (before.voided) {
        auto again = after;
        payee_of_award(tx, again, actor);
        return;
    }
    if (before.at("instructed_on") == after.at("instructed_on")) return;
    static const Query query{"rule_last_payment", R"(
SELECT v.last_payment_on::text FROM award w JOIN scheme_version v ON v.authority_id = w.authority_id AND
v.id = w.scheme_version_id WHERE w.authority_id = $1 AND w.id = $2::uuid AND v.last_payment_on < $3::date)"};
    const auto late = tx.run(query, {tx.authority(), after.at("award_id"), after.at("instructed_on")});
    if (late.empty()) return;
    throw Problem{
        Refused{Refusal::last_payment_day, "The scheme could be paid until " + late[0][0].as<std::string>() + "."}};
}

/// A live award holds money of its scheme: it is cancelled, which gives that back, before it is made void.
void void_when_cancelled(Tx&, const Record& before, Record& after, const Record&, const Actor&) {
    if (after.voided && before.state == "awarded") {
        throw Problem{Refused{Refusal::wrong_state, "It is awarded: cancel it, which gives its money back."}};
    }
}

/// The attempts at a parcel follow one another, and its end is not before the last one that found nobody.
void attempts_in_order(Tx& tx, const Record& before, Record& after, const Record& body, const Actor&) {
    static const Query query{"rule_last_attempt", R"(
SELECT max(attempted_on)::text FROM parcel_attempt
WHERE authority_id = $1 AND parcel_id = $2::uuid AND outcome IN ('no_answer', 'wrong_address'))"};
    const auto last = text_or_null(tx.run(query, {tx.authority(), before.id})[0][0]);
    if (!last || after.voided) return;
    for (const auto* day : {"attempted_on", "delivered_on", "failed_on"}) {
        const auto& said = body.knows(day) && body.has(day) ? body : after;
        if (said.knows(day) && said.has(day) && said.text(day) < *last) {
            throw Problem{Refused{Refusal::too_early, "The last attempt was on " + *last + "."}};
        }
    }
}

/// A second voucher of a family for one purpose and period is recorded, and says so: it may be meant.
void look_for_alike(Tx& tx, Record& voucher, const Actor&) {
    static const Query query{"rule_alike_voucher", R"(
SELECT v.id FROM members_of($1, root_of($1, $2::uuid, 9223372036854775807), 9223372036854775807) m(id)
CROSS JOIN LATERAL (SELECT * FROM voucher WHERE authority_id = $1 AND household_id = m.id OFFSET 0) v
WHERE v.purpose = $3 AND v.holiday_period = $4 AND NOT v.voided AND v.state NOT IN ('failed', 'cancelled', 'reissued')
ORDER BY v.recorded_at, v.id LIMIT 1)"};
    const auto found = tx.run(
        query, {tx.authority(), voucher.at("household_id"), voucher.at("purpose"), voucher.at("holiday_period")});
    if (!found.empty()) voucher.set("alike_id", found[0][0].as<std::string>());
}

struct CreateRow {
    const Noun* noun;
    Before rule;
};
struct EventRow {
    const Noun* noun;
    std::string_view event;
    During rule;
};

// clang-format off
constexpr auto create_rules = std::to_array<CreateRow>({
    {&nouns::scheme_version,      schemes::draft},
    {&nouns::application,         take_in},
    {&nouns::payment,             payee_of_award},
    {&nouns::council_tax_posting, posting_matches},
    {&nouns::ppe_movement,        return_matches},
    {&nouns::voucher,             look_for_alike},
    {&nouns::merge,               parties_differ},
    {&nouns::api_token,           for_somebody_employed},
    {&nouns::publication,         resources::freeze},
});
constexpr auto event_rules = std::to_array<EventRow>({
    {&nouns::scheme_version,      "correct", schemes::redraft},
    {&nouns::scheme_version,      "publish", schemes::publish},
    {&nouns::application,         "assess",  schemes::amount_in_terms},
    {&nouns::application,         "approve", make_award},
    {&nouns::application,         "correct", still_in_scheme},
    {&nouns::award,               "cancel",  release_award},
    {&nouns::award,               "correct", void_when_cancelled},
    {&nouns::payment,             "correct", still_payable},
    {&nouns::merge,               "reverse", unlink},
    {&nouns::ppe_movement,        "correct", keep_issue_in_step},
    {&nouns::council_tax_posting, "correct", reversal_still_matches},
    {&nouns::parcel,              "delivered", attempts_in_order},
    {&nouns::parcel,              "left_safe", attempts_in_order},
    {&nouns::parcel,              "no_answer", attempts_in_order},
    {&nouns::parcel,              "refused", attempts_in_order},
    {&nouns::parcel,              "wrong_address", attempts_in_order},
    {&nouns::parcel,              "fail",    attempts_in_order},
    {&nouns::parcel,              "correct", attempts_in_order},
    {&nouns::staff,               "leave",   shut_out},
    {&nouns::staff,               "correct", shut_out},
    {&nouns::api_token,           "change_role", change_role},
    {&nouns::api_token,           "revoke",  revoke_token},
});
// clang-format on

}  // namespace

Before on_create(const Noun& noun) {
    for (const auto& row : create_rules) {
        if (row.noun->name == noun.name) return row.rule;
    }
    return nullptr;
}

During on_event(const Noun& noun, std::string_view event) {
    for (const auto& row : event_rules) {
        if (row.noun->name == noun.name && row.event == event) return row.rule;
    }
    return nullptr;
}

}  // namespace tideover::rules
