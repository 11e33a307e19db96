// The sealer: a thread that seals and folds the ledger of every authority about once a second.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace tideover {

class Sealer {
public:
    explicit Sealer(const std::string& conninfo);
    Sealer(const Sealer&) = delete;
    Sealer& operator=(const Sealer&) = delete;
    ~Sealer();

private:
    void work(const std::string& conninfo);

    std::mutex mutex_;
    std::condition_variable stop_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace tideover
