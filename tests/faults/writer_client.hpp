// One client: a member of each team in turn, who records, moves on and corrects without a pause, keeps a journal of
// what was meant, and repeats with the same key what was not answered.
#pragma once

#include <atomic>
#include <deque>
#include <random>

#include "tests/faults/caller.hpp"
#include "tests/faults/council.hpp"
#include "tests/faults/journal.hpp"
#include "tests/support/recipes.hpp"

namespace tideover::faults {

/// What all clients of a history count together.
struct Tally {
    std::atomic<int> intents{0}, acknowledged{0}, refused{0}, forbidden{0}, unknown{0}, settled{0}, repeats{0}, cut{0};
};

struct Intent {
    std::string id, key, target, body, etag;
    Role role = Role::everyone;
    const Noun* noun = nullptr;
    std::string record{};  // the record it works on; empty where one is made
    bool lawful = true;
};

class WriterClient : public testing::Recipes {
public:
    /// `name` begins its ids. With `forgetful`, a planted fault, each repeat has a new key.
    WriterClient(const Council& council, const std::string& name, unsigned seed, unsigned short port,
                 const std::string& journal, Tally& tally, bool forgetful);

    /// Means and sends one thing.
    void write_once();
    /// Repeats everything unanswered until it is answered, or nothing more is for so long; how much stayed open.
    int settle(std::chrono::milliseconds patience);

    const nlohmann::json& one(std::string_view noun) override;
    nlohmann::json another(const Noun& noun) override;

private:
    struct Own {
        const Noun* noun;
        nlohmann::json record;
        bool corrected = false;  // the recipes know one correction
    };
    struct Answered {
        Intent intent;
        std::string hash;
    };

    Intent mean();
    Intent creation(const Route& route);
    std::optional<Intent> change(Own own);
    void send(const Intent& intent);
    void take(const Intent& intent, const Answer& answer, const char* how);
    void learn(const Intent& intent, const nlohmann::json& record);
    void repeat(const Answered& answered);
    [[nodiscard]] const std::string& token(const Intent& intent) const;
    std::optional<Answer> post(const Intent& intent, const std::string& key);
    std::size_t pick(std::size_t count) { return std::uniform_int_distribution<std::size_t>{0, count - 1}(random_); }
    bool chance(int percent) { return static_cast<int>(pick(100)) < percent; }

    const Council& council_;
    std::string name_;
    std::mt19937 random_;
    Caller caller_;
    Journal journal_;
    Tally& tally_;
    bool forgetful_;
    int meant_ = 0;
    std::vector<Own> own_;
    std::map<std::string_view, std::deque<nlohmann::json>> spare_;  // records that nothing refers to yet, by noun
    std::deque<Answered> answered_;
    std::vector<Intent> open_;
};

}  // namespace tideover::faults
