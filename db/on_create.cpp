// The nouns whose creation does more than to store a record. Their SQL is in the rooms.
#include "db/records/on_create.hpp"

#include <array>

#include "db/aid/ppe_movement.hpp"
#include "db/parties/merges.hpp"
#include "domain/aid/nouns.hpp"
#include "domain/parties/nouns.hpp"

namespace tideover::db::records {

std::span<const OnCreate> on_create() {
    static const std::array all{
        OnCreate{&nouns::merge, std::string{parties::links_on_create}},
        OnCreate{&nouns::ppe_movement, aid::takes_back_on_create()},
    };
    return all;
}

}  // namespace tideover::db::records
