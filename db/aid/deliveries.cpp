// Asks for movements, attempts and vouchers alike, each in one statement.
#include "db/aid/deliveries.hpp"

#include "domain/aid/ppe_movement.hpp"
#include "domain/aid/voucher.hpp"

namespace tideover::db::aid {
namespace {

constexpr Fields of_movement{nouns::ppe_movement_table::fields}, of_voucher{nouns::voucher_table::fields};

std::vector<std::optional<std::string>> second_column(const pqxx::result& found, std::size_t many) {
    std::vector<std::optional<std::string>> out(many);
    for (const auto& row : found) out[row[0].as<std::size_t>() - 1] = text_or_null(row[1]);
    return out;
}

}  // namespace

std::vector<std::optional<std::string>> hold_movement_kinds(Tx& tx, const Records& movements) {
    static const Query query{"aid_movement_kinds", R"(
SELECT x.n, m.kind FROM unnest($2::uuid[], $3::text[]) WITH ORDINALITY AS x(id, hub, n)
JOIN ppe_movement m ON m.authority_id = $1 AND m.id = x.id AND m.hub = x.hub
WHERE NOT m.voided ORDER BY m.id FOR UPDATE OF m)"};
    return second_column(tx.run(query, {tx.authority(), records::values_of(movements, of_movement["issue_id"]),
                                        records::values_of(movements, of_movement["hub"])}),
                         movements.size());
}

std::vector<std::optional<std::string>> last_attempts(Tx& tx, const Records& parcels) {
    static const Query query{"aid_last_attempts", R"(
SELECT x.n, (SELECT max(attempted_on)::text FROM parcel_attempt
             WHERE authority_id = $1 AND parcel_id = x.id AND outcome IN ('no_answer', 'wrong_address'))
FROM unnest($2::uuid[]) WITH ORDINALITY AS x(id, n))"};
    return second_column(tx.run(query, {tx.authority(), records::ids_of(parcels)}), parcels.size());
}

std::vector<std::optional<std::string>> alike_vouchers(Tx& tx, const Records& vouchers) {
    static const Query query{"aid_alike_vouchers", R"(
WITH asked AS MATERIALIZED (
    SELECT x.*, root_of($1, x.household, 9223372036854775807) AS family
    FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[]) WITH ORDINALITY AS x(id, household, purpose, period, n)
    WHERE x.purpose IS NOT NULL AND x.period IS NOT NULL
)
SELECT x.n, coalesce(
    (SELECT v.id FROM members_of($1, x.family, 9223372036854775807) m(id)
     CROSS JOIN LATERAL (SELECT * FROM voucher WHERE authority_id = $1 AND household_id = m.id OFFSET 0) v
     WHERE v.purpose = x.purpose AND v.holiday_period = x.period AND NOT v.voided
       AND v.state NOT IN ('failed', 'cancelled', 'reissued')
     ORDER BY v.recorded_at, v.id LIMIT 1),
    nullif(first_value(x.id) OVER (PARTITION BY x.family, x.purpose, x.period ORDER BY x.n), x.id))
FROM asked x)"};
    return second_column(tx.run(query, {tx.authority(), records::ids_of(vouchers),
                                        records::values_of(vouchers, of_voucher["household_id"]),
                                        records::values_of(vouchers, of_voucher["purpose"]),
                                        records::values_of(vouchers, of_voucher["holiday_period"])}),
                         vouchers.size());
}

}  // namespace tideover::db::aid
