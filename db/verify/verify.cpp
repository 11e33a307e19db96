// The checks of `tideover verify`. They share no code with what they check: the ledger is held against the
// view `recount`, folded totals against a plain count, and so on. Whole tables are hashed against each other.
#include "db/verify/verify.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "db/verify/verify_grants.hpp"
#include "db/verify/verify_publications.hpp"
#include "db/verify/verify_records.hpp"
#include "domain/nouns.hpp"

namespace tideover::db {
namespace {

constexpr std::size_t shown_max = 20;

class Report {
public:
    explicit Report(Verification& verification) : verification_(verification) {}

    [[nodiscard]] bool full() const { return verification_.first.size() >= shown_max; }
    void add(Difference difference) {
        ++verification_.differences;
        if (!full()) verification_.first.push_back(std::move(difference));
    }
    void add_unseen(std::int64_t more) { verification_.differences += more; }

private:
    Verification& verification_;
};

/// record: every record; dated: those with fields that are kept by day, as JSON; noun: every kind of record; lawful:
/// the moves from the program's tables, where a record begins by moving from ''.
std::string common_sql() {
    std::string records, names, dated;
    std::set<std::tuple<std::string_view, std::string_view, std::string_view>> moves;
    for (const auto* noun : nouns::all()) {
        const std::string name{noun->name};
        records += (records.empty() ? "SELECT '" : " UNION ALL SELECT '") + name + "', id, version, " +
                   (noun->moves.empty() ? "NULL" : "state") + "::text FROM " + name + " WHERE authority_id = $1";
        names += (names.empty() ? "('" : ", ('") + name + "')";
        if (noun->has_dated_fields())
            dated +=
                (dated.empty() ? "" : " UNION ALL ") +
                ("SELECT t.id, to_jsonb(t) FROM " + name +
                 " t WHERE t.authority_id = $1 AND t.id IN (SELECT record_id FROM dated_fact WHERE authority_id = $1)");
        if (!noun->moves.empty()) moves.emplace(noun->name, "", noun->initial());
        for (const auto& move : noun->moves) moves.emplace(noun->name, move.from, move.to);
    }
    std::string lawful;
    for (const auto& [noun, from, to] : moves) {
        lawful += lawful.empty() ? "('" : ", ('";
        lawful.append(noun).append("', '").append(from).append("', '").append(to).append("')");
    }
    return "WITH RECURSIVE record(kind, id, version, state) AS (" + records + "), noun(kind) AS (VALUES " + names +
           "), dated(id, fields) AS (" + dated + "), lawful(kind, from_state, to_state) AS (VALUES " + lawful + "), ";
}

void ask(Connection& c, const std::string& authority, const Check& check, Report& report) {
    const Query query{"verify_" + std::string{check.kind},
                      common_sql() + std::string{check.with} + "found(place, detail) AS (" + std::string{check.sql} +
                          ") SELECT place, detail, count(*) OVER () FROM found ORDER BY 1, 2 LIMIT " +
                          std::to_string(shown_max)};
    const auto rows = c.run(query, {authority});
    if (rows.empty()) return;
    for (const auto& row : rows) {
        report.add({std::string{check.kind}, row[0].as<std::string>(), row[1].as<std::string>()});
    }
    report.add_unseen(rows[0][2].as<std::int64_t>() - static_cast<std::int64_t>(rows.size()));
}

// ---- entries by themselves -------------------------------------------------------------------------------

constexpr std::string_view unknown_records_sql = R"(unknown AS (
    SELECT e.record_id, e.record_kind, e.measure, e.id FROM entry e
    WHERE e.authority_id = $1 AND NOT EXISTS (SELECT FROM record r WHERE r.id = e.record_id AND r.kind = e.record_kind)
) SELECT * FROM unknown ORDER BY record_id, id)";

