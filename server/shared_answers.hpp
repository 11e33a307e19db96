// Answers that are the same for all who ask while nothing behind them changes: made once, shared by all.
#pragma once

#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <unordered_map>

namespace tideover {

class SharedAnswers {
public:
    /// The answer to a question, made by `make` unless there is one of this version already. `question` says everything
    /// that the answer depends on but the ledger; `version` what of the ledger it depends on.
    [[nodiscard]] std::string answer(const std::string& question, const std::string& version,
                                     const std::function<std::string()>& make);

    /// Never more than that many answers, and bytes of them; the longest unused goes.
    static constexpr std::size_t answers_max = 512;
    static constexpr std::size_t bytes_max = 16U << 20U;

private:
    struct Kept {
        std::string question, version, text;
    };
    std::mutex mutex_;
    std::list<Kept> kept_;  // the last used first
    std::unordered_map<std::string, std::list<Kept>::iterator> places_;
    std::size_t bytes_ = 0;
};

/// Those of this process.
[[nodiscard]] SharedAnswers& shared_answers();

}  // namespace tideover
