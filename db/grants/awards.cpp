// Asks for payees, rivals, premises and payments, each in one statement.
#include "db/grants/awards.hpp"

#include "domain/finance/payment.hpp"
#include "domain/grants/application.hpp"
#include "domain/grants/award.hpp"
#include "domain/grants/nouns.hpp"

namespace tideover::db::grants {
namespace {

constexpr Fields of_application{nouns::application_table::fields}, of_award{nouns::award_table::fields},
    of_payment{nouns::payment_table::fields};

/// What an award is of: its rivals are found by it.
constexpr std::array award_is_of{of_award["scheme"],      of_award["scheme_version_id"], of_award["period"],
                                 of_award["business_id"], of_award["organisation_id"],   of_award["person_id"],
                                 of_award["premises_id"]};

/// The place of a row's record, by the number that its first column holds.
std::size_t place(const pqxx::row& row) {
    return row[0].as<std::size_t>() - 1;
}

}  // namespace

std::vector<bool> gave_bank_details(Tx& tx, const Params& applications, std::string_view staff) {
    static const Query query{"grants_gave_bank_details", R"(
SELECT x.n FROM unnest($2::uuid[]) WITH ORDINALITY AS x(id, n)
JOIN application a ON a.authority_id = $1 AND a.id = x.id
WHERE $3::uuid IN (a.payee_name_by, a.payee_sort_code_by, a.payee_account_number_by))"};
    std::vector<bool> out(applications.size());
    for (const auto& row : tx.run(query, {tx.authority(), array_of_values(applications), std::string{staff}})) {
        out[place(row)] = true;
    }
    return out;
}

std::vector<std::optional<Rival>> rivals_of(Tx& tx, const Records& awards, bool paid) {
    static const Query query{"grants_rivals", R"(
SELECT x.n, f.id, f.reference, f.excludes
FROM unnest($2::text[], $3::uuid[], $4::text[], $5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[], $9::uuid[])
    WITH ORDINALITY AS x(scheme, version, period, business, organisation, person, premises, id, n)
CROSS JOIN LATERAL (
    SELECT r.id, r.reference, r.excludes
    FROM rival_awards($1, x.scheme, x.version, x.period, coalesce(x.business, x.organisation, x.person), x.premises,
                      x.id) r
    WHERE NOT $10::boolean OR EXISTS (SELECT FROM payment p WHERE p.authority_id = $1 AND p.award_id = r.id
                                      AND p.state IN ('instructed', 'settled') AND NOT p.voided) LIMIT 1) f)"};
    std::vector<std::optional<Rival>> out(awards.size());
    Params params{tx.authority()};
    for (const auto field : award_is_of) {
        params.emplace_back(records::values_of(awards, field));
    }
    params.emplace_back(records::ids_of(awards));
    params.emplace_back(paid ? "true" : "false");
    for (const auto& row : tx.run(query, params)) {
        out[place(row)] = Rival{row[1].as<std::string>(), row[2].as<std::string>(), row[3].as<bool>()};
    }
    return out;
}

std::vector<std::optional<bool>> premises_are_theirs(Tx& tx, const Records& applications) {
    static const Query query{"grants_premises", R"(
SELECT x.n, root_of($1, p.business_id, 9223372036854775807) IS NOT DISTINCT FROM
            root_of($1, x.business, 9223372036854775807)
FROM unnest($2::uuid[], $3::uuid[]) WITH ORDINALITY AS x(premises, business, n)
JOIN premises p ON p.authority_id = $1 AND p.id = x.premises AND NOT p.voided
WHERE x.business IS NULL OR EXISTS (
    SELECT FROM business b WHERE b.authority_id = $1 AND b.id = x.business AND NOT b.voided))"};
    std::vector<std::optional<bool>> out(applications.size());
    for (const auto& row :
         tx.run(query, {tx.authority(), records::values_of(applications, of_application["premises_id"]),
                        records::values_of(applications, of_application["business_id"])})) {
        out[place(row)] = row[1].as<bool>();
    }
    return out;
}

std::vector<std::optional<Payable>> hold_payable(Tx& tx, const Records& payments) {
    static const Query query{"grants_payable", R"(
SELECT x.n, w.state, a.id::text, a.payee_name, a.payee_sort_code, a.payee_account_number,
       v.last_payment_on::text, w.id, w.scheme, w.scheme_version_id, w.period, w.business_id, w.organisation_id,
       w.person_id, w.premises_id
FROM unnest($2::uuid[]) WITH ORDINALITY AS x(id, n)
JOIN award w ON w.authority_id = $1 AND w.id = x.id
JOIN application a ON a.authority_id = w.authority_id AND a.id = w.application_id
JOIN scheme_version v ON v.authority_id = w.authority_id AND v.id = w.scheme_version_id
WHERE NOT w.voided AND NOT a.voided ORDER BY w.id FOR SHARE OF w, a)"};
    std::vector<std::optional<Payable>> out(payments.size());
    for (const auto& row : tx.run(query, {tx.authority(), records::values_of(payments, of_payment["award_id"])})) {
        auto& found = out[place(row)].emplace(Payable{.award = Record{nouns::award.fields},
                                                      .state = row[1].as<std::string>(),
                                                      .application = row[2].as<std::string>(),
                                                      .payee_name = text_or_null(row[3]),
                                                      .payee_sort_code = text_or_null(row[4]),
                                                      .payee_account_number = text_or_null(row[5]),
                                                      .last_payment_on = text_or_null(row[6])});
        found.award.id = row[7].as<std::string>();
        pqxx::row::size_type column = 8;
        for (const auto field : award_is_of) {
            found.award.set(field, text_or_null(row[column++]));
        }
    }
    return out;
}

std::vector<std::optional<std::string>> wards_of(Tx& tx, const Records& applications) {
    static const Query query{"grants_wards", R"(
SELECT x.n, coalesce((SELECT ward FROM premises WHERE authority_id = $1 AND id = x.premises),
                     (SELECT ward FROM business WHERE authority_id = $1 AND id = x.business),
                     (SELECT ward FROM organisation WHERE authority_id = $1 AND id = x.organisation),
                     (SELECT ward FROM person WHERE authority_id = $1 AND id = x.person))
FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[]) WITH ORDINALITY
    AS x(premises, business, organisation, person, n))"};
    std::vector<std::optional<std::string>> out(applications.size());
    Params params{tx.authority()};
    for (const auto field : {of_application["premises_id"], of_application["business_id"],
                             of_application["organisation_id"], of_application["person_id"]}) {
        params.emplace_back(records::values_of(applications, field));
    }
    for (const auto& row : tx.run(query, params)) out[place(row)] = text_or_null(row[1]);
    return out;
}