/// Names entries of records that are not there, and returns the ids of these: they are told once, as such.
std::set<std::string> find_unknown_records(Connection& c, const std::string& authority, Report& report) {
    std::set<std::string> ids;
    const Query query{"verify_unknown_records", common_sql() + std::string{unknown_records_sql}};
    for (const auto& row : c.run(query, {authority})) {
        const auto id = row[0].as<std::string>();
        report.add({"entry-without-record", row[1].as<std::string>() + " " + id,
                    "Entry " + row[3].as<std::string>() + " of " + row[2].as<std::string>() +
                        " names a record that is not there."});
        ids.insert(id);
    }
    return ids;
}

constexpr Check wrong_hash{"wrong-hash", "", R"(
SELECT 'entry ' || id, 'The stored hash is not the hash of its content.' FROM entry
WHERE authority_id = $1 AND hash IS DISTINCT FROM sha256(convert_to(concat_ws('|',
    id, measure, quantity, coalesce(subject_id::text, '-'), dims, happened_on - DATE '2000-01-01'), 'UTF8'))
UNION ALL
SELECT 'merge_link ' || seq, 'The stored hash is not the hash of its content.' FROM merge_link
WHERE authority_id = $1 AND hash IS DISTINCT FROM sha256(convert_to(concat(
    from_id, '>', into_id, CASE linked WHEN true THEN '+' ELSE '-' END), 'UTF8')))"};

constexpr Check stray_correction{"stray-correction", "", R"(
SELECT e.record_kind || ' ' || e.record_id,
       'Entry ' || e.id || ' of ' || e.measure || ' corrects one of ' || o.measure || ' of ' || o.record_kind || ' ' ||
       o.record_id || '.'
FROM entry e JOIN entry o ON o.authority_id = e.authority_id AND o.id = e.corrects
WHERE e.authority_id = $1 AND e.corrects IS NOT NULL
      AND (o.record_id, o.record_kind, o.measure) <> (e.record_id, e.record_kind, e.measure))"};

// ---- the ledger against the records ----------------------------------------------------------------------

/// Keys whose net differs between the two. One grouping instead of a join, in which a missing subject equals a
/// missing subject.
const Query ledger_against_records{"verify_ledger", R"(
SELECT record_id, record_kind, measure, coalesce(subject_id::text, ''), dims::text, happened_on::text,
       sum(expected)::bigint, sum(there)::bigint
FROM (
    SELECT record_kind, record_id, measure, subject_id, dims, happened_on,
           0::bigint AS expected, quantity AS there, 0 AS expected_sign, sign(quantity)::integer AS there_sign
    FROM entry WHERE authority_id = $1
    UNION ALL
    SELECT record_kind, record_id, measure, subject_id, dims, happened_on, quantity, 0, sign(quantity)::integer, 0
    FROM recount WHERE authority_id = $1
) line
GROUP BY record_id, record_kind, measure, subject_id, dims, happened_on
HAVING sum(expected) <> sum(there) OR sum(expected_sign) <> sum(there_sign)
ORDER BY 1, 2, 3, 6, 5, 4)"};

/// What the ledger has, or should have, under one key of one record.
struct Net {
    std::string subject, dims, day;
    std::int64_t expected = 0, there = 0;
};

/// A record's lines of one measure that do not agree.
struct Disagreement {
    std::string where, measure;
    std::vector<Net> missing{}, extra{};
};

std::string signed_text(std::int64_t quantity) {
    return (quantity > 0 ? "+" : "") + std::to_string(quantity);
}

/// The names of the dimensions that differ; their values may say something about a person.
std::string differing_keys(Connection& c, const std::string& one, const std::string& other) {
    static const Query keys{"verify_keys", R"(
SELECT string_agg(DISTINCT coalesce(a.key, b.key), ', ')
FROM jsonb_each($1::jsonb) a FULL JOIN jsonb_each($2::jsonb) b ON b.key = a.key
WHERE a.value IS DISTINCT FROM b.value)"};
    return c.run(keys, {one, other})[0][0].as<std::string>();
}

