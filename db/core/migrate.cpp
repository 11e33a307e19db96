// Applies migrations in order, under a lock, and refuses files that changed after they were applied.
#include "db/core/migrate.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "db/core/ids.hpp"
#include "db/core/locks.hpp"

namespace tideover::db::migrate {
namespace {

struct File {
    int number;
    std::string name, sql, checksum;
};

std::vector<File> files_in(const std::string& folder) {
    std::vector<File> files;
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
        const auto name = entry.path().filename().string();
        if (entry.path().extension() != ".sql" || name.size() < 5) continue;
        std::ifstream in{entry.path()};
        std::stringstream sql;
        sql << in.rdbuf();
        files.push_back({std::stoi(name.substr(0, 3)), name, sql.str(), ids::sha256_hex(sql.str())});
    }
    std::sort(files.begin(), files.end(), [](const File& a, const File& b) { return a.number < b.number; });
    return files;
}

const Query keep{"migrate_keep", "INSERT INTO migration (number, name, checksum) VALUES ($1::integer, $2, $3)"};

const Query findings{"migrate_findings", R"(
SELECT reference || ' (' || record_kind || '): ' || rule FROM migration_finding
WHERE migration = ANY ($1::integer[]) ORDER BY authority_id, migration, rule, reference)"};

}  // namespace

Outcome up(Connection& owner, const std::string& folder) {
    const auto files = files_in(folder);
    if (files.empty()) throw std::runtime_error("no migrations in " + folder);
    owner.run("BEGIN");
    owner.run("SELECT pg_advisory_xact_lock(" + std::string{locks::migration.number} + ")");
    owner.run("SET LOCAL statement_timeout = 0");
    owner.run("SET LOCAL client_min_messages = warning");
    owner.run(
        "CREATE TABLE IF NOT EXISTS migration (number integer PRIMARY KEY, name text NOT NULL, "
        "checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT clock_timestamp())");
    std::map<int, std::pair<std::string, std::string>> done;
    for (const auto& row : owner.run("SELECT number, name, checksum FROM migration")) {
        done[row[0].as<int>()] = {row[1].as<std::string>(), row[2].as<std::string>()};
    }
    Outcome outcome{static_cast<int>(files.size()), 0};
    std::vector<std::string> applied;
    for (const auto& file : files) {
        const auto found = done.find(file.number);
        if (found != done.end()) {
            if (found->second.second != file.checksum) {
                throw std::runtime_error("migration " + file.name +
                                         " was changed after it was applied: restore the file");
            }
            done.erase(found);
            continue;
        }
        owner.run(file.sql);
        owner.run(keep, {std::to_string(file.number), file.name, file.checksum});
        ++outcome.applied;
        applied.push_back(std::to_string(file.number));
    }
    if (!done.empty()) {
        throw std::runtime_error("the database has migration " + done.begin()->second.first +
                                 ", which this program does not know: use the newer program");
    }
    if (!applied.empty() && owner.run("SELECT to_regclass('migration_finding') IS NOT NULL")[0][0].as<bool>()) {
        for (const auto& row : owner.run(findings, {array_of(applied)})) {
            outcome.findings.push_back(row[0].as<std::string>());
        }
    }
    owner.run("COMMIT");
    return outcome;
}

int version_of_program() {
    return TIDEOVER_SCHEMA_VERSION;
}

int behind_or_ahead(Connection& connection, int version) {
    const auto there = connection.run("SELECT to_regclass('migration') IS NOT NULL")[0][0].as<bool>();
    if (!there) return -1;
    return connection.run("SELECT coalesce(max(number), 0) FROM migration")[0][0].as<int>() - version;
}

}  // namespace tideover::db::migrate
