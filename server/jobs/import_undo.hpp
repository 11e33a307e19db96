// The job that undoes an import: what it recorded is made void.
#pragma once

#include "server/jobs/job_runner.hpp"

namespace tideover {

/// Tries first whether all of it can be made void; then does it, a hundred records or so at a time, the last row's
/// first. Throws JobFailed where work leans on any of them: then none is.
void run_import_undo(JobRun& run);

}  // namespace tideover
