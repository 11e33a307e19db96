// Composed from the field tables; the schema's view record_reference says the same, and a test compares the two.
#include "db/records/references.hpp"

#include <algorithm>

#include "db/records/record_sql.hpp"
#include "db/records/visibility.hpp"
#include "domain/core/typed.hpp"

namespace tideover::db::records {
namespace {

/// One way in which records of `other` name one of a noun.
struct Way {
    const Noun* other;
    std::string from;  // the table, and where it is a list the record that the row belongs to
    std::string by;    // the column
    bool is_code;
};

void add_ways(const Noun& noun, const Noun& other, std::span<const Field> fields, const Rows* list,
              std::vector<Way>& out) {
    for (const auto& field : fields) {
        if (field.kind == Kind::rows) add_ways(noun, other, field.rows->fields, field.rows, out);
        if (field.aside || field.refers != noun.name || (field.kind != Kind::id && field.kind != Kind::code)) continue;
        auto from = std::string{other.name} + " t";
        if (list != nullptr) {
            from = std::string{list->table} + " l JOIN " + from + " ON t.authority_id = l.authority_id AND t.id = l." +
                   std::string{list->parent} + " AND l.to_version IS NULL";
        }
        out.push_back({&other, from, (list != nullptr ? "l." : "t.") + column(field.name), field.kind == Kind::code});
    }
}

std::vector<Way> ways_to(const Noun& noun) {
    std::vector<Way> out;
    for (const auto* other : nouns::all()) add_ways(noun, *other, other->fields, nullptr, out);
    return out;
}

/// Whether a client names another record by this field.
bool names_one(const Field& field) {
    return !field.derived && field.kind == Kind::id && !field.refers.empty();
}

/// How the field of a record stands to the other's where they agree.
std::string compared(Must must) {
    return must == Must::same ? " = " : must == Must::not_before ? " >= " : " <= ";
}

bool applies(const Agreement& rule, const Record& record) {
    return record.has(by_name(rule.via)) && record.has(by_name(rule.field)) &&
           (rule.where.empty() || record.text(by_name(rule.where)) == rule.is);
}

/// Leaves out what is over.
std::string live(const Noun& noun) {
    std::string states;
    for (const auto state : noun.ended) states += (states.empty() ? "'" : ", '") + std::string{state} + "'";
    return states.empty() ? states : " AND t.state NOT IN (" + states + ")";
}

}  // namespace

bool is_there(Tx& tx, const Noun& noun, const std::string& id) {
    const auto& query = cached("is_there_" + std::string{noun.name}, [&] {
        return filled("SELECT FROM {table} WHERE authority_id = $1 AND NOT voided AND id = $2::uuid",
                      {{"table", noun.name}});
    });
    return !tx.run(query, {tx.authority(), id}).empty();
}

namespace {

/// The places of those whose record the principal does not see.
std::vector<std::size_t> hidden(Tx& tx, const Noun& noun, const Column& ids) {
    Params params{tx.authority(), ids.array()};
    const auto visible = visible_only(tx.principal(), noun, [&](const std::string& value, std::string_view type) {
        params.push_back(value);
        return "$" + std::to_string(params.size()) + "::" + std::string{type};
    });
    const auto name = "hidden_" + std::string{noun.name} + "_" + std::string{visibility_of(tx.principal())};
    const auto& query = cached(name, [&] {
        return filled(R"(
SELECT x.n FROM unnest($2::uuid[]) WITH ORDINALITY AS x(id, n)
WHERE NOT EXISTS (SELECT FROM {table} t WHERE t.authority_id = $1 AND t.id = x.id{visible}))",
                      {{"table", noun.name}, {"visible", visible}});
    });
    std::vector<std::size_t> out;
    for (const auto& row : tx.run(query, params)) out.push_back(ids.place(row[0].as<std::size_t>()));
    return out;
}

}  // namespace

std::optional<std::string> id_called(Database& database, const std::string& authority, const Noun& noun,
                                     std::string_view reference) {
    for (const auto& read : typed::references_in(reference)) {
        if (!read.whole || read.prefix != noun.prefix) continue;
        const auto& query = cached("called_" + std::string{noun.name}, [&] {
            return filled("SELECT id FROM {table} WHERE authority_id = $1 AND reference = $2", {{"table", noun.name}});
        });
        const auto found = database.query_once(query, {authority, read.prefix + "-" + read.rest});
        if (!found.empty()) return found[0][0].as<std::string>();
    }
    return std::nullopt;
}