/// In what one thing two lines of the same quantity differ; nothing where in none or in several.
std::string_view only_difference(const Net& one, const Net& other) {
    const bool day = one.day != other.day, subject = one.subject != other.subject, dims = one.dims != other.dims;
    if (day + subject + dims != 1) return {};
    return day ? "wrong-day" : subject ? "wrong-subject" : "wrong-dimensions";
}

void tell_pair(Connection& c, const Disagreement& of, std::string_view kind, const Net& missing, const Net& extra,
               Report& report) {
    auto detail = of.measure + " " + signed_text(missing.expected);
    const auto nobody = [](const std::string& subject) { return subject.empty() ? "nobody" : subject; };
    if (kind == "wrong-day") {
        detail += " should stand on " + missing.day + " and stands on " + extra.day + ".";
    } else if (kind == "wrong-subject") {
        detail += " on " + missing.day + " should count " + nobody(missing.subject) + " and counts " +
                  nobody(extra.subject) + ".";
    } else {
        detail += " on " + missing.day + " has other dimensions than its record";
        detail += report.full() ? "." : ": " + differing_keys(c, missing.dims, extra.dims) + ".";
    }
    report.add({std::string{kind}, of.where, detail});
}

/// Lines that are there in another place first, then what is left on either side.
void tell(Connection& c, Disagreement of, Report& report) {
    for (auto extra = of.extra.begin(); extra != of.extra.end();) {
        const auto missing = std::find_if(of.missing.begin(), of.missing.end(), [&](const Net& m) {
            return m.expected == extra->there && !only_difference(m, *extra).empty();
        });
        if (missing == of.missing.end()) {
            ++extra;
            continue;
        }
        tell_pair(c, of, only_difference(*missing, *extra), *missing, *extra, report);
        of.missing.erase(missing);
        extra = of.extra.erase(extra);
    }
    for (const auto& net : of.missing) {
        report.add({"missing-entry", of.where,
                    of.measure + " should have " + signed_text(net.expected) + " on " + net.day + " and has nothing."});
    }
    for (const auto& net : of.extra) {
        report.add({"extra-entry", of.where,
                    of.measure + " should have nothing of this kind on " + net.day + " and has " +
                        signed_text(net.there) + "."});
    }
}

void compare_ledger(Connection& c, const std::string& authority, const std::set<std::string>& unknown, Report& report) {
    // The view opens a record into its lines by small loops; the rest of this question joins nothing.
    c.run("SET LOCAL enable_nestloop = on");
    const auto rows = c.run(ledger_against_records, {authority});
    c.run("SET LOCAL enable_nestloop = off");
    Disagreement current{};
    for (const auto& row : rows) {
        const auto id = row[0].as<std::string>();
        if (unknown.count(id) != 0) continue;
        const auto where = row[1].as<std::string>() + " " + id, measure = row[2].as<std::string>();
        if (where != current.where || measure != current.measure) {
            tell(c, std::move(current), report);
            current = {where, measure};
        }
        Net net{row[3].as<std::string>(), row[4].as<std::string>(), row[5].as<std::string>(), row[6].as<std::int64_t>(),
                row[7].as<std::int64_t>()};
        if (net.expected == net.there) {
            report.add({"split-entry", where,
                        measure + " on " + net.day + " nets to " + signed_text(net.there) +
                            " as it should, but in more entries than a count allows."});
        } else if (net.there == 0) {
            current.missing.push_back(std::move(net));
        } else if (net.expected == 0) {
            current.extra.push_back(std::move(net));
        } else {
            report.add({"wrong-quantity", where,
                        measure + " on " + net.day + " should come to " + signed_text(net.expected) + " and comes to " +
                            signed_text(net.there) + "."});
        }
    }
    tell(c, std::move(current), report);
}

