// One connection to PostgreSQL, with its prepared statements. Not shared between threads.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <pqxx/pqxx>
#include <string>
#include <unordered_map>

#include "db/core/query.hpp"

namespace tideover::db {

/// How long statements may take, how soon a dead peer is noticed on either side, and nothing said but warnings.
[[nodiscard]] std::string with_session_settings(const std::string& conninfo, int statement_timeout_ms = 5000);

/// Longer than any statement may take. A COMMIT that waits for a standby, or a peer that says nothing, knows no limit
/// of its own.
constexpr std::chrono::milliseconds answer_deadline{7000};

/// A column's text; nothing where it is NULL.
[[nodiscard]] inline std::optional<std::string> text_or_null(const pqxx::field& value) {
    return value.is_null() ? std::nullopt : std::optional{value.as<std::string>()};
}

class Connection {
public:
    /// A statement that is not answered by the deadline costs the connection; nought waits for ever.
    explicit Connection(const std::string& conninfo, std::chrono::milliseconds deadline = {});

    /// Runs a prepared statement. Throws std::logic_error where its name stands for another text on this connection.
    pqxx::result run(const Query& query, const Params& params);
    /// Runs a statement that is not prepared.
    pqxx::result run(const Statement& statement);
    /// Runs a query that is not prepared, and hands over its rows one after the other: there are never many of them in
    /// memory. One at a time, inside a transaction.
    void each(const Statement& query, const std::function<void(const pqxx::row&)>& take);
    /// Runs text that holds no value: transaction control, settings, migrations.
    pqxx::result run(const std::string& sql);

    /// Forgets what the server warned of so far.
    void forget_warnings() { warnings_.forget(); }
    /// A warning since then means, where something was committed, that it may not be safe: a COMMIT that was cancelled
    /// while it waited for its standby says so in no other way (SQLSTATE 00000). Throws Fault (in_doubt).
    void expect_no_warning();

private:
    class Warnings : public pqxx::errorhandler {
    public:
        explicit Warnings(pqxx::connection_base& connection) : pqxx::errorhandler(connection) {}
        bool operator()(const char*) noexcept override {
            any_ = true;
            return false;
        }
        [[nodiscard]] bool any() const { return any_; }
        void forget() { any_ = false; }

    private:
        bool any_ = false;
    };

    pqxx::connection connection_;
    Warnings warnings_{connection_};
    std::chrono::milliseconds deadline_;
    // libpqxx wants a transaction object around every statement; BEGIN and COMMIT are ours.
    std::unique_ptr<pqxx::nontransaction> session_;
    std::unordered_map<std::string, std::size_t> prepared_;  // what is prepared: its name, and a hash of its text
    // A plan that was made while the tables were empty may read them through when they are not, until they are analysed
    // a minute later: statements are planned again after so many of them, and each time twice as many.
    std::uint64_t runs_ = 0;
    std::uint64_t replanned_at_ = 16;
};

}  // namespace tideover::db
