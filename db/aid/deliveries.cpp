// Asks for movements, attempts and vouchers alike, each in one statement.
#include "db/aid/deliveries.hpp"

namespace tideover::db::aid {

std::optional<std::string> hold_movement_kind(Tx& tx, std::string_view movement, std::string_view hub) {
    static const Query query{"aid_movement_kind", R"(
SELECT kind FROM ppe_movement WHERE authority_id = $1 AND id = $2::uuid AND hub = $3 AND NOT voided FOR UPDATE)"};
    const auto found = tx.run(query, {tx.authority(), std::string{movement}, std::string{hub}});
    return found.empty() ? std::nullopt : text_or_null(found[0][0]);
}

std::optional<std::string> last_attempt(Tx& tx, const std::string& parcel) {
    static const Query query{"aid_last_attempt", R"(
SELECT max(attempted_on)::text FROM parcel_attempt
WHERE authority_id = $1 AND parcel_id = $2::uuid AND outcome IN ('no_answer', 'wrong_address'))"};
    return text_or_null(tx.run(query, {tx.authority(), parcel})[0][0]);
}

std::optional<std::string> alike_voucher(Tx& tx, const Record& voucher) {
    static const Query query{"aid_alike_voucher", R"(
SELECT v.id FROM members_of($1, root_of($1, $2::uuid, 9223372036854775807), 9223372036854775807) m(id)
CROSS JOIN LATERAL (SELECT * FROM voucher WHERE authority_id = $1 AND household_id = m.id OFFSET 0) v
WHERE v.purpose = $3 AND v.holiday_period = $4 AND NOT v.voided AND v.state NOT IN ('failed', 'cancelled', 'reissued')
ORDER BY v.recorded_at, v.id LIMIT 1)"};
    const auto found = tx.run(
        query, {tx.authority(), voucher.at("household_id"), voucher.at("purpose"), voucher.at("holiday_period")});
    return found.empty() ? std::nullopt : text_or_null(found[0][0]);
}

}  // namespace tideover::db::aid