constexpr Check merge_links{"wrong-merge-link", "", R"(
SELECT 'party ' || coalesce(should.from_id, l.from_id),
       'It should be counted as ' || coalesce(should.into_id::text, 'itself') || ' and is counted as ' ||
       coalesce(l.into_id::text, 'itself') || '.'
FROM (SELECT from_id, into_id FROM merge WHERE authority_id = $1 AND state = 'merged' AND NOT voided) should
FULL JOIN (SELECT from_id, into_id FROM (
               SELECT DISTINCT ON (from_id) from_id, into_id, linked FROM merge_link
               WHERE authority_id = $1 ORDER BY from_id, seq DESC) newest WHERE linked) l ON l.from_id = should.from_id
WHERE should.into_id IS DISTINCT FROM l.into_id)"};

// ---- seals and folded totals -----------------------------------------------------------------------------

constexpr Check seal_order{"seal-out-of-order", "", R"(
SELECT 'seal ' || seq, 'It was made at ' || wire(at) || ', not after the seal below it of ' || wire(below) || '.'
FROM (SELECT seq, at, lag(at) OVER (ORDER BY seq) AS below FROM seal WHERE authority_id = $1) s WHERE at <= below)"};

constexpr Check seal_end{"seal-without-entry", "", R"(
SELECT 'seal ' || s.seq, 'The ledger has no entry, no merge and no definition of this number.' FROM seal s
WHERE s.authority_id = $1
      AND NOT EXISTS (SELECT FROM entry e WHERE e.authority_id = s.authority_id AND e.seq = s.seq)
      AND NOT EXISTS (SELECT FROM merge_link l WHERE l.authority_id = s.authority_id AND l.seq = s.seq)
      AND NOT EXISTS (SELECT FROM headline h WHERE h.authority_id = s.authority_id
                      AND (h.seq = s.seq OR h.superseded_seq = s.seq)))"};

// For each entry the latest seal below it and the earliest at or above it. Both windows grow from one end,
// because a sliding one would take its minimum anew for each row.
constexpr Check seal_breach{"entry-outside-its-seal", "", R"(
SELECT record_kind || ' ' || record_id,
       'Entry ' || id || ', number ' || seq || ', was recorded at ' || wire(at) ||
       CASE WHEN at < sealed_below THEN ', before the seal below it of ' || wire(sealed_below)
            ELSE ', after the seal above it of ' || wire(sealed_above) END || '.'
FROM (
    SELECT id, seq, at, record_kind, record_id,
           max(at) FILTER (WHERE id IS NULL) OVER (ORDER BY seq, id NULLS LAST) AS sealed_below,
           min(at) FILTER (WHERE id IS NULL) OVER (ORDER BY seq DESC, id NULLS FIRST) AS sealed_above
    FROM (SELECT id, seq, recorded_at AS at, record_kind, record_id FROM entry WHERE authority_id = $1
          UNION ALL SELECT NULL, seq, at, NULL, NULL FROM seal WHERE authority_id = $1) line
) placed
WHERE id IS NOT NULL AND (at < sealed_below OR at > sealed_above))"};

constexpr Check fold_end{"fold-without-seal", "", R"(
SELECT 'fold ' || f.seq, 'Totals are folded up to a seal, and no seal ends here.' FROM fold f
WHERE f.authority_id = $1
      AND NOT EXISTS (SELECT FROM seal s WHERE s.authority_id = f.authority_id AND s.seq = f.seq))"};

