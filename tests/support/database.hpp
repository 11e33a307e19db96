// Databases for tests: cloned from one migrated template in the cluster that TIDEOVER_TEST_CLUSTER names.
#pragma once

#include <string>

#include "db/core/connection.hpp"

namespace tideover::testing {

class ScratchDatabase {
public:
    ScratchDatabase();
    ScratchDatabase(const ScratchDatabase&) = delete;
    ScratchDatabase& operator=(const ScratchDatabase&) = delete;
    ~ScratchDatabase();

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] std::string owner() const;  // conninfo of the owner's login
    [[nodiscard]] std::string app() const;    // conninfo of the service's login
    [[nodiscard]] db::Connection connect() const { return db::Connection{owner()}; }

    /// The single value that a statement returns, as text ("" for null).
    [[nodiscard]] std::string value(const std::string& sql) const;

private:
    std::string name_;
};

}  // namespace tideover::testing
