// Who may send in files of records, and see how far they are.
#include "db/imports/import_lines.hpp"
#include "db/jobs/job_lines.hpp"
#include "domain/imports/nouns.hpp"
#include "server/api/resources/imports.hpp"
#include "server/api/routes/rooms.hpp"

namespace tideover::rooms {
namespace {

using namespace roles;
using enum Action;

constexpr NounRoutes nouns_here[] = {
    {.noun = &nouns::import_profile, .record = staff, .list = all, .read = all, .correct = staff},
};

// clang-format off
constexpr OtherRoute reads_here[] = {
    {upload, "/v1/imports/{import}", staff | partner, resources::import_file,
     "Record, or take a step with, each row of a CSV file or a workbook, whose first row has names of fields, or each line of JSON: by whoever may do one",
     {.parameters = resources::upload_parameters, .schema = "Import", .takes = resources::upload_media}, false, nullptr, Verb::post},
    rooms::report("/v1/imports", db::imports::import_lines, all, "Files of records, the newest first"),
    {report, "/v1/imports/{import}", all, resources::import_read,
     "How far a file is, how its columns are understood, and its first hundred faults", {.schema = "Import"}},
    {report, "/v1/imports/{id}/errors.csv", all, resources::import_errors,
     "The rows at fault, with what is wrong: to be mended and sent again", {.csv = true}},
    {report, "/v1/imports/{id}/records", all, resources::import_records,
     "The records that were made of a file's rows", {.schema = "ImportedRecord", .paged = true, .csv = true}},
    {report, "/v1/imports/{id}/gone", all, resources::import_gone,
     "The records of its kind that none of a file's rows is about: what a whole register no longer has",
     {.schema = "GoneRecord", .paged = true, .csv = true}},
    {act, "/v1/imports/{id}/undoings", staff | partner, resources::undo_import,
     "Have what a file recorded made void, by somebody else than who sent it in: all of it, while no work leans on any",
     {.schema = "JobLine", .body = resources::undoing_fields}, false, nullptr, Verb::post},
    rooms::report("/v1/jobs", db::jobs::job_lines, all, "What runs by itself, for whom, and how far it is"),
    {report, "/v1/jobs/{id}", all, resources::job_read, "How far one of them is", {.schema = "JobLine"}},
    {act, "/v1/jobs/{id}/cancellations", staff | partner, resources::cancel_job,
     "Cancel a job, by who asked for it or an administrator: what it did until then stands", {.schema = "JobLine", .body = resources::cancellation_fields}, false, nullptr, Verb::post},
};
// clang-format on

}  // namespace

extern const Room jobs_room;
const Room jobs_room{.nouns = nouns_here, .reads = reads_here};

}  // namespace tideover::rooms
