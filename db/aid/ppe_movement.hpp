// What a movement of protective equipment does to the issue that it takes back from.
#pragma once

#include <string_view>

namespace tideover::db::aid {

/// Units that came back are added to those of the issue, which is its next version.
inline constexpr std::string_view takes_back_on_create = R"(, taken AS (
    UPDATE ppe_movement m SET taken_back_units = m.taken_back_units + d.units, version = m.version + 1
    FROM {drafts} WHERE m.authority_id = d.authority_id AND m.id = d.issue_id RETURNING m.*
), taken_logged AS (
    INSERT INTO audit (authority_id, at, actor, token_id, action, record_kind, record_id, version, before, request_id)
    SELECT d.authority_id, d.recorded_at, d.recorded_by, d.its_token, 'take_back', 'ppe_movement', t.id, t.version,
           to_jsonb(t) || jsonb_build_object('taken_back_units', t.taken_back_units - d.units, 'version', t.version - 1),
           d.its_request
    FROM taken t JOIN draft d ON d.authority_id = t.authority_id AND d.issue_id = t.id))";

}  // namespace tideover::db::aid
