// Both parties exist, and are not one already; a merge goes to the record that the other is counted as. One merge at a
// time, so that no two can close a circle.
#include "domain/parties/merge.hpp"

#include "db/parties/merges.hpp"
#include "db/records/references.hpp"
#include "domain/parties/nouns.hpp"
#include "server/casework/rules.hpp"

namespace tideover::casework {
namespace {

constexpr Fields its{nouns::merge_table::fields};

void check(db::Tx& tx, Proposal& merge) {
    auto& after = merge.after;
    const auto& kind = nouns::named(after.text(its["kind"]));
    for (const auto side : {its["from_id"], its["into_id"]}) {
        const std::string id{after.text(side)};
        if (!db::records::is_there(tx, kind, id) || !db::records::is_seen(tx, kind, id)) return merge.unknown(side);
    }
    const auto roots = db::parties::roots_of(tx, after);
    if (roots.from == roots.into) return merge.refuse(Refusal::already_merged, {}, {{kind.name, roots.into}});
    if (roots.too_many) {
        return merge.refuse(Refusal::already_merged,
                            "Too many merges in a row lead to it: reverse some of them, and merge those records into "
                            "this one directly.");
    }
    after.set(its["into_id"], roots.into);
}

void parties_differ(const Proposals& merges) {
    db::parties::hold_merges(merges.tx);
    for (auto* merge : merges) check(merges.tx, *merge);
}

void unlink(const Proposals& merges) {
    for (const auto* merge : merges) db::parties::unlink(merges.tx, merge->after);
}

}  // namespace

extern const Rules merge_rules;
constinit const Rules merge_rules{
    .noun = &nouns::merge,
    .record = {parties_differ},
    .steps = {{"reverse", {unlink}}},
    .one_by_one = true,
};

}  // namespace tideover::casework