bool is_seen(Tx& tx, const Noun& noun, const std::string& id) {
    Column one;
    one.add(0, id);
    return hidden(tx, noun, one).empty();
}

std::vector<std::string> unseen(Tx& tx, const Noun& noun, Revisions records) {
    std::vector<std::string> out(records.size());
    for (const auto& field : noun.fields) {
        if (!names_one(field)) continue;
        const auto& other = nouns::named(field.refers);
        if (!has_limits(tx.principal(), other)) continue;
        Column ids;
        for (std::size_t i = 0; i < records.size(); ++i) {
            if (records[i].says(field)) ids.add(i, records[i].after->at(field));
        }
        if (ids.empty()) continue;
        for (const auto place : hidden(tx, other, ids)) {
            if (out[place].empty()) out[place] = field.name;
        }
    }
    return out;
}

bool respell(Tx& tx, const Noun& noun, Revisions records) {
    bool changed = false;
    for (const auto& field : noun.fields) {
        if (field.derived || field.kind != Kind::code) continue;
        Column codes;
        for (std::size_t i = 0; i < records.size(); ++i) {
            if (records[i].after->has(field)) codes.add(i, records[i].after->at(field));
        }
        if (codes.empty()) continue;
        const auto& other = nouns::named(field.refers);
        const auto& query = cached("respell_" + std::string{field.refers}, [&] {
            return filled(
                R"(
SELECT x.n, c.code FROM unnest($2::text[]) WITH ORDINALITY AS x(code, n)
CROSS JOIN LATERAL (SELECT o.{code} AS code FROM {table} o WHERE o.authority_id = $1 AND {same} AND NOT o.voided
                    ORDER BY o.{code} <> x.code, o.recorded_at LIMIT 1) c
WHERE c.code <> x.code)",
                {{"code", column(other.code())}, {"table", other.name}, {"same", in_form(other, "o.", "x.code")}});
        });
        for (const auto& row : tx.run(query, {tx.authority(), codes.array()})) {
            records[codes.place(row[0].as<std::size_t>())].after->set(field, row[1].as<std::string>());
            changed = true;
        }
    }
    return changed;
}

bool stands_alone(Database& database, const Principal& who, const Noun& noun, const Record& record) {
    Params params{who.authority};
    const auto bind = [&](const std::string& value, std::string_view type) {
        params.push_back(value);
        return "$" + std::to_string(params.size()) + "::" + std::string{type};
    };
    std::string conditions, name = "alone_" + std::string{noun.name} + "_" + std::string{visibility_of(who)};
    for (const auto& field : noun.fields) {
        if (!names_one(field) || !record.has(field)) continue;
        const auto& other = nouns::named(field.refers);
        std::string agreed;
        for (const auto& rule : noun.agreements) {
            if (rule.via != field.name || !applies(rule, record)) continue;
            if (!rule.as_known) return false;
            const auto mine = bind(std::string{record.text(by_name(rule.field))}, sql_type(*noun.field(rule.field)));
            agreed += filled(" AND coalesce({mine}{compared}t.{of}, true)",
                             {{"mine", mine}, {"compared", compared(rule.must)}, {"of", column(rule.of)}});
        }
        if (agreed.empty() && !has_limits(who, other)) continue;
        name += "_" + column(field.name) + (agreed.empty() ? "" : "_agreed");
        const auto id = bind(std::string{record.text(field)}, "uuid");
        conditions +=
            filled("{and}EXISTS (SELECT FROM {table} t WHERE t.authority_id = $1 AND t.id = {id}{visible}{agreed})",
                   {{"and", conditions.empty() ? "" : " AND "},
                    {"table", other.name},
                    {"id", id},
                    {"visible", visible_only(who, other, bind)},
                    {"agreed", agreed}});
    }
    if (conditions.empty()) return true;
    return database.query_once(cached(name, [&] { return "SELECT " + conditions; }), params)[0][0].as<bool>();
}

