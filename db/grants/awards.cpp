// Asks for payees, rivals, premises and payments, each in one statement.
#include "db/grants/awards.hpp"

#include "domain/nouns.hpp"

namespace tideover::db::grants {

bool gave_bank_details(Tx& tx, const std::string& application, std::string_view staff) {
    static const Query query{"grants_gave_bank_details", R"(
SELECT $3::uuid IN (payee_name_by, payee_sort_code_by, payee_account_number_by) FROM application
WHERE authority_id = $1 AND id = $2::uuid)"};
    const auto found = tx.run(query, {tx.authority(), application, std::string{staff}});
    return !found.empty() && found[0][0].as<bool>();
}

std::optional<Rival> rival_of(Tx& tx, const Record& award, bool paid) {
    static const Query query{"grants_rival", R"(
SELECT r.reference, r.excludes FROM rival_awards($1, $2, $3::uuid, $4, $5::uuid, $6::uuid, $7::uuid) r
WHERE NOT $8::boolean OR EXISTS (SELECT FROM payment p WHERE p.authority_id = $1 AND p.award_id = r.id
                                 AND p.state IN ('instructed', 'settled') AND NOT p.voided) LIMIT 1)"};
    const auto& party = award.has("business_id")       ? award.at("business_id")
                        : award.has("organisation_id") ? award.at("organisation_id")
                                                       : award.at("person_id");
    const auto found =
        tx.run(query, {tx.authority(), award.at("scheme"), award.at("scheme_version_id"), award.at("period"), party,
                       award.at("premises_id"), award.id, paid ? "true" : "false"});
    if (found.empty()) return std::nullopt;
    return Rival{found[0][0].as<std::string>(), found[0][1].as<bool>()};
}

std::optional<bool> premises_are_theirs(Tx& tx, const Record& application) {
    static const Query query{"grants_premises", R"(
SELECT root_of($1, p.business_id, 9223372036854775807) IS NOT DISTINCT FROM root_of($1, $3::uuid, 9223372036854775807)
FROM premises p WHERE p.authority_id = $1 AND p.id = $2::uuid AND NOT p.voided AND ($3::uuid IS NULL OR EXISTS (
    SELECT FROM business b WHERE b.authority_id = $1 AND b.id = $3::uuid AND NOT b.voided)))"};
    const auto found = tx.run(query, {tx.authority(), application.at("premises_id"), application.at("business_id")});
    return found.empty() ? std::nullopt : std::optional{found[0][0].as<bool>()};
}

std::optional<Payable> hold_payable(Tx& tx, std::string_view award) {
    static const Query query{"grants_payable", R"(
SELECT w.state, a.id::text, a.payee_name, a.payee_sort_code, a.payee_account_number,
       v.last_payment_on::text, w.scheme, w.scheme_version_id, w.period, w.business_id, w.organisation_id, w.person_id,
       w.premises_id
FROM award w JOIN application a ON a.authority_id = w.authority_id AND a.id = w.application_id
JOIN scheme_version v ON v.authority_id = w.authority_id AND v.id = w.scheme_version_id
WHERE w.authority_id = $1 AND w.id = $2::uuid AND NOT w.voided AND NOT a.voided FOR SHARE OF w, a)"};
    const auto found = tx.run(query, {tx.authority(), std::string{award}});
    if (found.empty()) return std::nullopt;
    const auto row = found[0];
    Payable out{.award = Record{nouns::award.fields},
                .state = row[0].as<std::string>(),
                .application = row[1].as<std::string>(),
                .payee_name = text_or_null(row[2]),
                .payee_sort_code = text_or_null(row[3]),
                .payee_account_number = text_or_null(row[4]),
                .last_payment_on = text_or_null(row[5])};
    out.award.id = award;
    pqxx::row::size_type column = 6;
    for (const auto* name :
         {"scheme", "scheme_version_id", "period", "business_id", "organisation_id", "person_id", "premises_id"}) {
        out.award.set(name, text_or_null(row[column++]));
    }
    return out;
}

std::optional<std::string> ward_of(Tx& tx, const Record& application) {
    static const Query query{"grants_ward", R"(
SELECT coalesce((SELECT ward FROM premises WHERE authority_id = $1 AND id = $2::uuid),
                (SELECT ward FROM business WHERE authority_id = $1 AND id = $3::uuid),
                (SELECT ward FROM organisation WHERE authority_id = $1 AND id = $4::uuid),
                (SELECT ward FROM person WHERE authority_id = $1 AND id = $5::uuid)))"};
    return text_or_null(tx.run(query, {tx.authority(), application.at("premises_id"), application.at("business_id"),
                                       application.at("organisation_id"), application.at("person_id")})[0][0]);
}

bool is_paid(Tx& tx, const std::string& award) {
    static const Query query{"grants_is_paid", R"(
SELECT FROM payment
WHERE authority_id = $1 AND award_id = $2::uuid AND state IN ('instructed', 'settled') AND NOT voided)"};
    return !tx.run(query, {tx.authority(), award}).empty();
}

std::optional<std::string> last_payment_before(Tx& tx, const Record& payment) {
    static const Query query{"grants_last_payment", R"(
SELECT v.last_payment_on::text
FROM award w JOIN scheme_version v ON v.authority_id = w.authority_id AND v.id = w.scheme_version_id
WHERE w.authority_id = $1 AND w.id = $2::uuid AND v.last_payment_on < $3::date)"};
    const auto found = tx.run(query, {tx.authority(), payment.at("award_id"), payment.at("instructed_on")});
    return found.empty() ? std::nullopt : text_or_null(found[0][0]);
}

}  // namespace tideover::db::grants
