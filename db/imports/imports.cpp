// Rows are kept by the statement of their part; what is told of an import is one statement.
#include "db/imports/imports.hpp"

#include <set>

#include "db/core/digest.hpp"
#include "db/jobs/jobs.hpp"
#include "db/records/record_sql.hpp"
#include "db/records/visibility.hpp"

namespace tideover::db::imports {
namespace {

const Query part_keep{"import_part_keep", R"(
INSERT INTO import_part (authority_id, import_id, position, bytes)
VALUES ($1, $2::uuid, $3::integer, decode($4, 'hex')))"};
const Query part_read{"import_part_read", R"(
SELECT encode(bytes, 'hex') FROM import_part WHERE authority_id = $1 AND import_id = $2::uuid AND position = $3::integer)"};
const Query parts_forget{"import_parts_forget",
                         R"(
DELETE FROM import_part p WHERE p.authority_id = $1 AND p.import_id = $2::uuid
       AND NOT EXISTS (SELECT FROM import i WHERE i.authority_id = $1 AND i.id = $2::uuid))"};
const Query parts_forget_old{"import_parts_forget_old", R"(
DELETE FROM import_part p
USING (SELECT f.authority_id, f.import_id FROM import_part f
       WHERE f.position = 1 AND f.at < clock_timestamp() - interval '1 day'
             AND NOT EXISTS (SELECT FROM import i WHERE i.authority_id = f.authority_id AND i.id = f.import_id)) old
WHERE p.authority_id = old.authority_id AND p.import_id = old.import_id)"};

const Query same_query{"import_same", R"(
SELECT id FROM import WHERE authority_id = $1 AND kind = $2 AND dry_run = $3::boolean AND sha256 = decode($4, 'hex')
       AND delimiter = $5 AND md5(reading::text) = md5($6::jsonb::text) AND stands)"};
const Query add_query{"import_add", R"(
INSERT INTO import (authority_id, id, kind, name, bytes, sha256, dry_run, all_or_nothing, may_correct, delimiter, columns, format,
                    reading, continues)
VALUES ($1, $2::uuid, $3, nullif($4, ''), $5::bigint, decode($6, 'hex'), $7::boolean, $8::boolean, $9::boolean, $10,
        $11::jsonb, $12, $13::jsonb, (
    SELECT e.id FROM import e JOIN job j ON j.authority_id = e.authority_id AND j.id = e.id
    WHERE e.authority_id = $1 AND e.sha256 = decode($6, 'hex') AND e.kind = $3 AND e.delimiter = $10
          AND md5(e.reading::text) = md5($13::jsonb::text) AND NOT e.stands AND NOT (e.dry_run OR e.all_or_nothing)
          AND NOT ($7::boolean OR $8::boolean) AND j.state IN ('failed', 'cancelled') AND j.done > 0
    ORDER BY e.id DESC LIMIT 1)))"};
const Query named_query{"import_named", R"(
SELECT kind, coalesce(name, ''), bytes, encode(sha256, 'hex'), dry_run, delimiter, columns,
       coalesce(encoding, ''), all_or_nothing, may_correct, faulty, format, reading, coalesce(continues::text, '')
FROM import WHERE authority_id = $1 AND id = $2::uuid)"};

const Query rows_keep{"import_rows_keep", R"(
WITH row AS (
    SELECT x.number::bigint AS number, x.outcome, x.record_id::uuid AS record_id, x.cells::text[] AS cells,
           x.faults::jsonb AS faults
    FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) x(number, outcome, record_id, cells, faults)
), kept AS (
    INSERT INTO import_row (authority_id, import_id, number, outcome, record_id, cells, faults)
    SELECT $1, $2::uuid, r.* FROM row r WHERE r.record_id IS NOT NULL OR r.faults IS NOT NULL
)
UPDATE import i SET recorded = i.recorded + t.recorded, same = i.same + t.same, changed = i.changed + t.changed,
                    faulty = i.faulty + t.faulty, left_out = i.left_out + t.left_out
FROM (SELECT count(*) FILTER (WHERE outcome = 'recorded') AS recorded, count(*) FILTER (WHERE outcome = 'same') AS same,
             count(*) FILTER (WHERE outcome = 'changed') AS changed, count(*) FILTER (WHERE outcome = 'faulty') AS faulty,
             count(*) FILTER (WHERE outcome = 'left_out') AS left_out
      FROM row) t
WHERE i.authority_id = $1 AND i.id = $2::uuid)"};

/// The import `i` with its job `j`, as far as the principal sees it; `$3` is the partner's code.
constexpr std::string_view seen = R"(
FROM import i JOIN job j ON j.authority_id = i.authority_id AND j.id = i.id
WHERE i.authority_id = $1 AND i.id = $2::uuid AND ($3 = '' OR j.partner = $3))";

