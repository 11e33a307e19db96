// The write path: keys, rollback, tokens, and what a lost connection means.
#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "db/access/tokens.hpp"
#include "db/core/ids.hpp"
#include "db/core/transaction.hpp"
#include "tests/support/database.hpp"

namespace write_test {

using namespace tideover;
using tideover::testing::ScratchDatabase;

namespace {

constexpr const char* council = "E08000007";

db::Principal principal(const ScratchDatabase& scratch) {
    auto owner = scratch.connect();
    const auto token = db::tokens::create(owner, {.authority = council, .staff_key = "hal", .staff_name = "Hal"});
    db::Database database{scratch.app()};
    return db::tokens::find(database, db::ids::sha256_hex(token))->principal;
}

db::Intent intent(const db::Principal& who, const std::string& key, const std::string& body = "{}") {
    return {who, "POST /v1/test", key, db::ids::sha256_hex(body), "request"};
}

db::Accepted done(db::Tx&) {
    return {.status = 201, .body = "done"};
}

}  // namespace

TEST_CASE("a key is stored with its answer, and a repeat gets that answer without doing anything") {
    ScratchDatabase scratch;
    const auto who = principal(scratch);
    db::Database database{scratch.app()};
    CHECK_FALSE(database.write(intent(who, "k"), done)->replayed);
    const auto again = database.write(
        intent(who, "k"), [](db::Tx&) -> std::optional<db::Accepted> { throw std::logic_error("ran twice"); });
    CHECK(again->replayed);
    CHECK(again->body == "done");
    CHECK(again->status == 201);
    CHECK(scratch.value("SELECT count(*) FROM idempotency") == "1");
}

TEST_CASE("the same key with another body is refused") {
    ScratchDatabase scratch;
    const auto who = principal(scratch);
    db::Database database{scratch.app()};
    database.write(intent(who, "k", "{\"a\":1}"), done);
    CHECK_THROWS_AS(database.write(intent(who, "k", "{\"a\":2}"), done), db::KeyReused);
}

TEST_CASE("an exception rolls everything back and frees the key") {
    ScratchDatabase scratch;
    const auto who = principal(scratch);
    db::Database database{scratch.app()};
    CHECK_THROWS_AS(database.write(intent(who, "k"),
                                   [](db::Tx&) -> std::optional<db::Accepted> { throw std::runtime_error("no"); }),
                    std::runtime_error);
    CHECK(scratch.value("SELECT count(*) FROM idempotency") == "0");
    CHECK_FALSE(database.write(intent(who, "k"), done)->replayed);
}

TEST_CASE("a dry run does everything, answers, and leaves nothing behind") {
    ScratchDatabase scratch;
    const auto who = principal(scratch);
    db::Database database{scratch.app()};
    auto dry_run = intent(who, "k");
    dry_run.dry_run = true;
    CHECK(database.write(dry_run, done)->body == "done");
    CHECK(scratch.value("SELECT count(*) FROM idempotency") == "0");
}

TEST_CASE("what is put off is done after the answer is stored, in a dry run too, and its refusal undoes everything") {
    ScratchDatabase scratch;
    const auto who = principal(scratch);
    db::Database database{scratch.app()};
    std::string answers_then;
    const auto putting_off = [&](bool refusing) {
        return [&answers_then, refusing](db::Tx& tx) -> db::Accepted {
            tx.last([&answers_then, refusing](db::Tx& at_last) {
                answers_then += at_last.run(db::Statement{"SELECT count(*) FROM idempotency"})[0][0].c_str();
                if (refusing) throw std::runtime_error("more than the allocation");
            });
            return {.status = 201, .body = "done"};
        };
    };
    CHECK_THROWS_AS(database.write(intent(who, "k"), putting_off(true)), std::runtime_error);
    CHECK(scratch.value("SELECT count(*) FROM idempotency") == "0");
    CHECK_FALSE(database.write(intent(who, "k"), putting_off(false))->replayed);
    auto dry_run = intent(who, "another");
    dry_run.dry_run = true;
    CHECK_THROWS_AS(database.write(dry_run, putting_off(true)), std::runtime_error);
    CHECK(answers_then == "111");
}

TEST_CASE("a change that accepts nothing is rolled back, and its key is free again") {
    const ScratchDatabase scratch;
    const auto who = principal(scratch);
    db::Database database{scratch.app()};
    const auto nothing = database.write(intent(who, "k"), [](db::Tx& tx) {
        done(tx);
        return std::optional<db::Accepted>{};
    });
    CHECK(!nothing);
    CHECK(scratch.value("SELECT count(*) FROM idempotency") == "0");
    CHECK_FALSE(database.write(intent(who, "k"), done)->replayed);
}

TEST_CASE("a part of a change that breaks a constraint is undone alone, with what it put off") {
    const ScratchDatabase scratch;
    const auto who = principal(scratch);
    db::Database database{scratch.app()};
    const db::Statement twice{"DO $$ BEGIN RAISE EXCEPTION 'twice' USING ERRCODE = 'unique_violation'; END $$"};
    int last = 0;
    const auto accepted = database.write(intent(who, "k"), [&](db::Tx& tx) {
        tx.last([&](db::Tx&) { last += 100; });
        const auto put_off = [&](bool stands) {
            return [&, stands] {
                tx.last([&](db::Tx&) { ++last; });
                return stands;
            };
        };
        CHECK(!tx.attempt(put_off(true)));
        CHECK(last == 1);
        CHECK(!tx.attempt(put_off(false)));
        CHECK(last == 1);
        const auto fault = tx.attempt([&] {
            tx.last([&](db::Tx&) { last += 10; });
            tx.run(twice);
            return true;
        });
        CHECK(fault->trouble() == db::Trouble::conflict);
        CHECK(last == 1);
        return done(tx);
    });
    CHECK(accepted->status == 201);
    CHECK(last == 101);
    CHECK_THROWS_AS(database.write(intent(who, "other"),
                                   [&](db::Tx& tx) -> std::optional<db::Accepted> {
                                       tx.attempt([&] { return !tx.run(db::Statement{"SELECT 1 / 0"}).empty(); });
                                       return done(tx);
                                   }),
                    db::Fault);
}

TEST_CASE("a concurrent twin waits for the first and then gets its answer") {
    ScratchDatabase scratch;
    const auto who = principal(scratch);
    std::atomic<int> ran{0}, replayed{0};
    std::vector<std::thread> twins;
    for (int i = 0; i < 8; ++i) {
        twins.emplace_back([&] {
            db::Database database{scratch.app()};
            const auto accepted = database.write(intent(who, "twin"), [&](db::Tx& tx) {
                ++ran;
                tx.run(db::Statement{"SELECT pg_sleep(0.05)"});
                return done(tx);
            });
            replayed += accepted->replayed ? 1 : 0;
        });
    }
    for (auto& twin : twins) twin.join();
    CHECK(ran == 1);
    CHECK(replayed == 7);
}

TEST_CASE("a revoked token can neither read nor write, whatever is remembered of it") {
    ScratchDatabase scratch;
    const auto who = principal(scratch);
    db::Database database{scratch.app()};
    auto owner = scratch.connect();
    REQUIRE(db::tokens::revoke(owner, council, who.token_id));
    const auto trouble = [](const auto& work) {
        try {
            work();
        } catch (const db::Fault& fault) {
            return fault.trouble();
        }
        return db::Trouble::ours;
    };
    CHECK(trouble([&] { database.write(intent(who, "k"), done); }) == db::Trouble::revoked);
    CHECK(trouble([&] { database.read(who, [](db::Tx&) {}); }) == db::Trouble::revoked);
    CHECK_FALSE(db::tokens::revoke(owner, council, who.token_id));
}

TEST_CASE("a connection that was killed is noticed, and the next request has a new one") {
    ScratchDatabase scratch;
    const auto who = principal(scratch);
    db::Database database{scratch.app()};
    database.read(who, [](db::Tx&) {});
    scratch.connect().run(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'tideover_app' AND datname = "
        "current_database()");
    CHECK_THROWS_AS(database.read(who, [](db::Tx&) {}), db::Fault);
    database.read(who, [](db::Tx&) {});
}

TEST_CASE("a transaction inside a transaction is our own mistake and said so") {
    ScratchDatabase scratch;
    const auto who = principal(scratch);
    db::Database database{scratch.app()};
    CHECK_THROWS_AS(database.read(who, [&](db::Tx&) { database.read(who, [](db::Tx&) {}); }), std::logic_error);
}

TEST_CASE("faults are told apart by SQLSTATE, with the constraint that spoke") {
    ScratchDatabase scratch;
    const auto who = principal(scratch);
    db::Database database{scratch.app()};
    const auto fault = [&](const std::string& sql, const std::string& before = "SELECT") {
        try {
            database.write(intent(who, db::ids::fresh()), [&](db::Tx& tx) {
                for (const auto& one : {before, sql}) tx.run(db::Statement{one});
                return done(tx);
            });
        } catch (const db::Fault& f) {
            return std::pair{f.trouble(), f.constraint()};
        }
        return std::pair{db::Trouble::ours, std::string{"nothing"}};
    };
    CHECK(fault("SELECT pg_sleep(1)", "SET LOCAL statement_timeout = 1").first == db::Trouble::busy);
    CHECK(fault("INSERT INTO household (authority_id) VALUES ('E08000007')").first == db::Trouble::ours);
    CHECK(fault("DELETE FROM entry").first == db::Trouble::ours);
    CHECK(fault("INSERT INTO seal VALUES ('E99999999', now(), 1)") ==
          std::pair{db::Trouble::unknown_reference, std::string{"seal_authority_id_fkey"}});
}

}  // namespace write_test