// The ledger as it ended at the last fold, counted plainly, for the definitions that had not ended by then. Which
// figures count an entry is decided once for each measure and set of dimensions; a party's root is found from the top
// down, along the newest merges, and it is counted while its net is above nil: over the whole figure, and within each
// period of a distinct one. Limbs are read as signed numbers: the same modulo 2^64.
constexpr Check folded_days{"wrong-fold", R"(
reach(seq) AS (
    SELECT max(seq) FROM fold WHERE authority_id = $1
), link AS MATERIALIZED (
    SELECT DISTINCT ON (from_id) from_id, into_id, linked FROM merge_link
    WHERE authority_id = $1 AND seq <= (SELECT seq FROM reach) ORDER BY from_id, seq DESC
), root(party, root) AS (
    SELECT l.from_id, l.into_id FROM link l
    WHERE l.linked AND NOT EXISTS (SELECT FROM link up WHERE up.from_id = l.into_id AND up.linked)
    UNION ALL
    SELECT l.from_id, r.root FROM root r JOIN link l ON l.into_id = r.party AND l.linked
), still AS (
    SELECT * FROM headline
    WHERE authority_id = $1 AND folded_from IS NOT NULL
          AND coalesce(superseded_seq > (SELECT seq FROM reach), true)
), counting AS MATERIALIZED (
    SELECT h.code AS headline, h.aggregate, h.from_day, h.periods_folded_from IS NOT NULL AS has_periods, measure,
           e.dims
    FROM (SELECT DISTINCT measure, dims FROM entry WHERE authority_id = $1) e
    JOIN still h USING (measure)
    WHERE (SELECT count(*) FROM jsonb_each(h.filter) f WHERE f.value @> jsonb_build_array(e.dims -> f.key)) =
          (SELECT count(*) FROM jsonb_object_keys(h.filter))
), tally AS (
    SELECT k.headline, 'd'::"char" AS bucket_kind, e.happened_on AS day,
           sum(CASE k.aggregate WHEN 'sum' THEN e.quantity WHEN 'count' THEN sign(e.quantity)::bigint ELSE 0 END)
               AS quantity,
           count(*) AS entries,
           sum(('x' || encode(substr(e.hash,  1, 8), 'hex'))::bit(64)::bigint) AS l0,
           sum(('x' || encode(substr(e.hash,  9, 8), 'hex'))::bit(64)::bigint) AS l1,
           sum(('x' || encode(substr(e.hash, 17, 8), 'hex'))::bit(64)::bigint) AS l2,
           sum(('x' || encode(substr(e.hash, 25, 8), 'hex'))::bit(64)::bigint) AS l3
    FROM entry e JOIN counting k ON k.measure = e.measure AND k.dims = e.dims AND e.happened_on >= k.from_day
    WHERE e.authority_id = $1 AND e.seq <= (SELECT seq FROM reach) GROUP BY 1, 3
), held AS (
    SELECT k.headline, k.has_periods, coalesce(r.root, e.subject_id) AS party, e.happened_on AS day,
           sum(e.quantity) AS quantity
    FROM entry e JOIN counting k ON k.measure = e.measure AND k.dims = e.dims AND e.happened_on >= k.from_day
         AND k.aggregate = 'distinct'
    LEFT JOIN root r ON r.party = e.subject_id
    WHERE e.authority_id = $1 AND e.seq <= (SELECT seq FROM reach) AND e.subject_id IS NOT NULL GROUP BY 1, 2, 3, 4
), within AS (
    SELECT h.headline, p.bucket_kind, p.name, h.party, h.day, h.quantity
    FROM held h CROSS JOIN LATERAL (VALUES
        ('d'::"char", ''), ('M', to_char(h.day, 'YYYY-MM')), ('Q', to_char(h.day, 'YYYY-Q')),
        ('Y', to_char(h.day - CASE WHEN extract(month FROM h.day) < 4 THEN interval '1 year' ELSE '0' END, 'YYYY'))
    ) p(bucket_kind, name)
    WHERE h.has_periods OR p.bucket_kind = 'd'
), standing AS (
    SELECT headline, bucket_kind, name, party, day,
           sum(quantity) OVER (PARTITION BY headline, bucket_kind, name, party ORDER BY day) > 0 AS counts
    FROM within
), turn AS (
    SELECT headline, bucket_kind, day,
           counts::integer - lag(counts, 1, false) OVER (PARTITION BY headline, bucket_kind, name, party ORDER BY day)::integer
               AS turned
    FROM standing
), plain AS (
    SELECT headline, bucket_kind, day, sum(quantity) AS quantity, sum(entries) AS entries, sum(l0) AS l0,
           sum(l1) AS l1, sum(l2) AS l2, sum(l3) AS l3
    FROM (SELECT * FROM tally UNION ALL SELECT headline, bucket_kind, day, turned, 0, 0, 0, 0, 0 FROM turn) both_ways
    GROUP BY 1, 2, 3
), folded_day AS (
    SELECT DISTINCT ON (headline, bucket_kind, bucket) * FROM folded
    WHERE authority_id = $1 AND bucket_kind <> 'm' AND headline IN (SELECT code FROM still)
    ORDER BY headline, bucket_kind, bucket, seq DESC
), compared AS (
    SELECT coalesce(p.headline, f.headline) AS headline, coalesce(p.bucket_kind, f.bucket_kind) AS bucket_kind,
           coalesce(p.day, f.bucket) AS day,
           coalesce(p.quantity, 0) AS quantity, coalesce(p.entries, 0) AS entries,
           coalesce(f.quantity, 0) AS folded_quantity, coalesce(f.entries, 0) AS folded_entries,
           (coalesce(p.l0, 0) - coalesce(f.l0, 0)) % 18446744073709551616 = 0 AND
           (coalesce(p.l1, 0) - coalesce(f.l1, 0)) % 18446744073709551616 = 0 AND
           (coalesce(p.l2, 0) - coalesce(f.l2, 0)) % 18446744073709551616 = 0 AND
           (coalesce(p.l3, 0) - coalesce(f.l3, 0)) % 18446744073709551616 = 0 AS same_digest
    FROM plain p
    FULL JOIN folded_day f ON f.headline = p.headline AND f.bucket_kind = p.bucket_kind AND f.bucket = p.day
), )",
                            R"(
