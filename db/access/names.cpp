// An id is looked for among the records of every kind, each time by the key.
#include "db/access/names.hpp"

#include "db/core/query.hpp"
#include "domain/access/nouns.hpp"

namespace tideover::db::names {

std::vector<std::string> called(Tx& tx, const std::vector<const Noun*>& readable, records::MayRead may_read,
                                const std::vector<std::string>& ids) {
    const auto& who = tx.principal();
    Statement sql;
    const auto bind = [&](const std::string& value, std::string_view type) { return sql.bind(value, type); };
    const auto authority = bind(who.authority, "text"), wanted = bind(array_of(ids), "uuid[]");
    std::string all;
    for (const auto* noun : readable) {
        if (noun->name == nouns::staff.name) continue;
        all += filled(R"(SELECT c.id, json_build_object('id', c.id, 'kind', '{noun}', 'reference', c.reference,
    'title', {line}, 'href', '/v1/{path}/' || c.id)::text AS told
FROM (SELECT t.* FROM {noun} t WHERE t.authority_id = {authority} AND t.id = ANY ({wanted}){visible}) c
UNION ALL
)",
                      {{"noun", noun->name},
                       {"path", noun->path},
                       {"line", records::line(who, *noun, may_read, authority, bind)},
                       {"authority", authority},
                       {"wanted", wanted},
                       {"visible", records::visible_only(who, *noun, bind)}});
    }
    const bool reads_staff = may_read(who.role, nouns::staff);
    sql << "SELECT n.told FROM (" << all
        << filled(
               R"(SELECT s.id, json_build_object('id', s.id, 'kind', 'staff', 'reference', s.reference, 'title', s.name,
    'href', {href})::text AS told
FROM staff s WHERE s.authority_id = {authority} AND s.id = ANY ({wanted})) n ORDER BY n.id)",
               {{"href", reads_staff ? "'/v1/staff/' || s.id" : "NULL::text"},
                {"authority", authority},
                {"wanted", wanted}});
    std::vector<std::string> out;
    for (const auto& row : tx.run(sql)) out.push_back(row[0].as<std::string>());
    return out;
}

}  // namespace tideover::db::names
