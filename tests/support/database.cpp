// Cloning takes a few hundredths of a second: every test case can have a database of its own.
#include "tests/support/database.hpp"

#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

#include "db/core/migrate.hpp"
#include "tests/support/root.hpp"

namespace tideover::testing {
namespace {

std::string cluster() {
    const char* given = std::getenv("TIDEOVER_TEST_CLUSTER");
    if (given == nullptr) throw std::runtime_error("TIDEOVER_TEST_CLUSTER is not set: run ./tideover test");
    return given;
}

std::string in_database(const std::string& name) {
    return cluster() + " dbname=" + name;
}

/// The template of this process: made once, so that suites that run side by side do not meet.
const std::string& template_name() {
    static const std::string name = [] {
        auto made = "template_" + std::to_string(::getpid());
        db::Connection maintenance{in_database("postgres")};
        maintenance.run("DROP DATABASE IF EXISTS " + made);
        maintenance.run("CREATE DATABASE " + made);
        {
            db::Connection owner{in_database(made)};
            db::migrate::up(owner, testing::root() + "/schema");
        }
        return made;
    }();
    return name;
}

}  // namespace

ScratchDatabase::ScratchDatabase() {
    static int made = 0;
    const auto& from = template_name();
    name_ = "scratch_" + std::to_string(::getpid()) + "_" + std::to_string(++made);
    db::Connection maintenance{in_database("postgres")};
    maintenance.run("DROP DATABASE IF EXISTS " + name_);
    maintenance.run("CREATE DATABASE " + name_ + " TEMPLATE " + from);
}

ScratchDatabase::~ScratchDatabase() {
    try {
        db::Connection maintenance{in_database("postgres")};
        maintenance.run("DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)");
    } catch (const std::exception&) {
        // The cluster is thrown away as a whole.
    }
}

std::string ScratchDatabase::owner() const {
    return in_database(name_);
}

std::string ScratchDatabase::app() const {
    auto conninfo = owner();
    const std::string login = "user=tideover";
    conninfo.replace(conninfo.find(login), login.size(), "user=tideover_app");
    return conninfo;
}

std::string ScratchDatabase::value(const std::string& sql) const {
    auto connection = connect();
    const auto found = connection.run(sql);
    return found.empty() || found[0][0].is_null() ? std::string{} : found[0][0].as<std::string>();
}

}  // namespace tideover::testing
