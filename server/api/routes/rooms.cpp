// Paths and summaries follow from the noun and its steps.
#include "server/api/routes/rooms.hpp"

#include <algorithm>
#include <stdexcept>

#include "db/records/likeness.hpp"
#include "server/api/resources/audit.hpp"
#include "server/api/resources/records.hpp"

namespace tideover::rooms {
namespace {

/// "council-tax-accounts" as people read it.
std::string in_words(std::string_view path) {
    std::string out{path};
    for (auto& c : out) {
        if (c == '-') c = ' ';
    }
    return out;
}

const Step& step_at(const Noun& noun, std::string_view path) {
    for (const auto& step : noun.steps) {
        if (step.path == path) return step;
    }
    throw std::logic_error(std::string{noun.name} + " has no step " + std::string{path});
}

/// Whether a record shows the rows of that table itself.
bool has_list(const Noun& noun, std::string_view table) {
    return std::any_of(noun.fields.begin(), noun.fields.end(),
                       [&](const Field& field) { return field.rows != nullptr && field.rows->table == table; });
}

/// Who may read records of the noun.
Roles readers_of(std::span<const Room* const> rooms, const Noun& noun) {
    for (const auto* room : rooms) {
        for (const auto& block : room->nouns) {
            if (block.noun->name == noun.name) return block.read;
        }
    }
    return {};
}

void add(std::vector<Route>& out, const NounRoutes& block, std::span<const Room* const> rooms) {
    const auto& noun = *block.noun;
    const auto all = "/v1/" + std::string{noun.path}, one = all + "/{id}", words = in_words(noun.path);
    const auto route = [&](Action action, Verb verb, const std::string& path, Roles roles, Handler handler,
                           std::string summary, const Step* step = nullptr) {
        if (!roles.empty()) out.push_back({action, verb, path, roles, handler, std::move(summary), &noun, step});
    };
    route(Action::record, Verb::post, all, block.record, resources::record,
          noun.recording.empty() ? "Record " + std::string{noun.title} : std::string{noun.recording});
    route(Action::list, Verb::get, all, block.list, resources::list, "List " + words);
    route(Action::count, Verb::get, all + "/counts", block.list, resources::counts,
          "How many " + words + " there are of each sort");
    route(Action::read, Verb::get, one, block.read, resources::read, "Read one of the " + words);
    const auto about_one = [&](const std::string& path, Handler handler, std::string summary, Shape shape,
                               Roles also = roles::all | roles::everyone, const Step* step = nullptr) {
        const auto readers = block.read & also;
        if (readers.empty()) return;
        out.push_back({.action = Action::report,
                       .verb = Verb::get,
                       .path = one + path,
                       .roles = readers,
                       .handler = handler,
                       .summary = std::move(summary),
                       .step = step,
                       .shape = shape});
    };
    about_one("/history", resources::history, "What was done with it, by whom and why, and what it said before",
              {.schema = "AuditLine", .paged = true, .sorted = true, .csv = true}, roles::all);
    if (db::records::has_likenesses(noun)) {
        about_one("/likenesses", resources::likenesses, "Which others it may be one with, and why",
                  {.schema = "Likenesses"});
    }
    if (noun.mergeable) {
        about_one("/timeline", resources::timeline,
                  "Everything that names it, whatever it was merged with, the newest first",
                  {.schema = "TimelineItem", .paged = true, .csv = true});
    }
    if (noun.has_dated_fields()) {
        about_one("/facts", resources::facts, "What its dated fields were, from which day on, as known when",
                  {.parameters = resources::fact_parameters, .schema = "Facts"});
    }
    for (const auto* other : nouns::all()) {
        if (other->dated_reference(noun.name) == nullptr) continue;
        about_one("/" + std::string{other->path}, resources::named_by_day,
                  "Which " + in_words(other->path) + " it had, from which day on, as known when",
                  {.parameters = resources::fact_parameters, .schema = "NamedByDay"}, readers_of(rooms, *other));
    }
    for (const auto& row : block.steps) {
        if (row.path.empty()) continue;
        const auto& step = step_at(noun, row.path);
        const auto path = "/" + std::string{row.path};
        route(Action::step, Verb::post, one + path, row.roles, resources::advance, std::string{step.summary}, &step);
        if (!step.step_table.empty() && !has_list(noun, step.step_table))
            about_one(path, resources::steps_taken, "The " + in_words(row.path) + " of it, with all that was said", {},
                      roles::all, &step);
    }
    route(Action::correct, Verb::post, one + "/corrections", block.correct, resources::correct,
          "Correct, or void, what was recorded; what was said before is kept");
}

}  // namespace

Route route_of(const OtherRoute& row) {
    Route out{.action = row.action,
              .verb = row.verb,
              .path = std::string{row.path},
              .roles = row.roles,
              .handler = row.handler,
              .summary = std::string{row.summary},
              .shape = row.shape,
              .report = row.report,
              .counts = row.counts};
    if (row.report != nullptr) {
        out.shape = {.parameters = row.report->parameters, .schema = row.report->name, .paged = true, .csv = true};
    }
    return out;
}

std::vector<Route> routes_of(std::span<const Room* const> rooms) {
    std::vector<Route> out;
    for (const auto* room : rooms) {
        for (const auto& block : room->nouns) add(out, block, rooms);
        for (const auto& row : room->reads) out.push_back(route_of(row));
    }
    return out;
}

}  // namespace tideover::rooms
