// Rows made from rows that are there, with something odd in the columns that the guard speaks of.
#include "tests/mutation/violation.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "tests/mutation/written.hpp"

namespace tideover::mutation {
namespace {

constexpr const char* nowhere = "X99999999";

/// What refuses: the SQLSTATE of each kind of guard.
constexpr std::array codes{"23514", "23502", "23503", "23505", "23001", "", "42501"};

std::string list_of(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
    return out;
}

std::string as_service(const Guard& guard) {
    const auto& t = guard.table;
    if (guard.name == "SELECT") return "SELECT FROM " + t + " LIMIT 0";
    if (guard.name == "INSERT") return "INSERT INTO " + t + " DEFAULT VALUES";
    if (guard.name == "DELETE") return "DELETE FROM " + t + " WHERE false";
    if (guard.name == "TRUNCATE") return "TRUNCATE " + t;
    const auto& column = guard.columns.front();
    return "UPDATE " + t + " SET " + column + " = " + column + " WHERE false";
}

}  // namespace

void make_phantom(pqxx::nontransaction& session) {
    session.exec("SET session_replication_role = replica");
    const auto tables = session.exec(
        "SELECT t.oid::regclass, (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute "
        "a "
        "WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') "
        "FROM pg_class t WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace AND EXISTS "
        "(SELECT FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attname = 'authority_id')");
    for (const auto& row : tables) {
        const auto table = row[0].as<std::string>(), names = row[1].as<std::string>();
        auto values = names;
        values.replace(values.find("authority_id"), 12, std::string{"'"} + nowhere + "'");
        if (table == "api_token" || table == "session")
            values.replace(values.find("hash"), 4, "encode(sha256(hash::bytea), 'hex')");
        session.exec("INSERT INTO " + table + " (" + names + ") OVERRIDING SYSTEM VALUE SELECT " + values + " FROM " +
                     table);
    }
    session.exec("SET session_replication_role = origin");
}

std::string Violations::verdict(const std::string& statement) {
    session_.exec("SAVEPOINT tried");
    std::string out = "accepted";
    try {
        session_.exec(statement);
    } catch (const pqxx::insufficient_privilege& e) {
        out = std::string{"42501 "} + e.what();  // libpqxx 6 gives it no SQLSTATE
    } catch (const pqxx::sql_error& e) {
        out = e.sqlstate() + " " + e.what();
    }
    session_.exec("ROLLBACK TO tried");
    return out;
}

/// Refused with the guard, by the guard; accepted without it.
bool Violations::proves(const Guard& guard, const std::string& statement) {
    const bool about_rights = guard.kind == Kind::granted || guard.kind == Kind::withheld;
    const auto attempt = [&](bool without) {
        session_.exec("SAVEPOINT guarded");
        if (without) session_.exec(guard.drop);
        if (about_rights) session_.exec("SET LOCAL ROLE tideover_app");
        auto out = verdict(statement);
        if (about_rights) session_.exec("RESET ROLE");
        session_.exec("ROLLBACK TO guarded");
        return out;
    };
    const auto with = attempt(false);
    const bool may = !with.starts_with("42501");
    if (guard.kind == Kind::granted) return may && attempt(true).starts_with("42501");
    if (guard.kind == Kind::withheld) return !may && !attempt(true).starts_with("42501");
    const bool names_void =
        guard.kind == Kind::trigger && with.starts_with("23503") && with.find("_not_void\"") != std::string::npos;
    const bool refuses_second = guard.name == "once" && with.starts_with("23505");
    const bool checks = (guard.name == "code_in_form" || guard.name == "within_bound" || guard.name == "stands") &&
                        with.starts_with("23514");
    // It lets in what a unique index would refuse.
    if (guard.name == "hidden_holder") return with == "accepted" && attempt(true).starts_with("23505");
    if (!names_void && !refuses_second && !checks && !with.starts_with(codes[static_cast<std::size_t>(guard.kind)]))
        return false;
    const auto name = guard.name.substr(0, guard.name.find(' '));
    if (guard.kind != Kind::trigger && with.find('"' + name + '"') == std::string::npos) return false;
    return attempt(true) == "accepted";
}

bool Violations::guarded_twice(const Guard& guard) {
    return std::any_of(twice.begin(), twice.end(),
                       [&](const Twice& one) { return one.table == guard.table && one.name == guard.name; });
}

std::optional<std::string> Violations::of(const Guard& guard) {
    session_.exec("BEGIN");
    session_.exec("SET CONSTRAINTS ALL IMMEDIATE");
    std::optional<std::string> out;
    for (const auto& statement : candidates(guard)) {
        if (!proves(guard, statement)) continue;
        out = statement;
        break;
    }
    session_.exec("ROLLBACK");
    return out;
}

std::vector<std::string> Violations::candidates(const Guard& guard) {
    for (const auto& one : written) {
        if (guard.table == one.table && guard.name == one.name) return {one.statement};
    }
    switch (guard.kind) {
        case Kind::granted:
        case Kind::withheld:
            return {as_service(guard)};
        case Kind::trigger:
            if (guard.name == "name_nothing_void") return naming_void(guard);
            if (guard.name == "refuse_void_in_use") return making_void(guard);
            return {"UPDATE " + guard.table + " SET authority_id = authority_id WHERE false",
                    "UPDATE " + guard.table + " SET version = version + 2"};
        case Kind::unique:
            return doubled_rows(guard);
        default:
            return broken_rows(guard);
    }
}

/// A record that names one it did not name before, and that is void.
std::vector<std::string> Violations::naming_void(const Guard& guard) {
    std::vector<std::string> out;
    const auto found = session_.exec(
        "SELECT source_column, target, target_column, holder <> source FROM record_reference WHERE source = '" +
        guard.table + "'");
    for (const auto& row : found) {
        const bool is_list = row[3].as<bool>();
        out.push_back("UPDATE " + guard.table + " SET " +
                      (is_list ? "" : "version = " + guard.table + ".version + 1, ") + row[0].as<std::string>() +
                      " = v." + row[2].as<std::string>() + " FROM " + row[1].as<std::string>() +
                      " v WHERE v.voided AND v.authority_id <> '" + nowhere + "' AND " + guard.table +
                      ".ctid = (SELECT min(ctid) FROM " + guard.table + " x WHERE x.authority_id = v.authority_id" +
                      (is_list ? "" : " AND NOT x.voided") +
                      (guard.table == "scheme_version" ? " AND x.state = 'draft'" : "") + ")");
    }
    return out;
}

std::vector<std::string> Violations::making_void(const Guard& guard) {
    std::vector<std::string> out;
    const auto found = session_.exec("SELECT id FROM " + guard.table + " WHERE NOT voided AND authority_id <> '" +
                                     std::string{nowhere} + "' LIMIT 40");
    for (const auto& row : found) {
        out.push_back("UPDATE " + guard.table + " SET voided = true, version = version + 1 WHERE id = '" +
                      row[0].as<std::string>() + "'");
    }
    return out;
}

const std::vector<Violations::Column>& Violations::columns(const std::string& table) {
    auto& out = columns_[table];
    if (!out.empty()) return out;
    const auto found = session_.exec(
        "SELECT a.attname, format_type(a.atttypid, NULL), (a.attname = 'value' AND a.attrelid::regclass::text LIKE "
        "'%identifier') OR "
        "EXISTS (SELECT FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisunique AND (a.attnum = ANY (i.indkey) "
        "OR "
        "        (0 = ANY (i.indkey) AND pg_get_indexdef(i.indexrelid) ~ ('[ (]' || a.attname || '[,) :]')))), "
        "EXISTS (SELECT FROM pg_constraint c WHERE c.conrelid = a.attrelid AND c.contype = 'f' AND a.attnum = ANY "
        "(c.conkey)), "
        "a.attidentity = 'a' FROM pg_attribute a WHERE a.attrelid = '" +
        table + "'::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum");
    for (const auto& row : found) {
        out.push_back({row[0].as<std::string>(), row[1].as<std::string>(), row[2].as<bool>(), row[3].as<bool>(),
                       row[4].as<bool>()});
    }
    return out;
}

/// The newest rows, among which is the furniture, and the oldest: the same ones in every run, wherever they lie.
std::vector<Violations::Row> Violations::rows(const std::string& table) {
    std::vector<std::string> names;
    for (const auto& column : columns(table)) names.push_back(column.name);
    std::vector<Row> out;
    const bool owned = std::find(names.begin(), names.end(), "authority_id") != names.end();
    const auto some = [&](const char* order, int most) {
        return "(SELECT " + list_of(names) + " FROM " + table +
               (owned ? std::string{" WHERE authority_id <> '"} + nowhere + "'" : "") + " ORDER BY age(xmin) " + order +
               ", ctid LIMIT " + std::to_string(most) + ")";
    };
    for (const auto& found : session_.exec(some("ASC", 10) + " UNION ALL " + some("DESC", 20))) {
        Row row;
        for (std::size_t i = 0; i < names.size(); ++i) {
            const auto field = found[static_cast<pqxx::row::size_type>(i)];
            row[names[i]] = field.is_null() ? std::nullopt : std::optional{field.as<std::string>()};
        }
        out.push_back(std::move(row));
    }
    return out;
}

std::string Violations::insert(const std::string& table, const Row& row) {
    std::vector<std::string> names, values;
    for (const auto& column : columns(table)) {
        const auto& value = row.at(column.name);
        names.push_back(column.name);
        values.push_back(value ? session_.quote(*value) : "NULL");
    }
    return "INSERT INTO " + table + " (" + list_of(names) + ") OVERRIDING SYSTEM VALUE VALUES (" + list_of(values) +
           ")";
}

/// Another value of the same kind.
std::optional<std::string> Violations::fresh(const Column& column, const std::optional<std::string>& value) {
    const auto number = std::to_string(900'000 + ++made_);
    if (column.type == "uuid") return "00000000-0000-7000-8000-000000" + number;
    if (column.type == "text" && column.name == "id") return "E00" + number;  // an authority's
    if ((column.type == "bigint" || column.type == "integer") && column.name == "number")
        return std::to_string(1'000 + made_ % 9'000);  // a version's
    if (column.type == "text" && column.name == "postcode")
        return std::string{"ZZ9 9"} + static_cast<char>('A' + made_ / 26 % 26) + static_cast<char>('A' + made_ % 26);
    if (column.type == "text" && column.name == "hash") return std::string(58, '0') + number;
    if (column.name == "account_reference" || column.name == "code") return value.value_or("x") + number;  // in form
    if (column.type == "text") return value.value_or("x") + "-" + number;
    if (column.type == "bytea") return "\\x" + std::string(58, '0') + number;
    if (column.type == "date") return "2031-01-" + std::to_string(10 + made_ % 18);
    if (column.type == "timestamp with time zone") return "2031-01-01 00:00:00." + number + "+00";
    if (column.type == "boolean" || column.type == "\"char\"") return value;
    return number;
}

/// Copies that can stand beside the row: with values of their own where they may not be the same; the first has as many
/// as it may, each further one keeps one value more, because a choice has no other.
std::vector<Violations::Row> Violations::freshened(const std::string& table, const Row& row) {
    const auto renew = [&](const std::string& except) {
        auto out = row;
        for (const auto& column : columns(table)) {
            const bool own = column.unique && !column.foreign && column.name != "authority_id" && column.name != except;
            if (own) out[column.name] = fresh(column, row.at(column.name));
        }
        return out;
    };
    std::vector<Row> out{renew({})};
    for (const auto& column : columns(table)) {
        const bool choice = column.type == "text" || column.type == "\"char\"";
        if (column.unique && !column.foreign && choice) out.push_back(renew(column.name));
    }
    return out;
}

/// What the foreign keys of a column let it name.
std::vector<std::optional<std::string>> Violations::referable(const std::string& table, const std::string& column) {
    std::vector<std::optional<std::string>> out{std::nullopt};
    const auto found = session_.exec(
        "SELECT c.confrelid::regclass, (SELECT f.attname FROM unnest(c.conkey, c.confkey) k(here, there) "
        "JOIN pg_attribute h ON h.attrelid = c.conrelid AND h.attnum = k.here "
        "JOIN pg_attribute f ON f.attrelid = c.confrelid AND f.attnum = k.there WHERE h.attname = '" +
        column + "') FROM pg_constraint c WHERE c.contype = 'f' AND c.conrelid = '" + table + "'::regclass");
    for (const auto& key : found) {
        if (key[1].is_null()) continue;
        for (const auto& row :
             session_.exec("SELECT " + key[1].as<std::string>() + " FROM " + key[0].as<std::string>() +
                           " WHERE authority_id <> '" + nowhere + "' LIMIT 8")) {
            out.emplace_back(row[0].as<std::string>());
        }
    }
    return out;
}

std::vector<std::optional<std::string>> Violations::odd_values(const Column& column, const Row& row,
                                                               const Guard& guard) {
    std::vector<std::optional<std::string>> out{std::nullopt, row.at(column.name)};
    const auto add = [&](std::initializer_list<const char*> values) {
        out.insert(out.end(), values.begin(), values.end());
    };
    if (guard.kind == Kind::foreign_key) {
        if (column.name == "authority_id") return {nowhere, row.at(column.name)};
        return {fresh(column, row.at(column.name)), row.at(column.name)};
    }
    if (column.type == "text") {
        add({"", "x", "!!", "partner", "withdrawn"});
        out.emplace_back(std::string(5000, 'x'));
        out.emplace_back(std::string(400, 'x'));  // what is found by its words has none of 5,000 letters
    } else if (column.type == "bigint" || column.type == "integer" || column.type == "pence") {
        add({"-1", "0", "1", "7", "2000000000"});
        if (column.type != "integer") add({"1000000000001"});
    } else if (column.type == "date") {
        add({"1900-01-01", "2999-01-01"});
    } else if (column.type == "timestamp with time zone") {
        add({"1900-01-01 00:00+00", "2999-01-01 00:00+00"});
    } else if (column.type == "boolean") {
        add({"true", "false"});
    } else if (column.type == "text[]") {
        add({"{zz}", "{}", "{!!}"});
    } else if (column.type == "jsonb") {
        add({"[]", "1"});
    } else if (column.type == "bytea") {
        add({"\\x00"});
    } else if (column.type == "\"char\"") {
        add({"z"});
    }
    for (const auto& other : guard.columns) {
        if (other != column.name && row.at(other)) out.push_back(row.at(other));  // the same as its neighbour
    }
    return out;
}

/// Every choice of odd values in the guard's columns; then the same with one more column empty or the row void.
std::vector<std::string> Violations::broken_rows(const Guard& guard) {
    std::vector<std::string> out;
    std::vector<Row> bases;
    for (const auto& row : rows(guard.table)) {
        for (auto& base : freshened(guard.table, row)) {
            bases.push_back(base);
            if (!row.contains("voided")) continue;
            base["voided"] = "true";
            bases.push_back(std::move(base));
        }
    }
    const auto& all = columns(guard.table);
    for (const auto& base : bases) {
        std::vector<Row> odd{base};
        for (const auto& name : guard.columns) {
            const auto column = std::find_if(all.begin(), all.end(), [&](const Column& c) { return c.name == name; });
            if (column == all.end()) continue;
            std::vector<Row> wider;
            for (const auto& row : odd) {
                for (const auto& value : guard.kind == Kind::not_null
                                             ? std::vector<std::optional<std::string>>{std::nullopt}
                                             : odd_values(*column, base, guard)) {
                    wider.push_back(row);
                    wider.back()[name] = value;
                }
            }
            odd = std::move(wider);
            if (odd.size() > 3000) break;
        }
        for (const auto& row : odd) out.push_back(insert(guard.table, row));
        if (guard.kind == Kind::check) continue;
        for (const auto& column : all) {
            if (column.name == "authority_id" || !base.at(column.name)) continue;
            for (auto row : odd) {
                row[column.name] = std::nullopt;
                out.push_back(insert(guard.table, row));
            }
        }
    }
    return out;
}

/// A second row with the same values in the columns of the index, and others elsewhere.
std::vector<std::string> Violations::doubled_rows(const Guard& guard) {
    std::vector<std::string> out;
    const auto found = rows(guard.table);
    for (const auto& row : found) {
        for (auto copy : freshened(guard.table, row)) {
            for (const auto& column : guard.columns) {
                const auto name = column == "canonical" ? std::string{"value"} : column;  // which it is made of
                copy[name] = row.at(name);
            }
            out.push_back(insert(guard.table, copy));
            for (const auto& column : columns(guard.table)) {
                const bool named =
                    std::find(guard.columns.begin(), guard.columns.end(), column.name) != guard.columns.end();
                if (named || !column.foreign || !column.unique) continue;
                auto other = copy;
                for (const auto& value : referable(guard.table, column.name)) {
                    other[column.name] = value;
                    out.push_back(insert(guard.table, other));
                }
            }
        }
    }
    return out;
}

}  // namespace tideover::mutation
