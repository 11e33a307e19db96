// What is kept of a council, and how much of it there is.
#include "db/access/council.hpp"

#include "domain/nouns.hpp"

namespace tideover::db::council {

void create(Connection& owner, const std::string& authority, const std::string& name) {
    static const Query query{"council_create", R"(
INSERT INTO authority (id, name) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET name = excluded.name)"};
    owner.run(query, {authority, name});
}

std::optional<Standing> standing(Connection& owner, const std::string& authority) {
    std::string records = "0";
    for (const auto* noun : nouns::all()) {
        if (noun->about_access) continue;
        records += " + (SELECT count(*) FROM " + std::string{noun->name} + " WHERE authority_id = $1)";
    }
    const Query query{"council_standing",
                      "SELECT name, (SELECT count(*) FROM staff WHERE authority_id = $1 AND state = 'employed'), "
                      "(SELECT count(*) FROM api_token WHERE authority_id = $1 AND state = 'valid'), " +
                          records +
                          ", (SELECT count(*) FROM entry WHERE authority_id = $1) FROM authority WHERE id = $1"};
    const auto found = owner.run(query, {authority});
    if (found.empty()) return std::nullopt;
    const auto row = found[0];
    return Standing{row[0].as<std::string>(), row[1].as<std::int64_t>(), row[2].as<std::int64_t>(),
                    row[3].as<std::int64_t>(), row[4].as<std::int64_t>()};
}

std::string name_of(Tx& tx) {
    static const Query query{"council_name", "SELECT name FROM authority WHERE id = $1"};
    const auto found = tx.run(query, {tx.authority()});
    return found.empty() ? tx.authority() : found[0][0].as<std::string>();
}

}  // namespace tideover::db::council
