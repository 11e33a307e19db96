// Takes a page from rows, and sees by the row after it that it is not the last.
#include "db/core/page.hpp"

namespace tideover::db {

Listed listed(const pqxx::result& found, int limit) {
    Listed out;
    for (const auto& row : found) {
        if (static_cast<int>(out.items.size()) == limit) {
            out.next = found[static_cast<pqxx::result::size_type>(limit - 1)][1].as<std::string>();
            break;
        }
        out.items.push_back(row[0].as<std::string>());
    }
    return out;
}

}  // namespace tideover::db
