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
    struct Sides {
        const figures::Figure *then = nullptr, *now = nullptr;
    };
    std::vector<Sides> all;
    for (const auto& now : after) all.push_back({nullptr, &now});
    for (const auto& then : before) {
        const auto same = std::find_if(all.begin(), all.end(), [&](const Sides& one) {
            return one.now != nullptr && one.now->headline.code == then.headline.code;
        });
        if (same == all.end()) {
            all.push_back({&then, nullptr});  // it is shown no longer
        } else {
            same->then = &then;
        }
    }
    auto out = nlohmann::ordered_json::array();
    for (const auto& [then, now] : all) {
        const auto& shown = now == nullptr ? *then : *now;
        const auto change = (now == nullptr ? 0 : now->value) - (then == nullptr ? 0 : then->value);
        const auto live = (now == nullptr ? 0 : now->live) - (then == nullptr ? 0 : then->live);
        if (change == 0 && live == 0) continue;
        out.push_back({{"code", shown.headline.code},
                       {"title", shown.headline.title},
                       {"unit", shown.headline.unit},
                       {"as_at", shown.as_at},
                       {"change", change},
                       {"live_change", live}});
    }
    return out.dump();
}

}  // namespace tideover::casework
