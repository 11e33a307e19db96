// Statements and their parameters. Values reach PostgreSQL as typed parameters only: no function here puts one into
// text.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tideover::db {

/// A statement that is prepared on first use of its name on each connection. A name stands for one text: another text
/// under it is an error of the program.
struct Query {
    Query(std::string its_name, std::string its_sql)
        : name(std::move(its_name)), sql(std::move(its_sql)), text(std::hash<std::string>{}(sql)) {}

    std::string name;
    std::string sql;
    std::size_t text;  // tells it from another text
};

/// The texts with another one between them.
[[nodiscard]] std::string joined(const std::vector<std::string>& parts, std::string_view between);

using Params = std::vector<std::optional<std::string>>;

/// Rows turned into columns: for each parameter an array of text, as PostgreSQL reads one, with an element a row.
/// Precondition: the rows are of one length.
[[nodiscard]] Params as_arrays(const std::vector<const Params*>& rows);

/// An array of text, as PostgreSQL reads one.
[[nodiscard]] std::string array_of(const std::vector<std::string>& texts);
/// The same of values that may be NULL.
[[nodiscard]] std::string array_of_values(const Params& values);

/// A whole statement with its `{named_holes}` filled, each wherever it stands. Throws std::logic_error where a hole is
/// left open or a filling has no hole. What fills one is SQL of the program's own.
[[nodiscard]] std::string filled(std::string_view text,
                                 const std::vector<std::pair<std::string_view, std::string_view>>& fillings);

/// A statement whose text differs from call to call, such as a list with the filters that its reader chose. It is not
/// prepared, and it is planned for its values, which are parameters all the same: a common one may want another way
/// than a rare one. Runs inside a transaction.
class Statement {
public:
    explicit Statement(std::string sql = {}, Params params = {}) : sql_(std::move(sql)), params_(std::move(params)) {}
    Statement& operator<<(std::string_view sql) {
        sql_ += sql;
        return *this;
    }
    /// Adds a parameter and returns what stands for it in the text: its number and its type.
    [[nodiscard]] std::string bind(std::optional<std::string> value, std::string_view type) {
        params_.push_back(std::move(value));
        return "$" + std::to_string(params_.size()) + "::" + std::string{type};
    }
    [[nodiscard]] const std::string& sql() const { return sql_; }
    [[nodiscard]] const Params& params() const { return params_; }

private:
    std::string sql_;
    Params params_;
};

}  // namespace tideover::db
