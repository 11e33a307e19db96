// Writing log lines, each with one write(2) so that lines of several threads never mix.
#include "server/log.hpp"

#include <unistd.h>

#include <chrono>
#include <string>

#include "domain/day.hpp"

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

void put(std::string& out) {
    out += "}\n";
    // A log that cannot be written must not stop the service.
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, out.data(), out.size());
}

}  // namespace

void event(std::string_view level, std::string_view what, std::string_view detail) {
    auto out = line(level);
    append(out, "event", what);
    if (!detail.empty()) append(out, "detail", detail);
    put(out);
}

void request(std::string_view request_id, std::string_view method, std::string_view route, int status,
             std::string_view problem, std::int64_t duration_us, std::string_view role) {
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
