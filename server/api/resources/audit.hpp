// Who did what, when and to which record; and the proof that none of it was changed since.
#pragma once

#include <array>

#include "domain/core/field.hpp"
#include "server/api/call.hpp"

namespace tideover::resources {

inline constexpr std::array audit_parameters{
    id("record", "").says("Only changes of this record."),
    id("subject", "")
        .says(
            "Only changes of records that are about this party, or ever counted for it, whatever it was merged with."),
    id("staff", "").says("Only what this member of staff did, through any login."),
    instant("from").may_be_ahead().says("Only what was done at this instant or later."),
    instant("until").may_be_ahead().says("Only what was done before this instant."),
};

Response audit_lines(Call& call);       // GET /v1/audit
Response history(Call& call);           // GET /v1/calls/{id}/history: the same of one record, for whoever reads it
Response audit_checkpoint(Call& call);  // GET /v1/audit/checkpoint

}  // namespace tideover::resources
