// Answers that are the same for all who ask while nothing behind them changes: made once, shared by all. For the public
// they are made one at a time, in a share of the time, so that those who record have the rest.
#pragma once

#include <chrono>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace tideover {

/// Time to work in: it grows while time passes, and shrinks while it is worked in.
class Budget {
public:
    using Clock = std::chrono::steady_clock;
    using Seconds = std::chrono::duration<double>;

    explicit Budget(Clock::time_point now = Clock::now()) : at_(now) {}

    /// How long to wait until there is time again, of which `share` of each second comes in.
    [[nodiscard]] Seconds wait(double share, Clock::time_point now);
    void spend(Seconds time) { left_ -= time; }
    /// What `work` gives; the time that it took is spent, also where it throws.
    [[nodiscard]] std::string timed(const std::function<std::string()>& work);

    static constexpr Seconds most{5};          // after a quiet time
    static constexpr Seconds longest_wait{5};  // however much was spent

private:
    Seconds left_ = most;
    Clock::time_point at_;
};

class SharedAnswers {
public:
    explicit SharedAnswers(Budget budget = Budget{}) : budget_(budget) {}

    /// The answer to a question, made by `make` unless there is one of this version already. `question` says everything
    /// that the answer depends on but the ledger; `version` what of the ledger it depends on. With a `share` below 1 it
    /// is made in that share of the time; while there is none left, or another is being made, the last answer is given,
    /// which says as of when it is.
    [[nodiscard]] std::string answer(const std::string& question, const std::string& version, double share,
                                     const std::function<std::string()>& make);

    /// Never more than that many answers, and bytes of them; the longest unused goes.
    static constexpr std::size_t answers_max = 512;
    static constexpr std::size_t bytes_max = 16U << 20U;

private:
    struct Kept {
        std::string question, version, text;
    };
    std::optional<std::string> find(const std::string& question, const std::string& version, bool or_older);
    void keep(Kept fresh);

    std::mutex making_;  // one for the public at a time; it holds the budget
    Budget budget_;
    std::mutex mutex_;      // the rest
    std::list<Kept> kept_;  // the last used first
    std::unordered_map<std::string, std::list<Kept>::iterator> places_;
    std::size_t bytes_ = 0;
};

/// Those of this process.
[[nodiscard]] SharedAnswers& shared_answers();

}  // namespace tideover
