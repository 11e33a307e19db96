// The list of what was published, the newest first.
#pragma once

#include "db/reports/report.hpp"

namespace tideover::db::figures {

extern const Report published;

}  // namespace tideover::db::figures
