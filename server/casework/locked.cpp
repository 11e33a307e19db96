// One statement locks all of them, in one order.
#include "server/casework/locked.hpp"

#include <set>

#include "db/records/records.hpp"

namespace tideover::casework {

std::vector<Proposal> locked(db::Tx& tx, const Noun& noun, const std::vector<const Target*>& targets) {
    std::set<std::string_view> seen;
    std::vector<std::string> ids;
    std::vector<bool> again;
    for (const auto* target : targets) {
        again.push_back(!seen.insert(target->id).second);
        if (!again.back()) ids.push_back(target->id);
    }
    auto found = db::records::lock(tx, noun, ids);
    std::vector<Proposal> out;
    std::vector<std::string> changed;
    std::vector<std::size_t> places;
    std::size_t next = 0;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        auto& proposal = out.emplace_back(Proposal{.before = {}, .after = Record{noun.fields}});
        if (again[i]) {
            proposal.objection = VersionConflict{targets[i]->version + 1};
            continue;
        }
        auto& record = found[next++];
        if (!record) {
            proposal.objection = NotFound{};
        } else if (record->version != targets[i]->version) {
            proposal.objection = VersionConflict{record->version, {}};
            changed.push_back(targets[i]->id);
            places.push_back(i);
        } else {
            proposal.after = *record;
            proposal.before = std::move(record);
        }
    }
    auto last = db::records::last_changes(tx, changed);
    for (std::size_t i = 0; i < places.size(); ++i)
        std::get<VersionConflict>(*out[places[i]].objection).last_change = std::move(last[i]);
    return out;
}

}  // namespace tideover::casework