const Query read_query{"import_read", filled(R"(
SELECT json_build_object(
    'id', i.id, 'kind', i.kind, 'name', i.name, 'state', j.state, 'dry_run', i.dry_run,
    'mode', CASE WHEN i.all_or_nothing THEN 'all_or_nothing' ELSE 'good_rows' END, 'bytes', i.bytes,
    'rows', json_build_object('done', j.done, 'total', j.total, 'recorded', i.recorded, 'same', i.same,
                              'changed', i.changed, 'faulty', i.faulty, 'left_out', i.left_out),
    'format', i.format, 'encoding', i.encoding, 'profile', i.reading ->> 'profile', 'sheet', i.reading ->> 'sheet',
    'header_row', coalesce((i.reading ->> 'header_row')::bigint, 1), 'columns', (
        SELECT json_agg(c || jsonb_build_object('fault', c ->> 'fault', 'value', c ->> 'value') ORDER BY n)
        FROM jsonb_array_elements(i.columns) WITH ORDINALITY x(c, n)), 'figures', i.figures, 'likenesses', CASE WHEN i.kind = ANY ($4::text[]) THEN i.likenesses END, 'continues', '/v1/imports/' || i.continues, 'problem', j.problem, 'by', (
        SELECT json_build_object('id', s.id, 'name', s.name) FROM staff s
        WHERE s.authority_id = j.authority_id AND s.id = j.staff_id),
    'made_at', wire(j.made_at), 'started_at', wire(j.started_at), 'ended_at', wire(j.ended_at),
    'faults', (SELECT coalesce(json_agg(json_build_object('row', f.number, 'field', e ->> 'field', 'code', e ->> 'code',
                                                          'message', e ->> 'message')), '[]')
               FROM (SELECT r.number, r.faults FROM import_row r
                     WHERE r.authority_id = i.authority_id AND r.import_id = i.id AND r.faults IS NOT NULL
                           AND i.kind = ANY ($4::text[])
                     ORDER BY r.number LIMIT 100) f
               CROSS JOIN LATERAL jsonb_array_elements(f.faults) e),
    'errors', '/v1/imports/' || i.id || '/errors.csv', 'errors_until', wire(j.ended_at + interval '{days} days'), 'records', '/v1/imports/' || i.id || '/records',
    'job', '/v1/jobs/' || i.id,
    'undone', (SELECT json_build_object('job', '/v1/jobs/' || u.id, 'reason', u.reason) FROM import_undo u
               WHERE u.authority_id = i.authority_id AND u.import_id = i.id AND u.stands))::text {seen})",
                                             {{"seen", seen}, {"days", faulty_days}})};
const Query header_query{"import_header", filled(R"(SELECT i.kind, c ->> 'column', i.forgotten
FROM (SELECT i.kind, i.columns, i.faulty > 0 AND NOT EXISTS (
          SELECT FROM import_row r WHERE r.authority_id = i.authority_id AND r.import_id = i.id AND r.faults IS NOT NULL)
          AS forgotten {seen}) i CROSS JOIN LATERAL jsonb_array_elements(i.columns) WITH ORDINALITY x(c, n)
WHERE c ->> 'column' IS NOT NULL ORDER BY n)",
                                                 {{"seen", seen}})};

Params asked(Tx& tx, const std::string& id) {
    return {tx.authority(), id, tx.principal().partner};
}

}  // namespace

void keep_part(Database& database, const std::string& authority, const std::string& id, int position,
               const std::string& bytes) {
    database.query_once(part_keep, {authority, id, std::to_string(position), to_hex(bytes)});
}

std::optional<std::string> part(Database& database, const std::string& authority, const std::string& id, int position) {
    const auto found = database.query_once(part_read, {authority, id, std::to_string(position)});
    if (found.empty()) return std::nullopt;
    return from_hex(found[0][0].as<std::string>());
}

