// That the tables of domain/ and the schema say the same.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "db/core/locks.hpp"
#include "db/core/migrate.hpp"
#include "db/records/counts.hpp"
#include "db/records/record_sql.hpp"
#include "db/records/scaffold.hpp"
#include "db/records/search_sql.hpp"
#include "domain/core/day.hpp"
#include "domain/core/form.hpp"
#include "domain/core/listing.hpp"
#include "domain/figures/measures.hpp"
#include "tests/support/council.hpp"
#include "tests/support/database.hpp"
#include "tests/support/root.hpp"

namespace schema_test {

using namespace tideover;
using tideover::testing::ScratchDatabase;

TEST_CASE("the lifecycles in the program are the lifecycles in the database") {
    ScratchDatabase scratch;
    auto connection = scratch.connect();
    std::multiset<std::string> program, database;
    for (const auto* noun : nouns::all()) {
        for (const auto& move : noun->moves) {
            program.insert(std::string{noun->name} + " " + std::string{move.from} + " " + std::string{move.event} +
                           " " + std::string{move.to});
        }
    }
    for (const auto& row :
         connection.run("SELECT noun || ' ' || from_state || ' ' || event || ' ' || to_state FROM lifecycle_move")) {
        database.insert(row[0].as<std::string>());
    }
    CHECK(program == database);
}

TEST_CASE("the measures in the program are the measures in the database") {
    ScratchDatabase scratch;
    auto connection = scratch.connect();
    std::set<std::string> program, database;
    for (const auto& m : measures)
        program.insert(std::string{m.code} + " " + std::string{m.unit} + " " + std::string{m.subject});
    for (const auto& row : connection.run("SELECT code || ' ' || unit || ' ' || subject FROM measure"))
        database.insert(row[0].as<std::string>());
    CHECK(program == database);
}

TEST_CASE("every noun has a table with exactly its fields") {
    ScratchDatabase scratch;
    auto connection = scratch.connect();
    for (const auto* noun : nouns::all()) {
        CAPTURE(noun->name);
        std::set<std::string> program{"authority_id", "id",          "reference",  "version",
                                      "voided",       "recorded_at", "recorded_by"},
            database;
        if (!noun->moves.empty()) program.insert("state");
        for (const auto& field : noun->fields) {
            if (field.kind != Kind::rows) program.insert(db::records::column(field.name));
        }
        for (const auto& row :
             connection.run("SELECT attname FROM pg_attribute WHERE attnum > 0 AND NOT attisdropped AND attrelid = '" +
                            std::string{noun->name} + "'::regclass")) {
            database.insert(row[0].as<std::string>());
        }
        database.erase("contested");  // what an upgrade found, and no field
        CHECK(program == database);
    }
}

TEST_CASE("every choice a field offers is one that the database takes, and the other way round") {
    ScratchDatabase scratch;
    auto connection = scratch.connect();
    for (const auto* noun : nouns::all()) {
        for (const auto& field : noun->fields) {
            if ((field.kind != Kind::choice && field.kind != Kind::choices) || field.choices.empty()) continue;
            const auto column = db::records::column(field.name);
            CAPTURE(noun->name);
            CAPTURE(field.name);
            const auto checks = connection.run(
                "SELECT pg_get_constraintdef(c.oid) FROM pg_constraint c WHERE c.contype = 'c' AND c.conrelid = '" +
                std::string{noun->name} + "'::regclass AND c.conname = '" + std::string{noun->name} + "_" + column +
                "_check'");
            REQUIRE(checks.size() == 1);
            const auto text = checks[0][0].as<std::string>();
            std::size_t quoted = 0;
            for (const auto choice : field.choices)
                CHECK(text.find("'" + std::string{choice} + "'") != std::string::npos);
            quoted = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\'')) / 2;
            CHECK(quoted == field.choices.size());
        }
    }
}