std::vector<std::vector<Misnamed>> misnamed(Tx& tx, const Noun& noun, Revisions records) {
    std::vector<std::vector<Misnamed>> out(records.size());
    for (const auto& field : noun.fields) {
        if (field.derived || field.refers.empty()) continue;
        Column names;
        for (std::size_t i = 0; i < records.size(); ++i) {
            if (records[i].after->has(field)) names.add(i, records[i].after->at(field));
        }
        if (names.empty()) continue;
        const bool by_code = field.kind == Kind::code;
        const auto& other = nouns::named(field.refers);
        const auto& query = cached("named_" + std::string{other.name} + (by_code ? "_by_code" : ""), [&] {
            return filled(R"(
SELECT x.n, t.voided FROM unnest($2::{type}[]) WITH ORDINALITY AS x(named, n)
LEFT JOIN LATERAL (SELECT o.voided FROM {table} o WHERE o.authority_id = $1 AND o.{by} = x.named
                   ORDER BY o.voided LIMIT 1) t ON true
WHERE t.voided IS NOT FALSE)",
                          {{"type", by_code ? "text" : "uuid"},
                           {"table", other.name},
                           {"by", by_code ? column(other.code()) : std::string{"id"}}});
        });
        for (const auto& row : tx.run(query, {tx.authority(), names.array()})) {
            out[names.place(row[0].as<std::size_t>())].push_back({std::string{field.name}, !row[1].is_null()});
        }
    }
    return out;
}

std::vector<std::vector<Leaning>> leaning_on(Tx& tx, const Noun& noun, const Records& records, int most) {
    std::vector<std::vector<Leaning>> out(records.size());
    if (records.empty()) return out;
    const auto ways = ways_to(noun);
    const bool by_code = std::any_of(ways.begin(), ways.end(), [](const Way& way) { return way.is_code; });
    Params params{tx.authority(), ids_of(records), std::to_string(most)};
    if (by_code) params.push_back(values_of(records, by_name(noun.code())));
    const auto bind = [&](const std::string& value, std::string_view type) {
        params.push_back(value);
        return "$" + std::to_string(params.size()) + "::" + std::string{type};
    };
    std::string sql;
    const auto add = [&](const Noun& other, const std::string& from, const std::string& condition) {
        sql += filled(R"({union}
    SELECT '{kind}' AS kind, t.id, CASE WHEN true{visible} THEN t.reference END AS reference
    FROM {from} WHERE t.authority_id = $1 AND NOT t.voided{live} AND {condition})",
                      {{"union", sql.empty() ? "" : " UNION"},
                       {"kind", other.name},
                       {"visible", visible_only(tx.principal(), other, bind)},
                       {"from", from},
                       {"live", live(other)},
                       {"condition", condition}});
    };
    for (const auto& way : ways) add(*way.other, way.from, way.by + " = " + (way.is_code ? "x.code" : "x.id"));
    // Records that say in a field of which kind those are that they name.
    for (const auto* other : nouns::all()) {
        if (other->kind_field.empty()) continue;
        add(*other, std::string{other->name} + " t",
            filled("t.{kind_field} = '{kind}' AND x.id IN ({ids})",
                   {{"kind_field", column(other->kind_field)}, {"kind", noun.name}, {"ids", ids_of_any_kind(*other)}}));
    }
    const auto name = "leaning_on_" + std::string{noun.name} + "_" + std::string{visibility_of(tx.principal())};
    const auto& query = cached(name, [&] {
        return filled(R"(
SELECT x.n, l.kind, l.id, l.reference FROM {asked}
CROSS JOIN LATERAL (SELECT kind, id, reference FROM ({all}) u ORDER BY kind, id LIMIT $3::integer) l
ORDER BY x.n, l.kind, l.id)",
                      {{"asked", by_code ? "unnest($2::uuid[], $4::text[]) WITH ORDINALITY AS x(id, code, n)"
                                         : "unnest($2::uuid[]) WITH ORDINALITY AS x(id, n)"},
                       {"all", sql}});
    });
    for (const auto& row : tx.run(query, params)) {
        out[row[0].as<std::size_t>() - 1].push_back(
            {&nouns::named(row[1].as<std::string>()), row[2].as<std::string>(), row[3].as<std::string>("")});
    }
    return out;
}

