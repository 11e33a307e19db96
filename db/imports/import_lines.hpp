// The report on imports: whose file, how far, and what came of its rows.
#pragma once

#include "db/reports/report.hpp"

namespace tideover::db::imports {

extern const Report import_lines;

}  // namespace tideover::db::imports
