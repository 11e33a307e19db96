// A PostgreSQL of the fault run's own, to be killed, starved and started again.
#pragma once

#include <pqxx/pqxx>
#include <string>

#include "tests/faults/process.hpp"

namespace tideover::faults {

class Cluster {
public:
    /// Makes it in `folder`, which must not be there, and starts it. Where we may mount, its WAL and the tablespace
    /// `small` lie on file systems in memory, small enough to be filled.
    explicit Cluster(std::string folder);
    Cluster(const Cluster&) = delete;
    Cluster& operator=(const Cluster&) = delete;
    ~Cluster();

    [[nodiscard]] std::string words() const;  // conninfo without user and database
    [[nodiscard]] std::string owner(const std::string& database) const;
    [[nodiscard]] std::string socket_file() const { return folder_ + "/.s.PGSQL.5432"; }
    [[nodiscard]] bool mounted() const { return mounted_; }

    /// Runs a statement as the owner of all, outside a transaction; the first value as text.
    std::string ask(const std::string& database, const std::string& sql) const;

    /// SIGQUIT: what `pg_ctl -m immediate` sends. Waits for the end.
    void stop_at_once();
    /// With a clock that is `shift` seconds off.
    void start(int shift = 0);
    /// Until it takes connections; starts it where it died of what was done to it.
    void heal();

    enum class Disk { data, wal };
    void fill(Disk disk) const;
    void free(Disk disk) const;

private:
    [[nodiscard]] std::string disk(Disk disk) const { return folder_ + (disk == Disk::data ? "/small" : "/wal"); }
    void mount(Disk disk, const std::string& size);
    void make();
    [[nodiscard]] bool accepts() const;

    std::string folder_;
    bool mounted_ = false;
    uid_t user_ = 0;
    gid_t group_ = 0;
    Process postmaster_;
};

/// What makes a program's clock run that many seconds off, and its steady clock not.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> clock_off_by(int seconds);

}  // namespace tideover::faults