std::vector<std::uint64_t> part_ends(Database& database, const std::string& authority, const std::string& id) {
    static const Query query{"import_part_ends", R"(
SELECT sum(length(bytes)) OVER (ORDER BY position) FROM import_part WHERE authority_id = $1 AND import_id = $2::uuid
ORDER BY position)"};
    std::vector<std::uint64_t> out;
    for (const auto& row : database.query_once(query, {authority, id})) out.push_back(row[0].as<std::uint64_t>());
    return out;
}

void forget_parts(Database& database, const std::string& authority, const std::string& id) {
    database.query_once(parts_forget, {authority, id});
}

void forget_old_parts(Database& database) {
    database.query_once(parts_forget_old, {});
}

std::int64_t forget_faulty_rows(Database& database) {
    static const Query query{"import_forget_faulty_rows", "SELECT forget_faulty_rows()"};
    return database.query_once(query, {})[0][0].as<std::int64_t>();
}

std::optional<std::string> same(Tx& tx, const Import& import) {
    const auto found = tx.run(same_query, {tx.authority(), import.kind, import.dry_run ? "true" : "false",
                                           import.sha256, std::string{import.delimiter}, import.reading});
    if (found.empty()) return std::nullopt;
    return found[0][0].as<std::string>();
}

void add(Tx& tx, const Import& import) {
    jobs::add(tx, "import", import.id);
    tx.run(add_query, {tx.authority(), import.id, import.kind, import.name, std::to_string(import.bytes), import.sha256,
                       import.dry_run ? "true" : "false", import.all_or_nothing ? "true" : "false",
                       import.may_correct ? "true" : "false", std::string{import.delimiter}, import.columns,
                       import.format, import.reading});
}

std::int64_t take_over(Tx& tx, const Import& import) {
    static const Query query{"import_take_over", R"(
WITH kept AS (
    INSERT INTO import_row (authority_id, import_id, number, outcome, record_id, cells, faults)
    SELECT authority_id, $2::uuid, number, outcome, record_id, cells, faults FROM import_row
    WHERE authority_id = $1 AND import_id = $3::uuid
), counted AS (
    UPDATE import i SET recorded = e.recorded, same = e.same, changed = e.changed, faulty = e.faulty,
                        left_out = e.left_out
    FROM import e WHERE e.authority_id = $1 AND e.id = $3::uuid AND i.authority_id = $1 AND i.id = $2::uuid
)
SELECT done FROM job WHERE authority_id = $1 AND id = $3::uuid)"};
    return tx.run(query, {tx.authority(), import.id, import.continues})[0][0].as<std::int64_t>();
}

Import named(Database& database, const std::string& authority, const std::string& id) {
    const auto found = database.query_once(named_query, {authority, id});
    if (found.empty()) throw std::logic_error("a job without its import");
    const auto row = found[0];
    return {.id = id,
            .kind = row[0].as<std::string>(),
            .name = row[1].as<std::string>(),
            .bytes = row[2].as<std::int64_t>(),
            .sha256 = row[3].as<std::string>(),
            .dry_run = row[4].as<bool>(),
            .all_or_nothing = row[8].as<bool>(),
            .may_correct = row[9].as<bool>(),
            .faulty = row[10].as<std::int64_t>(),
            .encoding = row[7].as<std::string>(),
            .delimiter = row[5].as<std::string>()[0],
            .columns = row[6].as<std::string>(),
            .continues = row[13].as<std::string>(),
            .format = row[11].as<std::string>(),
            .reading = row[12].as<std::string>()};
}

void know_encoding(Database& database, const std::string& authority, const std::string& id,
                   const std::string& encoding) {
    static const Query query{"import_know_encoding",
                             "UPDATE import SET encoding = $3 WHERE authority_id = $1 AND id = $2::uuid"};
    database.query_once(query, {authority, id, encoding});
}

void know_columns(Database& database, const std::string& authority, const std::string& id, const std::string& columns) {
    static const Query query{"import_know_columns",
                             "UPDATE import SET columns = $3::jsonb WHERE authority_id = $1 AND id = $2::uuid"};
    database.query_once(query, {authority, id, columns});
}

