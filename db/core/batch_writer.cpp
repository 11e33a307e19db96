// Who leads, who waits, and who goes alone after all.
#include "db/core/batch_writer.hpp"

#include <algorithm>

#include "db/core/fault.hpp"

namespace tideover::db {
namespace {

constexpr int leaders_max = 2;         // while one waits for the disk, the next fills its statement
constexpr std::size_t rows_max = 128;  // what one statement takes

/// Troubles that lie in one of the rows; any other is everybody's.
bool lies_in_a_row(Trouble trouble) {
    switch (trouble) {
        case Trouble::conflict:
        case Trouble::unknown_reference:
        case Trouble::broken_rule:
        case Trouble::bad_text:
        case Trouble::ours:
            return true;
        default:
            return false;
    }
}

}  // namespace

BatchWriter::RowResult BatchWriter::store(const std::string& kind, const Params& row, const Lead& lead) {
    Waiting me{.row = &row};
    {
        std::unique_lock lock{mutex_};
        auto& queue = queues_[kind];
        queue.waiting.push_back(&me);
        if (queue.leaders < leaders_max) {
            ++queue.leaders;
            me.batch = taken(queue);
        } else {
            me.changed.wait(lock, [&] { return !me.batch.empty() || me.done(); });
        }
        if (!me.batch.empty()) lead_all(queue, std::move(me.batch), lock, lead);
    }
    if (me.alone) return lead({&row}).front();
    if (me.failure) std::rethrow_exception(me.failure);
    return std::move(*me.result);
}

std::size_t BatchWriter::waiting(const std::string& kind) {
    const std::scoped_lock lock{mutex_};
    return queues_[kind].waiting.size();
}

std::vector<BatchWriter::Waiting*> BatchWriter::taken(Queue& queue) {
    const auto count = static_cast<std::ptrdiff_t>(std::min(queue.waiting.size(), rows_max));
    std::vector<Waiting*> batch{queue.waiting.begin(), queue.waiting.begin() + count};
    queue.waiting.erase(queue.waiting.begin(), queue.waiting.begin() + count);
    return batch;
}

/// Stores a batch, then hands its place to the first of those that wait, together with all of them, or gives it up.
/// Precondition: the caller holds the lock and one of the leaders' places.
void BatchWriter::lead_all(Queue& queue, std::vector<Waiting*> mine, std::unique_lock<std::mutex>& lock,
                           const Lead& lead) {
    lock.unlock();
    // Two statements that claim the same keys claim them in the same order, and cannot block each other.
    std::sort(mine.begin(), mine.end(), [](const Waiting* a, const Waiting* b) { return *a->row < *b->row; });
    std::vector<const Params*> rows;
    rows.reserve(mine.size());
    for (const auto* one : mine) rows.push_back(one->row);
    std::vector<RowResult> results;
    std::exception_ptr failure;
    std::optional<Fault> of_the_database;
    bool alone = false;
    try {
        results = lead(rows);
    } catch (const Fault& fault) {
        failure = std::current_exception();
        of_the_database = fault;
        alone = mine.size() > 1 && lies_in_a_row(fault.trouble());
    } catch (...) {
        failure = std::current_exception();
    }
    lock.lock();
    for (std::size_t i = 0; i < mine.size(); ++i) {
        if (!failure) mine[i]->result = std::move(results[i]);
        if (alone) mine[i]->alone = true;
        // Each gets a fault of its own, which nobody else lets go of.
        if (failure && !alone) {
            mine[i]->failure = of_the_database ? std::make_exception_ptr(*of_the_database) : failure;
        }
        mine[i]->changed.notify_one();
    }
    if (queue.waiting.empty()) {
        --queue.leaders;
    } else {
        auto next = taken(queue);
        auto& first = *next.front();
        first.batch = std::move(next);
        first.changed.notify_one();
    }
}

}  // namespace tideover::db