std::vector<std::optional<std::string>> live_payments(Tx& tx, const Records& awards) {
    static const Query query{"grants_live_payments", R"(
SELECT x.n, p.id FROM unnest($2::uuid[]) WITH ORDINALITY AS x(id, n)
JOIN payment p ON p.authority_id = $1 AND p.award_id = x.id AND p.state IN ('instructed', 'settled')
              AND NOT p.voided)"};
    std::vector<std::optional<std::string>> out(awards.size());
    for (const auto& row : tx.run(query, {tx.authority(), records::ids_of(awards)}))
        out[place(row)] = row[1].as<std::string>();
    return out;
}

std::vector<std::optional<std::string>> last_payment_before(Tx& tx, const Records& payments) {
    static const Query query{"grants_last_payment", R"(
SELECT x.n, v.last_payment_on::text
FROM unnest($2::uuid[], $3::date[]) WITH ORDINALITY AS x(award, instructed_on, n)
JOIN award w ON w.authority_id = $1 AND w.id = x.award
JOIN scheme_version v ON v.authority_id = w.authority_id AND v.id = w.scheme_version_id
WHERE v.last_payment_on < x.instructed_on)"};
    std::vector<std::optional<std::string>> out(payments.size());
    for (const auto& row : tx.run(query, {tx.authority(), records::values_of(payments, of_payment["award_id"]),
                                          records::values_of(payments, of_payment["instructed_on"])})) {
        out[place(row)] = text_or_null(row[1]);
    }
    return out;
}

}  // namespace tideover::db::grants
