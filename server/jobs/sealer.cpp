// Its thread has a connection of its own and survives the loss of it.
#include "server/jobs/sealer.hpp"

#include <memory>
#include <string_view>
#include <vector>

#include "db/core/connection.hpp"
#include "db/ledger/ledger.hpp"
#include "db/records/search.hpp"
#include "server/observe/log.hpp"
#include "server/observe/metrics.hpp"

namespace tideover {
namespace {

constexpr std::chrono::milliseconds period{1000};
constexpr int fold_timeout_ms = 600'000;  // a bulk load may leave a long tail to fold

}  // namespace

Sealer::Sealer(const std::string& conninfo) : thread_([this, conninfo] { work(conninfo); }) {}

Sealer::~Sealer() {
    {
        const std::scoped_lock lock{mutex_};
        stopping_ = true;
    }
    stop_.notify_all();
    thread_.join();
}

void Sealer::work(const std::string& conninfo) {
    std::unique_ptr<db::Connection> connection;
    const auto connected = [&]() -> db::Connection& {
        if (!connection) {
            connection = std::make_unique<db::Connection>(db::with_session_settings(conninfo, fold_timeout_ms));
        }
        return *connection;
    };
    // What fails for one council is tried again in a second, on another connection, and holds up no other.
    const auto attempt = [&](std::string_view failed, std::string_view of, const auto& step) {
        try {
            step(connected());
            return true;
        } catch (const std::exception&) {
            connection.reset();
            log::event("warning", failed, of);
            return false;
        }
    };
    const auto seal = [&](std::string_view of, const auto& step) {
        if (!attempt("seal-failed", of, step)) metrics::sealed(false);
    };
    for (;;) {
        std::vector<std::string> councils;
        seal("all", [&](db::Connection& c) { councils = db::ledger::authorities(c); });
        for (const auto& council : councils) {
            seal(council, [&](db::Connection& c) {
                db::audit_chain::Ends ends;
                if (db::ledger::seal(c, council, &ends)) metrics::sealed(true);
                db::audit_chain::extend(c, council, ends);
                db::ledger::fold(c, council);
            });
            attempt("words-not-learned", council, [&](db::Connection& c) { db::records::learn_words(c, council); });
        }
        std::unique_lock lock{mutex_};
        if (stop_.wait_for(lock, period, [this] { return stopping_; })) return;
    }
}

}  // namespace tideover