TEST_CASE("types, lengths, choices and what may be null are in the catalogue as the field tables say") {
    ScratchDatabase scratch;
    auto connection = scratch.connect();
    // The tables that a scaffold makes stand beside the schema's own, and both are read from the catalogue.
    connection.run("CREATE SCHEMA scaffold");
    connection.run("SET search_path = scaffold, public");
    for (const auto* noun : nouns::all()) connection.run(db::records::scaffold_tables(*noun));
    const auto described = [&](const std::string& schema) {
        std::map<std::string, std::pair<std::string, bool>> out;
        connection.run("SET search_path = pg_catalog");
        for (const auto& row : connection.run(
                 "SELECT c.relname || '.' || a.attname, replace(format_type(a.atttypid, a.atttypmod) || ' ' || "
                 "coalesce(pg_get_constraintdef(k.oid), ''), 'public.', ''), a.attnotnull "
                 "FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r' "
                 "AND c.relnamespace = '" +
                 schema +
                 "'::regnamespace "
                 "LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'c' "
                 "AND k.conname = c.relname || '_' || a.attname || '_check' "
                 "WHERE a.attnum > 0 AND NOT a.attisdropped")) {
            out[row[0].as<std::string>()] = {row[1].as<std::string>(), row[2].as<bool>()};
        }
        return out;
    };
    const auto wanted = described("scaffold"), there = described("public");
    std::set<std::string> differing, may_be_null;
    for (const auto& [column, definition] : wanted) {
        const auto found = there.find(column);
        CAPTURE(column);
        REQUIRE(found != there.end());
        if (found->second.first != definition.first) differing.insert(column);
        if (definition.second && !found->second.second) may_be_null.insert(column);
    }
    // What the schema says more closely than a field can.
    const std::set<std::string> closer{
        "api_token.hash",
        "api_token.partner",
        "api_token.state",
        "staff.state",
        "publication.digest",
        "publication.version",
        "publication.voided",  // never corrected, never void
        "scheme_version.number",
        "scheme_version_declaration.wording_version",  // larger than they need be
        "scheme_version_amount.most_pence",            // not below the least
    };
    const auto in_words = [](const std::set<std::string>& columns) {
        std::string out;
        for (const auto& column : columns) out += column + "\n";
        return out;
    };
    CHECK(in_words(differing) == in_words(closer));
    CHECK(in_words(may_be_null) == "");
}

TEST_CASE(
    "a noun that counts has a recount of its own, as a scaffold makes one; a later migration adds one to the whole") {
    ScratchDatabase scratch;
    auto connection = scratch.connect();
    std::set<std::string> program, database;
    for (const auto* noun : nouns::all()) {
        if (!noun->counting.empty()) program.insert("recount_" + std::string{noun->name});
    }
    for (const auto& row : connection.run("SELECT viewname FROM pg_views WHERE viewname LIKE 'recount\\_%'")) {
        database.insert(row[0].as<std::string>());
    }
    CHECK(program == database);

    const auto views_of_whole = [&] {
        return connection
            .run(
                "SELECT DISTINCT table_name FROM information_schema.view_table_usage "
                "WHERE view_name = 'recount'")
            .size();
    };
    CHECK(views_of_whole() == static_cast<pqxx::result::size_type>(program.size()));
    connection.run("CREATE VIEW recount_zine AS SELECT * FROM recount_call WHERE false");
    connection.run("SELECT rebuild_recount()");
    CHECK(views_of_whole() == static_cast<pqxx::result::size_type>(program.size() + 1));
    CHECK(connection.run("SELECT has_table_privilege('tideover_app', 'recount', 'SELECT')")[0][0].as<bool>());

    // What the scaffold prints is taken by the database as it stands.
    connection.run("CREATE SCHEMA scaffold");
    connection.run("SET search_path = scaffold, public");
    for (const auto* noun : nouns::all()) {
        if (noun->counting.empty()) continue;
        CAPTURE(noun->name);
        const auto printed = db::records::scaffold(*noun);
        connection.run(printed.substr(printed.find("CREATE VIEW"),
                                      printed.find("SELECT rebuild_recount") - printed.find("CREATE VIEW")));
    }
}

