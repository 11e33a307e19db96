// Each is one statement. That a token holds is asked each time: a session lives no longer.
#include "db/access/sessions.hpp"

#include "db/core/ids.hpp"
#include "db/core/query.hpp"

namespace tideover::db::sessions {
namespace {

const std::string hours = std::to_string(most_hours), minutes = std::to_string(idle_minutes);

/// Over the token `t`.
constexpr std::string_view holder =
    "t.authority_id, t.id, t.staff_id, coalesce(t.partner, ''), t.role, t.version, t.demo";

std::optional<tokens::Holder> holder_in(const pqxx::result& found) {
    if (found.empty()) return std::nullopt;
    const auto row = found[0];
    return tokens::Holder{{row[0].as<std::string>(), row[1].as<std::string>(), row[2].as<std::string>(),
                           row[3].as<std::string>(), *role_named(row[4].as<std::string>()), row[5].as<int>()},
                          row[6].as<bool>()};
}

}  // namespace

std::optional<tokens::Holder> begin(Database& database, const std::string& token_hash, const std::string& hash) {
    static const Query query{"session_begin", filled(R"(
WITH made AS (
    INSERT INTO session (authority_id, id, hash, token_id)
    SELECT t.authority_id, $1::uuid, $2, t.id FROM api_token t
    WHERE t.hash = $3 AND t.state = 'valid' AND NOT t.voided
    RETURNING authority_id, token_id
)
SELECT {holder} FROM made s JOIN api_token t ON t.authority_id = s.authority_id AND t.id = s.token_id)",
                                                     {{"holder", holder}})};
    return holder_in(database.query_once(query, {ids::fresh(), hash, token_hash}));
}

std::optional<tokens::Holder> find(Database& database, const std::string& hash) {
    static const Query query{"session_find", filled(R"(
WITH s AS MATERIALIZED (
    SELECT * FROM session
    WHERE hash = $1 AND ended_at IS NULL AND seen_at > clock_timestamp() - interval '{minutes} minutes'
          AND made_at > clock_timestamp() - interval '{hours} hours'
), used AS (
    UPDATE session u SET seen_at = clock_timestamp() FROM s
    WHERE u.hash = s.hash AND u.ended_at IS NULL AND s.seen_at < clock_timestamp() - interval '30 seconds'
)
SELECT {holder} FROM s JOIN api_token t ON t.authority_id = s.authority_id AND t.id = s.token_id
WHERE t.state = 'valid' AND NOT t.voided)",
                                                    {{"holder", holder}, {"hours", hours}, {"minutes", minutes}})};
    return holder_in(database.query_once(query, {hash}));
}

Told told(Database& database, const Principal& who, const std::string& hash) {
    static const Query query{"session_told", filled(R"(
SELECT s.name, a.name, coalesce(wire(x.made_at), ''), coalesce(wire(x.made_at + interval '{hours} hours'), ''),
       CASE WHEN x.id IS NULL THEN '' ELSE
           wire(least(x.made_at + interval '{hours} hours', clock_timestamp() + interval '{minutes} minutes')) END
FROM staff s JOIN authority a ON a.id = s.authority_id LEFT JOIN session x ON x.hash = $3
WHERE s.authority_id = $1 AND s.id = $2::uuid)",
                                                    {{"hours", hours}, {"minutes", minutes}})};
    const auto row = database.query_once(query, {who.authority, who.staff_id, hash})[0];
    return {.staff = row[0].as<std::string>(),
            .authority = row[1].as<std::string>(),
            .made_at = row[2].as<std::string>(),
            .ends_at = row[3].as<std::string>(),
            .idle_at = row[4].as<std::string>()};
}

void end(Database& database, const std::string& hash) {
    static const Query query{"session_end",
                             "UPDATE session SET ended_at = clock_timestamp() WHERE hash = $1 AND ended_at IS NULL"};
    database.query_once(query, {hash});
}

void forget_old(Database& database) {
    static const Query query{"session_forget_old", "SELECT forget_sessions()"};
    database.query_once(query, {});
}

}  // namespace tideover::db::sessions
