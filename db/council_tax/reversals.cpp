// Asks for the posting taken back and for its reversal, each in one statement.
#include "db/council_tax/reversals.hpp"

namespace tideover::db::council_tax {

std::optional<TakenBack> hold_taken_back(Tx& tx, std::string_view posting) {
    static const Query query{"council_tax_taken_back", R"(
SELECT credit_pence > 0, ward, financial_year FROM council_tax_posting
WHERE authority_id = $1 AND id = $2::uuid AND NOT voided FOR SHARE)"};
    const auto found = tx.run(query, {tx.authority(), std::string{posting}});
    if (found.empty()) return std::nullopt;
    return TakenBack{found[0][0].as<bool>(), text_or_null(found[0][1]), text_or_null(found[0][2])};
}

bool is_reversed(Tx& tx, const std::string& posting) {
    static const Query query{"council_tax_is_reversed", R"(
SELECT FROM council_tax_posting WHERE authority_id = $1 AND reverses_id = $2::uuid AND NOT voided)"};
    return !tx.run(query, {tx.authority(), posting}).empty();
}

}  // namespace tideover::db::council_tax
