// The rules of all rooms.
#include "db/aid/likenesses.hpp"

#include <vector>

#include "db/grants/likenesses.hpp"
#include "db/helpline/likenesses.hpp"
#include "db/parties/likenesses.hpp"

namespace tideover::db::records {

std::span<const Likeness> likenesses() {
    static const auto all = [] {
        std::vector<Likeness> out;
        const auto add = [&](const auto& rules) { out.insert(out.end(), rules.begin(), rules.end()); };
        add(parties::likenesses);
        add(helpline::likenesses);
        add(aid::likenesses);
        add(grants::likenesses);
        return out;
    }();
    return all;
}

}  // namespace tideover::db::records
