// read() and write(): isolation, retry, idempotency and commit.
#include "db/core/transaction.hpp"

#include <chrono>
#include <random>
#include <thread>
#include <utility>

#include "db/core/failpoint.hpp"

namespace tideover::db {
namespace {

constexpr int tries_max = 4;

const Query begin_answering{"begin_answering", R"(
SELECT at, answered FROM begin_answering($1, $2::uuid, $3::integer, $4::uuid, $5, $6))"};

const Query token_holds{"token_holds", R"(
SELECT FROM api_token
WHERE authority_id = $1 AND id = $2::uuid AND version = $3::integer AND state = 'valid' AND NOT voided)"};

const Query keep_answer{"keep_answer", R"(
INSERT INTO idempotency (authority_id, staff_id, route, key, fingerprint, at, status, location, etag, body)
VALUES ($1, $2::uuid, $3, $4, decode($5, 'hex'), $6::timestamptz, $7::integer, $8, $9, $10))"};

const Query stored_answer{"stored_answer", R"(
SELECT status, coalesce(location, ''), coalesce(etag, ''), body, encode(fingerprint, 'hex')
FROM idempotency WHERE authority_id = $1 AND staff_id = $2::uuid AND route = $3 AND key = $4)"};

/// A deadlock or a serialization failure: nothing was done, and doing it again may well succeed.
bool transient(const pqxx::failure& e) {
    if (dynamic_cast<const pqxx::serialization_failure*>(&e) != nullptr) return true;
    const auto* sql = dynamic_cast<const pqxx::sql_error*>(&e);
    return sql != nullptr && (sql->sqlstate() == "40001" || sql->sqlstate() == "40P01");
}

/// Waits a random while that grows with each try, so that two who met do not meet again.
void back_off(int attempt) {
    thread_local std::mt19937 random{std::random_device{}()};
    std::uniform_int_distribution<int> wait_ms{1, 5 << attempt};
    std::this_thread::sleep_for(std::chrono::milliseconds{wait_ms(random)});
}

std::optional<std::string> or_null(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional{text};
}

}  // namespace

void Tx::do_last() {
    for (const auto& step : std::exchange(last_, {})) step(*this);
}

std::optional<Fault> Tx::attempt(const std::function<bool()>& part) {
    const auto earlier = std::exchange(last_, {});
    connection_.run("SAVEPOINT attempt");
    std::optional<Fault> fault;
    bool stands = false;
    try {
        stands = part();
        if (stands) do_last();
    } catch (const pqxx::sql_error&) {
        fault = fault_in_flight(false);
        const auto trouble = fault->trouble();
        if (trouble != Trouble::conflict && trouble != Trouble::unknown_reference && trouble != Trouble::broken_rule) {
            throw;
        }
        stands = false;
    }
    if (!stands) connection_.run("ROLLBACK TO SAVEPOINT attempt");
    connection_.run("RELEASE SAVEPOINT attempt");
    last_ = earlier;
    return fault;
}

/// The connection of one attempt, given back at its end; what the attempt destroyed is not.
class Database::Loan {
public:
    explicit Loan(Database& database) : database_(database) {}
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
    ~Loan() {
        if (borrowed_) database_.pool_->give_back(std::move(database_.connection_));
    }
    void borrow() {
        database_.connection_ = database_.pool_->borrow();
        borrowed_ = true;
    }

private:
    Database& database_;
    bool borrowed_ = false;
};

/// Runs work; what PostgreSQL or libpqxx throws leaves as a Fault and costs the connection, what the caller
/// throws rolls back and passes through.
template <class Work>
auto Database::guarded(const Work& work) -> decltype(work()) {
    if (connection_) throw std::logic_error("a transaction inside a transaction");
    for (int attempt = 0;; ++attempt) {
        committing_ = open_ = false;
        {
            Loan loan{*this};
            try {
                loan.borrow();
                if (planted("reply-before-commit")) connection_->run("COMMIT");
                return work();
            } catch (const pqxx::failure& e) {
                const bool again = transient(e) && attempt + 1 < tries_max;
                const auto fault = fault_in_flight(committing_);
                connection_.reset();
                if (!again) throw fault;
            } catch (const Fault&) {
                if (!(committing_ && planted("connection-reused"))) connection_.reset();
                throw;
            } catch (...) {
                if (open_ && connection_) {
                    try {
                        connection_->run("ROLLBACK");
                    } catch (const std::exception&) {
                        connection_.reset();
                    }
                }
                throw;
            }
        }
        back_off(attempt);
    }
}

void Database::read(const Principal& principal, const std::function<void(Tx&)>& look) {
    guarded([&] {
        auto& c = connection();
        c.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        open_ = true;
        if (!principal.token_id.empty()) {
            const auto live =
                c.run(token_holds, {principal.authority, principal.token_id, std::to_string(principal.token_version)});
            if (live.empty()) throw Fault{Trouble::revoked, {}, "token revoked"};
        }
        Tx tx{c, principal, nullptr, {}};
        look(tx);
        c.run("COMMIT");
        open_ = false;
    });
}

std::optional<Accepted> Database::write(const Intent& intent,
                                        const std::function<std::optional<Accepted>(Tx&)>& change) {
    return guarded([&]() -> std::optional<Accepted> {
        auto& c = connection();
        const auto& who = intent.principal;
        // What somebody rehearses changes what it would change now: nothing that others commit meanwhile.
        c.run(intent.dry_run ? "BEGIN ISOLATION LEVEL REPEATABLE READ" : "BEGIN");
        open_ = true;
        const auto begun = c.run(begin_answering, {who.authority, who.token_id, std::to_string(who.token_version),
                                                   who.staff_id, intent.route, intent.key})[0];
        if (begun[0].is_null()) throw Fault{Trouble::revoked, {}, "token revoked"};
        if (begun[1].as<bool>()) {
            auto earlier = replay(intent);
            c.run("ROLLBACK");
            open_ = false;
            return earlier;
        }
        Tx tx{c, who, &intent, begun[0].as<std::string>()};
        auto accepted = change(tx);
        if (accepted && !intent.dry_run) {
            c.run(keep_answer, {who.authority, who.staff_id, intent.route, intent.key, intent.fingerprint, tx.at(),
                                std::to_string(accepted->status), or_null(accepted->location), or_null(accepted->etag),
                                accepted->body});
        }
        if (accepted) tx.do_last();
        if (!accepted || intent.dry_run) {
            c.run("ROLLBACK");
            open_ = false;
        } else {
            commit(c);
        }
        return accepted;
    });
}

void Database::commit(Connection& connection) {
    if (planted("reply-before-commit")) return;
    failpoint("before_commit");
    committing_ = true;
    failpoint_soon("in_commit");
    connection.forget_warnings();
    connection.run("COMMIT");
    if (!planted("warning-taken-as-success")) connection.expect_no_warning();
    committing_ = open_ = false;
    failpoint("after_commit");
    if (planted("entry-without-record")) {
        connection.run(
            "INSERT INTO entry (authority_id, id, measure, quantity, subject_id, dims, happened_on, recorded_at, "
            "record_kind, record_id, cause, request_id, actor) SELECT authority_id, gen_random_uuid(), measure, "
            "quantity, "
            "subject_id, dims, happened_on, clock_timestamp(), record_kind, gen_random_uuid(), 'record', request_id, "
            "actor "
            "FROM entry ORDER BY seq DESC LIMIT 1");
    }
}

Accepted Database::write_at_once(const Intent& intent, const Query& statement, const Params& row, Accepted accepted) {
    const auto lead = [&](const std::vector<const Params*>& rows) {
        return guarded([&] {
            auto& c = connection();
            failpoint("before_commit");
            committing_ = true;  // the statement commits itself
            failpoint_soon("in_commit");
            c.forget_warnings();
            const auto result = c.run(statement, as_arrays(rows));
            if (!planted("warning-taken-as-success")) c.expect_no_warning();
            committing_ = false;
            failpoint("after_commit");
            std::vector<BatchWriter::RowResult> results;
            for (const auto& line : result) {
                results.push_back(
                    {line[0].as<bool>(), line[1].is_null() ? std::nullopt : std::optional{line[1].as<std::string>()}});
            }
            return results;
        });
    };
    auto result = pool_->batch_writer().store(intent.principal.authority + " " + statement.name, row, lead);
    if (!result.live) throw Fault{Trouble::revoked, {}, "token revoked"};
    if (!result.body) return guarded([&] { return replay(intent); });
    accepted.body = std::move(*result.body);
    return accepted;
}

Accepted Database::replay(const Intent& intent) {
    const auto& who = intent.principal;
    const auto stored = connection().run(stored_answer, {who.authority, who.staff_id, intent.route, intent.key});
    // The twin that held the key was refused and let go of it between our two statements.
    if (stored.empty()) throw Fault{Trouble::busy, {}, "the key was let go meanwhile"};
    const auto row = stored[0];
    if (row[4].as<std::string>() != intent.fingerprint) throw KeyReused{};
    return {row[0].as<int>(), row[3].as<std::string>(), row[2].as<std::string>(), row[1].as<std::string>(), true};
}

pqxx::result Database::query_once(const Query& query, const Params& params) {
    return guarded([&] { return connection().run(query, params); });
}

}  // namespace tideover::db
