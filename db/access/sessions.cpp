// Each is one statement. That a token holds is asked each time: a session lives no longer.
#include "db/access/sessions.hpp"

#include "db/core/ids.hpp"
#include "db/core/query.hpp"

namespace tideover::db::sessions {
namespace {

const std::string hours = std::to_string(most_hours), minutes = std::to_string(idle_minutes);

/// Over the session `s` and its token `t`.
const std::string told = filled(R"(s.id, wire(s.made_at), wire(s.made_at + interval '{hours} hours'),
       wire(least(s.made_at + interval '{hours} hours', clock_timestamp() + interval '{minutes} minutes')),
       t.authority_id, t.id, t.staff_id, coalesce(t.partner, ''), t.role, t.version, t.demo)",
                                {{"hours", hours}, {"minutes", minutes}});

std::optional<Session> session_in(const pqxx::result& found) {
    if (found.empty()) return std::nullopt;
    const auto row = found[0];
    return Session{.id = row[0].as<std::string>(),
                   .made_at = row[1].as<std::string>(),
                   .ends_at = row[2].as<std::string>(),
                   .idle_at = row[3].as<std::string>(),
                   .holder = {{row[4].as<std::string>(), row[5].as<std::string>(), row[6].as<std::string>(),
                               row[7].as<std::string>(), *role_named(row[8].as<std::string>()), row[9].as<int>()},
                              row[10].as<bool>()}};
}

}  // namespace

std::optional<Session> begin(Database& database, const std::string& token_hash, const std::string& hash) {
    static const Query query{"session_begin", filled(R"(
WITH made AS (
    INSERT INTO session (authority_id, id, hash, token_id)
    SELECT t.authority_id, $1::uuid, $2, t.id FROM api_token t
    WHERE t.hash = $3 AND t.state = 'valid' AND NOT t.voided
    RETURNING *
)
SELECT {told} FROM made s JOIN api_token t ON t.authority_id = s.authority_id AND t.id = s.token_id)",
                                                     {{"told", told}})};
    return session_in(database.query_once(query, {ids::fresh(), hash, token_hash}));
}

std::optional<Session> find(Database& database, const std::string& hash) {
    static const Query query{"session_find", filled(R"(
WITH s AS MATERIALIZED (
    SELECT * FROM session
    WHERE hash = $1 AND ended_at IS NULL AND seen_at > clock_timestamp() - interval '{minutes} minutes'
          AND made_at > clock_timestamp() - interval '{hours} hours'
), used AS (
    UPDATE session u SET seen_at = clock_timestamp() FROM s
    WHERE u.hash = s.hash AND u.ended_at IS NULL AND s.seen_at < clock_timestamp() - interval '30 seconds'
)
SELECT {told} FROM s JOIN api_token t ON t.authority_id = s.authority_id AND t.id = s.token_id
WHERE t.state = 'valid' AND NOT t.voided)",
                                                    {{"told", told}, {"hours", hours}, {"minutes", minutes}})};
    return session_in(database.query_once(query, {hash}));
}

void end(Database& database, const std::string& hash) {
    static const Query query{"session_end",
                             "UPDATE session SET ended_at = clock_timestamp() WHERE hash = $1 AND ended_at IS NULL"};
    database.query_once(query, {hash});
}

Names names(Database& database, const Principal& who) {
    static const Query query{"session_names", R"(
SELECT s.name, a.name FROM staff s JOIN authority a ON a.id = s.authority_id
WHERE s.authority_id = $1 AND s.id = $2::uuid)"};
    const auto row = database.query_once(query, {who.authority, who.staff_id})[0];
    return {row[0].as<std::string>(), row[1].as<std::string>()};
}

void forget_old(Database& database) {
    static const Query query{"session_forget_old", "SELECT forget_sessions()"};
    database.query_once(query, {});
}

}  // namespace tideover::db::sessions
