// Lines stand in the order of their time; the number of a line is the one it has in the chain.
#include "db/audit/audit.hpp"

#include "db/jobs/jobs.hpp"
#include "db/records/record_sql.hpp"
#include "db/records/visibility.hpp"
#include "domain/nouns.hpp"

namespace tideover::db::audit {
namespace {

/// A link has at most a thousand lines, so that counting back from its last one is short.
constexpr std::string_view number_sql = R"((
    SELECT k.audit_lines - (SELECT count(*) FROM audit later
                            WHERE later.authority_id = a.authority_id AND later.id > a.id AND later.id <= k.audit_upto)
    FROM audit_link k WHERE k.authority_id = a.authority_id AND k.audit_upto >= a.id
    ORDER BY k.audit_upto, k.number LIMIT 1))";

/// The import whose rows were worked, or undone, in that request.
const std::string import_sql = filled(R"((
    SELECT '/v1/imports/' || coalesce(u.import_id, i.id)
    FROM (SELECT CASE WHEN starts_with(a.request_id, '{job}') THEN replace(a.request_id, '{job}', '')::uuid END AS id) r
    LEFT JOIN import i ON i.authority_id = a.authority_id AND i.id = r.id
    LEFT JOIN import_undo u ON u.authority_id = a.authority_id AND u.id = r.id))",
                                      {{"job", jobs::request_prefix}});

/// Of kinds that have records which the principal does not see, only lines of those that it does.
std::string of_seen_records(const Principal& who, const records::Bind& bind) {
    std::string out;
    for (const auto* noun : nouns::all()) {
        const auto visible = records::visible_only(who, *noun, bind);
        if (visible.empty()) continue;
        out += " AND (a.record_kind <> '" + std::string{noun->name} + "' OR EXISTS (SELECT FROM " +
               std::string{noun->name} + " t WHERE t.authority_id = a.authority_id AND t.id = a.record_id" + visible +
               "))";
    }
    return out;
}

std::string line_sql(const Principal& who, const Page& page, const records::Bind& bind) {
    return "json_build_object('id', a.id, 'number', " + std::string{number_sql} +
           ", 'at', wire(a.at), 'staff', json_build_object('id', s.id, 'name', s.name), 'token_id', a.token_id, "
           "'action', a.action, 'record', json_build_object('kind', a.record_kind, 'id', a.record_id, 'version', "
           "a.version), 'reason', a.reason, 'request_id', a.request_id, 'import', " +
           import_sql + ", 'before', CASE WHEN a.record_kind = ANY (" + bind(array_of(page.kinds), "text[]") + ")" +
           of_seen_records(who, bind) + " THEN (a.before - " + bind(array_of(page.hidden), "text[]") + ")" +
           (page.flat ? "::text" : "") + " END)::text";
}

/// The records that are about a party, whatever it was merged with, or ever counted for it. Authority and subject are
/// SQL.
std::string records_of(const std::string& authority, const std::string& subject) {
    const std::string all = "9223372036854775807";
    const auto party =
        "(SELECT members_of(" + authority + ", root_of(" + authority + ", " + subject + ", " + all + "), " + all + "))";
    std::string out = "(SELECT " + subject + " UNION SELECT record_id FROM entry WHERE authority_id = " + authority +
                      " AND subject_id IN " + party;
    for (const auto* noun : nouns::all()) {
        for (const auto& field : noun->fields) {
            if (field.kind != Kind::id || !field.filtered) continue;
            out += " UNION SELECT id FROM " + std::string{noun->name} + " WHERE authority_id = " + authority + " AND " +
                   records::column(field.name) + " IN " + party;
        }
    }
    return out + ")";
}

}  // namespace

Listed list(Tx& tx, const Page& page) {
    Statement list;
    const auto bind = [&](const std::string& value, std::string_view type) { return list.bind(value, type); };
    const auto authority = bind(tx.authority(), "text");
    list << "SELECT " << line_sql(tx.principal(), page, bind)
         << ", a.id FROM audit a JOIN staff s ON s.authority_id = a.authority_id AND s.id = a.actor "
            "WHERE a.authority_id = "
         << authority;
    if (!page.record.empty()) list << " AND a.record_id = " << bind(page.record, "uuid");
    if (!page.subject.empty()) list << " AND a.record_id IN " << records_of(authority, bind(page.subject, "uuid"));
    if (!page.staff.empty()) list << " AND a.actor = " << bind(page.staff, "uuid");
    if (!page.from.empty()) list << " AND a.at >= " << bind(page.from, "timestamptz");
    if (!page.until.empty()) list << " AND a.at < " << bind(page.until, "timestamptz");
    if (!page.after.empty()) {
        list << " AND (a.at, a.id) " << (page.newest_first ? "<" : ">")
             << " (SELECT at, id FROM audit WHERE authority_id = " << authority
             << " AND id = " << bind(page.after, "bigint") << ")";
    }
    const std::string direction = page.newest_first ? " DESC" : "";
    list << " ORDER BY a.at" << direction << ", a.id" << direction << " LIMIT "
         << bind(std::to_string(page.limit + 1), "integer");
    return listed(tx.run(list), page.limit);
}

}  // namespace tideover::db::audit
