// Folded totals, and the short tail of the ledger after them, in one statement.
#include "db/figures/counting.hpp"

namespace tideover::db::figures {
namespace {

/// Totals of every cut: the newest version at or before the fold of each whole month and of each further day,
/// and the tail. OFFSET 0 keeps a span of days a span of the index, however few buckets the planner knows of.
const Query totals{"figures_totals", R"(
WITH asked AS MATERIALIZED (
    SELECT * FROM unnest($2::text[], $3::text[], $4::"char"[], $5::date[], $6::date[])
                  AS a(headline, cut, bucket_kind, after, upto)
), span AS MATERIALIZED (
    SELECT headline, cut, 'm'::"char" AS bucket_kind, '-infinity'::date AS first,
           (date_trunc('month', (upto + 1)::timestamp) - interval '1 month')::date AS last
    FROM asked WHERE after IS NULL
    UNION ALL
    SELECT headline, cut, bucket_kind, coalesce(after + 1, date_trunc('month', (upto + 1)::timestamp)::date), upto
    FROM asked
), bucket AS (
    SELECT DISTINCT s.headline, s.bucket_kind, b.bucket
    FROM span s CROSS JOIN LATERAL (
        SELECT b.bucket FROM folded_bucket b
        WHERE b.authority_id = $1 AND b.headline = s.headline AND b.bucket_kind = s.bucket_kind
              AND b.bucket BETWEEN s.first AND s.last OFFSET 0) b
), newest AS MATERIALIZED (
    SELECT b.headline, b.bucket_kind, b.bucket, f.*
    FROM bucket b CROSS JOIN LATERAL (
        SELECT f.quantity, f.entries, f.l0, f.l1, f.l2, f.l3 FROM folded f
        WHERE f.authority_id = $1 AND f.headline = b.headline AND f.bucket_kind = b.bucket_kind
              AND f.bucket = b.bucket AND f.seq <= $7::bigint
        ORDER BY f.seq DESC LIMIT 1) f
), part AS (
    SELECT s.headline, s.cut, n.quantity, n.entries, n.l0, n.l1, n.l2, n.l3
    FROM span s JOIN newest n ON n.headline = s.headline AND n.bucket_kind = s.bucket_kind
         AND n.bucket BETWEEN s.first AND s.last
    UNION ALL
    SELECT a.headline, a.cut, d.quantity, d.entries, d.l0, d.l1, d.l2, d.l3
    FROM ledger_delta($1, $7::bigint, $8::bigint) d
    JOIN asked a ON a.headline = d.headline AND a.bucket_kind = d.bucket_kind AND d.day <= a.upto
         AND (a.after IS NULL OR d.day > a.after)
)
SELECT headline, cut, sum(quantity)::bigint, sum(entries)::bigint, modulo_2_64(sum(l0))::text,
       modulo_2_64(sum(l1))::text, modulo_2_64(sum(l2))::text, modulo_2_64(sum(l3))::text
FROM part GROUP BY 1, 2)"};

}  // namespace

std::string column_of(const std::vector<Cut>& cuts, std::string Cut::*member) {
    std::string out = "{";
    for (const auto& cut : cuts) {
        if (out.size() > 1) out += ',';
        out += (cut.*member).empty() ? "NULL" : cut.*member;
    }
    return out + "}";
}

pqxx::result totals_of(Tx& tx, const std::vector<Cut>& cuts, const Knowledge& k) {
    return tx.run(totals, {tx.authority(), column_of(cuts, &Cut::definition), column_of(cuts, &Cut::name),
                           column_of(cuts, &Cut::kind), column_of(cuts, &Cut::after), column_of(cuts, &Cut::to),
                           std::to_string(k.folded), std::to_string(k.seq)});
}

Params asked(Tx& tx, const Headline& h, const Knowledge& k, const std::string& as_at) {
    return {tx.authority(), h.measure, h.filter, h.from, as_at, std::to_string(k.seq)};
}

bool is_folded(const Headline& h, const Knowledge& k) {
    return h.folded_from && *h.folded_from <= k.folded;
}

bool has_folded_periods(const Headline& h, const Knowledge& k) {
    return h.periods_folded_from && *h.periods_folded_from <= k.folded;
}

}  // namespace tideover::db::figures
