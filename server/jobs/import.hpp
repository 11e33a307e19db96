// The job that reads a file: row by row through the rules of the API.
#pragma once

#include "server/jobs/job_runner.hpp"

namespace tideover {

/// Reads what of the file is not read yet. A hundred rows or so are stored, with what came of each, in a transaction of
/// their own, and a row at fault leaves the others as they are; or the whole file is one, and stands only where no row
/// is at fault. Throws JobFailed where the file is no table, or does not stand.
void run_import(JobRun& run);

}  // namespace tideover
