// Handles requests about records, once for all nouns: decode, casework, reply.
#include "server/api/resources/records.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "db/records/counts.hpp"
#include "db/records/facts.hpp"
#include "db/records/likeness.hpp"
#include "db/records/record_sql.hpp"
#include "db/records/records.hpp"
#include "db/records/references.hpp"
#include "db/records/search.hpp"
#include "db/records/timeline.hpp"
#include "domain/core/completion.hpp"
#include "server/api/cursor.hpp"
#include "server/api/list_query.hpp"
#include "server/api/paging.hpp"
#include "server/api/parameters.hpp"
#include "server/api/problem.hpp"
#include "server/api/router.hpp"
#include "server/casework/records.hpp"
#include "server/casework/search.hpp"
#include "server/formats/csv.hpp"
#include "server/formats/json.hpp"
#include "server/formats/record_json.hpp"

namespace tideover::resources {
namespace {

using nlohmann::json;
namespace store = db::records;

constexpr std::array correction_table{
    text("reason", 3, 1000).of_lines().needed().says("Why, for whoever reads the record later."),
};
/// The same of records that have dated fields.
constexpr std::array dated_correction_table{
    correction_table[0],
    day("from").says(
        "The day from which on the dated fields among the changes are so: it was otherwise before, and that was no "
        "mistake. Without it, they are corrected."),
};

[[noreturn]] void refuse_fields(std::vector<FieldFault> faults) {
    throw Problem{"invalid-fields", {}, std::move(faults)};
}

Response reply(const casework::Stored& stored) {
    const auto& accepted = stored.accepted;
    Response response{.status = accepted.status, .body = accepted.body};
    if (!accepted.etag.empty()) response.headers.emplace_back("ETag", accepted.etag);
    if (!accepted.location.empty()) response.headers.emplace_back("Location", accepted.location);
    if (accepted.replayed) response.headers.emplace_back("Idempotency-Replayed", "true");
    if (!stored.secret.empty()) {
        response.body.pop_back();
        response.body += R"(,"token":")" + stored.secret + "\"}";
    }
    return response;
}

/// Of the records that stand in the way those that the asker may see, as JSON objects.
std::vector<std::string> shown(Call& call, const std::vector<Other>& others) {
    std::vector<std::string> out;
    std::vector<store::RecordKey> keys;
    for (const auto& other : others) {
        const auto& noun = nouns::named(other.kind);
        if (may_read(call.principal.role, noun)) keys.push_back({&noun, other.id});
    }
    if (keys.empty()) return out;
    call.database.read(call.principal, [&](db::Tx& tx) {
        for (const auto& hit : store::hits_of(tx, &may_read, keys)) {
            out.push_back(nlohmann::ordered_json{{"kind", hit.noun->name},
                                                 {"id", hit.id},
                                                 {"reference", hit.reference},
                                                 {"href", address_of(*hit.noun, hit.id)}}
                              .dump());
        }
    });
    return out;
}

Problem stale(const casework::VersionConflict& conflict) {
    nlohmann::ordered_json told{{"version", conflict.version}};
    auto words = "It is at version " + std::to_string(conflict.version);
    if (const auto& last = conflict.last_change) {
        words += ": " + last->staff_name + " did '" + last->action + "' at " + last->at;
        told.update(
            {{"action", last->action}, {"at", last->at}, {"by", {{"id", last->staff_id}, {"name", last->staff_name}}}});
    }
    return Problem{"stale", words + "."}.with("stale", told.dump());
}

/// What came of it: an answer, or a Problem, whose pointers begin with `base`.
Response reply(Call& call, const casework::Outcome& outcome, const std::string& base = {}) {
    if (const auto* stored = std::get_if<casework::Stored>(&outcome)) return reply(*stored);
    if (const auto* refused = std::get_if<Refused>(&outcome)) throw Problem{*refused, shown(call, refused->others)};
    if (const auto* conflict = std::get_if<casework::VersionConflict>(&outcome)) {
        throw stale(*conflict);
    }
    if (const auto* wrong = std::get_if<casework::FieldFaults>(&outcome)) {
        auto faults = wrong->faults;
        for (auto& fault : faults) fault.pointer = base + fault.pointer;
        refuse_fields(std::move(faults));
    }
    throw Problem{"not-found"};
}

/// A partner need not say its own code, and cannot say another's, not even nothing.
void fill_owner(const Call& call, const Noun& noun, json& body) {
    if (call.principal.role != Role::partner || noun.owner.empty()) return;
    auto& owner = body[std::string{noun.owner}];
    if (owner.is_null()) owner = call.principal.partner;
    if (!owner.is_string()) return;
    if (!casework::is_own(call.principal, owner.get<std::string>())) throw Problem{Refused{Refusal::not_yours}};
}

/// What a correction's body asks for: changes, or the record void, or a void one reinstated, with changes or without.
casework::Correction read_correction(const Noun& noun, const json& body, Instant now) {
    auto rest = body;
    auto said = json::object();
    casework::Correction out{.target = {}, .reason = {}, .changes = Record{noun.fields}};
    std::vector<FieldFault> faults;
    if (const auto found = rest.find("changes"); found != rest.end()) {
        if (found->is_object()) {
            said = *found;
        } else {
            faults.push_back({"/changes", "wrong_type", "An object of fields and their right values."});
        }
        rest.erase("changes");
    }
    if (const auto found = rest.find("void"); found != rest.end()) {
        if (found->is_boolean()) {
            out.void_it = found->get<bool>();
        } else {
            faults.push_back({"/void", "wrong_type", "true or false."});
        }
        rest.erase("void");
    }
    const auto decoded = decode(correction_fields(noun), rest, Reading::whole, now);
    faults.insert(faults.end(), decoded.faults.begin(), decoded.faults.end());
    const bool reinstates = out.void_it == false;
    auto changes = decode(noun.fields, said, reinstates ? Reading::anew : Reading::changes, now, "/changes");
    faults.insert(faults.end(), changes.faults.begin(), changes.faults.end());
    if (!reinstates && (out.void_it == true) == !said.empty() && faults.empty()) {
        faults.push_back({"/changes", "exactly_one",
                          "Give the changes, or void the record, or reinstate a void one with \"void\": false."});
    }
    const Handle from = Fields{dated_correction_table}["from"];
    if (noun.has_dated_fields() && decoded.record.has(from)) {
        out.from = decoded.record.text(from);
        const auto is_dated = [&](std::string_view name) { return noun.field(name)->dated; };
        if (std::none_of(changes.named.begin(), changes.named.end(), is_dated)) {
            std::string all;
            for (const auto& field : noun.fields) {
                if (field.dated) all += (all.empty() ? "" : ", ") + std::string{field.name};
            }
            faults.push_back({"/from", "not_dated", "No field that is kept by day is among the changes: " + all + "."});
        }
    }
    if (!faults.empty()) refuse_fields(std::move(faults));
    out.reason = std::string{decoded.record.text(Fields{correction_table}["reason"])};
    out.changes = std::move(changes.record);
    out.named = std::move(changes.named);
    out.may_read = &may_read;
    return out;
}

}  // namespace