SELECT headline || ' on ' || day ||
       CASE bucket_kind WHEN 'M' THEN ' within its month' WHEN 'Q' THEN ' within its quarter'
            WHEN 'Y' THEN ' within its financial year' ELSE '' END,
       CASE WHEN quantity = folded_quantity AND entries = folded_entries
            THEN 'The folded digest is not that of the entries.'
            ELSE 'The total is ' || quantity || ' in ' || entries || ' entries, and folded it is ' || folded_quantity ||
                 ' in ' || folded_entries || '.' END
FROM compared WHERE quantity <> folded_quantity OR entries <> folded_entries OR NOT same_digest)"};

constexpr Check folded_months{"wrong-month", R"(
newest AS (
    SELECT DISTINCT ON (headline, bucket_kind, bucket) * FROM folded
    WHERE authority_id = $1 ORDER BY headline, bucket_kind, bucket, seq DESC
), summed AS (
    SELECT headline, date_trunc('month', bucket)::date AS month, bucket_kind, sum(quantity) AS quantity,
           sum(entries) AS entries, sum(l0) % 18446744073709551616 AS l0, sum(l1) % 18446744073709551616 AS l1,
           sum(l2) % 18446744073709551616 AS l2, sum(l3) % 18446744073709551616 AS l3
    FROM newest GROUP BY 1, 2, 3
), )",
                              R"(
SELECT coalesce(d.headline, m.headline) || ' in ' || to_char(coalesce(d.month, m.month), 'YYYY-MM'),
       'Its days come to ' || coalesce(d.quantity, 0) || ' in ' || coalesce(d.entries, 0) ||
       ' entries, and the folded month is ' || coalesce(m.quantity, 0) || ' in ' || coalesce(m.entries, 0) ||
       CASE WHEN (d.quantity, d.entries) = (m.quantity, m.entries) THEN ' with another digest.' ELSE '.' END
FROM (SELECT * FROM summed WHERE bucket_kind = 'd') d
FULL JOIN (SELECT * FROM summed WHERE bucket_kind = 'm') m ON m.headline = d.headline AND m.month = d.month
WHERE (d.quantity, d.entries, d.l0, d.l1, d.l2, d.l3) IS DISTINCT FROM
      (m.quantity, m.entries, m.l0, m.l1, m.l2, m.l3))"};

