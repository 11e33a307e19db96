// Over 100,000 records no list reads the table through, whatever it is asked and however it is sorted.
#include <doctest/doctest.h>

#include <string>

#include "db/records/counts.hpp"
#include "db/records/likeness.hpp"
#include "db/records/list.hpp"
#include "domain/core/typed.hpp"
#include "domain/helpline/nouns.hpp"
#include "tests/support/database.hpp"
#include "tests/support/many_calls.hpp"

namespace tideover::list_plan_test {
namespace {

using testing::ScratchDatabase;

/// How many rows of calls and of people were read for one page. EXPLAIN would not show it: it plans for the values,
/// always.
template <class Deed>
std::int64_t rows_read(db::Connection& connection, const Deed& deed) {
    const auto so_far = [&] {
        return connection
            .run(
                "SELECT sum(seq_tup_read + idx_tup_fetch) FROM pg_stat_xact_user_tables "
                "WHERE relname IN ('call', 'person')")[0][0]
            .as<std::int64_t>();
    };
    const auto before = so_far();
    deed();
    return so_far() - before;
}

/// A clerk does not see all calls: none of somebody restricted, but their own.
const db::Principal clerk{.authority = "E08000007",
                          .token_id = {},
                          .staff_id = "00000000-0000-7000-8000-000000000009",
                          .partner = {},
                          .role = Role::helpline};

std::int64_t rows_read(db::Connection& connection, const db::records::Page& page) {
    return rows_read(connection, [&] { connection.run(db::records::list_statement(clerk, nouns::call, page)); });
}

/// A council with 100,000 calls and 20,000 people, 20 of them restricted, and a connection like the service's to it, in
/// a transaction.
struct Council {
    ScratchDatabase scratch;
    db::Connection connection{db::with_session_settings(scratch.owner(), 0)};

    Council() {
        connection.run(testing::many_calls(100'000));
        connection.run(
            "SET session_replication_role = replica; INSERT INTO person (authority_id, id, reference, name, "
            "restricted, "
            "recorded_at, recorded_by) SELECT 'E08000007', person_id, 'PE-' || n, 'Invented ' || n, n % 1000 = 0, "
            "now(), "
            "'00000000-0000-7000-8000-000000000001' FROM (SELECT person_id, row_number() OVER () AS n FROM call "
            "WHERE person_id IS NOT NULL LIMIT 20000) x; SET session_replication_role = origin; ANALYZE person");
        connection.run("BEGIN");
    }
};

/// A page holds 100; what is rare among 100,000 may be looked for among 2,000 of them, and no more.
constexpr std::int64_t few = 5000;

/// What somebody typed, as the service reads it.
ranking::Typed typed(const std::string& text, const std::vector<std::string>& words) {
    ranking::Typed out{.words = {},
                       .text = text,
                       .phone = typed::phone_part(text).value_or(""),
                       .packed = {},
                       .references = typed::references_in(text)};
    for (const auto& word : words) out.words.push_back({word, {}});
    return out;
}

/// A value that some of the calls have.
std::string value_of(db::Connection& connection, const Field& field) {
    std::string column{field.name};
    for (char& c : column) c = c == '.' ? '_' : c;
    if (field.kind == Kind::choices) return "isolation";
    if (field.kind == Kind::flag) return "true";
    const auto found = connection.run("SELECT " + column + "::text FROM call WHERE " + column +
                                      " IS NOT NULL ORDER BY id OFFSET 700 LIMIT 1");
    return found[0][0].as<std::string>();
}

}  // namespace

TEST_CASE("each filter, each end of a range and each order of calls has an index, over 100,000 of them") {
    Council council;
    auto& connection = council.connection;
    for (const auto& parameter : listing::parameters(nouns::call)) {
        const auto asked = *listing::asked_by(nouns::call, parameter);
        const db::records::Condition condition{asked.field, asked.how, {value_of(connection, *asked.field)}};
        INFO(parameter << " " << condition.values[0]);
        CHECK(rows_read(connection, {.conditions = {condition}}) < few);
    }
    for (const auto* field : listing::sorted_by(nouns::call)) {
        for (const bool descending : {true, false}) {
            INFO(field->name);
            CHECK(rows_read(connection, {.conditions = {}, .sorted_by = field, .descending = descending}) < few);
        }
    }
    const auto* day = nouns::call.field("happened_on");
    const auto of_one_day_by_one_of_staff = rows_read(
        connection,
        {.conditions = {{day, listing::How::from, {"2020-06-01"}},
                        {day, listing::How::to, {"2020-06-01"}},
                        {&listing::recorded_by, listing::How::values, {"00000000-0000-7000-8000-000000000007"}}}});
    CHECK(of_one_day_by_one_of_staff < few);
}

TEST_CASE("a call is found by a rare word, a common one, part of a number: the table is not read through") {
    Council council;
    auto& connection = council.connection;
    for (const auto& one :
         {typed("4711", {"4711"}), typed("caller", {"caller"}), typed("nobody", {"nobody"}),
          typed("caller 4711", {"caller", "4711"}), typed("496 8999", {"496", "8999"}), typed("0161", {"0161"}),
          typed("SK1 1AA", {"sk1", "1aa"}), typed("CL-99999", {"cl", "99999"})}) {
        INFO(one.text);
        CHECK(rows_read(connection, {.conditions = {}, .typed = one}) < few);
    }
}

TEST_CASE("what a call may be one with is looked for among few, whatever is known when the question is planned") {
    Council council;
    auto& connection = council.connection;
    const auto id = connection.run("SELECT id FROM call WHERE reference = 'CL-50000'")[0][0].as<std::string>();
    const auto sql = db::records::likenesses_sql(
        clerk, nouns::call, [](const std::string&, std::string_view) { return std::string{"NULL"}; });
    for (const std::string known : {"", "DELETE FROM pg_statistic WHERE starelid = 'call'::regclass"}) {
        if (!known.empty()) connection.run(known);
        const db::Query query{
            "alike" + std::to_string(known.size()),
            "SELECT " + sql + "::text FROM call n WHERE n.authority_id = 'E08000007' AND n.id = $1::uuid"};
        std::string found;
        CHECK(rows_read(connection, [&] { found = connection.run(query, {id})[0][0].as<std::string>(); }) < 200);
        CHECK(found.find("same_number_at_that_time") == std::string::npos);
    }
}

TEST_CASE("calls are counted by every two fields, and under every filter by such, without one being read") {
    Council council;
    auto& connection = council.connection;
    connection.run("COMMIT");
    connection.run("VACUUM ANALYZE call");
    connection.run("BEGIN");
    const auto read = [&](const db::records::Page& page, const std::vector<const Field*>& by) {
        return rows_read(connection,
                         [&] { connection.run(db::records::counts_statement(clerk, nouns::call, page, by)); });
    };
    std::vector<const Field*> fields;
    for (const auto* field : listing::counted_by(nouns::call)) {
        if (field->kind != Kind::choices && field != &listing::voided) fields.push_back(field);
    }
    REQUIRE(fields.size() == 4);
    CHECK(read({}, {}) < few);
    for (const auto* one : fields) {
        for (const auto* other : fields) {
            INFO(one->name << " " << other->name);
            CHECK(read({}, one == other ? std::vector{one} : std::vector{one, other}) < few);
            const db::records::Condition condition{one, listing::How::values, {value_of(connection, *one)}};
            CHECK(read({.conditions = {condition}}, {other}) < few);
        }
    }
}

}  // namespace tideover::list_plan_test
