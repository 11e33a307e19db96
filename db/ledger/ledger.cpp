// Seals and folds, each in one transaction.
#include "db/ledger/ledger.hpp"

#include "db/core/failpoint.hpp"
#include "db/core/fault.hpp"
#include "db/core/locks.hpp"

namespace tideover::db::ledger {
namespace {

const Query newest{"ledger_newest", R"(
SELECT coalesce((SELECT max(seq) FROM seal WHERE authority_id = $1), 0),
       greatest((SELECT max(seq) FROM entry WHERE authority_id = $1),
                (SELECT max(seq) FROM merge_link WHERE authority_id = $1),
                (SELECT max(seq) FROM headline WHERE authority_id = $1),
                (SELECT max(superseded_seq) FROM headline WHERE authority_id = $1), 0),
       coalesce((SELECT max(id) FROM audit WHERE authority_id = $1), 0),
       coalesce((SELECT audit_upto FROM audit_link WHERE authority_id = $1 ORDER BY number DESC LIMIT 1), 0))"};

// The clock may have been set back: a seal is always later than the one before it, and than all that it closes.
const Query add_seal{"ledger_seal", R"(
INSERT INTO seal (authority_id, at, seq)
SELECT $1, greatest(clock_timestamp(), before.at + interval '1 microsecond',
                    (SELECT max(recorded_at) FROM entry
                     WHERE authority_id = $1 AND seq > coalesce(before.seq, 0) AND seq <= $2::bigint)),
       $2::bigint
FROM (SELECT max(at) AS at, max(seq) AS seq FROM seal WHERE authority_id = $1) before)"};

const Query extent{"ledger_extent", R"(
SELECT coalesce((SELECT max(seq) FROM fold WHERE authority_id = $1), 0),
       coalesce((SELECT max(seq) FROM seal WHERE authority_id = $1), 0))"};

// The days and months that changed, on top of their newest version.
const Query fold_tail{"ledger_fold", R"(
WITH delta AS MATERIALIZED (
    SELECT * FROM ledger_delta($1, $2::bigint, $3::bigint)
    WHERE headline IN (SELECT code FROM headline WHERE authority_id = $1 AND periods_folded_from IS NOT NULL)
), bucketed AS (
    SELECT headline, bucket_kind, day AS bucket, quantity, entries, l0, l1, l2, l3 FROM delta
    UNION ALL
    SELECT headline, 'm', date_trunc('month', day)::date, sum(quantity)::bigint, sum(entries)::bigint,
           sum(l0), sum(l1), sum(l2), sum(l3)
    FROM delta WHERE bucket_kind = 'd' GROUP BY 1, 3
), known AS (
    INSERT INTO folded_bucket (authority_id, headline, bucket_kind, bucket)
    SELECT $1, headline, bucket_kind, bucket FROM bucketed ON CONFLICT DO NOTHING
)
INSERT INTO folded (authority_id, headline, bucket_kind, bucket, seq, quantity, entries, l0, l1, l2, l3)
SELECT $1, b.headline, b.bucket_kind, b.bucket, $3::bigint, b.quantity + coalesce(f.quantity, 0),
       b.entries + coalesce(f.entries, 0), modulo_2_64(b.l0 + coalesce(f.l0, 0)), modulo_2_64(b.l1 + coalesce(f.l1, 0)),
       modulo_2_64(b.l2 + coalesce(f.l2, 0)), modulo_2_64(b.l3 + coalesce(f.l3, 0))
FROM bucketed b
LEFT JOIN LATERAL (
    SELECT * FROM folded f
    WHERE f.authority_id = $1 AND f.headline = b.headline AND f.bucket_kind = b.bucket_kind AND f.bucket = b.bucket
    ORDER BY f.seq DESC LIMIT 1
) f ON true)"};

const Query any_fresh{"ledger_any_fresh", R"(
SELECT FROM headline WHERE authority_id = $1 AND periods_folded_from IS NULL LIMIT 1)"};

// What figures that were defined since come to at the last fold, counted plainly: from then on they are folded like all
// others. A party counts from the day on which its net rises above nil, over the whole figure and over each period.
const Query fold_fresh{"ledger_fold_fresh", R"(
WITH fresh AS MATERIALIZED (
    SELECT code, aggregate, measure, from_day, condition, folded_from IS NULL AS is_new FROM headline
    WHERE authority_id = $1 AND periods_folded_from IS NULL
), line AS MATERIALIZED (
    SELECT h.code, h.aggregate, h.is_new, e.subject_id, e.happened_on AS day, e.quantity, e.hash
    FROM fresh h JOIN entry e ON e.authority_id = $1 AND e.measure = h.measure AND e.happened_on >= h.from_day
         AND e.dims @@ h.condition AND e.seq <= $2::bigint
), held AS (
    SELECT code, is_new, CASE WHEN subject_id IN (SELECT m.from_id FROM merge_link m WHERE m.authority_id = $1)
                              THEN root_of($1, subject_id, $2::bigint) ELSE subject_id END AS party,
           day, sum(quantity) AS quantity
    FROM line WHERE aggregate = 'distinct' AND subject_id IS NOT NULL GROUP BY 1, 2, 3, 4
), standing AS (
    SELECT h.code, h.party, h.day, o.bucket_kind, o.first,
           sum(h.quantity) OVER (PARTITION BY h.code, h.party, o.bucket_kind, o.first ORDER BY h.day) > 0 AS counts
    FROM held h CROSS JOIN LATERAL counted_over(h.day) o WHERE h.is_new OR o.bucket_kind <> 'd'
), turn AS (
    SELECT code, bucket_kind, day,
           counts::integer - lag(counts, 1, false) OVER (PARTITION BY code, party, bucket_kind, first ORDER BY day)::integer
               AS turned
    FROM standing
), daily AS (
    SELECT code, bucket_kind, day, sum(quantity)::bigint AS quantity, sum(entries)::bigint AS entries, sum(l0) AS l0,
           sum(l1) AS l1, sum(l2) AS l2, sum(l3) AS l3
    FROM (SELECT code, 'd'::"char" AS bucket_kind, day,
                 CASE aggregate WHEN 'sum' THEN quantity WHEN 'count' THEN sign(quantity) ELSE 0 END AS quantity,
                 1 AS entries, limb(hash, 0) AS l0, limb(hash, 1) AS l1, limb(hash, 2) AS l2, limb(hash, 3) AS l3
          FROM line WHERE is_new
          UNION ALL SELECT code, bucket_kind, day, turned, 0, 0, 0, 0, 0 FROM turn WHERE turned <> 0) both_ways
    GROUP BY 1, 2, 3
), bucketed AS (
    SELECT code AS headline, bucket_kind, day AS bucket, quantity, entries, l0, l1, l2, l3 FROM daily
    UNION ALL
    SELECT code, 'm', date_trunc('month', day)::date, sum(quantity)::bigint, sum(entries)::bigint, sum(l0), sum(l1),
           sum(l2), sum(l3)
    FROM daily WHERE bucket_kind = 'd' GROUP BY 1, 3
), known AS (
    INSERT INTO folded_bucket (authority_id, headline, bucket_kind, bucket)
    SELECT $1, headline, bucket_kind, bucket FROM bucketed
), kept AS (
    INSERT INTO folded (authority_id, headline, bucket_kind, bucket, seq, quantity, entries, l0, l1, l2, l3)
    SELECT $1, headline, bucket_kind, bucket, $2::bigint, quantity, entries, modulo_2_64(l0), modulo_2_64(l1),
           modulo_2_64(l2), modulo_2_64(l3)
    FROM bucketed
)
UPDATE headline h SET folded_from = coalesce(h.folded_from, $2::bigint), periods_folded_from = $2::bigint
FROM fresh WHERE h.authority_id = $1 AND h.code = fresh.code)"};

const Query lock_ledger{"ledger_lock",
                        filled("SELECT pg_advisory_xact_lock({lock}, hashtext($1))", {{"lock", locks::ledger.number}})};
const Query try_to_fold{"ledger_try_to_fold", filled("SELECT pg_try_advisory_xact_lock({lock}, hashtext($1))",
                                                     {{"lock", locks::fold.number}})};
const Query add_fold{"ledger_add_fold", "INSERT INTO fold (authority_id, seq) VALUES ($1, $2::bigint)"};

/// Rolls back what an exception leaves open; the connection itself is the caller's to discard.
class Transaction {
public:
    explicit Transaction(Connection& connection) : connection_(connection) { connection_.run("BEGIN"); }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit() {
        connection_.run("COMMIT");
        connection_.expect_no_warning();
        open_ = false;
    }
    ~Transaction() {
        if (!open_) return;
        try {
            connection_.run("ROLLBACK");
        } catch (const std::exception&) {
            // Lost connections roll back by themselves.
        }
    }

private:
    Connection& connection_;
    bool open_ = true;
};

}  // namespace

std::vector<std::string> authorities(Connection& connection) {
    std::vector<std::string> out;
    for (const auto& row : connection.run("SELECT id FROM authority ORDER BY id")) {
        out.push_back(row[0].as<std::string>());
    }
    return out;
}

bool seal(Connection& connection, const std::string& authority, audit_chain::Ends* ends) {
    const auto moved = [](const pqxx::row& row, int from) {
        return row[from].as<std::int64_t>() != row[from + 1].as<std::int64_t>();
    };
    const auto seen = connection.run(newest, {authority})[0];
    if (!moved(seen, 0) && (ends == nullptr || !moved(seen, 2))) return false;
    Transaction transaction{connection};
    connection.run("SET LOCAL lock_timeout = '200ms'");
    try {
        if (!planted("fold-past-open")) {
            connection.run(lock_ledger, {authority});
        }
    } catch (const pqxx::sql_error& e) {
        if (e.sqlstate() == "55P03") return false;
        throw;
    }
    const auto found = connection.run(newest, {authority})[0];
    if (moved(found, 0)) connection.run(add_seal, {authority, found[1].as<std::string>()});
    transaction.commit();
    if (ends != nullptr) *ends = {found[1].as<std::int64_t>(), found[2].as<std::int64_t>()};
    return moved(found, 0);
}

std::int64_t fold(Connection& connection, const std::string& authority) {
    Transaction transaction{connection};
    // One folder at a time; a second server waits for nothing and skips.
    const auto mine = connection.run(try_to_fold, {authority});
    const auto reach = connection.run(extent, {authority})[0];
    const auto after = reach[0].as<std::int64_t>(), upto = reach[1].as<std::int64_t>();
    if (!mine[0][0].as<bool>()) return after;
    if (!connection.run(any_fresh, {authority}).empty()) {
        connection.run(fold_fresh, {authority, std::to_string(after)});
    } else if (upto <= after) {
        return after;
    }
    if (upto <= after) {
        transaction.commit();
        return after;
    }
    connection.run(add_fold, {authority, std::to_string(upto)});
    connection.run(fold_tail, {authority, std::to_string(after), std::to_string(upto)});
    transaction.commit();
    return upto;
}

}  // namespace tideover::db::ledger