void keep_rows(Tx& tx, const std::string& id, const std::vector<RowResult>& rows, bool are_there) {
    Params numbers, outcomes, records, cells, faults;
    for (const auto& row : rows) {
        numbers.emplace_back(std::to_string(row.number));
        outcomes.emplace_back(std::string{row.outcome});
        records.push_back(are_there ? row.record_id : std::nullopt);
        cells.push_back(row.cells);
        faults.push_back(row.faults);
    }
    tx.run(rows_keep, {tx.authority(), id, array_of_values(numbers), array_of_values(outcomes),
                       array_of_values(records), array_of_values(cells), array_of_values(faults)});
}

void keep_figures(Tx& tx, const std::string& id, const std::string& figures) {
    static const Query query{"import_keep_figures",
                             "UPDATE import SET figures = $3::jsonb WHERE authority_id = $1 AND id = $2::uuid"};
    tx.run(query, {tx.authority(), id, figures});
}

void keep_likenesses(Tx& tx, const std::string& id, const std::string& likenesses) {
    static const Query query{"import_keep_likenesses",
                             "UPDATE import SET likenesses = $3::jsonb WHERE authority_id = $1 AND id = $2::uuid"};
    tx.run(query, {tx.authority(), id, likenesses});
}

std::optional<std::string> read(Tx& tx, const std::string& id, const std::vector<std::string>& kinds) {
    auto params = asked(tx, id);
    params.emplace_back(array_of(kinds));
    const auto found = tx.run(read_query, params);
    if (found.empty()) return std::nullopt;
    return found[0][0].as<std::string>();
}

std::optional<Header> header(Tx& tx, const std::string& id) {
    const auto found = tx.run(header_query, asked(tx, id));
    if (found.empty()) return std::nullopt;
    Header out{.kind = found[0][0].as<std::string>(), .columns = {}, .forgotten = found[0][2].as<bool>()};
    for (const auto& row : found) out.columns.push_back(row[1].as<std::string>());
    return out;
}

void each_faulty(Tx& tx, const std::string& id, const std::function<void(const FaultyRow&)>& take) {
    Statement sql;
    const auto authority = sql.bind(tx.authority(), "text"), import = sql.bind(id, "uuid");
    sql << filled(R"(
SELECT r.number, e.fields, e.codes, e.messages, r.cells
FROM import_row r CROSS JOIN LATERAL (
    SELECT string_agg(f ->> 'field', '; ' ORDER BY n) AS fields, string_agg(f ->> 'code', '; ' ORDER BY n) AS codes,
           string_agg(f ->> 'message', '; ' ORDER BY n) AS messages
    FROM jsonb_array_elements(r.faults) WITH ORDINALITY x(f, n)) e
WHERE r.authority_id = {authority} AND r.import_id = {import} AND r.faults IS NOT NULL ORDER BY r.number)",
                  {{"authority", authority}, {"import", import}});
    tx.each(sql, [&](const pqxx::row& row) {
        FaultyRow out{.number = row[0].as<std::string>(),
                      .cells = {},
                      .fields = row[1].as<std::string>(),
                      .codes = row[2].as<std::string>(),
                      .messages = row[3].as<std::string>()};
        auto cells = row[4].as_array();
        for (auto next = cells.get_next(); next.first != pqxx::array_parser::done; next = cells.get_next()) {
            if (next.first == pqxx::array_parser::string_value) out.cells.push_back(next.second);
            if (next.first == pqxx::array_parser::null_value) out.cells.emplace_back();
        }
        take(out);
    });
}

std::optional<Undoable> undoable(Tx& tx, const std::string& id) {
    static const Query query{"import_undoable", filled(R"(
WITH RECURSIVE behind(id, continues) AS (
    SELECT i.id, i.continues FROM import i WHERE i.authority_id = $1 AND i.id = $2::uuid
    UNION ALL
    SELECT e.id, e.continues FROM behind b JOIN import e ON e.authority_id = $1 AND e.id = b.continues
)
SELECT i.kind, j.state = 'done' AND NOT i.dry_run AND NOT EXISTS (
           SELECT FROM import_undo u WHERE u.authority_id = i.authority_id AND u.import_id = i.id AND u.stands),
       EXISTS (SELECT FROM behind b JOIN job s ON s.authority_id = $1 AND s.id = b.id WHERE s.staff_id = $4::uuid) {seen})",
                                                       {{"seen", seen}})};
    auto params = asked(tx, id);
    params.emplace_back(tx.principal().staff_id);
    const auto found = tx.run(query, params);
    if (found.empty()) return std::nullopt;
    return Undoable{
        .kind = found[0][0].as<std::string>(), .ready = found[0][1].as<bool>(), .own = found[0][2].as<bool>()};
}

