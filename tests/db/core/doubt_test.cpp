// What cannot be known is said to be unknown: warnings at COMMIT, and statements that are never answered.
#include <doctest/doctest.h>

#include "db/access/tokens.hpp"
#include "db/core/ids.hpp"
#include "db/core/transaction.hpp"
#include "tests/support/database.hpp"

namespace doubt_test {

using namespace tideover;
using tideover::testing::ScratchDatabase;

namespace {

constexpr const char* council = "E08000007";

struct Office {
    ScratchDatabase scratch{};
    db::Connection owner = scratch.connect();
    db::Principal who{};

    Office() {
        const auto token = db::tokens::create(owner, {.authority = council, .staff_key = "hal", .staff_name = "Hal"});
        db::Database database{scratch.app()};
        who = db::tokens::find(database, db::ids::sha256_hex(token))->principal;
    }

    [[nodiscard]] db::Intent intent(const std::string& key) const {
        return {who, "POST /v1/test", key, db::ids::sha256_hex("{}"), "request"};
    }

    /// At the COMMIT of every write, `body` runs.
    void at_commit(const std::string& body) {
        owner.run("CREATE FUNCTION at_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + body +
                  "; RETURN NULL; END $$; CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON idempotency "
                  "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION at_commit()");
    }
    void no_longer() { owner.run("DROP FUNCTION at_commit CASCADE"); }
};

db::Accepted done(db::Tx&) {
    return {.status = 201, .body = "done"};
}

const db::Query whoever{"whoever", "SELECT pg_backend_pid()"};

std::string process(db::Database& database) {
    return database.query_once(whoever, {})[0][0].as<std::string>();
}

template <class Work>
db::Trouble trouble(const Work& work) {
    try {
        work();
    } catch (const db::Fault& fault) {
        return fault.trouble();
    }
    return db::Trouble::ours;
}

}  // namespace

TEST_CASE("a warning at COMMIT is no success: the outcome is unknown, and a repeat with the same key learns it") {
    Office office;
    db::Database database{office.scratch.app()};
    const auto before = process(database);
    office.at_commit("RAISE WARNING 'not where it should be'");
    CHECK(trouble([&] { database.write(office.intent("k"), done); }) == db::Trouble::in_doubt);
    CHECK(process(database) != before);
    office.no_longer();
    CHECK(database.write(office.intent("k"), done)->replayed);
    CHECK(office.scratch.value("SELECT count(*) FROM idempotency") == "1");
}

TEST_CASE("a warning of an earlier statement leaves a later COMMIT alone") {
    Office office;
    db::Database database{office.scratch.app()};
    const auto accepted = database.write(office.intent("k"), [](db::Tx& tx) {
        tx.run(db::Statement{"DO $$ BEGIN RAISE WARNING 'of no matter'; END $$"});
        return done(tx);
    });
    CHECK(accepted->status == 201);
}

TEST_CASE("a COMMIT that is not answered in time is in doubt; what comes of it, a repeat with the same key learns") {
    Office office;
    db::Database hasty{office.scratch.app(), std::chrono::milliseconds{300}};
    const auto before = process(hasty);
    office.at_commit("PERFORM pg_sleep(2)");
    CHECK(trouble([&] { hasty.write(office.intent("k"), done); }) == db::Trouble::in_doubt);
    CHECK(process(hasty) != before);
    office.no_longer();  // waits until that COMMIT is over
    db::Database patient{office.scratch.app()};
    CHECK(patient.write(office.intent("k"), done)->body == "done");
    CHECK(office.scratch.value("SELECT count(*) FROM idempotency") == "1");
}

TEST_CASE("a statement that is not answered in time costs the connection and nothing else") {
    Office office;
    db::Database hasty{office.scratch.app(), std::chrono::milliseconds{300}};
    const auto found = trouble([&] {
        hasty.write(office.intent("k"), [](db::Tx& tx) {
            tx.run(db::Statement{"SELECT pg_sleep(2)"});
            return done(tx);
        });
    });
    CHECK(found == db::Trouble::lost);
    CHECK_FALSE(hasty.write(office.intent("other"), done)->replayed);
}

}  // namespace doubt_test
