// A file is kept as it comes, and read by a job: what can be said of its columns is said before it is taken.
#include "server/api/resources/imports.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "db/core/digest.hpp"
#include "db/core/ids.hpp"
#include "db/imports/imports.hpp"
#include "db/jobs/job_lines.hpp"
#include "db/jobs/jobs.hpp"
#include "db/records/naming.hpp"
#include "db/records/records.hpp"
#include "domain/core/uuid.hpp"
#include "domain/imports/import_kinds.hpp"
#include "domain/imports/nouns.hpp"
#include "server/api/media.hpp"
#include "server/api/paging.hpp"
#include "server/api/parameters.hpp"
#include "server/api/problem.hpp"
#include "server/api/router.hpp"
#include "server/casework/imports/import_file.hpp"
#include "server/formats/cells.hpp"
#include "server/formats/csv_reader.hpp"
#include "server/formats/json.hpp"
#include "server/formats/ndjson_reader.hpp"
#include "server/formats/record_json.hpp"
#include "server/formats/zip_archive.hpp"

namespace tideover::resources {
namespace {

using nlohmann::json;
namespace imports = db::imports;

constexpr std::string_view delimiters = ",;\t|";
static_assert(delimiters.size() == std::size(delimiter_names));

/// A file on its way.
struct File : Upload {
    imports::Import import{};
    std::string authority{};
    int parts = 0;
    db::Sha256 digest{};
};

/// Who may do one of what a file has many of: nobody, where no route does.
Roles who_may(const ImportKind& kind) {
    for (const auto& route : routes()) {
        const bool is_it = kind.step == nullptr ? route.action == Action::record && route.noun->name == kind.noun->name
                                                : route.action == Action::step && route.step == kind.step;
        if (is_it) return route.roles;
    }
    return {};
}

/// Whether the caller may correct records of the kind.
bool may_correct(const Call& call, const ImportKind& kind) {
    const auto all = routes();
    return std::any_of(all.begin(), all.end(), [&](const Route& route) {
        return route.action == Action::correct && route.noun->name == kind.noun->name &&
               route.roles.has(call.principal.role);
    });
}

/// Throws Problem where there is no such kind, or the caller may not do one of it.
const ImportKind& kind_to_import(const Call& call) {
    const auto* kind = import_kind(call.arguments.front());
    if (kind == nullptr || who_may(*kind).empty()) {
        std::string all;
        for (const auto& one : import_kinds()) {
            if (!who_may(one).empty()) all += (all.empty() ? "" : ", ") + one.path;
        }
        throw Problem{"not-found", "Files hold none of these. There are: " + all + "."};
    }
    const auto roles = who_may(*kind);
    if (!roles.has(call.principal.role))
        throw Problem{"forbidden", "It takes one of these roles: " + names_of(roles) + "."};
    return *kind;
}

std::optional<char> delimiter_said(const Record& said) {
    const auto field = Fields{upload_parameters}["delimiter"];
    if (!said.has(field)) return std::nullopt;
    const auto at = std::find(std::begin(delimiter_names), std::end(delimiter_names), said.text(field));
    return delimiters[static_cast<std::size_t>(at - std::begin(delimiter_names))];
}

/// The rows of a text, as far as its first part has them.
std::unique_ptr<RowReader> rows_of_part(const std::string& part, const std::string& format,
                                        std::optional<char> delimiter) {
    EncodingFinder finder;
    finder.add(part);
    const auto bytes = [&] {
        return to_utf8(
            [part, given = false](std::string& more) mutable {
                if (std::exchange(given, true)) return false;
                more += part;
                return !part.empty();
            },
            finder.found());
    };
    if (format == "csv") return std::make_unique<CsvReader>(bytes(), delimiter.value_or('\0'));
    // Its columns are those that its first lines have, and what is met later.
    NdjsonReader lines{bytes()};
    for (SourceRow row; lines.next(row);) {
    }
    return std::make_unique<NdjsonReader>(bytes(), lines.names());
}

/// The columns' names. Throws Problem where they cannot be read.
std::vector<std::string> names_in(RowReader& rows, std::int64_t from) {
    SourceRow row;
    if (!rows.header(row, from) || row.cells.empty()) {
        throw Problem{"invalid-fields", from == 1 ? "The file is empty: its first row has the columns' names."
                                                  : "The file has no such header_row, or not near its beginning."};
    }
    if (!row.fault.empty()) {
        throw Problem{"invalid-fields", "The row with the columns' names cannot be read. " +
                                            std::string{words_of(row.fault)} + " Nothing was stored."};
    }
    return row.cells;
}

/// Throws Problem where the columns are none of the noun's.
std::string columns_told(const Call& call, const ImportKind& kind, const std::vector<std::string>& header,
                         const TableReading& reading, std::string_view format) {
    const auto& who = call.principal;
    auto found = columns_of(kind, header, reading,
                            who.role == Role::partner && kind.step == nullptr ? kind.noun->owner : std::string_view{});
    // Lines of JSON need not have what few of them say.
    const auto skipped_by = format == "ndjson" ? std::string{} : RowFilter::missing(header, reading);
    if (!skipped_by.empty())
        found.faults.push_back(
            {skipped_by, "missing_column", "The profile leaves out rows by it, and it is not there."});
    if (found.faults.empty()) return json_of(found.columns);
    for (auto& fault : found.faults) {
        const auto is_it = [&](const ColumnOf& column) { return column.name == fault.pointer; };
        const auto at = std::find_if(found.columns.begin(), found.columns.end(), is_it);
        fault.detail = "Column '" + fault.pointer + "': " + fault.detail;
        fault.pointer = "/columns";
        if (at != found.columns.end()) fault.pointer += "/" + std::to_string(at - found.columns.begin());
    }
    throw Problem{"invalid-fields", "The columns cannot be taken as they are. Nothing was stored.",
                  std::move(found.faults)};
}

/// The id in the path. Throws Problem where it is none.
const std::string& id_said(const Call& call) {
    if (!is_uuid(call.arguments.front())) throw Problem{"not-found"};
    return call.arguments.front();
}

std::string import_told(Call& call, const std::string& id) {
    std::vector<std::string> kinds;
    for (const auto& kind : import_kinds()) {
        if (who_may(kind).has(call.principal.role)) kinds.push_back(kind.path);
    }
    std::optional<std::string> found;
    call.database.read(call.principal, [&](db::Tx& tx) { found = imports::read(tx, id, kinds); });
    if (!found) throw Problem{"not-found"};
    return *found;
}

/// The file becomes an import, unless it is one already: its id.
db::Accepted accepted(Call& call, const imports::Import& import) {
    const auto& key = call.request.idempotency_key;
    // The bytes themselves make it safe to repeat; a key may be given as well.
    const db::Intent intent{.principal = call.principal,
                            .route = "POST " + call.address(),
                            .key = key.empty() ? import.id : key,
                            .fingerprint = import.sha256,
                            .request_id = call.request.request_id};
    for (bool again = false;; again = true) {
        try {
            return *call.database.write(intent, [&](db::Tx& tx) -> std::optional<db::Accepted> {
                const auto earlier = imports::same(tx, import);
                if (!earlier) imports::add(tx, import);
                return db::Accepted{.status = earlier ? 200 : 202,
                                    .location = "/v1/imports/" + earlier.value_or(import.id)};
            });
        } catch (const db::Fault& fault) {
            // Its twin came first.
            if (again || fault.constraint() != "import_once") throw;
        }
    }
}

}  // namespace

namespace {

/// How files of that origin are read. Throws Problem where there is no such profile, or it is of another kind.
TableReading profile_named(const Call& call, const ImportKind& kind, const std::string& code) {
    const auto& noun = nouns::import_profile;
    std::optional<db::records::Seen> found;
    call.database.read(call.principal, [&](db::Tx& tx) {
        const auto ids = db::records::named_by(tx, noun, "code", {code}).front();
        if (ids.size() == 1) found = db::records::read(tx, noun, ids.front());
    });
    const auto profile = found ? json::parse(found->body) : json{};
    const auto refuse = [](std::string fault, std::string detail) {
        return Problem{"invalid-parameter", "profile: " + detail, {{"profile", std::move(fault), std::move(detail)}}};
    };
    if (!found || profile.at("voided") == true)
        throw refuse("unknown_reference", "There is no such profile: /v1/import-profiles lists them.");
    if (profile.at("kind") != kind.path)
        throw refuse("wrong_kind", "It is of files of " + profile.at("kind").get<std::string>() + ".");
    auto reading = reading_of(profile);
    reading.profile = profile.at("code").get<std::string>() + ", version " + profile.at("version").dump();
    return reading;
}

/// What the caller says of how the file is read: a profile, and what stands in place of some of it.
TableReading reading_said(const Call& call, const ImportKind& kind, bool is_workbook, const Record& said) {
    const auto refuse = [](const char* name, std::string detail) {
        return Problem{"invalid-parameter", std::string{name} + ": " + detail, {{name, "not_here", std::move(detail)}}};
    };
    if (said.has(by_name("sheet")) && !is_workbook) throw refuse("sheet", "Only a workbook has sheets.");
    if (said.has(by_name("from")) && (kind.step != nullptr || !kind.noun->has_dated_fields()))
        throw refuse("from", "Nothing of such records is kept by day.");
    const auto text = [&](std::string_view name) { return std::string{said.text(by_name(name))}; };
    TableReading out;
    if (said.has(by_name("profile"))) out = profile_named(call, kind, text("profile"));
    if (said.has(by_name("sheet"))) out.sheet = text("sheet");
    if (said.has(by_name("header_row"))) out.header_row = said.number(by_name("header_row"));
    if (said.has(by_name("from"))) out.from = text("from");
    if (said.has(by_name("leave_out"))) out.left_out = names_between_commas(text("leave_out"));
    return out;
}

}  // namespace

std::shared_ptr<Upload> begin_file(const Call& call, const std::string& first_part) {
    const auto& kind = kind_to_import(call);
    const auto said = parameters_said(call);
    const auto text = [&](std::string_view name) {
        return said.has(by_name(name)) ? std::string{said.text(by_name(name))} : std::string{};
    };
    const auto media = media_type(call.request.content_type);
    const auto* format =
        std::find_if(file_formats.begin(), file_formats.end(), [&](const auto& one) { return one.media == media; });
    const auto reading = reading_said(call, kind, format->name == "workbook", said);
    auto file = std::make_shared<File>();
    file->import = {.id = db::ids::fresh(),
                    .kind = kind.path,
                    .name = text("name"),
                    .dry_run = call.dry_run(),
                    .all_or_nothing = text("mode") == import_modes[1],
                    .may_correct = may_correct(call, kind),
                    .format = std::string{format->name},
                    .reading = json_of(reading)};
    file->authority = call.principal.authority;
    // What a workbook has is known when all of it is there.
    if (format->name == "workbook") return file;
    const auto rows = rows_of_part(first_part, file->import.format, delimiter_said(said));
    file->import.columns = columns_told(call, kind, names_in(*rows, reading.header_row), reading, format->name);
    if (const auto* csv = dynamic_cast<const CsvReader*>(rows.get())) file->import.delimiter = csv->delimiter();
    return file;
}

void keep_part(db::Database& database, Upload& upload, const std::string& part) {
    auto& file = dynamic_cast<File&>(upload);
    if (part.empty()) return;
    imports::keep_part(database, file.authority, file.import.id, ++file.parts, part);
    file.import.bytes += static_cast<std::int64_t>(part.size());
    file.digest.add(part);
}

namespace {

/// Finds the columns of a workbook's sheet.
void look_into(const Call& call, imports::Import& import) {
    const auto reading = reading_of(json::parse(import.reading));
    const auto rows = rows_of(call.database, call.principal.authority, import, true);
    import.columns =
        columns_told(call, kind_to_import(call), names_in(*rows, reading.header_row), reading, import.format);
}

}  // namespace

Response import_file(Call& call) {
    auto& file = dynamic_cast<File&>(*call.request.upload);
    file.import.sha256 = file.digest.hex();
    const auto forget = [&] { imports::forget_parts(call.database, call.principal.authority, file.import.id); };
    db::Accepted told;
    try {
        if (file.import.format == "workbook") look_into(call, file.import);
        told = accepted(call, file.import);
    } catch (const BadArchive& wrong) {
        forget();
        throw Problem{"invalid-fields", wrong.what() + std::string{" Nothing was stored."}};
    } catch (const Problem&) {
        forget();
        throw;
    } catch (const db::KeyReused&) {
        forget();
        throw;
    }
    // After any other fault it may stand all the same, and needs its bytes: those of none are forgotten after a day.
    const auto id = told.location.substr(told.location.rfind('/') + 1);
    if (id != file.import.id) forget();
    Response response{.status = told.status};
    try {
        response.body = import_told(call, id);
    } catch (const Problem&) {
        throw Problem{"wrong-state", "The same file was sent in by somebody whose imports you do not see."};
    }
    response.headers.emplace_back("Location", told.location);
    if (told.replayed) response.headers.emplace_back("Idempotency-Replayed", "true");
    return response;
}

Response import_read(Call& call) {
    return {.body = import_told(call, id_said(call))};
}

namespace {

/// The import's kind and columns, of one whose kind the caller may record, as its rows are what they know.
imports::Header header_told(Call& call) {
    const auto& id = id_said(call);
    std::optional<imports::Header> found;
    call.database.read(call.principal, [&](db::Tx& tx) { found = imports::header(tx, id); });
    if (!found) throw Problem{"not-found"};
    return *found;
}

}  // namespace

Response import_errors(Call& call) {
    const auto header = header_told(call);
    const auto* kind = import_kind(header.kind);
    if (kind == nullptr || !who_may(*kind).has(call.principal.role)) {
        throw Problem{"forbidden", "What stood in the rows is seen by those who may do the same."};
    }
    if (header.forgotten) {
        throw Problem{"wrong-state", "Rows at fault are kept for " + std::string{imports::faulty_days} +
                                         " days after their import has ended: send the file again."};
    }
    // Columns that an earlier error file added are not added twice.
    auto names = header.columns;
    const auto added = std::size(error_columns);
    if (names.size() > added && std::equal(std::begin(error_columns), std::end(error_columns), names.end() - added))
        names.resize(names.size() - added);
    const auto theirs = names.size();
    names.insert(names.end(), std::begin(error_columns), std::end(error_columns));
    std::vector<Column> columns;
    for (auto& name : names) columns.push_back({std::move(name)});
    ListFile file{call, Format::csv, columns};
    call.database.read(call.principal, [&](db::Tx& tx) {
        file.fill([&](TableFile& table) {
            std::vector<Cell> cells;
            imports::each_faulty(tx, call.arguments.front(), [&](const imports::FaultyRow& row) {
                cells.assign(columns.size(), std::nullopt);
                for (std::size_t i = 0; i < theirs && i < row.cells.size(); ++i) cells[i] = row.cells[i];
                const std::string_view errors[]{row.number, row.fields, row.codes, row.messages};
                std::copy(std::begin(errors), std::end(errors), cells.begin() + static_cast<std::ptrdiff_t>(theirs));
                table.row(cells);
            });
        });
    });
    return file.answer();
}

Response import_records(Call& call) {
    static const std::vector<Column> columns{
        {"row", Kind::count}, {"outcome"}, {"kind"}, {"id", Kind::id}, {"reference"}, {"href"}, {"voided", Kind::flag}};
    const auto header = header_told(call);
    const auto* kind = import_kind(header.kind);
    if (kind == nullptr || !may_read(call.principal.role, *kind->noun)) throw Problem{"forbidden"};
    return pages_of(call, cursor_said(call, Kind::count), columns,
                    [&](db::Tx& tx, const std::string& after, int limit) {
                        return imports::records(tx, *kind->noun, call.arguments.front(), after, limit);
                    });
}

Response import_gone(Call& call) {
    static const std::vector<Column> columns{{"kind"}, {"id", Kind::id}, {"reference"}, {"href"}, {"title"}};
    const auto header = header_told(call);
    const auto* kind = import_kind(header.kind);
    if (kind == nullptr || kind->step != nullptr) throw Problem{"wrong-state", "Its rows are steps, and no register."};
    if (!may_read(call.principal.role, *kind->noun)) throw Problem{"forbidden"};
    return pages_of(call, cursor_said(call, Kind::id), columns, [&](db::Tx& tx, const std::string& after, int limit) {
        return imports::gone(tx, *kind->noun, &may_read, call.arguments.front(), after, limit);
    });
}

namespace {

/// Throws Problem where the caller sees no such job.
std::string job_told(db::Tx& tx, const std::string& id) {
    Record said{db::jobs::job_lines.parameters};
    said.set(by_name("id"), id);
    auto found = db::rows_of(tx, db::jobs::job_lines, said, {}, 1).items;
    if (found.empty()) throw Problem{"not-found"};
    return std::move(found.front());
}

/// An act on what is no record: its body is read by the fields of its route, and it is done once for its key.
Response act_once(Call& call, const std::function<db::Accepted(db::Tx&, const Record& said)>& act) {
    const auto body = read_object(call.request.body);
    const auto intent = call.intent(canonical(body));
    auto decoded = decode(call.route.shape.body, body, Reading::whole, call.now);
    if (!decoded.faults.empty()) throw Problem{"invalid-fields", {}, std::move(decoded.faults)};
    const auto told = call.database.write(intent, [&](db::Tx& tx) { return std::optional{act(tx, decoded.record)}; });
    Response response{.status = told->status, .body = told->body};
    if (!told->location.empty()) response.headers.emplace_back("Location", told->location);
    if (told->replayed) response.headers.emplace_back("Idempotency-Replayed", "true");
    return response;
}

}  // namespace

Response undo_import(Call& call) {
    return act_once(call, [&](db::Tx& tx, const Record& said) {
        const auto& id = id_said(call);
        const auto found = imports::undoable(tx, id);
        if (!found) throw Problem{"not-found"};
        const auto* kind = import_kind(found->kind);
        if (kind == nullptr || kind->step != nullptr)
            throw Problem{"wrong-state", "Steps are not undone: correct the records that took them."};
        if (!may_correct(call, *kind)) throw Problem{"forbidden", "It takes a role that may make such records void."};
        if (found->own) throw Problem{"own-import"};
        if (!found->ready)
            throw Problem{"wrong-state", "It was a rehearsal, has not ended well, or is undone already."};
        const auto undo = db::ids::fresh();
        imports::add_undo(tx, undo, id, std::string{said.text(by_name("reason"))});
        return db::Accepted{.status = 200, .body = job_told(tx, undo), .location = "/v1/jobs/" + undo};
    });
}

Response job_read(Call& call) {
    Response response;
    call.database.read(call.principal, [&](db::Tx& tx) { response.body = job_told(tx, id_said(call)); });
    return response;
}

Response cancel_job(Call& call) {
    return act_once(call, [&](db::Tx& tx, const Record& said) {
        const auto& id = id_said(call);
        const auto by = nlohmann::json::parse(job_told(tx, id)).at("by").at("id").get<std::string>();
        if (by != call.principal.staff_id && call.principal.role != Role::admin)
            throw Problem{"forbidden", "A job is cancelled by who asked for it, or by an administrator."};
        if (!db::jobs::cancel(tx, id, said.at(by_name("reason"))))
            throw Problem{"wrong-state", "The job has ended already."};
        return db::Accepted{.status = 200, .body = job_told(tx, id)};
    });
}

}  // namespace tideover::resources
