// Writing log lines, each with one write(2) so that lines of several threads never mix with another program's.
#include "server/observe/log.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <map>
#include <mutex>
#include <string>

#include "domain/core/day.hpp"
#include "domain/core/role.hpp"

namespace tideover::log {
namespace {

/// What a JSON string may hold as it is; everything else becomes '?', so that no line can be forged.
void append(std::string& out, std::string_view name, std::string_view value) {
    out += ",\"";
    out += name;
    out += "\":\"";
    for (const char c : value) out += c < ' ' || c == '"' || c == '\\' || c > '~' ? '?' : c;
    out += '"';
}

std::string line(std::string_view level) {
    const auto now = std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    return "{\"at\":\"" + format(now) + "\",\"level\":\"" + std::string{level} + "\"";
}

/// Where lines go: standard error, or a file that is put aside when it is full.
class Sink {
public:
    bool open(const std::string& path, std::int64_t bytes_max) {
        const std::scoped_lock lock{mutex_};
        path_ = path, bytes_max_ = bytes_max;
        return reopen();
    }
    void put(const std::string& line) {
        const std::scoped_lock lock{mutex_};
        if (!path_.empty() && bytes_ + static_cast<std::int64_t>(line.size()) > bytes_max_) turn();
        // A log that cannot be written must not stop the service.
        const auto written = ::write(file_, line.data(), line.size());
        if (written > 0) bytes_ += written;
    }

private:
    bool reopen() {
        const int fresh = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
        if (fresh < 0) return false;
        if (file_ != STDERR_FILENO) ::close(file_);
        file_ = fresh;
        struct stat status {};
        bytes_ = ::fstat(file_, &status) == 0 ? status.st_size : 0;
        return true;
    }
    /// FILE.1 is the one before, FILE.2 the one before that, and what was FILE.3 is gone.
    void turn() {
        for (int n = files_kept; n > 1; --n) {
            std::rename((path_ + "." + std::to_string(n - 1)).c_str(), (path_ + "." + std::to_string(n)).c_str());
        }
        std::rename(path_.c_str(), (path_ + ".1").c_str());
        reopen();
    }

    static constexpr int files_kept = 3;
    std::mutex mutex_;
    std::string path_;
    std::int64_t bytes_max_ = 0, bytes_ = 0;
    int file_ = STDERR_FILENO;
};

Sink& sink() {
    static Sink one;
    return one;
}

void put(std::string& out) {
    out += "}\n";
    sink().put(out);
}

/// Refusals of those who did not sign in: of each kind some lines a second, and how many more there were.
class Refusals {
public:
    /// Whether one more gets a line of its own. Whenever a second is over, what had none is told as a number.
    bool has_line(std::string_view problem) {
        const auto second = std::chrono::floor<std::chrono::seconds>(std::chrono::steady_clock::now());
        const std::scoped_lock lock{mutex_};
        if (second != second_) {
            second_ = second;
            tell_counts();
        }
        if (problem.empty()) return true;
        auto& count = counts_[std::string{problem}];
        return ++count <= lines_a_second_;
    }

    void limit(std::int64_t lines_a_second) {
        const std::scoped_lock lock{mutex_};
        lines_a_second_ = lines_a_second;
    }

    void tell() {
        const std::scoped_lock lock{mutex_};
        tell_counts();
    }

private:
    void tell_counts() {
        for (const auto& [problem, count] : counts_) {
            if (count <= lines_a_second_) continue;
            auto out = line("warning");
            append(out, "event", "refused");
            append(out, "problem", problem);
            out += ",\"more\":" + std::to_string(count - lines_a_second_);
            put(out);
        }
        counts_.clear();
    }

    std::mutex mutex_;
    std::int64_t lines_a_second_ = 200;
    std::chrono::time_point<std::chrono::steady_clock, std::chrono::seconds> second_{};
    std::map<std::string, std::int64_t> counts_;
};

Refusals& refusals() {
    static Refusals one;
    return one;
}

}  // namespace

bool to_file(const std::string& path, std::int64_t bytes_max) {
    return sink().open(path, bytes_max);
}

void limit_refusals(std::int64_t lines_a_second) {
    refusals().limit(lines_a_second);
}

void event(std::string_view level, std::string_view what, std::string_view detail) {
    refusals().tell();  // it comes first
    auto out = line(level);
    append(out, "event", what);
    if (!detail.empty()) append(out, "detail", detail);
    put(out);
}

void request(std::string_view request_id, std::string_view method, std::string_view route, int status,
             std::string_view problem, std::int64_t duration_us, std::string_view role) {
    const bool signed_in = role != "-" && role != name_of(Role::everyone);
    if (!refusals().has_line(signed_in ? std::string_view{} : problem)) return;
    auto out = line(status >= 500 ? "error" : "info");
    append(out, "event", "request");
    append(out, "request_id", request_id);
    append(out, "method", method);
    append(out, "route", route);
    append(out, "role", role);
    if (!problem.empty()) append(out, "problem", problem);
    out += ",\"status\":" + std::to_string(status) + ",\"duration_us\":" + std::to_string(duration_us);
    put(out);
}

}  // namespace tideover::log