void add_undo(Tx& tx, const std::string& undo, const std::string& import, const std::string& reason) {
    static const Query query{
        "import_add_undo",
        "INSERT INTO import_undo (authority_id, id, import_id, reason) VALUES ($1, $2::uuid, $3::uuid, $4)"};
    jobs::add(tx, "import_undo", undo);
    tx.run(query, {tx.authority(), undo, import, reason});
}

Undo undo_named(Database& database, const std::string& authority, const std::string& id) {
    static const Query query{"import_undo_named", R"(
SELECT i.id, i.kind, u.reason FROM import_undo u
JOIN import i ON i.authority_id = u.authority_id AND i.id = u.import_id WHERE u.authority_id = $1 AND u.id = $2::uuid)"};
    const auto found = database.query_once(query, {authority, id});
    if (found.empty()) throw std::logic_error("a job without its import");
    return {found[0][0].as<std::string>(), found[0][1].as<std::string>(), found[0][2].as<std::string>()};
}

std::vector<Work> work_before(Database& database, const std::string& authority, const Noun& noun,
                              const std::string& import, std::int64_t number, int most) {
    // The rows that corrected a record are in the order of the lines that this made of it.
    const auto& query = records::cached("import_work_" + std::string{noun.name}, [&] {
        return filled(R"(
WITH RECURSIVE own(id) AS (
    SELECT $2::uuid
    UNION
    SELECT i.continues FROM own o JOIN import i ON i.authority_id = $1 AND i.id = o.id AND i.continues IS NOT NULL
), ours AS (
    SELECT '{job}' || o.id AS id FROM own o
    UNION ALL
    SELECT '{job}' || n.id FROM import_undo u CROSS JOIN LATERAL (VALUES (u.id), (u.import_id)) n(id)
    WHERE u.authority_id = $1 AND (u.import_id = $2::uuid OR EXISTS (
        SELECT FROM job j WHERE j.authority_id = $1 AND j.id = u.id AND j.state = 'done'))
), page AS (
    SELECT r.number, r.record_id, r.outcome FROM import_row r
    WHERE r.authority_id = $1 AND r.import_id = $2::uuid AND r.outcome IN ('recorded', 'changed')
          AND r.number < $3::bigint
    ORDER BY r.number DESC LIMIT $4::integer
)
SELECT p.number, t.id, t.version, t.voided, a.version, coalesce(a.action = 'change', false),
       p.outcome = 'changed' AND (a.version IS NULL OR EXISTS (
           SELECT FROM audit b WHERE b.authority_id = $1 AND b.record_id = t.id AND b.version > a.version
                  AND b.request_id NOT IN (SELECT o.id FROM ours o)))
FROM page p JOIN {table} t ON t.authority_id = $1 AND t.id = p.record_id
LEFT JOIN LATERAL (
    SELECT a.version, a.action FROM audit a
    WHERE a.authority_id = $1 AND a.record_id = t.id AND a.action IN ('correct', 'change')
          AND a.request_id IN (SELECT '{job}' || o.id FROM own o)
    ORDER BY a.version DESC LIMIT 1 OFFSET (
        SELECT count(*) FROM import_row l WHERE l.authority_id = $1 AND l.import_id = $2::uuid AND l.record_id = t.id
               AND l.outcome = 'changed' AND l.number > p.number)) a ON p.outcome = 'changed'
ORDER BY p.number DESC)",
                      {{"table", noun.name}, {"job", jobs::request_prefix}});
    });
    std::vector<Work> out;
    std::set<std::string, std::less<>> met;
    for (const auto& row :
         database.query_once(query, {authority, import, std::to_string(number), std::to_string(most)})) {
        if (!met.insert(row[1].as<std::string>()).second) break;
        auto& work = out.emplace_back(Work{.number = row[0].as<std::int64_t>(),
                                           .id = row[1].as<std::string>(),
                                           .version = row[2].as<std::int64_t>(),
                                           .voided = row[3].as<bool>()});
        if (!row[4].is_null()) work.corrected = row[4].as<std::int64_t>();
        work.from_a_day = row[5].as<bool>();
        work.changed_since = row[6].as<bool>();
    }
    return out;
}

