// One statement for all of them: each looks at what waits alone, by the index of states.
#include "db/records/waiting.hpp"

#include "db/core/query.hpp"
#include "db/records/record_sql.hpp"
#include "db/records/visibility.hpp"

namespace tideover::db::records {
namespace {

/// The day from which on a record waits, over `t`.
std::string day_of(const Noun& noun, std::string_view since) {
    const auto* field = noun.field(since);
    if (field != nullptr && field->kind == Kind::day) return "t." + column(since);
    return "(t." + (field == nullptr ? "recorded_at" : column(since)) + " AT TIME ZONE 'Europe/London')::date";
}

}  // namespace

std::vector<std::string> waiting(Tx& tx, const std::vector<const Queue*>& queues) {
    const auto& who = tx.principal();
    Statement sql;
    const auto bind = [&](const std::string& value, std::string_view type) { return sql.bind(value, type); };
    const auto authority = bind(who.authority, "text");
    std::string each;
    for (std::size_t i = 0; i < queues.size(); ++i) {
        const auto& queue = *queues[i];
        const auto& noun = nouns::named(queue.noun);
        const auto value = queue.value.empty() ? std::string{"NULL::bigint"} : "sum(t." + column(queue.value) + ")";
        const auto others = queue.not_by.empty()
                                ? std::string{}
                                : " AND t." + column(queue.not_by) + " IS DISTINCT FROM " + bind(who.staff_id, "uuid");
        const auto sort = queue.since.empty() ? std::string_view{"recorded"} : queue.since;
        each += (i == 0 ? "" : "\nUNION ALL ") + filled(R"(SELECT {place} AS place, json_build_object(
    'code', '{code}', 'title', '{title}', 'kind', '{noun}', 'count', count(*), 'oldest', min({day}),
    'value_pence', {value}, 'href', '/v1/{path}?state={state}&sort={sort}')::text AS told
FROM {noun} t WHERE t.authority_id = {authority} AND NOT t.voided AND t.state = '{state}'{others}{visible})",
                                                        {{"place", std::to_string(i)},
                                                         {"code", queue.code},
                                                         {"title", queue.title},
                                                         {"noun", noun.name},
                                                         {"day", day_of(noun, queue.since)},
                                                         {"value", value},
                                                         {"path", noun.path},
                                                         {"state", queue.state},
                                                         {"sort", sort},
                                                         {"authority", authority},
                                                         {"others", others},
                                                         {"visible", visible_only(who, noun, bind)}});
    }
    std::vector<std::string> out;
    if (queues.empty()) return out;
    sql << "SELECT q.told FROM (" << each << ") q ORDER BY q.place";
    for (const auto& row : tx.run(sql)) out.push_back(row[0].as<std::string>());
    return out;
}

}  // namespace tideover::db::records
