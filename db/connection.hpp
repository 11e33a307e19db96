// One connection to PostgreSQL, with its prepared statements. Not shared between threads.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <pqxx/pqxx>
#include <string>
#include <unordered_set>
#include <vector>

namespace tideover::db {

/// A statement of ours: prepared on first use of its name on each connection.
struct Query {
    std::string name;
    std::string sql;
};

using Params = std::vector<std::optional<std::string>>;

/// Rows turned into columns: for each parameter an array of text, as PostgreSQL reads one, with an element a row.
/// Precondition: the rows are of one length.
[[nodiscard]] Params as_arrays(const std::vector<const Params*>& rows);

/// How long statements may take, how soon a dead peer is noticed on either side, and nothing said but warnings.
[[nodiscard]] std::string with_session_settings(const std::string& conninfo, int statement_timeout_ms = 5000);

/// Longer than any statement may take. A COMMIT that waits for a standby, or a peer that says nothing, knows no limit
/// of its own.
constexpr std::chrono::milliseconds answer_deadline{7000};

class Connection {
public:
    /// A statement that is not answered by the deadline costs the connection; nought waits for ever.
    explicit Connection(const std::string& conninfo, std::chrono::milliseconds deadline = {});

    /// Runs a prepared statement.
    pqxx::result run(const Query& query, const Params& params);
    /// Runs text as it is: transaction control, and SQL whose values are literals of our own making.
    pqxx::result run(const std::string& sql);

    [[nodiscard]] std::string quoted(std::string_view text) { return connection_.quote(std::string{text}); }

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
    std::unordered_set<std::string> prepared_;
};

}  // namespace tideover::db
