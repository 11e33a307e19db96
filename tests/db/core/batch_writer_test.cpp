// Requests that share a statement: who goes with whom, and whose fault is whose.
#include "db/core/batch_writer.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <latch>
#include <thread>

#include "db/core/fault.hpp"

namespace batch_writer_test {

using namespace tideover;
using db::BatchWriter;
using db::Fault;
using db::Params;
using db::Trouble;

namespace {

/// A ledger of the statements that were run. The first two, which keep the leaders' places taken, wait for `go`.
class Statements {
public:
    explicit Statements(std::optional<Trouble> trouble = {}) : trouble_(trouble) {}

    std::vector<BatchWriter::RowResult> run(const std::vector<const Params*>& rows) {
        const bool holds = rows.front()->front() == "holds";
        if (holds) {
            held.count_down();
            go.wait();
        }
        const std::scoped_lock lock{mutex_};
        std::vector<std::string> names;
        for (const auto* row : rows) names.push_back(row->front().value());
        all.push_back(names);
        const bool bad = std::find(names.begin(), names.end(), "bad") != names.end();
        if (bad && trouble_) throw Fault{*trouble_, "rule", "no"};
        std::vector<BatchWriter::RowResult> result;
        for (const auto& name : names) result.push_back({true, "answer to " + name});
        return result;
    }

    std::latch held{2}, go{1};
    std::vector<std::vector<std::string>> all;  // the rows of each statement, by name

private:
    std::optional<Trouble> trouble_;
    std::mutex mutex_;
};

/// Stores the named rows so that all of them wait while two others hold the leaders' places; what each was told.
std::vector<std::string> stored(Statements& statements, const std::vector<std::string>& names) {
    BatchWriter together;
    std::vector<std::thread> threads;
    std::vector<std::string> result(names.size());
    const auto lead = [&](const std::vector<const Params*>& rows) { return statements.run(rows); };
    for (int i = 0; i < 2; ++i) threads.emplace_back([&] { together.store("kind", Params{"holds"}, lead); });
    statements.held.wait();
    for (std::size_t i = 0; i < names.size(); ++i) {
        threads.emplace_back([&, i] {
            try {
                result[i] = together.store("kind", Params{names[i]}, lead).body.value();
            } catch (const Fault& fault) {
                result[i] = std::string{"fault "} + fault.what();
            }
        });
    }
    while (together.waiting("kind") < names.size()) std::this_thread::yield();
    statements.go.count_down();
    for (auto& thread : threads) thread.join();
    return result;
}

}  // namespace

TEST_CASE("who comes alone goes at once and alone") {
    BatchWriter together;
    Statements statements;
    const auto lead = [&](const std::vector<const Params*>& rows) { return statements.run(rows); };
    CHECK(together.store("kind", Params{"a"}, lead).body == "answer to a");
    CHECK(together.store("kind", Params{"b"}, lead).body == "answer to b");
    CHECK(statements.all == std::vector<std::vector<std::string>>{{"a"}, {"b"}});
}

TEST_CASE("those that wait share the next statement, and each gets its own answer") {
    Statements statements;
    CHECK(stored(statements, {"c", "a", "b"}) == std::vector<std::string>{"answer to c", "answer to a", "answer to b"});
    REQUIRE(statements.all.size() == 3);
    // In one order, so that two statements that claim the same keys cannot block each other. Either of the two that
    // held the leaders' places may be heard of last.
    const std::vector<std::string> shared{"a", "b", "c"};
    CHECK(std::count(statements.all.begin(), statements.all.end(), shared) == 1);
}

TEST_CASE("a row that cannot be stored fails alone") {
    for (const auto trouble :
         {Trouble::conflict, Trouble::unknown_reference, Trouble::broken_rule, Trouble::bad_text}) {
        Statements statements{trouble};
        CHECK(stored(statements, {"a", "bad", "b"}) ==
              std::vector<std::string>{"answer to a", "fault no", "answer to b"});
        CHECK(statements.all.size() == 2 + 1 + 3);
    }
}

TEST_CASE("what befell the connection befell everybody, and nobody tries again by himself") {
    for (const auto trouble : {Trouble::in_doubt, Trouble::lost, Trouble::busy}) {
        Statements statements{trouble};
        CHECK(stored(statements, {"a", "bad", "b"}) == std::vector<std::string>{"fault no", "fault no", "fault no"});
        CHECK(statements.all.size() == 2 + 1);
    }
}

}  // namespace batch_writer_test