std::vector<std::vector<Disagreement>> disagreements(Tx& tx, const Noun& noun, Revisions records) {
    std::vector<std::vector<Disagreement>> out(records.size());
    for (const auto& rule : noun.agreements) {
        Column others;
        for (std::size_t i = 0; i < records.size(); ++i) {
            const auto& [before, after] = records[i];
            if (!applies(rule, *after)) continue;
            const bool touched = before == nullptr || before->voided ||
                                 before->at(by_name(rule.via)) != after->at(by_name(rule.via)) ||
                                 before->at(by_name(rule.field)) != after->at(by_name(rule.field));
            if (touched) others.add(i, after->at(by_name(rule.via)));
        }
        if (others.empty()) continue;
        const auto& other = nouns::named(noun.field(rule.via)->refers);
        Params params{tx.authority(), others.array()};
        const auto visible = visible_only(tx.principal(), other, [&](const std::string& value, std::string_view type) {
            params.push_back(value);
            return "$" + std::to_string(params.size()) + "::" + std::string{type};
        });
        const auto name = "agrees_" + std::string{other.name} + "_" + column(rule.of) + "_" +
                          std::string{visibility_of(tx.principal())} + (rule.as_known ? "_as_known" : "");
        // What is judged by what is known holds nobody up; others are held in one order.
        const auto& query = cached(name, [&] {
            return filled(R"(
SELECT x.n, t.reference, t.{of}::text FROM unnest($2::uuid[]) WITH ORDINALITY AS x(id, n)
JOIN {table} t ON t.authority_id = $1 AND t.id = x.id WHERE NOT t.voided{visible}
ORDER BY t.id{hold})",
                          {{"of", column(rule.of)},
                           {"table", other.name},
                           {"visible", visible},
                           {"hold", rule.as_known ? "" : " FOR NO KEY UPDATE OF t"}});
        });
        for (const auto& row : tx.run(query, params)) {
            if (row[2].is_null()) continue;
            const auto place = others.place(row[0].as<std::size_t>());
            if (!holds(rule.must, records[place].after->text(by_name(rule.field)), row[2].as<std::string>())) {
                out[place].push_back({&rule, row[1].as<std::string>()});
            }
        }
    }
    return out;
}

std::vector<std::vector<Disagreement>> disagreements_with(Tx& tx, const Noun& noun, Revisions records) {
    std::vector<std::vector<Disagreement>> out(records.size());
    for (const auto* other : nouns::all()) {
        for (const auto& rule : other->agreements) {
            if (rule.as_known || other->field(rule.via)->refers != noun.name) continue;
            Column ids, values;
            for (std::size_t i = 0; i < records.size(); ++i) {
                const auto& [before, after] = records[i];
                if (!after->has(by_name(rule.of)) ||
                    (before->at(by_name(rule.of)) == after->at(by_name(rule.of)) && !before->voided))
                    continue;
                ids.add(i, after->id);
                values.add(i, after->at(by_name(rule.of)));
            }
            if (ids.empty()) continue;
            const auto& query = cached(
                "disagrees_" + std::string{other->name} + "_" + column(rule.field) + "_" + column(rule.via), [&] {
                    return filled(R"(
SELECT x.n, d.reference FROM unnest($2::uuid[], $3::{type}[]) WITH ORDINALITY AS x(id, value, n)
CROSS JOIN LATERAL (SELECT t.reference FROM {table} t WHERE t.authority_id = $1 AND t.{via} = x.id AND NOT t.voided{live}
                    AND NOT t.{field}{compared}x.value LIMIT 1) d)",
                                  {{"type", sql_type(*other->field(rule.field))},
                                   {"table", other->name},
                                   {"via", column(rule.via)},
                                   {"live", live(*other)},
                                   {"field", column(rule.field)},
                                   {"compared", compared(rule.must)}});
                });
            for (const auto& row : tx.run(query, {tx.authority(), ids.array(), values.array()})) {
                out[ids.place(row[0].as<std::size_t>())].push_back({&rule, row[1].as<std::string>()});
            }
        }
    }
    return out;
}

std::vector<std::optional<Coded>> having_code(Tx& tx, const Noun& noun, Revisions records) {
    const auto& query = cached("having_code_" + std::string{noun.name}, [&] {
        return filled(R"(
SELECT x.n, c.reference, c.voided, c.id FROM unnest($2::text[]) WITH ORDINALITY AS x(code, n)
CROSS JOIN LATERAL (SELECT t.reference, t.voided, t.id FROM {table} t WHERE t.authority_id = $1 AND {same}
                    ORDER BY t.voided LIMIT 1) c)",
                      {{"table", noun.name}, {"same", in_form(noun, "t.", "x.code")}});
    });
    Column codes;
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (records[i].after->has(by_name(noun.code()))) codes.add(i, records[i].after->at(by_name(noun.code())));
    }
    std::vector<std::optional<Coded>> out(records.size());
    if (codes.empty()) return out;
    for (const auto& row : tx.run(query, {tx.authority(), codes.array()})) {
        out[codes.place(row[0].as<std::size_t>())] =
            Coded{row[1].as<std::string>(), row[2].as<bool>(), row[3].as<std::string>()};
    }
    return out;
}

}  // namespace tideover::db::records
