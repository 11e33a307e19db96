// Answers are made once a version; for the public in a share of the time, and the last one is given meanwhile.
#include "server/api/shared_answers.hpp"

#include <doctest/doctest.h>

#include <thread>

namespace shared_answers_test {

using namespace tideover;
using namespace std::chrono_literals;

TEST_CASE("an answer is made once for each question and version, and a newer version takes its place") {
    SharedAnswers answers;
    int made = 0;
    const auto ask = [&](const char* question, const char* version) {
        return answers.answer(question, version, 1, [&] { return std::string{question} + std::to_string(++made); });
    };
    CHECK(ask("a", "1") == "a1");
    CHECK(ask("a", "1") == "a1");
    CHECK(ask("b", "1") == "b2");
    CHECK(ask("a", "2") == "a3");
    CHECK(ask("a", "1") == "a4");
    CHECK(ask("b", "1") == "b2");
}

TEST_CASE("what failed to be made is made again, and nothing is kept of it") {
    SharedAnswers answers;
    CHECK_THROWS(answers.answer("a", "1", 0.5, []() -> std::string { throw std::runtime_error("no"); }));
    CHECK(answers.answer("a", "1", 0.5, [] { return std::string{"made"}; }) == "made");
}

TEST_CASE("no more answers are kept than there is room for; the longest unused go") {
    SharedAnswers answers;
    int made = 0;
    const auto ask = [&](int question) {
        return answers.answer(std::to_string(question), "", 1, [&] { return std::to_string(++made); });
    };
    ask(0);
    for (int i = 1; i < static_cast<int>(SharedAnswers::answers_max); ++i) ask(i);
    ask(0);
    ask(-1);  // 1 goes
    CHECK(ask(0) == "1");
    const int before = made;
    ask(1);
    CHECK(made == before + 1);
    const std::string long_one(SharedAnswers::bytes_max, 'x');
    CHECK(answers.answer("long", "", 1, [&] { return long_one; }).size() == long_one.size());
    ask(0);
    CHECK(made == before + 2);
}

TEST_CASE("time to work in comes back at its share, up to so much, and what is owed is waited for") {
    const Budget::Clock::time_point start{1h};
    Budget budget{start};
    CHECK(budget.wait(0.25, start).count() == 0);
    budget.spend(Budget::most + Budget::Seconds{1});
    CHECK(budget.wait(0.25, start).count() == doctest::Approx(4));
    CHECK(budget.wait(0.25, start + 2s).count() == doctest::Approx(2));
    CHECK(budget.wait(0.25, start + 4s).count() == 0);
    CHECK(budget.wait(0.25, start + 1h).count() == 0);
    budget.spend(Budget::most);
    CHECK(budget.wait(0.25, start + 1h).count() == 0);
    budget.spend(Budget::Seconds{1000});
    CHECK(budget.wait(0.25, start + 1h) == Budget::longest_wait);
}

TEST_CASE("while the public has no time left it gets the last answer, and those who sign in get a new one") {
    Budget spent;
    spent.spend(Budget::most + Budget::Seconds{1000});
    SharedAnswers answers{spent};
    const auto ask = [&](const char* version, double share) {
        return answers.answer("a", version, share, [&] { return std::string{version}; });
    };
    CHECK(ask("1", 1) == "1");
    CHECK(ask("2", 0.25) == "1");
    CHECK(ask("2", 1) == "2");
    CHECK(ask("2", 0.25) == "2");
}

TEST_CASE("while one answer is made for the public, others get the last of theirs") {
    SharedAnswers answers;
    const auto ask = [&](const char* question, const char* version, const std::function<void()>& meanwhile) {
        return answers.answer(question, version, 0.5, [&] {
            meanwhile();
            return std::string{question} + version;
        });
    };
    CHECK(ask("a", "1", [] {}) == "a1");
    std::string given;
    CHECK(ask("b", "1", [&] { std::thread([&] { given = ask("a", "2", [] {}); }).join(); }) == "b1");
    CHECK(given == "a1");
    CHECK(ask("a", "2", [] {}) == "a2");
}

}  // namespace shared_answers_test