std::span<const Field> correction_fields(const Noun& noun) {
    if (noun.has_dated_fields()) return dated_correction_table;
    return correction_table;
}

Response record(Call& call) {
    const auto& noun = *call.route.noun;
    auto body = read_object(call.request.body);
    const auto intent = call.intent(canonical(body));
    fill_owner(call, noun, body);
    auto decoded = decode(noun.fields, body, Reading::whole, call.now);
    auto faults = complete(noun, decoded.record, std::move(decoded.faults));
    if (!faults.empty()) refuse_fields(std::move(faults));
    auto outcome = casework::record(call.database, intent, noun, std::move(decoded.record),
                                    {.sealing = &call.config.sealing_key, .may_read = &may_read});
    if (auto* stored = std::get_if<casework::Stored>(&outcome); stored != nullptr && intent.dry_run) {
        stored->accepted.status = 200;
        stored->accepted.location.clear();
        stored->accepted.etag.clear();
    }
    return reply(call, outcome);
}

namespace {

/// Reads of the records that the page's conditions leave, and that answer to what was typed, if anything was.
template <class Work>
void read_asked(Call& call, store::Page& page, const Work& work) {
    const auto* q = typed_in(call);
    call.database.read(call.principal, [&](db::Tx& tx) {
        if (q != nullptr) page.typed = casework::read_typed_freely(tx, *q);
        if (q == nullptr || page.typed) work(tx);
    });
    if (q != nullptr && !page.typed) throw Problem{"invalid-parameter", "'q' takes at least two letters or digits."};
}

/// All records of a list as rows, with their lists as JSON shows them.
void add_whole_list(db::Tx& tx, const Noun& noun, const store::Page& page, const std::vector<Column>& columns,
                    TableFile& table) {
    std::vector<std::string> lists(columns.size());
    std::vector<Cell> cells;
    store::whole_list(tx, noun, page, [&](const auto& values) {
        cells.assign(values.begin(), values.end());
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (columns[i].kind != Kind::rows || !cells[i]) continue;
            lists[i] = plain_text(nlohmann::ordered_json::parse(*cells[i]));
            cells[i] = lists[i];
        }
        table.row(cells);
    });
}

}  // namespace

Response list(Call& call) {
    const auto& noun = *call.route.noun;
    const auto format = format_asked(call);
    auto page = page_asked(call);
    std::vector<Column> columns;
    for (const auto& column : store::wire_columns(noun, call.principal.role)) {
        columns.push_back({column.name, column.kind});
    }
    if (asks_for_whole(call.request)) {
        ListFile file{call, format, columns};
        read_asked(call, page, [&](db::Tx& tx) {
            file.fill([&](TableFile& table) { add_whole_list(tx, noun, page, columns, table); });
        });
        return file.answer();
    }
    store::ListedRecords listed;
    read_asked(call, page, [&](db::Tx& tx) { listed = store::list(tx, noun, page); });
    return page_of(call, format, columns, listed.items,
                   listed.next ? cursor_for(call, text_of(*listed.next)) : std::string{});
}

