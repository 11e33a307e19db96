// One statement: an arm for each noun that may name the party.
#include "db/records/timeline.hpp"

#include "db/records/record_sql.hpp"

namespace tideover::db::records {
namespace {

/// The fields by which a record may name one of the party's kind, for those who see them.
std::vector<const Field*> naming(const Noun& noun, const Noun& party, Role role) {
    std::vector<const Field*> out;
    for (const auto& field : noun.fields) {
        const bool of_any_kind = !noun.kind_field.empty() && field.refers.empty();
        if (field.kind == Kind::id && (field.refers == party.name || of_any_kind) && who_sees(field.privacy).has(role))
            out.push_back(&field);
    }
    return out;
}

}  // namespace

ListedRecords timeline(Tx& tx, const Noun& noun, const std::string& id, std::span<const Noun* const> nouns,
                       MayRead may_read, const std::optional<Place>& after, int limit) {
    const auto& who = tx.principal();
    Statement sql;
    const auto bind = [&](const std::string& value, std::string_view type) { return sql.bind(value, type); };
    const auto authority = bind(who.authority, "text");
    const auto party = bind(id, "uuid");
    const auto most = bind(std::to_string(limit + 1), "integer");
    std::string place;
    if (after) {
        place = " AND (t.recorded_at, t.id) < (" + bind(after->value.value_or(""), "timestamptz") + ", " +
                bind(after->id, "uuid") + ")";
    }
    // Those that the principal does not see lend nothing: it would tell that they are the same.
    sql << filled(
        R"(WITH same AS MATERIALIZED (
    SELECT ARRAY(SELECT t.id FROM {table} t WHERE t.authority_id = {authority}{visible} AND t.id = ANY (ARRAY(
        SELECT members_of({authority}, root_of({authority}, {party}, 9223372036854775807), 9223372036854775807)))) AS ids)
SELECT x.item::text, x.id, wire(x.recorded_at) FROM ()",
        {{"table", noun.name}, {"authority", authority}, {"visible", visible_only(who, noun, bind)}, {"party", party}});
    bool first = true;
    for (const auto* other : nouns) {
        std::vector<std::string> conditions, names;
        if (other == &noun) conditions.emplace_back("t.id = ANY ((SELECT ids FROM same)::uuid[])");
        for (const auto* field : naming(*other, noun, who.role)) {
            conditions.push_back("t." + column(field->name) + " = ANY ((SELECT ids FROM same)::uuid[])");
            names.push_back("CASE WHEN c." + column(field->name) + " = ANY ((SELECT ids FROM same)::uuid[]) THEN '" +
                            std::string{field->name} + "' END");
        }
        if (conditions.empty()) continue;
        sql << filled(R"({union}
(SELECT json_build_object('kind', '{kind}', 'id', c.id, 'reference', c.reference, 'href', '/v1/{path}/' || c.id,
                          'title', {line}, 'state', {state}, 'voided', c.voided,
                          'named_in', array_remove(ARRAY[{names}]::text[], NULL), 'recorded_at', wire(c.recorded_at))
        AS item, c.id, c.recorded_at
 FROM (SELECT t.* FROM {table} t WHERE t.authority_id = {authority}{visible} AND ({which}){place}
       ORDER BY t.recorded_at DESC, t.id DESC LIMIT {limit}) c))",
                      {{"union", first ? "" : "\nUNION ALL"},
                       {"kind", other->name},
                       {"path", other->path},
                       {"line", line(who, *other, may_read, authority, bind)},
                       {"state", other->moves.empty() ? "NULL" : "c.state"},
                       {"names", joined(names, ", ")},
                       {"table", other->name},
                       {"authority", authority},
                       {"visible", visible_only(who, *other, bind)},
                       {"which", joined(conditions, " OR ")},
                       {"place", place},
                       {"limit", most}});
        first = false;
    }
    sql << ") x ORDER BY x.recorded_at DESC, x.id DESC LIMIT " << most;
    return page_in(tx.run(sql), limit);
}

}  // namespace tideover::db::records
