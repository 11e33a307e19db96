// initdb, postmaster, signals and file systems in memory.
#include "tests/faults/cluster.hpp"

#include <fcntl.h>
#include <pwd.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace tideover::faults {
namespace {

using std::chrono::milliseconds;

std::string program(const std::string& name) {
    const char* given = std::getenv("TIDEOVER_POSTGRES_BIN");
    return std::string{given != nullptr ? given : "/usr/lib/postgresql/15/bin"} + "/" + name;
}

// WAL in segments of 1 MB and few of them, so that a full disk is met within a few hundred writes. Without fsync:
// a process that is killed loses nothing that the kernel has, so that syncing would cost time and show nothing.
constexpr const char* settings = R"(
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 80
shared_buffers = 64MB
min_wal_size = 2MB
max_wal_size = 24MB
checkpoint_timeout = 30s
fsync = off
synchronous_commit = on
full_page_writes = on
autovacuum_naptime = 5s
timezone = 'UTC'
log_timezone = 'UTC'
jit = off
log_error_verbosity = terse
log_min_error_statement = panic
log_parameter_max_length_on_error = 0
restart_after_crash = on
)";

}  // namespace

std::vector<std::pair<std::string, std::string>> clock_off_by(int seconds) {
    if (seconds == 0) return {};
    return {{"LD_PRELOAD", "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"},
            {"FAKETIME", (seconds > 0 ? "+" : "") + std::to_string(seconds) + "s"},
            {"DONT_FAKE_MONOTONIC", "1"},
            {"FAKETIME_DONT_RESET", "1"}};
}

Cluster::Cluster(std::string folder) : folder_(std::move(folder)) {
    std::filesystem::create_directory(folder_);
    if (::geteuid() == 0) {
        const auto* postgres = ::getpwnam("postgres");
        if (postgres == nullptr) throw std::runtime_error("root needs the user postgres: install postgresql-15");
        user_ = postgres->pw_uid;
        group_ = postgres->pw_gid;
        if (::chown(folder_.c_str(), user_, group_) != 0) throw std::runtime_error("cannot chown " + folder_);
        mounted_ = true;
    }
    mount(Disk::data, "400m");
    mount(Disk::wal, "96m");
    make();
    start();
    heal();
    if (mounted_) ask("postgres", "CREATE TABLESPACE small LOCATION '" + disk(Disk::data) + "/space'");
}

Cluster::~Cluster() {
    postmaster_.signal(SIGQUIT);
    if (postmaster_.alive()) postmaster_.wait(milliseconds{10'000});
    for (const auto one : {Disk::data, Disk::wal}) {
        if (mounted_) ::umount2(disk(one).c_str(), MNT_DETACH);
    }
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
    std::filesystem::remove(folder_ + ".log", ignored);
}

void Cluster::mount(Disk one, const std::string& size) {
    const auto place = disk(one);
    std::filesystem::create_directory(place);
    if (mounted_ && ::mount("tmpfs", place.c_str(), "tmpfs", 0, ("size=" + size + ",mode=0755").c_str()) != 0) {
        mounted_ = false;
        return;
    }
    if (user_ != 0 && ::chown(place.c_str(), user_, group_) != 0) throw std::runtime_error("cannot chown " + place);
    if (one == Disk::wal) return;
    const auto space = place + "/space";
    std::filesystem::create_directory(space);
    if (user_ != 0 && ::chown(space.c_str(), user_, group_) != 0) throw std::runtime_error("cannot chown " + space);
}

void Cluster::make() {
    Launch launch{.words = {program("initdb"), "-D", folder_ + "/pg", "-U", "tideover", "-A", "trust",
                            "--data-checksums", "-E", "UTF8", "--locale=C.UTF-8", "--lc-collate=C", "--no-sync",
                            "--wal-segsize=1", "-X", disk(Disk::wal) + "/pg_wal"},
                  .log = folder_ + ".log",
                  .user = user_,
                  .group = group_};
    if (Process initdb{launch}; initdb.wait(milliseconds{60'000}) != 0) {
        throw std::runtime_error("initdb failed: see " + launch.log);
    }
    std::ofstream{folder_ + "/pg/postgresql.conf", std::ios::app} << settings << "unix_socket_directories = '"
                                                                  << folder_ << "'\n";
}

void Cluster::start(int shift) {
    postmaster_ = Process{{.words = {program("postgres"), "-D", folder_ + "/pg"},
                           .environment = clock_off_by(shift),
                           .log = folder_ + ".log",
                           .user = user_,
                           .group = group_}};
}

std::string Cluster::words() const {
    return "host=" + folder_ + " port=5432 user=tideover";
}

std::string Cluster::owner(const std::string& database) const {
    return words() + " dbname=" + database;
}

std::string Cluster::ask(const std::string& database, const std::string& sql) const {
    pqxx::connection connection{owner(database) + " application_name=faults"};
    pqxx::nontransaction session{connection};
    const auto found = session.exec(sql);
    return found.empty() || found[0][0].is_null() ? std::string{} : found[0][0].as<std::string>();
}

bool Cluster::accepts() const {
    try {
        ask("postgres", "SELECT 1");
        return true;
    } catch (const pqxx::failure&) {
        return false;
    }
}

void Cluster::stop_at_once() {
    postmaster_.signal(SIGQUIT);
    if (!postmaster_.wait(milliseconds{20'000})) throw std::runtime_error("PostgreSQL does not stop");
}

void Cluster::heal() {
    const bool up = eventually(milliseconds{30'000}, [&] {
        if (postmaster_.alive() && postmaster_.wait(milliseconds{0})) start();
        return accepts();
    });
    if (!up) throw std::runtime_error("PostgreSQL does not start: see " + folder_ + ".log");
}

void Cluster::fill(Disk one) const {
    std::ofstream ballast{disk(one) + "/ballast", std::ios::binary};
    const std::string block(1 << 16, 'x');
    while (ballast.write(block.data(), static_cast<std::streamsize>(block.size())).flush()) {
    }
    // What is left of the last block: byte by byte would take long, page by page does not.
    std::ofstream rest{disk(one) + "/ballast2", std::ios::binary};
    const std::string page(4096, 'x');
    while (rest.write(page.data(), static_cast<std::streamsize>(page.size())).flush()) {
    }
}

void Cluster::free(Disk one) const {
    std::filesystem::remove(disk(one) + "/ballast");
    std::filesystem::remove(disk(one) + "/ballast2");
}

}  // namespace tideover::faults