Response counts(Call& call) {
    const auto& noun = *call.route.noun;
    const auto by = dimensions_asked(call);
    store::Page page{.conditions = conditions_asked(call)};
    store::Counts found;
    read_asked(call, page, [&](db::Tx& tx) { found = store::counts(tx, noun, page, by); });
    std::string items;
    for (const auto& item : found.items) items += (items.empty() ? "" : ",") + item;
    return {.body = "{\"items\":[" + items + "],\"more\":" + (found.more ? "true" : "false") + "}"};
}

Response read(Call& call) {
    const auto& noun = *call.route.noun;
    std::optional<store::Seen> seen;
    call.database.read(call.principal, [&](db::Tx& tx) { seen = store::read(tx, noun, call.id()); });
    if (!seen) throw Problem{"not-found"};
    Response response{.body = std::move(seen->body), .headers = {{"ETag", seen->etag}}};
    if (call.request.if_none_match == seen->etag) response.status = 304, response.body.clear();
    return response;
}

Response timeline(Call& call) {
    static const std::vector<Column> columns{{"kind"},
                                             {"id", Kind::id},
                                             {"reference"},
                                             {"href"},
                                             {"title"},
                                             {"state"},
                                             {"voided", Kind::flag},
                                             {"named_in"},
                                             {"recorded_at", Kind::instant}};
    const auto& noun = *noun_in_path(call.route);
    const auto in_time = [](const std::string& text) {
        auto place = place_at(text, &listing::recorded_at);
        if (!place.value) throw wrong_cursor();
        return place;
    };
    const auto said = place_said(call);
    if (said) static_cast<void>(in_time(*said));
    const auto fetch = [&](db::Tx& tx, const std::string& after, int limit) {
        std::optional<store::Place> place;
        if (!after.empty()) place = in_time(after);
        if (!store::is_seen(tx, noun, call.id())) throw Problem{"not-found"};
        auto found = store::timeline(tx, noun, call.id(), readable(call.principal.role), &may_read, place, limit);
        return db::Listed{std::move(found.items), found.next ? text_of(*found.next) : std::string{}};
    };
    return pages_of(call, said.value_or(std::string{}), columns, fetch);
}

Response facts(Call& call) {
    const auto& noun = *noun_in_path(call.route);
    const auto said = parameters_said(call);
    std::optional<std::string> found;
    call.database.read(call.principal, [&](db::Tx& tx) {
        found = store::facts_of(tx, noun, call.id(), said.at(by_name("on")), said.at(by_name("known_at")));
    });
    if (!found) throw Problem{"not-found"};
    return {.body = "{\"items\":" + *found + "}"};
}

Response steps_taken(Call& call) {
    const auto& noun = *noun_in_path(call.route);
    std::optional<std::string> found;
    call.database.read(call.principal,
                       [&](db::Tx& tx) { found = store::taken(tx, noun, *call.route.step, call.id()); });
    if (!found) throw Problem{"not-found"};
    return {.body = "{\"items\":" + *found + "}"};
}

Response named_by_day(Call& call) {
    const auto& noun = *noun_in_path(call.route);
    const auto path = std::string_view{call.route.path}.substr(call.route.path.rfind('/') + 1);
    const auto all = nouns::all();
    const auto& other = **std::find_if(all.begin(), all.end(), [&](const Noun* one) { return one->path == path; });
    const auto said = parameters_said(call);
    std::optional<std::string> found;
    call.database.read(call.principal, [&](db::Tx& tx) {
        found = store::named_it(tx, noun, call.id(), other, *other.dated_reference(noun.name), said.at(by_name("on")),
                                said.at(by_name("known_at")));
    });
    if (!found) throw Problem{"not-found"};
    return {.body = "{\"items\":" + *found + "}"};
}

Response likenesses(Call& call) {
    const auto& noun = *noun_in_path(call.route);
    std::optional<std::string> found;
    call.database.read(call.principal, [&](db::Tx& tx) { found = store::likenesses_of(tx, noun, call.id()); });
    if (!found) throw Problem{"not-found"};
    return {.body = "{\"items\":" + *found + "}"};
}

Response advance(Call& call) {
    const auto& noun = *call.route.noun;
    const auto& step = *call.route.step;
    const auto body = read_object(call.request.body);
    const auto intent = call.intent(canonical(body));
    auto decoded = decode(step.fields, body, Reading::whole, call.now);
    if (!decoded.faults.empty()) refuse_fields(std::move(decoded.faults));
    return reply(call, casework::advance(call.database, intent, noun, step,
                                         {{call.id(), call.matched_version()}, std::move(decoded.record)}));
}

Response correct(Call& call) {
    const auto& noun = *call.route.noun;
    const auto body = read_object(call.request.body);
    const auto intent = call.intent(canonical(body));
    auto correction = read_correction(noun, body, call.now);
    correction.target = {call.id(), call.matched_version()};
    return reply(call, casework::correct(call.database, intent, noun, correction), "/changes");
}

}  // namespace tideover::resources