std::int64_t work_in(Database& database, const std::string& authority, const std::string& import) {
    static const Query query{"import_work_in", R"(
SELECT count(*) FROM import_row WHERE authority_id = $1 AND import_id = $2::uuid AND outcome IN ('recorded', 'changed'))"};
    return database.query_once(query, {authority, import})[0][0].as<std::int64_t>();
}

std::int64_t work_after(Database& database, const std::string& authority, const std::string& import,
                        std::int64_t many) {
    static const Query query{"import_work_after", R"(
SELECT number FROM import_row
WHERE authority_id = $1 AND import_id = $2::uuid AND outcome IN ('recorded', 'changed')
ORDER BY number DESC LIMIT 1 OFFSET $3::bigint)"};
    if (many == 0) return INT64_MAX;
    const auto found = database.query_once(query, {authority, import, std::to_string(many - 1)});
    return found.empty() ? 0 : found[0][0].as<std::int64_t>();
}

namespace {

/// A page of records of a noun that an import has to do with: the holes that both have in common, and `{visible}`.
class RecordsPage {
public:
    RecordsPage(Tx& tx, const Noun& noun, const std::string& id, int limit) : tx_(tx), noun_(noun), limit_(limit) {
        authority_ = bind(tx.authority(), "text");
        import_ = bind(id, "uuid");
        visible_ = records::visible_only(tx.principal(), noun, binding());
        most_ = bind(std::to_string(limit + 1), "integer");
    }
    [[nodiscard]] std::string bind(const std::string& value, std::string_view type) { return sql_.bind(value, type); }
    [[nodiscard]] records::Bind binding() {
        return [this](const std::string& value, std::string_view type) { return bind(value, type); };
    }
    [[nodiscard]] const std::string& authority() const { return authority_; }
    [[nodiscard]] Listed run(std::string_view text, std::vector<std::pair<std::string_view, std::string_view>> more) {
        more.insert(more.end(), {{"kind", noun_.name},
                                 {"path", noun_.path},
                                 {"table", noun_.name},
                                 {"authority", authority_},
                                 {"import", import_},
                                 {"visible", visible_},
                                 {"most", most_}});
        sql_ << filled(text, more);
        return listed(tx_.run(sql_), limit_);
    }

private:
    Tx& tx_;
    const Noun& noun_;
    int limit_;
    Statement sql_;
    std::string authority_, import_, visible_, most_;
};

}  // namespace

Listed records(Tx& tx, const Noun& noun, const std::string& id, const std::string& after, int limit) {
    RecordsPage page{tx, noun, id, limit};
    const auto from = after.empty() ? std::string{} : " AND r.number > " + page.bind(after, "bigint");
    return page.run(R"(
SELECT json_build_object('row', r.number, 'outcome', r.outcome, 'kind', '{kind}', 'id', t.id, 'reference', t.reference,
                         'href', '/v1/{path}/' || t.id, 'voided', t.voided)::text, r.number
FROM import_row r JOIN {table} t ON t.authority_id = r.authority_id AND t.id = r.record_id
WHERE r.authority_id = {authority} AND r.import_id = {import}{from}{visible}
ORDER BY r.number LIMIT {most})",
                    {{"from", from}});
}

Listed gone(Tx& tx, const Noun& noun, records::MayRead may_read, const std::string& id, const std::string& after,
            int limit) {
    RecordsPage page{tx, noun, id, limit};
    const auto from = after.empty() ? std::string{} : " AND t.id > " + page.bind(after, "uuid");
    const auto line = records::line(tx.principal(), noun, may_read, page.authority(), page.binding());
    return page.run(R"(
SELECT json_build_object('kind', '{kind}', 'id', c.id, 'reference', c.reference, 'href', '/v1/{path}/' || c.id,
                         'title', {line})::text, c.id
FROM (SELECT t.* FROM {table} t
      WHERE t.authority_id = {authority} AND NOT t.voided{from}{visible}
            AND t.recorded_at < (SELECT j.made_at FROM job j WHERE j.authority_id = {authority} AND j.id = {import})
            AND NOT EXISTS (SELECT FROM import_row r WHERE r.authority_id = t.authority_id AND r.import_id = {import}
                                  AND r.record_id = t.id)
      ORDER BY t.id LIMIT {most}) c ORDER BY c.id)",
                    {{"from", from}, {"line", line}});
}

}  // namespace tideover::db::imports
