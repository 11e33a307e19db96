// Reads schemes and their terms, as the API shows them, and moves allocations.
#include "db/grants/schemes.hpp"

#include <set>

#include "db/records/record_sql.hpp"
#include "domain/grants/application.hpp"
#include "domain/grants/nouns.hpp"
#include "domain/grants/scheme_version.hpp"

namespace tideover::db::grants {

namespace {

constexpr Fields of_version{nouns::scheme_version_table::fields}, of_application{nouns::application_table::fields};

std::size_t place(const pqxx::row& row) {
    return row[0].as<std::size_t>() - 1;
}

/// `{which}` picks the versions; what is returned first is what they are asked by.
std::string select_terms(std::string_view by, std::string_view which) {
    return filled(R"(
SELECT {by}, ({terms})::text, s.kind
FROM scheme_version t JOIN scheme s ON s.authority_id = t.authority_id AND s.code = t.scheme
WHERE t.authority_id = $1 AND {which} ORDER BY t.number DESC)",
                  {{"by", by}, {"terms", records::wire_sql(nouns::scheme_version, Role::admin)}, {"which", which}});
}

}  // namespace

std::vector<bool> hold_schemes(Tx& tx, const Records& versions) {
    static const Query query{"schemes_hold", R"(
SELECT code FROM scheme WHERE authority_id = $1 AND code = ANY ($2::text[]) AND NOT voided
ORDER BY code FOR NO KEY UPDATE)"};
    std::set<std::string, std::less<>> held;
    for (const auto& row : tx.run(query, {tx.authority(), records::values_of(versions, of_version["scheme"])})) {
        held.insert(row[0].as<std::string>());
    }
    std::vector<bool> out;
    for (const auto* version : versions) out.push_back(held.contains(version->text(of_version["scheme"])));
    return out;
}

std::vector<std::optional<std::string>> scheme_kinds(Tx& tx, const Records& applications) {
    static const Query query{"schemes_kinds", R"(
SELECT x.n, s.kind FROM unnest($2::text[]) WITH ORDINALITY AS x(code, n)
JOIN scheme s ON s.authority_id = $1 AND s.code = x.code AND NOT s.voided)"};
    std::vector<std::optional<std::string>> out(applications.size());
    for (const auto& row :
         tx.run(query, {tx.authority(), records::values_of(applications, of_application["scheme"])})) {
        out[place(row)] = row[1].as<std::string>();
    }
    return out;
}

std::vector<std::string> next_numbers(Tx& tx, const Records& versions) {
    static const Query query{"schemes_next_numbers", R"(
SELECT x.n, row_number() OVER (PARTITION BY x.scheme ORDER BY x.n) +
            coalesce((SELECT max(v.number) FROM scheme_version v WHERE v.authority_id = $1 AND v.scheme = x.scheme), 0)
FROM unnest($2::text[]) WITH ORDINALITY AS x(scheme, n))"};
    std::vector<std::string> out(versions.size());
    for (const auto& row : tx.run(query, {tx.authority(), records::values_of(versions, of_version["scheme"])})) {
        out[place(row)] = row[1].as<std::string>();
    }
    return out;
}

std::vector<std::optional<std::string>> other_keys(Tx& tx, const Records& versions) {
    static const Query query{"schemes_other_keys", R"(
SELECT x.n, o.uniqueness_key FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS x(scheme, uniqueness_key, n)
CROSS JOIN LATERAL (
    SELECT v.uniqueness_key FROM scheme_version v
    WHERE v.authority_id = $1 AND v.scheme = x.scheme AND v.state <> 'draft' AND NOT v.voided
      AND v.uniqueness_key <> x.uniqueness_key LIMIT 1) o)"};
    std::vector<std::optional<std::string>> out(versions.size());
    for (const auto& row : tx.run(query, {tx.authority(), records::values_of(versions, of_version["scheme"]),
                                          records::values_of(versions, of_version["uniqueness_key"])})) {
        out[place(row)] = row[1].as<std::string>();
    }
    return out;
}

void allocate(Tx& tx, const Record& version) {
    static const Query query{
        "schemes_allocate",
        filled(R"(
WITH old AS MATERIALIZED (
    SELECT s.*, to_jsonb(s) AS was FROM scheme s WHERE authority_id = $1 AND code = $2
), d AS (
    UPDATE scheme t SET allocation_pence = $3::bigint, version = t.version + 1
    FROM old WHERE t.authority_id = $1 AND t.id = old.id AND t.allocation_pence IS DISTINCT FROM $3::bigint
    RETURNING t.authority_id, t.id, t.version, $4::timestamptz AS entered_at, $5::uuid AS actor, $6::uuid AS its_token,
              $7 AS its_request, old.was
)
{logged})",
               {{"logged",
                 records::insert_audit_lines({.action = "'allocate'", .kind = "scheme", .before = "d.was"}, "d")}})};
    const auto& who = tx.principal();
    tx.run(query,
           {who.authority, std::string{version.text(of_version["scheme"])}, version.at(of_version["allocation_pence"]),
            tx.at(), who.staff_id, who.token_id, tx.intent().request_id});
}

std::map<std::string, Terms, std::less<>> terms_of(Tx& tx, const Records& applications) {
    static const Query query{"schemes_terms", select_terms("t.id", "t.id = ANY ($2::uuid[])")};
    std::map<std::string, Terms, std::less<>> out;
    for (const auto& row :
         tx.run(query, {tx.authority(), records::values_of(applications, of_application["scheme_version_id"])})) {
        out.emplace(row[0].as<std::string>(), Terms{row[1].as<std::string>(), row[2].as<std::string>()});
    }
    return out;
}

std::map<std::string, std::vector<Terms>, std::less<>> published_terms(Tx& tx, const Records& applications) {
    static const Query query{
        "schemes_published",
        select_terms("t.scheme",
                     "t.scheme = ANY ($2::text[]) AND t.state <> 'draft' AND NOT t.voided AND NOT s.voided")};
    std::map<std::string, std::vector<Terms>, std::less<>> out;
    for (const auto& row :
         tx.run(query, {tx.authority(), records::values_of(applications, of_application["scheme"])})) {
        out[row[0].as<std::string>()].push_back({row[1].as<std::string>(), row[2].as<std::string>()});
    }
    return out;
}

}  // namespace tideover::db::grants
