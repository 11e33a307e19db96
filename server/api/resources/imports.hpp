// Files of records: sent in, followed on their way, and what came of their rows.
#pragma once

#include <array>
#include <memory>
#include <string>

#include "domain/core/field.hpp"
#include "server/api/call.hpp"
#include "server/casework/imports/import_file.hpp"

namespace tideover::resources {

inline constexpr std::string_view delimiter_names[]{"comma", "semicolon", "tab", "bar"};

inline constexpr std::string_view import_modes[]{"good_rows", "all_or_nothing"};

inline constexpr std::array upload_parameters{
    flag("dry_run").says("Do everything but the writing: rows are checked, nothing is recorded."),
    choice("mode", import_modes)
        .says("Without it every good row is recorded; all_or_nothing records none where one is at fault, of at most "
              "100,000."),
    text("name", 1, 200).says("What the file is called, for people."),
    choice("delimiter", delimiter_names).says("What stands between cells. Without it: what the first row has most of."),
    text("profile", 3, 60)
        .in_form(Form::code)
        .says("How files of their origin are read: the code of an import profile."),
    text("sheet", 1, 100).says("Of a workbook: the sheet's name. Without it: the first that is not hidden."),
    count("header_row", 1, 1000)
        .says("The number of the row with the columns' names, where others stand above it. Without it: the first."),
    day("from").says(
        "The day from which on the file holds: what it says otherwise of dated fields of records that are there is a "
        "change from then on. Without it, it is a correction."),
    text("leave_out", 1, 2000).says("Names of columns that are not wanted, with commas between them."),
};

inline constexpr std::string_view upload_media[]{file_formats[0].media, file_formats[1].media, file_formats[2].media};

inline constexpr std::array cancellation_fields{
    text("reason", 3, 500).of_lines().says("Why, for whoever asked for it."),
};

inline constexpr std::array undoing_fields{
    text("reason", 3, 500).of_lines().needed().says("Why, for whoever reads the records later."),
};

/// What is known of a file when its first part is there. Throws Problem where the caller may not do what its rows say,
/// or the columns are none of theirs.
[[nodiscard]] std::shared_ptr<Upload> begin_file(const Call& call, const std::string& first_part);
void keep_part(db::Database& database, Upload& upload, const std::string& part);

Response import_file(Call& call);     // POST /v1/imports/{import}, where that is the path of what its rows are
Response import_read(Call& call);     // GET /v1/imports/{import}
Response import_errors(Call& call);   // GET /v1/imports/{id}/errors.csv
Response import_records(Call& call);  // GET /v1/imports/{id}/records
Response import_gone(Call& call);     // GET /v1/imports/{id}/gone
Response undo_import(Call& call);     // POST /v1/imports/{id}/undoings
Response job_read(Call& call);        // GET /v1/jobs/{id}
Response cancel_job(Call& call);      // POST /v1/jobs/{id}/cancellations

}  // namespace tideover::resources
