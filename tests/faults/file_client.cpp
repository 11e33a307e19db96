// Sending the same bytes again is harmless, so that every answer that was lost is asked for again.
#include "tests/faults/file_client.hpp"

#include <nlohmann/json.hpp>

#include "tests/faults/process.hpp"

namespace tideover::faults {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds asked_every{40}, stuck_after{1500};
constexpr int rows_least = 150, rows_most = 900;

}  // namespace

FileClient::FileClient(const Council& council, std::string name, unsigned seed, unsigned short port,
                       const std::string& journal, std::function<void()> lose_servers)
    : name_(std::move(name)),
      authorization_(council.tokens.at(Role::helpline)),
      random_(seed),
      caller_(port, milliseconds{3000}),
      journal_(journal),
      lose_servers_(std::move(lose_servers)) {}

FileClient::File FileClient::another() {
    File out{.note = name_ + "f" + std::to_string(files_.size()) + "r"};
    const auto rows = rows_least + static_cast<int>(pick(rows_most - rows_least));
    out.csv = "direction,started_at,outcome,reasons,note\n";
    for (int i = 0; i < rows; ++i)
        out.csv += "inbound,02/04/2020 10:15,referred,food;medicine," + out.note + std::to_string(i) + "\n";
    out.whole = pick(4) == 0;
    journal_.line(true, "L", out.note, rows);
    return out;
}

bool FileClient::send(File& file) {
    const auto answer =
        caller_.send("POST", std::string{"/v1/imports/calls"} + (file.whole ? "?mode=all_or_nothing" : ""),
                     {{"Authorization", authorization_}, {"Content-Type", "text/csv"}}, file.csv);
    if (!answer || (answer->status != 202 && answer->status != 200)) return false;
    file.id = answer->json().at("id").get<std::string>();
    return true;
}

bool FileClient::ended(File& file, long& rows) {
    const auto answer = caller_.send("GET", "/v1/imports/" + file.id, {{"Authorization", authorization_}}, {});
    if (!answer || answer->status != 200) return false;
    const auto import = answer->json();
    rows = import.at("rows").at("done").get<long>();
    file.done = import.at("state") == "done";
    return !import.at("ended_at").is_null();
}

/// Until it has ended, or that is enough. A server that was killed has the job for a minute yet: it is made to pass.
void FileClient::follow(File& file, const std::function<bool()>& enough, bool cancels) {
    long rows = 0, last = -1;
    auto moved = now_us();
    while (!enough() && !ended(file, rows)) {
        if (rows != last) last = rows, moved = now_us();
        if (now_us() - moved > std::chrono::microseconds{stuck_after}.count()) {
            lose_servers_();
            moved = now_us();
        }
        if (cancels && rows > 100) {
            cancels = false;
            static_cast<void>(caller_.send("POST", "/v1/jobs/" + file.id + "/cancellations",
                                           {{"Authorization", authorization_},
                                            {"Content-Type", "application/json"},
                                            {"Idempotency-Key", "cancel-" + file.id}},
                                           "{}"));
        }
        pause_for(asked_every);
    }
}

void FileClient::work(const std::atomic<bool>& over) {
    const auto enough = [&] { return over.load(); };
    while (!over) {
        auto& file = files_.emplace_back(another());
        while (!over && !send(file)) pause_for(asked_every);
        if (!over) follow(file, enough, pick(3) == 0);
    }
}

int FileClient::settle(milliseconds patience) {
    const auto until = std::chrono::steady_clock::now() + patience;
    const auto enough = [&] { return std::chrono::steady_clock::now() > until; };
    int left = 0;
    for (auto& file : files_) {
        // One that was cancelled goes on behind what it did.
        while (!file.done && !enough()) {
            if (send(file)) {
                follow(file, enough, false);
            } else {
                pause_for(asked_every);
            }
        }
        left += file.done ? 0 : 1;
    }
    return left;
}

}  // namespace tideover::faults
