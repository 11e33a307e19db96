// Statements: their names, their holes and their values.
#include <doctest/doctest.h>

#include "db/core/connection.hpp"
#include "tests/support/database.hpp"

namespace query_test {

using namespace tideover;
using tideover::testing::ScratchDatabase;

TEST_CASE("a statement's name stands for one text on a connection") {
    ScratchDatabase scratch;
    auto connection = scratch.connect();
    const db::Query first{"one_name", "SELECT $1::integer + 1"}, second{"one_name", "SELECT $1::integer + 2"};
    CHECK(connection.run(first, {"1"})[0][0].as<int>() == 2);
    CHECK_THROWS_WITH(connection.run(second, {"1"}), "two statements have the name one_name");
    CHECK(connection.run(first, {"2"})[0][0].as<int>() == 3);
}

TEST_CASE("a plan that was made while a table was empty is not kept when it has grown, though nobody has analysed it") {
    ScratchDatabase scratch;
    db::Connection connection{db::with_session_settings(scratch.owner())};
    auto other = scratch.connect();
    other.run("CREATE TABLE growing (n integer PRIMARY KEY) WITH (autovacuum_enabled = off)");
    other.run("INSERT INTO growing VALUES (0)");
    other.run("VACUUM ANALYZE growing");
    const db::Query query{"growing", "SELECT n FROM growing WHERE n = $1::integer"};
    connection.run(query, {"0"});
    other.run("INSERT INTO growing SELECT generate_series(1, 10000)");
    for (int i = 0; i < 100; ++i) connection.run(query, {std::to_string(i)});
    const auto read_through = [&] {
        return connection.run("SELECT seq_tup_read FROM pg_stat_xact_user_tables WHERE relname = 'growing'")[0][0]
            .as<int>();
    };
    connection.run("BEGIN");
    const auto before = read_through();
    connection.run(query, {"4711"});
    CHECK(read_through() == before);
}

TEST_CASE("a value is a parameter, whatever it says") {
    ScratchDatabase scratch;
    auto connection = scratch.connect();
    for (const std::string said : {"it's", "'; DROP TABLE entry; --", "$1", "{", "\\"}) {
        db::Statement statement;
        statement << "SELECT " << statement.bind(said, "text") << ", "
                  << statement.bind(db::array_of({said, "b"}), "text[]") << " = ARRAY[" << statement.bind(said, "text")
                  << ", 'b']";
        const auto row = connection.run(statement)[0];
        CHECK(row[0].as<std::string>() == said);
        CHECK(row[1].as<bool>());
    }
}

TEST_CASE("a statement's holes are all filled, and every filling has one") {
    CHECK(db::filled("SELECT {what} FROM {from} WHERE {what} > 0", {{"what", "a"}, {"from", "b"}}) ==
          "SELECT a FROM b WHERE a > 0");
    CHECK(db::filled("'{}'::text[], '{1}', '{\"a\": 1}', '{'", {}) == "'{}'::text[], '{1}', '{\"a\": 1}', '{'");
    CHECK_THROWS_WITH(static_cast<void>(db::filled("SELECT {what}", {})), "nothing fills {what}");
    CHECK_THROWS_WITH(static_cast<void>(db::filled("SELECT 1", {{"what", "a"}})), "there is no {what} to fill");
}

}  // namespace query_test
