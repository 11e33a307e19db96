// Over 100,000 records no list reads the table through, whatever it is asked and however it is sorted.
#include <doctest/doctest.h>

#include <string>

#include "db/records/list.hpp"
#include "domain/helpline/nouns.hpp"
#include "tests/support/database.hpp"

namespace tideover::list_plan_test {
namespace {

using testing::ScratchDatabase;

/// Calls of a year: what is asked of them is said by one in some hundreds, or by a share of all.
constexpr const char* calls = R"(
SET session_replication_role = replica;
INSERT INTO call (authority_id, id, reference, direction, line, counterparty, purpose, started_at, duration_s, caller_name,
                  caller_phone, caller_postcode, person_id, reasons, vulnerability_basis, outcome, answered, happened_on,
                  voided, recorded_at, recorded_by)
SELECT 'E08000007', gen_random_uuid(), 'CL-' || n, CASE n % 5 WHEN 0 THEN 'outbound' ELSE 'inbound' END,
       CASE n % 7 WHEN 0 THEN 'customer_services' ELSE 'coronavirus' END, 'resident', 'help_request',
       timestamptz '2020-03-20Z' + n * interval '5 minutes', n % 1800, 'Caller ' || n % 5000,
       '0161496' || lpad((n % 9000)::text, 4, '0'), 'SK1 1AA', CASE n % 3 WHEN 0 THEN gen_random_uuid() END,
       CASE n % 400 WHEN 0 THEN '{isolation}' ELSE '{food}' END::text[], NULL, 'referred', true,
       date '2020-03-20' + n / 300, n % 1000 = 0, timestamptz '2020-03-20Z' + n * interval '5 minutes',
       ('00000000-0000-7000-8000-' || lpad((n % 300)::text, 12, '0'))::uuid
FROM generate_series(1, 100000) n;
SET session_replication_role = origin;
ANALYZE call;
)";

std::string plan_of(db::Connection& connection, const db::records::Page& page) {
    const db::Principal clerk{
        .authority = "E08000007", .token_id = {}, .staff_id = {}, .partner = {}, .role = Role::admin};
    const auto statement = db::records::list_statement(clerk, nouns::call, page);
    db::Statement explain{"EXPLAIN " + statement.sql()};
    for (const auto& value : statement.params()) static_cast<void>(explain.bind(value, "text"));
    std::string out;
    for (const auto& row : connection.run(explain)) out += row[0].as<std::string>() + "\n";
    return out;
}

/// A value that some of the calls have.
std::string value_of(db::Connection& connection, const Field& field) {
    std::string column{field.name};
    for (char& c : column) c = c == '.' ? '_' : c;
    if (field.kind == Kind::choices) return "isolation";
    if (field.kind == Kind::flag) return "true";
    const auto found = connection.run("SELECT " + column + "::text FROM call WHERE " + column +
                                      " IS NOT NULL ORDER BY random() LIMIT 1");
    return found[0][0].as<std::string>();
}

}  // namespace

TEST_CASE("each filter, each end of a range and each order of calls has an index, over 100,000 of them") {
    ScratchDatabase scratch;
    auto connection = scratch.connect();
    connection.run(calls);
    for (const auto& parameter : listing::parameters(nouns::call)) {
        const auto asked = *listing::asked_by(nouns::call, parameter);
        const db::records::Condition condition{asked.field, asked.how, {value_of(connection, *asked.field)}};
        const auto plan = plan_of(connection, {.conditions = {condition}});
        INFO(parameter << "\n" << plan);
        CHECK(plan.find("Seq Scan on call") == std::string::npos);
    }
    for (const auto* field : listing::sorted_by(nouns::call)) {
        for (const bool descending : {true, false}) {
            const auto plan = plan_of(connection, {.conditions = {}, .sorted_by = field, .descending = descending});
            INFO(field->name << "\n" << plan);
            CHECK(plan.find("Sort") == std::string::npos);
            CHECK(plan.find("Index Scan") != std::string::npos);
        }
    }
    // A day of one member of staff: nothing is read that the indexes do not lead to.
    const auto* day = nouns::call.field("happened_on");
    const auto plan = plan_of(
        connection,
        {.conditions = {{day, listing::How::from, {"2020-06-01"}},
                        {day, listing::How::to, {"2020-06-01"}},
                        {&listing::recorded_by, listing::How::values, {"00000000-0000-7000-8000-000000000007"}}}});
    INFO(plan);
    CHECK(plan.find("Seq Scan") == std::string::npos);
}

}  // namespace tideover::list_plan_test
