// Questions to the catalogue.
#include "tests/mutation/guard.hpp"

#include <array>
#include <sstream>

namespace tideover::mutation {
namespace {

struct Source {
    Kind kind;
    const char* sql;  // table, name, definition, drop, columns between commas
};

// Columns are joined with commas: no name of ours holds one.
constexpr std::array sources{
    Source{Kind::check, R"(
SELECT c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid),
       format('ALTER TABLE %s DROP CONSTRAINT %I', c.conrelid::regclass, c.conname),
       (SELECT string_agg(a.attname, ',' ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey))
FROM pg_constraint c WHERE c.contype = 'c' AND c.conrelid <> 0 AND c.connamespace = 'public'::regnamespace
UNION ALL
SELECT a.attrelid::regclass, c.conname || ' on ' || a.attname, pg_get_constraintdef(c.oid),
       format('ALTER DOMAIN %s DROP CONSTRAINT %I', c.contypid::regtype, c.conname), a.attname::text
FROM pg_constraint c JOIN pg_attribute a ON a.atttypid = c.contypid JOIN pg_class t ON t.oid = a.attrelid
WHERE c.contypid <> 0 AND t.relkind = 'r' AND c.connamespace = 'public'::regnamespace AND NOT a.attisdropped)"},
    Source{Kind::not_null, R"(
SELECT a.attrelid::regclass, a.attname, 'NOT NULL',
       format('ALTER TABLE %s ALTER %I DROP NOT NULL', a.attrelid::regclass, a.attname), a.attname::text
FROM pg_attribute a JOIN pg_class t ON t.oid = a.attrelid
WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND a.attnotnull AND NOT a.attisdropped
      AND a.attgenerated = '' AND a.attidentity = ''
      AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = t.oid AND i.indisprimary AND a.attnum = ANY (i.indkey)))"},
    Source{Kind::foreign_key, R"(
SELECT c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid),
       format('ALTER TABLE %s DROP CONSTRAINT %I', c.conrelid::regclass, c.conname),
       (SELECT string_agg(a.attname, ',' ORDER BY k.place) FROM unnest(c.conkey) WITH ORDINALITY k(number, place)
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number)
FROM pg_constraint c WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace)"},
    Source{Kind::unique, R"(
SELECT i.indrelid::regclass, x.relname, pg_get_indexdef(i.indexrelid),
       CASE WHEN c.oid IS NULL THEN format('DROP INDEX %I CASCADE', x.relname)
            ELSE format('ALTER TABLE %s DROP CONSTRAINT %I CASCADE', i.indrelid::regclass, c.conname) END,
       (SELECT string_agg(a.attname, ',' ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = i.indrelid AND (a.attnum = ANY (i.indkey) OR
              (0 = ANY (i.indkey) AND pg_get_indexdef(i.indexrelid) ~ ('[ (]' || a.attname || '[,) :]'))))
FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid LEFT JOIN pg_constraint c ON c.conindid = x.oid AND c.contype IN ('p', 'u')
WHERE i.indisunique AND x.relnamespace = 'public'::regnamespace)"},
    Source{Kind::trigger, R"(
SELECT t.tgrelid::regclass, t.tgname, pg_get_triggerdef(t.oid),
       format('DROP TRIGGER %I ON %s', t.tgname, t.tgrelid::regclass), NULL
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
-- One that is given what a statement stored keeps another table in step, and refuses nothing.
WHERE NOT t.tgisinternal AND t.tgnewtable IS NULL AND c.relnamespace = 'public'::regnamespace)"},
    Source{Kind::granted, R"(
SELECT c.oid::regclass, p.name, 'granted to tideover_app',
       format('REVOKE %s ON %s FROM tideover_app', p.name, c.oid::regclass) ||
       coalesce((SELECT string_agg(format('; REVOKE UPDATE (%I) ON %s FROM tideover_app', a.attname, c.oid::regclass), '')
                 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attacl IS NOT NULL AND p.name = 'UPDATE'), ''),
       (SELECT string_agg(a.attname, ',' ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0
        AND NOT a.attisdropped AND has_column_privilege('tideover_app', c.oid, a.attnum, 'UPDATE') AND p.name = 'UPDATE')
FROM pg_class c CROSS JOIN (VALUES ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE'), ('TRUNCATE')) p(name)
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
      AND (has_table_privilege('tideover_app', c.oid, p.name)
           OR (p.name = 'UPDATE' AND has_any_column_privilege('tideover_app', c.oid, 'UPDATE'))))"},
    Source{Kind::withheld, R"(
SELECT c.oid::regclass, p.name, 'withheld from tideover_app', format('GRANT %s ON %s TO tideover_app', p.name, c.oid::regclass),
       (SELECT attname FROM pg_attribute WHERE attrelid = c.oid AND attnum = 1)
FROM pg_class c CROSS JOIN (VALUES ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE'), ('TRUNCATE')) p(name)
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND NOT has_table_privilege('tideover_app', c.oid, p.name)
      AND NOT (p.name = 'UPDATE' AND has_any_column_privilege('tideover_app', c.oid, 'UPDATE')))"},
};

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> out;
    std::istringstream in{text};
    for (std::string word; std::getline(in, word, ',');) out.push_back(word);
    return out;
}

constexpr std::array kinds{"check", "not null", "foreign key", "unique", "trigger", "granted", "withheld"};

}  // namespace

std::vector<Guard> all_guards(pqxx::nontransaction& session) {
    std::vector<Guard> out;
    for (const auto& source : sources) {
        for (const auto& row : session.exec("SELECT * FROM (" + std::string{source.sql} +
                                            ") g(t, n, d, x, c) ORDER BY t::text, n::text, d::text")) {
            out.push_back({source.kind, row[0].as<std::string>(), row[1].as<std::string>(), row[2].as<std::string>(),
                           row[3].as<std::string>(),
                           row[4].is_null() ? std::vector<std::string>{} : split(row[4].as<std::string>())});
        }
    }
    return out;
}

std::string line_of(const Guard& guard) {
    const auto out = guard.table + "  " + kinds[static_cast<std::size_t>(guard.kind)] + "  " + guard.name + "  ";
    std::istringstream words{guard.definition};  // some go over several lines
    std::string definition;
    for (std::string word; words >> word;) definition += (definition.empty() ? "" : " ") + word;
    return out + definition;
}

}  // namespace tideover::mutation
