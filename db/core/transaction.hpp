// The only way to the database: read() and write(). Tokens, idempotency, retry and commit live here, once.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "db/core/connection.hpp"
#include "db/core/fault.hpp"
#include "db/core/pool.hpp"
#include "domain/core/role.hpp"

namespace tideover::db {

/// Who a request acts for. Without a token: the public of the configured authority.
struct Principal {
    std::string authority;
    std::string token_id;  // empty: no token
    std::string staff_id;
    std::string partner;  // the code of the partner that a member of role partner belongs to
    Role role = Role::everyone;
    int token_version = 1;  // a later version of the token may have another role
};

/// An accepted change, as told to the client and kept for whoever repeats the request.
struct Accepted {
    int status = 200;
    std::string body{};
    std::string etag{};
    std::string location{};
    bool replayed = false;
};

/// What makes a change safe to repeat.
struct Intent {
    const Principal& principal;
    std::string route;        // method and path
    std::string key;          // Idempotency-Key
    std::string fingerprint;  // SHA-256 of the canonical body, in hex
    std::string request_id;
    bool dry_run = false;  // do everything, in one snapshot, then roll back
};

/// The same key was used with another body.
struct KeyReused : std::runtime_error {
    KeyReused() : std::runtime_error("idempotency key reused with another body") {}
};

class Tx {
public:
    Tx(Connection& connection, const Principal& principal, const Intent* intent, std::string at)
        : connection_(connection), principal_(principal), intent_(intent), at_(std::move(at)) {}

    pqxx::result run(const Query& query, const Params& params) { return connection_.run(query, params); }
    pqxx::result run(const Statement& statement) { return connection_.run(statement); }
    void each(const Statement& query, const std::function<void(const pqxx::row&)>& take) {
        connection_.each(query, take);
    }
    [[nodiscard]] const Principal& principal() const { return principal_; }
    [[nodiscard]] const std::string& authority() const { return principal_.authority; }
    /// The instant that this change is recorded at, by the database's clock.
    [[nodiscard]] const std::string& at() const { return at_; }
    [[nodiscard]] const Intent& intent() const { return *intent_; }

    /// Puts off until right before the commit what holds a row that many want, so that none of them waits for the rest
    /// of this change. It may still refuse, which undoes everything. No effect in read().
    void last(std::function<void(Tx&)> step) { last_.push_back(std::move(step)); }
    void do_last();

    /// Runs `part`, and what it put off, so that it can fail by itself: it is undone alone where it returns that it
    /// does not stand, or breaks a constraint, which is returned. Everything else is thrown, and with it goes the whole
    /// change.
    std::optional<Fault> attempt(const std::function<bool()>& part);

private:
    Connection& connection_;
    const Principal& principal_;
    const Intent* intent_;
    std::string at_;
    std::vector<std::function<void(Tx&)>> last_{};
};

/// One thread's door to the database. A connection that met any error but our own is not used again.
class Database {
public:
    explicit Database(std::shared_ptr<Pool> pool) : pool_(std::move(pool)) {}
    /// With a connection of its own.
    explicit Database(const std::string& conninfo, std::chrono::milliseconds deadline = answer_deadline)
        : Database(std::make_shared<Pool>(conninfo, 1, deadline)) {}

    /// Runs `look` in one REPEATABLE READ, READ ONLY snapshot, so that totals agree with each other.
    void read(const Principal& principal, const std::function<void(Tx&)>& look);

    /// Runs `change` at READ COMMITTED (a dry run: at REPEATABLE READ) between taking the key and storing the answer,
    /// and commits. Where it accepts nothing, or throws, everything is rolled back, which frees the key. Deadlocks are
    /// retried: it may run again.
    std::optional<Accepted> write(const Intent& intent, const std::function<std::optional<Accepted>(Tx&)>& change);

    /// One statement that does all of it: token, key, record, entries and audit, perhaps for others of its kind as
    /// well. Its parameters are arrays of text with an element for each request; `row` holds this request's elements.
    /// It must return a row for each request, in their order: whether the token held, and the stored answer, or null
    /// where the key was taken.
    Accepted write_at_once(const Intent& intent, const Query& statement, const Params& row, Accepted accepted);

    /// One statement outside any transaction, for sign-in and health.
    pqxx::result query_once(const Query& query, const Params& params);

private:
    class Loan;
    template <class Work>
    auto guarded(const Work& work) -> decltype(work());
    [[nodiscard]] Connection& connection() { return *connection_; }
    void commit(Connection& connection);
    Accepted replay(const Intent& intent);

    std::shared_ptr<Pool> pool_;
    std::unique_ptr<Connection> connection_;  // borrowed while a transaction is under way
    bool committing_ = false;
    bool open_ = false;  // a transaction is open
};

}  // namespace tideover::db
