// What is not there, or void, is another rule's to say.
#include "server/casework/grants/shared.hpp"

#include "db/grants/awards.hpp"
#include "db/records/running_sum.hpp"
#include "domain/grants/application.hpp"

namespace tideover::casework::grants {

constexpr Fields its{nouns::application_table::fields};

void premises_are_theirs(const Proposals& applications) {
    const auto some = applications.where([](const Proposal& one) { return one.after.has(its["premises_id"]); });
    if (some.empty()) return;
    const auto theirs = db::grants::premises_are_theirs(some.tx, some.after());
    for (std::size_t i = 0; i < some.size(); ++i) {
        if (theirs[i] == false)
            some[i].fault(its["premises_id"], "not_theirs", "These premises belong to another business.");
    }
}

void commit_allocation(db::Tx& tx, std::string_view scheme, std::int64_t pence) {
    tx.last([scheme = std::string{scheme}, pence](db::Tx& at_last) {
        db::records::add_to_running_sum(at_last, {"scheme", "committed_pence", "code"}, scheme, pence,
                                        pence < 0 ? "release" : "commit");
    });
}

}  // namespace tideover::casework::grants
