// The report on jobs: what runs, for whom, and how far it is.
#pragma once

#include "db/reports/report.hpp"

namespace tideover::db::jobs {

extern const Report job_lines;

}  // namespace tideover::db::jobs
