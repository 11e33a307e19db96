// A second voucher of a family for one purpose and period is recorded, and says so: it may be meant.
#include "domain/aid/voucher.hpp"

#include "db/aid/deliveries.hpp"
#include "domain/aid/nouns.hpp"
#include "server/casework/rules.hpp"

namespace tideover::casework {
namespace {

constexpr Fields its{nouns::voucher_table::fields};

void name_alike(const Proposals& vouchers) {
    auto alike = db::aid::alike_vouchers(vouchers.tx, vouchers.after());
    for (std::size_t i = 0; i < vouchers.size(); ++i) {
        if (alike[i]) vouchers[i].after.set(its["alike_id"], std::move(alike[i]));
    }
}

}  // namespace

extern const Rules voucher_rules;
constinit const Rules voucher_rules{
    .noun = &nouns::voucher,
    .record = {name_alike},
};

}  // namespace tideover::casework
