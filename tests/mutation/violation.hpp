// For each guard, statements that it refuses and that would pass if it were not there.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/mutation/guard.hpp"

namespace tideover::mutation {

/// Copies all that the council has to one that is not there, past every guard: what refuses its next row is then the
/// foreign key to `authority` alone.
void make_phantom(pqxx::nontransaction& session);

class Violations {
public:
    explicit Violations(pqxx::nontransaction& session) : session_(session) {}

    /// Whether another guard refuses whatever this one would: see `twice` in violation.cpp.
    [[nodiscard]] static bool guarded_twice(const Guard& guard);
    /// The first statement that PostgreSQL refuses, naming this guard, and accepts without it. Leaves nothing behind.
    std::optional<std::string> of(const Guard& guard);

private:
    struct Column {
        std::string name, type;
        bool unique = false;   // part of a unique index
        bool foreign = false;  // part of a foreign key
        bool always = false;   // an identity that is always generated
    };
    using Row = std::map<std::string, std::optional<std::string>>;

    std::string verdict(const std::string& statement);
    bool proves(const Guard& guard, const std::string& statement);
    std::vector<std::string> candidates(const Guard& guard);
    std::vector<std::string> naming_void(const Guard& guard);
    std::vector<std::string> making_void(const Guard& guard);
    std::vector<std::string> broken_rows(const Guard& guard);
    std::vector<std::string> doubled_rows(const Guard& guard);
    const std::vector<Column>& columns(const std::string& table);
    std::vector<Row> rows(const std::string& table);
    std::string insert(const std::string& table, const Row& row);
    std::vector<Row> freshened(const std::string& table, const Row& row);
    std::vector<std::optional<std::string>> referable(const std::string& table, const std::string& column);
    std::optional<std::string> fresh(const Column& column, const std::optional<std::string>& value);
    std::vector<std::optional<std::string>> odd_values(const Column& column, const Row& row, const Guard& guard);

    pqxx::nontransaction& session_;
    std::map<std::string, std::vector<Column>> columns_;
    int made_ = 0;
};

}  // namespace tideover::mutation
