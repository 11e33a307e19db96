// The job that reads a file of records: row by row through the rules of the API, a thousand at a time.
#pragma once

#include "server/jobs/job_runner.hpp"

namespace tideover {

/// Reads what of the file is not read yet. Each part is stored, with what came of its rows, in a transaction of its
/// own: a row at fault leaves the others as they are. Throws JobFailed where the file is no table.
void run_import(const JobRun& run);

}  // namespace tideover
