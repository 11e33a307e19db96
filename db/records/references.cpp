// Composed from the field tables; the schema's view record_reference says the same, and a test compares the two.
#include "db/records/references.hpp"

#include <algorithm>

#include "db/records/record_sql.hpp"
#include "db/records/visibility.hpp"

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
    return record.has(rule.via) && record.has(rule.field) && (rule.where.empty() || record.text(rule.where) == rule.is);
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

bool is_seen(Tx& tx, const Noun& noun, const std::string& id) {
    Params params{tx.authority(), id};
    const auto visible = visible_only(tx.principal(), noun, [&](const std::string& value, std::string_view type) {
        params.push_back(value);
        return "$" + std::to_string(params.size()) + "::" + std::string{type};
    });
    const auto name = "seen_" + std::string{noun.name} + "_" + std::string{visibility_of(tx.principal())};
    const auto& query = cached(name, [&] {
        return "SELECT FROM " + std::string{noun.name} + " t WHERE t.authority_id = $1 AND t.id = $2::uuid" + visible;
    });
    return !tx.run(query, params).empty();
}

std::string unseen(Tx& tx, const Noun& noun, const Record& record, const Record* before) {
    for (const auto& field : noun.fields) {
        if (!names_one(field) || !record.has(field.name)) continue;
        if (before != nullptr && before->at(field.name) == record.at(field.name)) continue;
        const auto& other = nouns::named(field.refers);
        if (has_limits(tx.principal(), other) && !is_seen(tx, other, std::string{record.text(field.name)})) {
            return std::string{field.name};
        }
    }
    return {};
}

bool respell(Tx& tx, const Noun& noun, Record& record) {
    bool changed = false;
    for (const auto& field : noun.fields) {
        if (field.derived || field.kind != Kind::code || !record.has(field.name)) continue;
        const auto& query = cached("respell_" + std::string{field.refers}, [&] {
            return "SELECT code FROM (SELECT " + column(nouns::named(field.refers).code()) +
                   " AS code, recorded_at FROM " + std::string{field.refers} + " o WHERE o.authority_id = $1 AND " +
                   in_form(nouns::named(field.refers), "o.", "$2") + " AND NOT o.voided) c ORDER BY code <> $2, " +
                   "recorded_at LIMIT 1";
        });
        const auto found = tx.run(query, {tx.authority(), record.at(field.name)});
        if (found.empty() || found[0][0].as<std::string>() == record.text(field.name)) continue;
        record.set(field.name, found[0][0].as<std::string>());
        changed = true;
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
        if (!names_one(field) || !record.has(field.name)) continue;
        const auto& other = nouns::named(field.refers);
        std::string agreed;
        for (const auto& rule : noun.agreements) {
            if (rule.via != field.name || !applies(rule, record)) continue;
            if (!rule.as_known) return false;
            const auto mine = bind(std::string{record.text(rule.field)}, sql_type(*noun.field(rule.field)));
            agreed += " AND coalesce(" + mine + compared(rule.must) + "t." + column(rule.of) + ", true)";
        }
        if (agreed.empty() && !has_limits(who, other)) continue;
        name += "_" + column(field.name) + (agreed.empty() ? "" : "_agreed");
        const auto id = bind(std::string{record.text(field.name)}, "uuid");
        conditions += (conditions.empty() ? "" : " AND ") + std::string{"EXISTS (SELECT FROM "} +
                      std::string{other.name} + " t WHERE t.authority_id = $1 AND t.id = " + id +
                      visible_only(who, other, bind) + agreed + ")";
    }
    if (conditions.empty()) return true;
    return database.query_once(cached(name, [&] { return "SELECT " + conditions; }), params)[0][0].as<bool>();
}

std::vector<Misnamed> misnamed(Tx& tx, const Noun& noun, const Record& record) {
    std::vector<Misnamed> out;
    for (const auto& field : noun.fields) {
        if (field.derived || field.refers.empty() || !record.has(field.name)) continue;
        const bool by_code = field.kind == Kind::code;
        const auto& other = nouns::named(field.refers);
        const auto& query = cached("named_" + std::string{other.name} + (by_code ? "_by_code" : ""), [&] {
            return "SELECT voided FROM " + std::string{other.name} + " WHERE authority_id = $1 AND " +
                   (by_code ? column(other.code()) + " = $2" : "id = $2::uuid");
        });
        const auto found = tx.run(query, {tx.authority(), record.at(field.name)});
        if (found.empty() || found[0][0].as<bool>()) out.push_back({std::string{field.name}, !found.empty()});
    }
    return out;
}

