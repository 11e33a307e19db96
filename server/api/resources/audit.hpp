// Who did what, when and to which record; and the proof that none of it was changed since.
#pragma once

#include "server/api/call.hpp"

namespace tideover::resources {

Response audit_lines(Call& call);       // GET /v1/audit
Response audit_checkpoint(Call& call);  // GET /v1/audit/checkpoint

}  // namespace tideover::resources