TEST_CASE("every advisory lock of the schema and of the program is in the list of locks") {
    std::ifstream schema{testing::root() + "/tests/golden/schema.sql"};
    std::stringstream text;
    text << schema.rdbuf();
    const auto sql = text.str();
    const std::regex taken{R"(advisory_(?:xact_)?lock(?:_shared)?\((\d+))"};
    std::set<std::string> numbers, listed;
    for (std::sregex_iterator at{sql.begin(), sql.end(), taken}, end; at != end; ++at) numbers.insert((*at)[1]);
    for (const auto& lock : db::locks::all) CHECK(listed.emplace(lock.number).second);
    CHECK(numbers.size() > 3);
    for (const auto& number : numbers) {
        CAPTURE(number);
        CHECK(listed.contains(number));
    }
    for (const auto& file : std::filesystem::recursive_directory_iterator{testing::root() + "/db"}) {
        if (file.path().extension() != ".cpp") continue;
        std::ifstream source{file.path()};
        std::stringstream code;
        code << source.rdbuf();
        CAPTURE(file.path().string());
        CHECK(!std::regex_search(code.str(), taken));
    }
}

TEST_CASE("every field that lists can be filtered by is led by an index of its authority") {
    ScratchDatabase scratch;
    auto connection = scratch.connect();
    for (const auto* noun : nouns::all()) {
        std::set<std::string> filters;
        for (const auto& parameter : listing::parameters(*noun)) {
            const auto& field = *listing::asked_by(*noun, parameter)->field;
            // Void records have an index of their own, and so have merges; lists of values stand in that of what is
            // searched.
            if (!listing::is_about_merging(field) && &field != &listing::voided && field.kind != Kind::choices)
                filters.insert(db::records::column(field.name));
        }
        for (const auto& column : filters) {
            CAPTURE(noun->name);
            CAPTURE(column);
            const auto found = connection.run("SELECT FROM pg_indexes WHERE tablename = '" + std::string{noun->name} +
                                              "' AND indexdef LIKE '%(authority_id, " + column + "%'");
            CHECK_FALSE(found.empty());
        }
    }
}

TEST_CASE("what no other record has is a unique index, of all that are not void") {
    ScratchDatabase scratch;
    auto connection = scratch.connect();
    int fields = 0;
    for (const auto* noun : nouns::all()) {
        for (const auto& field : noun->fields) {
            if (!field.sole) continue;
            CAPTURE(noun->name);
            CAPTURE(field.name);
            ++fields;
            const auto found = connection.run("SELECT FROM pg_indexes WHERE tablename = '" + std::string{noun->name} +
                                              "' AND indexdef LIKE 'CREATE UNIQUE INDEX%(authority_id, %" +
                                              db::records::column(field.name) + "%)) WHERE %NOT voided%'");
            CHECK(found.size() == 1);
        }
    }
    CHECK(fields >= 2);
}

TEST_CASE("every table can be vacuumed and analysed as autovacuum does it, without a search path") {
    // With rows in every table: what an index calls is called for them.
    testing::Council council;
    auto owner = council.connect();
    owner.run("SET search_path = ''");
    int tables = 0;
    for (const auto& row : owner.run("SELECT format('%I.%I', n.nspname, c.relname) FROM pg_catalog.pg_class c JOIN "
                                     "pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND "
                                     "n.nspname = 'public'")) {
        const auto table = row[0].as<std::string>();
        CAPTURE(table);
        CHECK_NOTHROW(owner.run("VACUUM ANALYZE " + table));
        CHECK_NOTHROW(owner.run("REINDEX TABLE " + table));
        ++tables;
    }
    CHECK(tables > 40);
}

TEST_CASE("what a record is found by, and what it is counted by, is an index, as its field table says") {
    ScratchDatabase scratch;
    auto connection = scratch.connect();
    const auto indexes = [&] {
        std::map<std::string, std::string> out;
        for (const auto& row :
             connection.run("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND "
                            "(indexname LIKE '%\\_search' OR indexname LIKE '%\\_counts')"))
            out.emplace(row[0].as<std::string>(), row[1].as<std::string>());
        return out;
    };
    const auto migrated = indexes();
    for (const auto& [name, definition] : migrated) connection.run("DROP INDEX " + name);
    for (const auto* noun : nouns::all()) {
        connection.run(db::records::counts_index(*noun));
        if (const auto made = db::records::search_indexes(*noun); !made.empty()) connection.run(made);
    }
    CHECK(migrated.size() > 40);
    CHECK(indexes() == migrated);
}

