// The job that undoes an import: what it recorded is made void, what it corrected is what it was.
#pragma once

#include "server/jobs/job_runner.hpp"

namespace tideover {

/// Tries first whether all of it can be undone; then does it, a hundred records or so at a time, the last row's
/// first. Throws JobFailed where work leans on any record, or one was changed since: then none is.
void run_import_undo(JobRun& run);

}  // namespace tideover
