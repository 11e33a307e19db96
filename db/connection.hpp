// One connection to PostgreSQL, with its prepared statements. Not shared between threads.
#pragma once

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

/// How many statements may take how long, and how soon a dead peer is noticed.
[[nodiscard]] std::string with_session_settings(const std::string& conninfo, int statement_timeout_ms = 5000);

class Connection {
public:
    explicit Connection(const std::string& conninfo);

    /// Runs a prepared statement.
    pqxx::result run(const Query& query, const Params& params);
    /// Runs text as it is: transaction control, and SQL whose values are literals of our own making.
    pqxx::result run(const std::string& sql);

    [[nodiscard]] std::string quoted(std::string_view text) { return connection_.quote(std::string{text}); }

private:
    pqxx::connection connection_;
    // libpqxx wants a transaction object around every statement; BEGIN and COMMIT are ours.
    std::unique_ptr<pqxx::nontransaction> session_;
    std::unordered_set<std::string> prepared_;
};

}  // namespace tideover::db
