// The ledger: sealed answers stay what they were, and folded totals are exact under concurrent writers.
#include "db/ledger/ledger.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>

#include "db/access/tokens.hpp"
#include "db/core/ids.hpp"
#include "db/figures/figures.hpp"
#include "db/figures/parts.hpp"
#include "db/records/records.hpp"
#include "tests/support/database.hpp"

namespace ledger_test {

using namespace tideover;
using tideover::testing::ScratchDatabase;

namespace {

constexpr const char* council = "E08000007";

/// A member of staff with a token, as the service knows them.
db::Principal principal(const ScratchDatabase& scratch, Role role = Role::helpline) {
    auto owner = scratch.connect();
    const auto token = db::tokens::create(
        owner, {.authority = council, .staff_key = std::string{name_of(role)}, .staff_name = "Test", .role = role});
    db::Database database{scratch.app()};
    return db::tokens::find(database, db::ids::sha256_hex(token))->principal;
}

/// The lines of one call, or of one food shop for a household.
Line call_line(const std::string& day = "2020-05-01") {
    return {"call_received", 1, "", R"({"line": "coronavirus", "counterparty": "resident", "answered": true})", day};
}
Line shop_line(const std::string& household, std::int64_t quantity = 1, const std::string& day = "2020-05-01") {
    return {"food_shop_provided", quantity, household, R"({"vulnerability_basis": "shielding"})", day};
}

/// Appends an entry as a writer does: under the shared lock, in a transaction of its own.
void append(db::Connection& connection, const std::string& actor, const Line& line,
            const std::string& cause = "record") {
    connection.run(
        "INSERT INTO entry (authority_id, id, measure, quantity, subject_id, dims, happened_on, recorded_at, "
        "record_kind, record_id, cause, request_id, actor) SELECT '" +
        std::string{council} + "', '" + db::ids::fresh() + "', '" + line.measure + "', " +
        std::to_string(line.quantity) + ", " + (line.subject.empty() ? "NULL" : "'" + line.subject + "'") + ", '" +
        line.dimensions + "', '" + line.happened_on + "', begin_writing('" + council + "'), 'test', '" +
        db::ids::fresh() + "', '" + cause + "', 'test', '" + actor + "'");
}

void merge(db::Connection& connection, const std::string& from, const std::string& into, bool linked) {
    connection.run("INSERT INTO merge_link (authority_id, from_id, into_id, linked) SELECT '" + std::string{council} +
                   "', '" + from + "', '" + into + "', " + (linked ? "true" : "false") + " FROM begin_writing('" +
                   council + "')");
}

std::map<std::string, db::figures::Figure> figures(db::Database& database, const db::Principal& who,
                                                   const std::optional<std::string>& known_at = {}) {
    std::map<std::string, db::figures::Figure> out;
    database.read(who, [&](db::Tx& tx) {
        const auto knowledge = db::figures::resolve(tx, known_at);
        REQUIRE(knowledge);
        for (auto& figure : db::figures::all(tx, *knowledge, {})) out.emplace(figure.headline.code, figure);
    });
    return out;
}

std::string seal_now(db::Connection& connection) {
    db::ledger::seal(connection, council);
    db::ledger::fold(connection, council);
    return connection.run("SELECT wire(max(at)) FROM seal")[0][0].as<std::string>();
}

}  // namespace

TEST_CASE("a writer that began before a seal and commits after it does not change what was sealed") {
    ScratchDatabase scratch;
    const auto who = principal(scratch);
    auto writer = scratch.connect(), other = scratch.connect(), sealer = scratch.connect();
    db::Database database{scratch.app()};
    append(other, who.staff_id, call_line());
    writer.run("BEGIN");
    append(writer, who.staff_id, call_line());
    // The sealer cannot seal past an open writer: it gives up and tries again later.
    CHECK_FALSE(db::ledger::seal(sealer, council));
    CHECK(sealer.run("SELECT count(*) FROM seal")[0][0].as<int>() == 0);
    writer.run("COMMIT");
    const auto known_at = seal_now(sealer);
    CHECK(figures(database, who, known_at).at("helpline-calls-received").value == 2);
    append(other, who.staff_id, call_line());
    CHECK(figures(database, who, known_at).at("helpline-calls-received").value == 2);
    CHECK(figures(database, who).at("helpline-calls-received").value == 3);
}

TEST_CASE("every sealed answer stays the same, byte for byte, through later records, corrections and merges") {
    ScratchDatabase scratch;
    const auto who = principal(scratch);
    auto writer = scratch.connect(), sealer = scratch.connect();
    db::Database database{scratch.app()};
    std::vector<std::string> households;
    for (int i = 0; i < 6; ++i) households.push_back(db::ids::fresh());
    std::vector<std::pair<std::string, std::pair<std::int64_t, std::string>>> promised;
    const auto promise = [&] {
        const auto known_at = seal_now(sealer);
        const auto now = figures(database, who, known_at).at("food-shop-households");
        promised.push_back({known_at, {now.value, now.digest}});
    };
    for (const auto& household : households) append(writer, who.staff_id, shop_line(household));
    promise();
    append(writer, who.staff_id, shop_line(households[0], -1), "correction");
    promise();
    merge(writer, households[1], households[2], true);
    promise();
    merge(writer, households[2], households[3], true);
    append(writer, who.staff_id, shop_line(households[4], 1, "2020-04-01"));
    promise();
    merge(writer, households[1], households[2], false);
    promise();
    std::vector<std::int64_t> values;
    for (const auto& [known_at, answer] : promised) values.push_back(answer.first);
    CHECK(values == std::vector<std::int64_t>{6, 5, 4, 3, 4});
    for (const auto& [known_at, answer] : promised) {
        const auto again = figures(database, who, known_at).at("food-shop-households");
        CHECK(again.value == answer.first);
        CHECK(again.digest == answer.second);
    }
}

TEST_CASE("a later merge shows in the evidence of a distinct figure even where the value stays") {
    ScratchDatabase scratch;
    const auto who = principal(scratch);
    auto writer = scratch.connect(), sealer = scratch.connect();
    db::Database database{scratch.app()};
    append(writer, who.staff_id, shop_line(db::ids::fresh()));
    const auto first = seal_now(sealer);
    merge(writer, db::ids::fresh(), db::ids::fresh(), true);
    const auto second = seal_now(sealer);
    const auto before = figures(database, who, first).at("food-shop-households");
    const auto after = figures(database, who, second).at("food-shop-households");
    CHECK(before.value == after.value);
    CHECK(before.digest != after.digest);
}

TEST_CASE("a subject whose net falls to nil is no longer counted, and a merge can bring it back") {
    ScratchDatabase scratch;
    const auto who = principal(scratch);
    auto writer = scratch.connect(), sealer = scratch.connect();
    db::Database database{scratch.app()};
    const auto a = db::ids::fresh(), b = db::ids::fresh();
    append(writer, who.staff_id, shop_line(a));
    append(writer, who.staff_id, shop_line(a, -1, "2020-06-01"));
    append(writer, who.staff_id, shop_line(b, -1, "2020-07-01"));
    seal_now(sealer);
    CHECK(figures(database, who).at("food-shop-households").value == 0);
    append(writer, who.staff_id, shop_line(b, 2, "2020-08-01"));
    CHECK(figures(database, who).at("food-shop-households").value == 1);
    merge(writer, a, b, true);
    CHECK(figures(database, who).at("food-shop-households").value == 1);
    seal_now(sealer);
    CHECK(figures(database, who).at("food-shop-households").value == 1);
}

/// How many parts of distinct figures, and how many of their totals, are not what their entries say: by each kind of
/// period, of spans that begin and end anywhere.
int wrong_parts(db::Tx& tx, const db::figures::Knowledge& knowledge) {
    const auto day = [](const char* text) { return *parse_day(text); };
    int wrong = 0;
    for (const auto& code : {"food-shop-households", "helped-since-april"}) {
        const auto figure = db::figures::find(tx, code);
        if (!figure) continue;
        const auto own = day(figure->from.c_str());
        for (const auto& [asked, last] :
             {std::pair{own, day("2021-03-31")}, std::pair{day("2020-04-01"), day("2020-08-13")},
              std::pair{day("2020-05-13"), day("2020-07-31")}, std::pair{day("2020-06-01"), day("2020-06-15")}}) {
            const auto first = std::max(asked, own);
            auto from_then = *figure;
            from_then.from = format(first);
            wrong += db::figures::within(tx, *figure, knowledge, first, last) !=
                             db::figures::counted_plainly(tx, from_then, knowledge, format(last))
                         ? 1
                         : 0;
            for (const auto kind : period_kinds) {
                const auto spans = periods(kind, first, last);
                const auto told = db::figures::by_period(tx, *figure, knowledge, spans, false);
                const auto plain = db::figures::by_period(tx, *figure, knowledge, spans, true);
                for (std::size_t i = 0; i < told.size(); ++i) {
                    wrong += told[i].part != plain[i].part || told[i].value != plain[i].value ? 1 : 0;
                }
            }
        }
    }
    return wrong;
}

/// A second distinct figure, which nothing has folded yet.
void define_helped_since_april(db::Connection& owner) {
    owner.run(
        "INSERT INTO headline (authority_id, code, position, title, unit, aggregate, measure, meaning, from_day, "
        "beside) "
        "SELECT authority_id, 'helped-since-april', 99, 'People', 'people', 'distinct', 'food_shop_provided', "
        "'people', "
        "'2020-04-15', 'food-shop-households' FROM headline WHERE code = 'food-shop-households'");
}

TEST_CASE("whom a figure counts in a month, a quarter or a year is folded, through merges and what is taken back") {
    ScratchDatabase scratch;
    const auto who = principal(scratch);
    auto writer = scratch.connect(), sealer = scratch.connect();
    db::Database database{scratch.app()};
    std::vector<std::string> households;
    for (int i = 0; i < 12; ++i) households.push_back(db::ids::fresh());
    const auto check = [&](const std::optional<std::string>& known_at) {
        database.read(who, [&](db::Tx& tx) { CHECK(wrong_parts(tx, *db::figures::resolve(tx, known_at)) == 0); });
    };
    std::vector<std::string> seals;
    for (unsigned round = 0; round < 6; ++round) {
        for (unsigned i = 0; i < 30; ++i) {
            const auto dice = round * 31 + i * 17;
            const auto day = "2020-0" + std::to_string(3 + dice % 6) + "-" + std::to_string(10 + dice * 7 % 21);
            append(writer, who.staff_id,
                   shop_line(households[dice * 5 % households.size()], dice % 3 == 0 ? -1 : 1, day));
        }
        if (round == 2) define_helped_since_april(sealer);
        check({});
        if (round % 2 == 1) merge(writer, households[round], households[0], true);
        if (round == 4) merge(writer, households[1], households[0], false);
        check({});
        seals.push_back(seal_now(sealer));
        db::ledger::fold(sealer, council);
        check({});
    }
    for (const auto& seal : seals) check(seal);
    CHECK(scratch.value("SELECT string_agg(DISTINCT bucket_kind, '' ORDER BY bucket_kind) FROM folded "
                        "WHERE headline = 'helped-since-april'") == "MQYdm");
}

TEST_CASE("a council that has folded before periods were folded has the same answers before and after its next fold") {
    ScratchDatabase scratch;
    const auto who = principal(scratch);
    auto owner = scratch.connect();
    db::Database database{scratch.app()};
    const auto household = db::ids::fresh();
    for (const auto* day : {"2020-04-10", "2020-05-11", "2020-05-12"})
        append(owner, who.staff_id, shop_line(household, 1, day));
    const auto then = seal_now(owner);
    db::ledger::fold(owner, council);
    owner.run(
        "BEGIN; SET LOCAL session_replication_role = replica; DELETE FROM folded WHERE bucket_kind IN ('M', 'Q', 'Y'); "
        "DELETE FROM folded_bucket WHERE bucket_kind IN ('M', 'Q', 'Y'); "
        "UPDATE headline SET periods_folded_from = NULL WHERE aggregate = 'distinct'; COMMIT");
    const auto months = [&](const std::optional<std::string>& known_at) {
        std::string out;
        database.read(who, [&](db::Tx& tx) {
            const auto knowledge = *db::figures::resolve(tx, known_at);
            CHECK(wrong_parts(tx, knowledge) == 0);
            const auto spans = periods("month", *parse_day("2020-04-01"), *parse_day("2020-06-30"));
            for (const auto& part :
                 db::figures::by_period(tx, *db::figures::find(tx, "food-shop-households"), knowledge, spans, false)) {
                out += part.part + " " + std::to_string(part.value) + ";";
            }
        });
        return out;
    };
    const std::string expected = "2020-04 1;2020-05 1;2020-06 0;";
    CHECK(months({}) == expected);
    db::ledger::fold(owner, council);
    CHECK(scratch.value(
              "SELECT sum(quantity) FROM folded WHERE headline = 'food-shop-households' AND bucket_kind = 'M'") == "2");
    CHECK(scratch.value("SELECT count(*) FROM folded WHERE headline = 'food-shop-households' AND bucket_kind = 'd'") ==
          "3");
    CHECK(months({}) == expected);
    append(owner, who.staff_id, shop_line(household, -1, "2020-04-20"));
    CHECK(months({}) == "2020-04 0;2020-05 1;2020-06 0;");
    seal_now(owner);
    db::ledger::fold(owner, council);
    CHECK(months({}) == "2020-04 0;2020-05 1;2020-06 0;");
    CHECK(months(then) == expected);
}

TEST_CASE("totals are exact while writers, the sealer, the folder and readers run together") {
    ScratchDatabase scratch;
    const auto who = principal(scratch);
    std::atomic<bool> writing{true};
    std::atomic<int> checked{0}, sealed{0}, wrong{0};
    std::vector<std::string> households;
    for (int i = 0; i < 40; ++i) households.push_back(db::ids::fresh());
    const auto write = [&](unsigned seed) {
        auto connection = scratch.connect();
        for (unsigned i = 0; i < 250; ++i) {
            const auto dice = (seed * 7919 + i * 104729) % 97;
            const auto day = "2020-0" + std::to_string(4 + dice % 5) + "-1" + std::to_string(dice % 10);
            const auto& household = households[(seed + i * 13) % households.size()];
            if (dice % 5 == 0)
                append(connection, who.staff_id, call_line(day));
            else if (dice % 11 == 0)
                merge(connection, household,
                      households[dice % households.size()] == household ? db::ids::fresh()
                      : households[0] == household                      ? households[1]
                                                                        : households[0],
                      false);
            else
                append(connection, who.staff_id, shop_line(household, dice % 3 == 0 ? -1 : 1, day));
        }
    };
    const auto fold = [&] {
        auto connection = scratch.connect();
        while (writing) {
            if (db::ledger::seal(connection, council)) ++sealed;
            db::ledger::fold(connection, council);
        }
    };
    const auto look = [&] {
        db::Database database{scratch.app()};
        while (writing || checked < 5) {
            database.read(who, [&](db::Tx& tx) {
                const auto knowledge = *db::figures::resolve(tx, {});
                const auto plain = db::figures::recount(tx, knowledge);
                const auto folded = db::figures::all(tx, knowledge, {});
                for (std::size_t i = 0; i < plain.size(); ++i) wrong += plain[i].second != folded[i].value ? 1 : 0;
                wrong += wrong_parts(tx, knowledge);
            });
            ++checked;
        }
    };
    std::vector<std::thread> writers, others;
    others.emplace_back(fold);
    others.emplace_back(look);
    for (unsigned i = 0; i < 4; ++i) writers.emplace_back(write, i);
    for (auto& thread : writers) thread.join();
    writing = false;
    for (auto& thread : others) thread.join();
    CHECK(wrong == 0);
    CHECK(checked >= 5);
    CHECK(sealed >= 1);
    CHECK(scratch.value("SELECT count(*) FROM entry").empty() == false);
}

TEST_CASE("sealing again with nothing written makes no new seal") {
    ScratchDatabase scratch;
    const auto who = principal(scratch);
    auto connection = scratch.connect();
    append(connection, who.staff_id, call_line());
    CHECK(db::ledger::seal(connection, council));
    CHECK_FALSE(db::ledger::seal(connection, council));
    CHECK(db::ledger::fold(connection, council) == std::stoll(scratch.value("SELECT max(seq) FROM entry")));
}

TEST_CASE("an earlier known_at than the first seal has no answer") {
    ScratchDatabase scratch;
    const auto who = principal(scratch);
    db::Database database{scratch.app()};
    database.read(who, [&](db::Tx& tx) { CHECK_FALSE(db::figures::resolve(tx, std::string{"2020-01-01T00:00:00Z"})); });
}

TEST_CASE("where the clock was set back, the times of the ledger still follow its numbers") {
    ScratchDatabase scratch;
    const auto who = principal(scratch);
    auto owner = scratch.connect();
    append(owner, who.staff_id, call_line());
    owner.run(
        "INSERT INTO seal (authority_id, at, seq) SELECT authority_id, clock_timestamp() + interval '1 hour', seq FROM "
        "entry");
    append(owner, who.staff_id, call_line());
    CHECK(scratch.value("SELECT bool_and(recorded_at > (SELECT max(at) FROM seal)) FROM entry "
                        "WHERE seq > (SELECT max(seq) FROM seal)") == "t");
    REQUIRE(db::ledger::seal(owner, council));
    CHECK(scratch.value("SELECT (SELECT max(at) FROM seal) >= (SELECT max(recorded_at) FROM entry)") == "t");
    CHECK(scratch.value("SELECT count(*) FROM seal") == "2");
}

TEST_CASE("what looks behind a figure makes its filter a condition once, however many entries there are") {
    ScratchDatabase scratch;
    const auto who = principal(scratch);
    auto writer = scratch.connect();
    for (int i = 0; i < 20; ++i) append(writer, who.staff_id, call_line());
    writer.run("ALTER DATABASE " + scratch.name() + " SET track_functions = 'all'");
    // As the service connects: each statement is planned once, for any values.
    db::Database database{db::with_session_settings(scratch.app())};
    database.read(who, [&](db::Tx& tx) {
        const auto knowledge = db::figures::resolve(tx, {});
        const auto headline = db::figures::find(tx, "helpline-calls-received");
        REQUIRE(knowledge);
        REQUIRE(headline);
        const auto made = [&] {
            return tx
                .run(
                    db::Statement{"SELECT coalesce(pg_stat_get_xact_function_calls('condition_of'::regproc), 0)"})[0][0]
                .as<int>();
        };
        const auto& day = headline->as_at;
        CHECK(db::figures::records(tx, *headline, *knowledge, day, {}, 50).items.size() == 20);
        CHECK(made() == 1);
        static_cast<void>(db::figures::subjects(tx, *headline, *knowledge, day, {}, 50));
        CHECK(made() <= 2);
        CHECK(db::figures::by_dimension(tx, *headline, *knowledge, day, "ward").front().value == 20);
        CHECK(made() <= 3);
        CHECK(db::figures::bridge(tx, *headline, *knowledge, *knowledge, day).closing == 20);
        CHECK(made() <= 7);
    });
}

TEST_CASE("no plan of a figure by ward goes through its entries for each of them") {
    ScratchDatabase scratch;
    const auto who = principal(scratch);
    db::Database database{db::with_session_settings(scratch.app())};
    database.read(who, [&](db::Tx& tx) {
        const auto knowledge = db::figures::resolve(tx, {});
        REQUIRE(knowledge);
        for (const auto& figure : db::figures::all(tx, *knowledge, {})) {
            static_cast<void>(db::figures::by_dimension(tx, figure.headline, *knowledge, figure.as_at, "ward"));
        }
        const auto prepared = tx.run(db::Statement{R"(
SELECT name, array_to_string(array_fill('NULL'::text, ARRAY[cardinality(parameter_types)]), ', ')
FROM pg_prepared_statements WHERE name LIKE 'figures_dimension_%')"});
        CHECK(prepared.size() == 3);
        for (const auto& row : prepared) {
            const auto name = row[0].as<std::string>();
            CAPTURE(name);
            std::string plan;
            for (const auto& line : tx.run(db::Statement{"EXPLAIN EXECUTE " + name + "(" + row[1].c_str() + ")"})) {
                plan += line[0].as<std::string>() + "\n";
            }
            CAPTURE(plan);
            CHECK(plan.find("Nested Loop") == std::string::npos);
        }
    });
}

}  // namespace ledger_test
