// What the replay has to remember of records it made, to come back to them later.
#pragma once

#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>

namespace tideover::year {

/// A record as its maker knows it. The version is known by counting the changes.
struct Filed {
    std::string_view path;
    std::string name;  // ours, unique in the year: its idempotency keys are made from it
    std::string id{};
    int version = 1;
};

class KnownRecords {
public:
    void keep(const Filed& record) {
        const std::lock_guard lock{mutex_};
        records_.insert_or_assign(record.name, record);
    }
    /// Precondition: a record of that name was kept.
    [[nodiscard]] Filed at(const std::string& name) const {
        const std::lock_guard lock{mutex_};
        const auto found = records_.find(name);
        if (found == records_.end()) throw std::logic_error("nothing was noted of " + name);
        return found->second;
    }
    [[nodiscard]] std::string id(const std::string& name) const { return at(name).id; }

private:
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Filed> records_;
};

}  // namespace tideover::year
