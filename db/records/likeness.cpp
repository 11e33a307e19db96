// One statement asks all rules of a noun.
#include "db/records/likeness.hpp"

#include <algorithm>

#include "db/records/record_sql.hpp"
#include "db/records/references.hpp"

namespace tideover::db::records {

bool has_likenesses(const Noun& noun) {
    const auto all = likenesses();
    return std::any_of(all.begin(), all.end(), [&](const Likeness& rule) { return rule.noun->name == noun.name; });
}

/// OFFSET 0 keeps all but `found_by` from the planner: no other condition, nor the limit, may lead it to another index.
std::string likenesses_sql(const Principal& who, const Noun& noun, const Bind& bind) {
    std::string rules;
    for (const auto& rule : likenesses()) {
        if (rule.noun->name != noun.name) continue;
        rules += filled(R"({union}
    (SELECT '{code}' AS code, '{words}' AS detail, t.id, t.reference FROM (
        SELECT * FROM {table} t WHERE t.authority_id = n.authority_id AND {found_by} OFFSET 0) t
     WHERE t.id <> n.id AND NOT t.voided{visible}{which}
     ORDER BY t.id DESC LIMIT 3))",
                        {{"union", rules.empty() ? "" : "\n    UNION ALL"},
                         {"code", rule.code},
                         {"words", rule.words},
                         {"table", noun.name},
                         {"visible", visible_only(who, noun, bind)},
                         {"found_by", rule.found_by},
                         {"which", rule.which.empty() ? "" : " AND " + std::string{rule.which}}});
    }
    return filled(R"(coalesce((SELECT json_agg(json_build_object('code', l.code, 'detail', l.detail, 'kind', '{kind}',
    'id', l.id, 'reference', l.reference, 'href', '/v1/{path}/' || l.id)) FROM ({rules}) l), '[]'::json))",
                  {{"kind", noun.name}, {"path", noun.path}, {"rules", rules}});
}

namespace {

/// Of the records `n` whose ids are $2: the id, and what each is like.
const Query& asked_of(Tx& tx, const Noun& noun, Params& params) {
    const auto sql = likenesses_sql(tx.principal(), noun, [&](const std::string& value, std::string_view type) {
        params.push_back(value);
        return "$" + std::to_string(params.size()) + "::" + std::string{type};
    });
    const auto name = "likenesses_" + std::string{noun.name} + "_" + std::string{visibility_of(tx.principal())};
    return cached(name, [&] {
        return filled(
            "SELECT n.id, {likenesses}::text FROM {table} n WHERE n.authority_id = $1 AND n.id = ANY ($2::uuid[])",
            {{"likenesses", sql}, {"table", noun.name}});
    });
}

}  // namespace

std::vector<std::pair<std::string, std::string>> likenesses_among(Tx& tx, const Noun& noun,
                                                                  const std::vector<std::string>& ids) {
    std::vector<std::pair<std::string, std::string>> out;
    if (ids.empty() || !has_likenesses(noun)) return out;
    Params params{tx.authority(), array_of(ids)};
    const auto& query = asked_of(tx, noun, params);
    for (const auto& row : tx.run(query, params)) {
        auto like = row[1].as<std::string>();
        if (like != "[]") out.emplace_back(row[0].as<std::string>(), std::move(like));
    }
    return out;
}

std::optional<std::string> likenesses_of(Tx& tx, const Noun& noun, const std::string& id) {
    if (!is_seen(tx, noun, id)) return std::nullopt;
    Params params{tx.authority(), array_of({id})};
    const auto& query = asked_of(tx, noun, params);
    const auto found = tx.run(query, params);
    return found.empty() ? std::nullopt : std::optional{found[0][1].as<std::string>()};
}

}  // namespace tideover::db::records
