// A client that sends files of calls, one after the other, and follows each until it has ended; now and then it cancels
// one. Each row of a file has to be recorded once, whatever dies.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "tests/faults/caller.hpp"
#include "tests/faults/council.hpp"
#include "tests/faults/journal.hpp"

namespace tideover::faults {

class FileClient {
public:
    /// `name` begins the notes of its calls. `lose_servers` lets a minute pass for servers that have a job and died.
    FileClient(const Council& council, std::string name, unsigned seed, unsigned short port, const std::string& journal,
               std::function<void()> lose_servers);

    /// Sends files until it is over.
    void work(const std::atomic<bool>& over);
    /// Sends again what has not been done, until all of it is, or nothing more happens for so long: how many were left.
    int settle(std::chrono::milliseconds patience);

private:
    struct File {
        std::string note;  // begins the notes of its calls
        std::string csv;
        bool whole = false;  // all or nothing
        std::string id{};    // of its import; empty: nobody has said so yet
        bool done = false;
    };

    File another();
    bool send(File& file);
    /// Whether it has ended, and how far it is.
    bool ended(File& file, long& rows);
    void follow(File& file, const std::function<bool()>& enough, bool cancels);
    std::size_t pick(std::size_t count) { return std::uniform_int_distribution<std::size_t>{0, count - 1}(random_); }

    std::string name_, authorization_;
    std::mt19937 random_;
    Caller caller_;
    Journal journal_;
    std::function<void()> lose_servers_;
    std::vector<File> files_;
};

}  // namespace tideover::faults