std::vector<Leaning> leaning_on(Tx& tx, const Noun& noun, const Record& record, int most) {
    const auto ways = ways_to(noun);
    const bool by_code = std::any_of(ways.begin(), ways.end(), [](const Way& way) { return way.is_code; });
    Params params{tx.authority(), record.id, std::to_string(most)};
    if (by_code) params.push_back(record.at(noun.code()));
    const auto bind = [&](const std::string& value, std::string_view type) {
        params.push_back(value);
        return "$" + std::to_string(params.size()) + "::" + std::string{type};
    };
    std::string sql;
    const auto add = [&](const Noun& other, const std::string& from, const std::string& condition) {
        sql += (sql.empty() ? "" : " UNION ") + std::string{"SELECT '"} + std::string{other.name} +
               "' AS kind, t.id, CASE WHEN true" + visible_only(tx.principal(), other, bind) +
               " THEN t.reference END AS reference FROM " + from + " WHERE t.authority_id = $1 AND NOT t.voided" +
               live(other) + " AND " + condition;
    };
    for (const auto& way : ways) add(*way.other, way.from, way.by + " = " + (way.is_code ? "$4" : "$2::uuid"));
    // Records that say in a field of which kind those are that they name.
    for (const auto* other : nouns::all()) {
        if (other->kind_field.empty()) continue;
        std::string named;
        for (const auto& field : other->fields) {
            if (field.kind == Kind::id && field.refers.empty())
                named += (named.empty() ? "t." : ", t.") + column(field.name);
        }
        add(*other, std::string{other->name} + " t",
            "t." + column(other->kind_field) + " = '" + std::string{noun.name} + "' AND $2::uuid IN (" + named + ")");
    }
    const auto name = "leaning_on_" + std::string{noun.name} + "_" + std::string{visibility_of(tx.principal())};
    const auto& query =
        cached(name, [&] { return "SELECT kind, reference FROM (" + sql + ") l ORDER BY kind, id LIMIT $3::integer"; });
    std::vector<Leaning> out;
    for (const auto& row : tx.run(query, params)) {
        out.push_back({&nouns::named(row[0].as<std::string>()), row[1].as<std::string>("")});
    }
    return out;
}

std::vector<Disagreement> disagreements(Tx& tx, const Noun& noun, const Record& record, const Record* before) {
    std::vector<Disagreement> out;
    for (const auto& rule : noun.agreements) {
        if (!applies(rule, record)) continue;
        const auto same = [&](std::string_view name) { return before->at(name) == record.at(name); };
        if (before != nullptr && !before->voided && same(rule.via) && same(rule.field)) continue;
        const auto& other = nouns::named(noun.field(rule.via)->refers);
        Params params{tx.authority(), record.at(rule.via)};
        const auto visible = visible_only(tx.principal(), other, [&](const std::string& value, std::string_view type) {
            params.push_back(value);
            return "$" + std::to_string(params.size()) + "::" + std::string{type};
        });
        // What is judged by what is known holds nobody up.
        const std::string hold = rule.as_known ? "" : " FOR NO KEY UPDATE OF t";
        const auto name = "agrees_" + std::string{other.name} + "_" + column(rule.of) + "_" +
                          std::string{visibility_of(tx.principal())} + (rule.as_known ? "_as_known" : "");
        const auto& query = cached(name, [&] {
            return "SELECT t.reference, t." + column(rule.of) + "::text FROM " + std::string{other.name} +
                   " t WHERE t.authority_id = $1 AND t.id = $2::uuid AND NOT t.voided" + visible + hold;
        });
        const auto found = tx.run(query, params);
        if (found.empty() || found[0][1].is_null()) continue;
        if (!holds(rule.must, record.text(rule.field), found[0][1].as<std::string>())) {
            out.push_back({&rule, found[0][0].as<std::string>()});
        }
    }
    return out;
}

std::vector<Disagreement> disagreements_with(Tx& tx, const Noun& noun, const Record& before, const Record& after) {
    std::vector<Disagreement> out;
    for (const auto* other : nouns::all()) {
        for (const auto& rule : other->agreements) {
            if (rule.as_known || other->field(rule.via)->refers != noun.name || !after.has(rule.of)) continue;
            if (before.at(rule.of) == after.at(rule.of) && !before.voided) continue;
            const auto type = std::string{sql_type(*other->field(rule.field))};
            const auto& query = cached(
                "disagrees_" + std::string{other->name} + "_" + column(rule.field) + "_" + column(rule.via), [&] {
                    return "SELECT t.reference FROM " + std::string{other->name} +
                           " t WHERE t.authority_id = $1 AND t." + column(rule.via) + " = $2::uuid AND NOT t.voided" +
                           live(*other) + " AND NOT t." + column(rule.field) + compared(rule.must) + "$3::" + type +
                           " LIMIT 1";
                });
            const auto found = tx.run(query, {tx.authority(), after.id, after.at(rule.of)});
            if (!found.empty()) out.push_back({&rule, found[0][0].as<std::string>()});
        }
    }
    return out;
}

std::optional<Coded> having_code(Tx& tx, const Noun& noun, std::string_view code) {
    const auto& query = cached("having_code_" + std::string{noun.name}, [&] {
        return "SELECT reference, voided FROM " + std::string{noun.name} + " t WHERE authority_id = $1 AND " +
               in_form(noun, "t.", "$2") + " ORDER BY voided LIMIT 1";
    });
    const auto found = tx.run(query, {tx.authority(), std::string{code}});
    if (found.empty()) return std::nullopt;
    return Coded{found[0][0].as<std::string>(), found[0][1].as<bool>()};
}

}  // namespace tideover::db::records
