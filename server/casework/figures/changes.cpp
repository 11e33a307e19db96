// Compares what the figures come to, whatever changed them: entries, merges, or another definition.
#include "server/casework/figures/changes.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace tideover::casework {

namespace figures = db::figures;

std::vector<figures::Figure> figures_now(db::Tx& tx) {
    return figures::all(tx, figures::resolve(tx, std::nullopt).value(), std::nullopt);
}

std::string changes(const std::vector<figures::Figure>& before, const std::vector<figures::Figure>& after) {
    auto out = nlohmann::ordered_json::array();
    for (const auto& now : after) {
        const auto& h = now.headline;
        const auto then = std::find_if(before.begin(), before.end(),
                                       [&](const figures::Figure& one) { return one.headline.code == h.code; });
        const bool is_new = then == before.end();
        const auto change = now.value - (is_new ? 0 : then->value), live = now.live - (is_new ? 0 : then->live);
        if (change == 0 && live == 0) continue;
        out.push_back({{"code", h.code},
                       {"title", h.title},
                       {"unit", h.unit},
                       {"as_at", now.as_at},
                       {"change", change},
                       {"live_change", live}});
    }
    return out.dump();
}

}  // namespace tideover::casework
