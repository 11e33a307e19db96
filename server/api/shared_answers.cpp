// A list in the order of use, and where in it each question stands.
#include "server/api/shared_answers.hpp"

#include <algorithm>
#include <thread>

namespace tideover {

Budget::Seconds Budget::wait(double share, Clock::time_point now) {
    left_ = std::min(most, Seconds{left_ + share * (now - at_)});
    at_ = now;
    return std::clamp(Seconds{-left_ / share}, Seconds{0}, longest_wait);
}

std::string Budget::timed(const std::function<std::string()>& work) {
    struct Spent {
        Budget& budget;
        Clock::time_point began = Clock::now();
        ~Spent() { budget.spend(Clock::now() - began); }
    } const spent{*this};
    return work();
}

std::string SharedAnswers::answer(const std::string& question, const std::string& version, double share,
                                  const std::function<std::string()>& make) {
    if (auto found = find(question, version, false)) return *found;
    if (share >= 1) {
        auto text = make();
        keep({question, version, text});
        return text;
    }
    std::unique_lock lock{making_, std::try_to_lock};
    if (!lock.owns_lock()) {
        if (auto found = find(question, version, true)) return *found;
        lock.lock();
    }
    const auto wait = budget_.wait(share, Budget::Clock::now());
    // Somebody may have made it meanwhile.
    if (auto found = find(question, version, wait > Budget::Seconds{0})) return *found;
    std::this_thread::sleep_for(wait);
    auto text = budget_.timed(make);
    keep({question, version, text});
    return text;
}

std::optional<std::string> SharedAnswers::find(const std::string& question, const std::string& version, bool or_older) {
    const std::scoped_lock lock{mutex_};
    const auto found = places_.find(question);
    if (found == places_.end() || (found->second->version != version && !or_older)) return std::nullopt;
    kept_.splice(kept_.begin(), kept_, found->second);
    return found->second->text;
}

void SharedAnswers::keep(Kept fresh) {
    const std::scoped_lock lock{mutex_};
    if (const auto found = places_.find(fresh.question); found != places_.end()) {
        bytes_ -= found->second->text.size();
        kept_.erase(found->second);
        places_.erase(found);
    }
    bytes_ += fresh.text.size();
    kept_.push_front(std::move(fresh));
    places_[kept_.front().question] = kept_.begin();
    while (kept_.size() > answers_max || (bytes_ > bytes_max && kept_.size() > 1)) {
        bytes_ -= kept_.back().text.size();
        places_.erase(kept_.back().question);
        kept_.pop_back();
    }
}

SharedAnswers& shared_answers() {
    static SharedAnswers answers;
    return answers;
}

}  // namespace tideover
