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