TEST_CASE("the London day of the program is the London day of PostgreSQL, for every hour of ten years") {
    ScratchDatabase scratch;
    auto connection = scratch.connect();
    const auto rows = connection.run(
        "SELECT wire(at), (at AT TIME ZONE 'Europe/London')::date::text FROM generate_series("
        "timestamptz '2018-01-01Z', timestamptz '2028-01-01Z', interval '1 hour') at");
    REQUIRE(rows.size() > 80'000);
    int wrong = 0;
    for (const auto& row : rows) {
        wrong += format(london_day(*parse_instant(row[0].as<std::string>()))) != row[1].as<std::string>() ? 1 : 0;
    }
    CHECK(wrong == 0);
}

TEST_CASE("a form is the same in the program and in the database") {
    ScratchDatabase scratch;
    auto connection = scratch.connect();
    const auto same = [&](Form form, const std::string& function, const std::string& name, const char* said) {
        const auto stored =
            connection.run(db::Query{"schema_" + function, "SELECT " + function + "($1, $2)"}, {name, said})[0][0]
                .as<std::string>();
        CAPTURE(name);
        CAPTURE(said);
        CHECK(canonical_form(form, said) == stored);
    };
    for (const auto* said : {"Winter 2020", "WINTER_–2020 ", "sbgf", "été 1", "5-jan-to-15-feb-2021", "a.b/c"}) {
        same(Form::code, "canonical_form", "code", said);
        same(Form::fund, "canonical_form", "fund", said);
        same(Form::tag, "canonical_form", "tag", said);
    }
    for (const auto* said : {"778552381x", "7785-5238-1X", "778552381 X", "INV/1"}) {
        same(Form::account, "canonical_form", "account", said);
        same(Form::rates_account, "canonical_identifier", "rates_account", said);
        same(Form::urn, "canonical_identifier", "urn", said);
    }
    const std::pair<const char*, std::vector<const char*>> identifiers[]{
        {"company_number", {"6460420", "0646 0420", "sc1234", "SC 001234", "r0 12", "oc300001", "ip12345r"}},
        {"charity_number", {"1071527", "01071527", "sc012345", "SCO12345", "nic 100001", "235825-1"}},
        {"vat_number", {"GB123456782", "gb 123 4567 82", "XI123456782", "123-4567-82", "GD123", "GB 123 4567 82 001"}},
        {"nhs_number", {"943 476 5919", "9434765919"}},
        {"uprn", {"010001234", "1000 1234"}},
        {"email", {"Jo.Bloggs@Example.ORG"}},
        {"phone",
         {"0161 496 0000", "+44 (0)161 496 0000", "0044161 4960000", "44161 496 0000", "(0161) 496-0000", "111"}},
    };
    for (const auto& [kind, spellings] : identifiers) {
        for (const auto* said : spellings) same(form_of_identifier(kind), "canonical_identifier", kind, said);
    }
}

TEST_CASE("a migration that was changed after it was applied is refused, and so is a database from the future") {
    ScratchDatabase scratch;
    auto connection = scratch.connect();
    CHECK(db::migrate::behind_or_ahead(connection, db::migrate::version_of_program()) == 0);
    CHECK(db::migrate::up(connection, testing::root() + "/schema").applied == 0);
    connection.run("UPDATE migration SET checksum = 'x' WHERE number = 1");
    CHECK_THROWS_WITH_AS(db::migrate::up(connection, testing::root() + "/schema"),
                         "migration 001_foundation.sql was changed after it was applied: restore the file",
                         std::runtime_error);
    connection.run("ROLLBACK");
    connection.run("INSERT INTO migration (number, name, checksum) VALUES (900, '900_future.sql', 'x')");
    CHECK(db::migrate::behind_or_ahead(connection, db::migrate::version_of_program()) > 0);
}

}  // namespace schema_test