constexpr Check bucket_list{"wrong-bucket-list", "", R"(
SELECT coalesce(f.headline, b.headline) || ' on ' || coalesce(f.bucket, b.bucket) || ' (' ||
       coalesce(f.bucket_kind, b.bucket_kind)::text || ')',
       CASE WHEN f.headline IS NULL THEN 'It is listed and has no folded total.'
            ELSE 'It has a folded total and is not listed, so that no figure adds it.' END
FROM (SELECT DISTINCT headline, bucket_kind, bucket FROM folded WHERE authority_id = $1) f
FULL JOIN (SELECT headline, bucket_kind, bucket FROM folded_bucket WHERE authority_id = $1) b
     ON b.headline = f.headline AND b.bucket_kind = f.bucket_kind AND b.bucket = f.bucket
WHERE f.headline IS NULL OR b.headline IS NULL)"};

constexpr Check taken_back{"wrong-taken-back", "", R"(
SELECT 'ppe_movement ' || i.id, 'Its returns and recalls come to ' || coalesce(b.units, 0) || ' units, and it says ' ||
       i.taken_back_units || '.'
FROM ppe_movement i
LEFT JOIN (SELECT issue_id, sum(units) AS units FROM ppe_movement
           WHERE authority_id = $1 AND issue_id IS NOT NULL AND NOT voided GROUP BY 1) b ON b.issue_id = i.id
WHERE i.authority_id = $1 AND i.taken_back_units <> coalesce(b.units, 0))"};

const Query amounts{"verify_amounts", R"(
SELECT (SELECT count(*) FROM entry WHERE authority_id = $1), (SELECT count(*) FROM audit WHERE authority_id = $1),
       (SELECT count(*) FROM seal WHERE authority_id = $1), (SELECT count(*) FROM folded WHERE authority_id = $1))"};

void count_what_is_there(Connection& c, const std::string& authority, Verification& verification) {
    const auto row = c.run(amounts, {authority})[0];
    verification.entries = row[0].as<std::int64_t>();
    verification.audit_lines = row[1].as<std::int64_t>();
    verification.seals = row[2].as<std::int64_t>();
    verification.folded_totals = row[3].as<std::int64_t>();
    const Query records{"verify_records", common_sql() + "said AS (SELECT count(*) FROM record) SELECT * FROM said"};
    verification.records = c.run(records, {authority})[0][0].as<std::int64_t>();
}

}  // namespace

Snapshot::Snapshot(Connection& connection) : connection_(connection) {
    connection_.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    // The limits of requests are not for this. Whole tables meet here: where the planner misjudges how many
    // rows a union has, loops and merges would take hours, and hashing is never far from the best.
    connection_.run(
        "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0; "
        "SET LOCAL work_mem = '192MB'; SET LOCAL jit = off; "
        "SET LOCAL enable_nestloop = off; SET LOCAL enable_mergejoin = off");
}

Snapshot::~Snapshot() {
    try {
        connection_.run("ROLLBACK");
    } catch (const std::exception&) {
        // A lost connection has rolled back by itself.
    }
}

Verification verify(Connection& connection, const std::string& authority) {
    const Snapshot snapshot{connection};
    Verification verification;
    Report report{verification};
    count_what_is_there(connection, authority, verification);
    const auto unknown = find_unknown_records(connection, authority, report);
    for (const auto& check : {wrong_hash, stray_correction}) ask(connection, authority, check, report);
    compare_ledger(connection, authority, unknown, report);
    for (const auto& check :
         {merge_links,          seal_order,     seal_end,    seal_breach,       fold_end,
          folded_days,          folded_months,  bucket_list, first_line,        version_lines,
          lines_without_record, unlawful_moves, dated_facts, commitments,       overpaid,
          payee_givers,         taken_back,     definitions, published_figures, published_documents}) {
        ask(connection, authority, check, report);
    }
    return verification;
}

}  // namespace tideover::db
