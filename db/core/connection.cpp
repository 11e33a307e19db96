// Connects without ever reconnecting, prepares on first use, and runs statements under a deadline.
#include "db/core/connection.hpp"

#include "db/core/fault.hpp"
#include "db/core/watchdog.hpp"

namespace tideover::db {

std::string with_session_settings(const std::string& conninfo, int statement_timeout_ms) {
    return conninfo +
           " connect_timeout=3 keepalives_idle=2 keepalives_interval=1 keepalives_count=3 tcp_user_timeout=4000"
           " application_name=tideover options='-c statement_timeout=" +
           std::to_string(statement_timeout_ms) +
           " -c lock_timeout=2000 -c idle_in_transaction_session_timeout=10000 -c timezone=UTC -c jit=off"
           " -c plan_cache_mode=force_generic_plan"  // each statement is planned once a connection, not once a request
           " -c client_min_messages=warning -c tcp_keepalives_idle=2 -c tcp_keepalives_interval=1"
           " -c tcp_keepalives_count=3 -c tcp_user_timeout=4000'";
}

Connection::Connection(const std::string& conninfo, std::chrono::milliseconds deadline)
    : connection_(conninfo), deadline_(deadline) {
    // A connection that reconnects by itself would lose a transaction without saying so. libpqxx 7 never does;
    // in 6.4 this call, deprecated for that reason, is how to be safe.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
    connection_.inhibit_reactivation(true);
#pragma GCC diagnostic pop
    session_ = std::make_unique<pqxx::nontransaction>(connection_);
}

void Connection::expect_no_warning() {
    if (warnings_.any()) throw Fault{Trouble::in_doubt, {}, "a warning at COMMIT"};
}

pqxx::result Connection::run(const Query& query, const Params& params) {
    const Watch watch{connection_.sock(), deadline_};
    const auto [known, added] = prepared_.emplace(query.name, query.text);
    if (known->second != query.text) throw std::logic_error("two statements have the name " + query.name);
    if (added) connection_.prepare(query.name, query.sql);
    if (++runs_ == replanned_at_) {
        session_->exec("DISCARD PLANS");
        replanned_at_ *= 2;
    }
    return session_->exec_prepared(query.name, pqxx::prepare::make_dynamic_params(params));
}

pqxx::result Connection::run(const Statement& statement) {
    const Watch watch{connection_.sock(), deadline_};
    session_->exec("SET LOCAL plan_cache_mode = force_custom_plan");
    return session_->exec_params(statement.sql(), pqxx::prepare::make_dynamic_params(statement.params()));
}

void Connection::each(const Statement& query, const std::function<void(const pqxx::row&)>& take) {
    constexpr pqxx::result::size_type at_once = 2000;
    const std::string fetch = "FETCH " + std::to_string(at_once) + " FROM each_row";
    run(Statement{"DECLARE each_row NO SCROLL CURSOR FOR " + query.sql(), query.params()});
    for (auto rows = run(fetch);; rows = run(fetch)) {
        for (const auto& row : rows) take(row);
        if (rows.size() < at_once) break;
    }
    run("CLOSE each_row");
}

pqxx::result Connection::run(const std::string& sql) {
    const Watch watch{connection_.sock(), deadline_};
    return session_->exec(sql);
}

}  // namespace tideover::db
