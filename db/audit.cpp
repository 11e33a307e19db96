// Lines stand in the order of their time; the number of a line is the one it has in the chain.
#include "db/audit.hpp"

#include "db/record_sql.hpp"
#include "db/visibility.hpp"
#include "domain/nouns.hpp"

namespace tideover::db::audit {
namespace {

std::string array_of(Tx& tx, const std::vector<std::string>& texts) {
    std::string out = "ARRAY[";
    for (const auto& text : texts) out += (out.back() == '[' ? "" : ", ") + tx.quoted(text);
    return out + "]::text[]";
}

/// A link has at most a thousand lines, so that counting back from its last one is short.
constexpr std::string_view number_sql = R"((
    SELECT k.audit_lines - (SELECT count(*) FROM audit later
                            WHERE later.authority_id = a.authority_id AND later.id > a.id AND later.id <= k.audit_upto)
    FROM audit_link k WHERE k.authority_id = a.authority_id AND k.audit_upto >= a.id
    ORDER BY k.audit_upto, k.number LIMIT 1))";

/// Of kinds that have records which the principal does not see, only lines of those that it does.
std::string of_seen_records(Tx& tx) {
    std::string out;
    for (const auto* noun : nouns::all()) {
        const auto visible =
            records::visible_only(tx.principal(), *noun, [&](const std::string& value, std::string_view type) {
                return tx.quoted(value) + "::" + std::string{type};
            });
        if (visible.empty()) continue;
        out += " AND (a.record_kind <> '" + std::string{noun->name} + "' OR EXISTS (SELECT FROM " +
               std::string{noun->name} + " t WHERE t.authority_id = a.authority_id AND t.id = a.record_id" + visible +
               "))";
    }
    return out;
}

std::string line_sql(Tx& tx, const Page& page) {
    return "json_build_object('id', a.id, 'number', " + std::string{number_sql} +
           ", 'at', wire(a.at), 'staff', json_build_object('id', s.id, 'name', s.name), 'token_id', a.token_id, "
           "'action', a.action, 'record', json_build_object('kind', a.record_kind, 'id', a.record_id, 'version', "
           "a.version), 'reason', a.reason, 'request_id', a.request_id, 'before', CASE WHEN a.record_kind = ANY (" +
           array_of(tx, page.kinds) + ")" + of_seen_records(tx) + " THEN (a.before - " + array_of(tx, page.hidden) +
           ")" + (page.flat ? "::text" : "") + " END)::text";
}

/// The records that are about a party, whatever it was merged with, or ever counted for it.
std::string records_of(Tx& tx, const std::string& subject) {
    const auto authority = tx.quoted(tx.authority());
    const std::string all = "9223372036854775807";
    const auto party = "(SELECT members_of(" + authority + ", root_of(" + authority + ", " + tx.quoted(subject) +
                       "::uuid, " + all + "), " + all + "))";
    std::string out = "(SELECT " + tx.quoted(subject) +
                      "::uuid UNION SELECT record_id FROM entry WHERE authority_id = " + authority +
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
    const auto authority = tx.quoted(tx.authority());
    auto sql = "SELECT " + line_sql(tx, page) +
               ", a.id FROM audit a JOIN staff s ON s.authority_id = a.authority_id AND s.id = a.actor "
               "WHERE a.authority_id = " +
               authority;
    if (!page.record.empty()) sql += " AND a.record_id = " + tx.quoted(page.record) + "::uuid";
    if (!page.subject.empty()) sql += " AND a.record_id IN " + records_of(tx, page.subject);
    if (!page.staff.empty()) sql += " AND a.actor = " + tx.quoted(page.staff) + "::uuid";
    if (!page.from.empty()) sql += " AND a.at >= " + tx.quoted(page.from) + "::timestamptz";
    if (!page.until.empty()) sql += " AND a.at < " + tx.quoted(page.until) + "::timestamptz";
    if (!page.after.empty()) {
        sql += std::string{" AND (a.at, a.id) "} + (page.newest_first ? "<" : ">") +
               " (SELECT at, id FROM audit WHERE authority_id = " + authority + " AND id = " + tx.quoted(page.after) +
               "::bigint)";
    }
    const std::string direction = page.newest_first ? " DESC" : "";
    sql += " ORDER BY a.at" + direction + ", a.id" + direction + " LIMIT " + std::to_string(page.limit + 1);
    const auto found = tx.run(sql);
    Listed listed;
    for (const auto& row : found) {
        if (static_cast<int>(listed.items.size()) == page.limit) {
            listed.next = found[static_cast<pqxx::result::size_type>(page.limit - 1)][1].as<std::string>();
            break;
        }
        listed.items.push_back(row[0].as<std::string>());
    }
    return listed;
}

}  // namespace tideover::db::audit
