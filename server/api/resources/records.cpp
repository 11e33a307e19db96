// Handles requests about records: decode, decide, save, reply, once for all nouns.
#include "server/api/resources/records.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "db/access/sealed_secrets.hpp"
#include "db/core/ids.hpp"
#include "db/records/record_sql.hpp"
#include "db/records/records.hpp"
#include "db/records/references.hpp"
#include "domain/core/canonical.hpp"
#include "domain/core/reference.hpp"
#include "server/api/decoding.hpp"
#include "server/api/paging.hpp"
#include "server/api/problem.hpp"
#include "server/api/resources/related.hpp"
#include "server/api/resources/rules.hpp"
#include "server/formats/csv.hpp"
#include "server/formats/json.hpp"

namespace tideover::resources {
namespace {

using nlohmann::json;
namespace store = db::records;

constexpr int references_max = 4;  // tries until a random reference is free

constexpr std::array correction_table{
    text("reason", 3, 1000).of_lines().needed().says("Why, for whoever reads the record later."),
};

Response reply(db::Accepted accepted) {
    Response response{.status = accepted.status, .body = std::move(accepted.body)};
    if (!accepted.etag.empty()) response.headers.emplace_back("ETag", accepted.etag);
    if (!accepted.location.empty()) response.headers.emplace_back("Location", accepted.location);
    if (accepted.replayed) response.headers.emplace_back("Idempotency-Replayed", "true");
    return response;
}

/// Adds the secret to the answer that tells of the record. A repeat gets it for some minutes, at the same login.
void show(Call& call, const std::string& fresh, const db::Accepted& accepted, Response& response) {
    auto secret = fresh;
    if (accepted.replayed) {
        const auto id = accepted.location.substr(accepted.location.rfind('/') + 1);
        const auto kept = db::sealed_secrets::open(call.database, call.principal, call.config.sealing_key, id);
        if (!kept) throw Problem{"secret-shown"};
        secret = *kept;
    }
    response.body.pop_back();
    response.body += R"(,"token":")" + secret + "\"}";
}

[[noreturn]] void refuse_fields(std::vector<FieldFault> faults) {
    throw Problem{"invalid-fields", {}, std::move(faults)};
}

/// Fields that follow from others, and rules across fields; `base` is where the body holds the fields. What is wrong
/// joins the faults that fields have by themselves, unless it lies with one of them. Two days that are out of order are
/// the fault of the one that a correction names.
void complete(const Noun& noun, Record& record, const std::string& base = {}, std::vector<FieldFault> faults = {},
              const std::vector<std::string_view>& named = {}) {
    if (noun.derive != nullptr) noun.derive(record);
    const auto add = [&](std::string_view field, std::string_view code, std::string_view detail) {
        const auto at = base + "/" + std::string{field};
        const auto same = [&](const FieldFault& fault) { return fault.pointer == at; };
        if (std::any_of(faults.begin(), faults.end(), same)) return;
        faults.push_back({at, std::string{code}, std::string{detail}});
    };
    if (noun.check != nullptr) {
        for (const auto& conflict : noun.check(record)) add(conflict.field, conflict.code, conflict.detail);
    }
    for (const auto& row : out_of_order(noun.in_order, record)) {
        const bool earlier = std::find(named.begin(), named.end(), row.later) == named.end() && !named.empty();
        add(earlier ? row.earlier : row.later, earlier ? "too_late" : "too_early", row.detail);
    }
    if (!faults.empty()) refuse_fields(std::move(faults));
}

/// A partner records under its own code: it need not be said, and cannot be another's.
void own(const Call& call, const Noun& noun, json& body) {
    if (call.principal.role != Role::partner || noun.owner.empty()) return;
    auto& owner = body[std::string{noun.owner}];
    if (owner.is_null()) owner = call.principal.partner;
    if (!owner.is_string()) return;
    const auto form = [](const std::string& code) { return canonical_form(Form::code, code); };
    if (form(owner.get<std::string>()) != form(call.principal.partner)) throw Problem{"not-yours"};
    owner = call.principal.partner;
}

/// What a new record puts into the ledger.
std::vector<Posting> lines_to_post(const Noun& noun, const Record& record) {
    return difference({}, lines(noun.counting, record));
}

/// Copies what a record takes from others; a record that is not there is the client's fault.
void look_up(db::Tx& tx, const Noun& noun, Record& record, const Record* before = nullptr, const std::string& base = {},
             const std::vector<std::string_view>& named = {}) {
    if (const auto first = store::look_up(tx, noun, record, before)) {
        auto faults = misnamed_in(tx, noun, record, base);
        if (faults.empty()) faults.push_back(misnamed(base, *first));
        refuse_fields(std::move(faults));
    }
    complete(noun, record, base, {}, named);
}

db::Accepted record_once(Call& call, const db::Intent& intent, const Noun& noun, Record& record,
                         const std::string& secret) {
    const auto reference = make_reference(noun.prefix, db::ids::random_bits());
    const auto rule = rules::on_create(noun);
    if (rule == nullptr && !store::needs_lookups(noun) &&
        store::stands_alone(call.database, call.principal, noun, record)) {
        return store::create_at_once(call.database, intent, noun, record, reference, lines_to_post(noun, record));
    }
    const auto today = format(london_day(call.now));
    return call.database.write(intent, [&](db::Tx& tx) {
        auto fresh = record;  // the transaction may run again
        refuse_unseen(tx, noun, fresh, nullptr, {});
        look_up(tx, noun, fresh);
        check_agreements(tx, noun, fresh, nullptr, {});
        if (rule != nullptr) rule(tx, fresh, {call.principal.staff_id, today});
        if (!secret.empty()) db::sealed_secrets::keep(tx, call.config.sealing_key, fresh.id, secret);
        return store::create(tx, noun, fresh, reference, lines_to_post(noun, fresh));
    });
}

/// A read of the stored version that is not there, or not the one that was meant.
Record locked(db::Tx& tx, const Noun& noun, const std::string& id, std::int64_t version) {
    auto found = store::lock(tx, noun, id);
    if (!found) throw Problem{"not-found"};
    if (found->version != version) {
        throw Problem{"stale",
                      "It is at version " + std::to_string(found->version) + ": " + store::last_change(tx, id) + "."};
    }
    return std::move(*found);
}

/// A fresh record in place of another: what the client gave then, and nothing that happened since.
std::string beget(db::Tx& tx, const Noun& noun, const Record& original) {
    Record heir{noun.fields};
    heir.id = db::ids::fresh();
    for (const auto& field : noun.fields) {
        const bool given = (!field.derived || !field.via.empty()) && !field.own;
        if (given && field.kind != Kind::rows) heir.set(field.name, original.at(field.name));
    }
    heir.set("replaces_id", original.id);
    if (noun.derive != nullptr) noun.derive(heir);
    store::create(tx, noun, heir, make_reference(noun.prefix, db::ids::random_bits()), lines_to_post(noun, heir));
    return heir.id;
}

/// The step's own fields that the record has too.
void copy_body(const Step& step, const Record& body, Record& after) {
    for (const auto& field : step.fields) {
        if (after.knows(field.name) && body.has(field.name)) after.set(field.name, body.at(field.name));
    }
}

/// A correction mends what was said before; it does not stand for the step that says it first.
void check_said(const Decoded& changes, const Record& before) {
    std::vector<FieldFault> faults;
    for (const auto& field : before.fields()) {
        const bool named = std::find(changes.named.begin(), changes.named.end(), field.name) != changes.named.end();
        if (!named || !field.derived || before.has(field.name)) continue;
        faults.push_back({"/changes/" + std::string{field.name}, "not_said_yet",
                          "Nothing is recorded here that could be corrected."});
    }
    if (!faults.empty()) refuse_fields(std::move(faults));
}

/// The named changes, applied to `after`. Reports whether a record it names changed.
bool apply_changes(const Decoded& changes, Record& after) {
    bool other_record = false;
    for (const auto name : changes.named) {
        for (const auto& field : after.fields()) {
            if (field.name != name) continue;
            const auto& said = changes.record.at(name);
            other_record = other_record || field.kind == Kind::id || field.kind == Kind::code;
            // The same list may be spelt in two ways.
            if (field.kind == Kind::rows && json::parse(said.value_or("[]")) == json::parse(after.text(name))) continue;
            after.set(name, said);
        }
    }
    return other_record;
}

/// What a correction's body asks for: changes, or the record void, or a void one reinstated, with changes or without.
struct Correction {
    std::string reason;
    std::optional<bool> void_it;
    Decoded changes;

    [[nodiscard]] bool reinstates() const { return void_it == false; }
};

Correction read_correction(const Noun& noun, const json& body, Instant now) {
    auto rest = body;
    auto said = json::object();
    Correction out{{}, {}, {Record{noun.fields}, {}, {}}};
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
    auto decoded = decode(correction_table, rest, Reading::whole, now);
    faults.insert(faults.end(), decoded.faults.begin(), decoded.faults.end());
    out.changes = decode(noun.fields, said, out.reinstates() ? Reading::anew : Reading::changes, now, "/changes");
    faults.insert(faults.end(), out.changes.faults.begin(), out.changes.faults.end());
    if (!out.reinstates() && (out.void_it == true) == !said.empty() && faults.empty()) {
        faults.push_back({"/changes", "exactly_one",
                          "Give the changes, or void the record, or reinstate a void one with \"void\": false."});
    }
    if (!faults.empty()) refuse_fields(std::move(faults));
    out.reason = std::string{decoded.record.text("reason")};
    return out;
}

/// A foreign key that found no record becomes the fault of the fields of `record` that name none, or of the list
/// behind it; `base` as above.
template <class Work>
auto pointed(Call& call, const Record& record, const Work& work, const std::string& base) -> decltype(work()) {
    const auto& noun = *call.route.noun;
    try {
        return work();
    } catch (const db::Fault& fault) {
        if (fault.trouble() == db::Trouble::unknown_reference) {
            std::vector<FieldFault> faults;
            call.database.read(call.principal, [&](db::Tx& tx) { faults = misnamed_in(tx, noun, record, base); });
            if (!faults.empty()) refuse_fields(std::move(faults));
        }
        for (const auto& field : noun.fields) {
            // Foreign keys are named table_authority_id_column_fkey, what refuses void records table_column_not_void;
            // those of a list point at the list.
            const bool list = field.kind == Kind::rows;
            const auto table = std::string{list ? field.rows->table : noun.name};
            const auto column = store::column(field.name);
            const bool is_void = fault.constraint().ends_with("_not_void");
            const bool behind = list ? fault.constraint().starts_with(table + "_")
                                     : fault.constraint() == table + "_authority_id_" + column + "_fkey" ||
                                           fault.constraint() == table + "_" + column + "_not_void";
            if (fault.trouble() == db::Trouble::unknown_reference && behind)
                refuse_fields({misnamed(base, field.name, is_void)});
        }
        throw;
    }
}

/// The same. Codes of `record` that are there in another spelling get that, and then `work` runs once more.
template <class Work>
auto with_pointers(Call& call, Record& record, const Work& work, const std::string& base = {}) -> decltype(work()) {
    try {
        return pointed(call, record, work, base);
    } catch (const Problem& problem) {
        const auto unknown = [](const FieldFault& fault) { return fault.code == "unknown_reference"; };
        if (std::none_of(problem.faults().begin(), problem.faults().end(), unknown)) throw;
        bool other = false;
        call.database.read(call.principal, [&](db::Tx& tx) { other = store::respell(tx, *call.route.noun, record); });
        if (!other) throw;
    }
    return pointed(call, record, work, base);
}

void check_correctable(const Noun& noun, const Record& record, const Correction& correction) {
    if (record.voided && !correction.reinstates()) {
        throw Problem{Refused{Refusal::wrong_state, "It is void: reinstate it first, with \"void\": false."}};
    }
    if (!record.voided && correction.reinstates()) throw Problem{Refused{Refusal::nothing_changed, "It is not void."}};
    const auto& named = correction.changes.named;
    const bool other_code = !noun.code().empty() && record.has(noun.code()) &&
                            std::find(named.begin(), named.end(), noun.code()) != named.end();
    if (other_code) {
        refuse_fields({{"/changes/" + std::string{noun.code()}, "not_correctable",
                        "A record keeps its code: record the right one, and leave this one void."}});
    }
    if (!noun.corrected_in.empty() && record.state != noun.corrected_in) {
        throw Problem{Refused{Refusal::wrong_state, "It is " + record.state + ", no longer " +
                                                        std::string{noun.corrected_in} + ": record another instead."}};
    }
}

}  // namespace

std::span<const Field> correction_fields() {
    return correction_table;
}

const Step& step_of(const Route& route) {
    const auto last = route.path.substr(route.path.rfind('/') + 1);
    for (const auto& step : route.noun->steps) {
        if (step.path == last) return step;
    }
    throw std::logic_error("a route to a step that is not there");
}

Response record(Call& call) {
    const auto& noun = *call.route.noun;
    call.only_parameters({});
    auto body = read_object(call.request.body);
    const auto intent = call.intent(canonical(body));
    own(call, noun, body);
    auto decoded = decode(noun.fields, body, Reading::whole, call.now);
    auto& fresh = decoded.record;
    for (const auto& field : noun.fields) {
        if (field.derived && !field.fallback.empty()) fresh.set(field.name, std::string{field.fallback});
    }
    complete(noun, fresh, {}, std::move(decoded.faults));
    fresh.id =
        noun.key.empty() ? db::ids::fresh() : db::ids::named(call.principal.authority, noun.name, fresh.text(noun.key));
    note_givers(noun, nullptr, fresh, call.principal.staff_id);
    if (!noun.recorded_for.empty() && !call.principal.partner.empty()) {
        fresh.set(noun.recorded_for, call.principal.partner);
    }
    const auto secret = noun.secret.empty() ? std::string{} : db::ids::fresh_token();
    if (!secret.empty()) fresh.set(noun.secret, db::ids::sha256_hex(secret));
    for (int attempt = 1;; ++attempt) {
        try {
            const auto accepted =
                with_pointers(call, fresh, [&] { return record_once(call, intent, noun, fresh, secret); });
            auto response = reply(accepted);
            if (!secret.empty()) show(call, secret, accepted, response);
            return response;
        } catch (const db::Fault& fault) {
            const bool reference_taken = fault.constraint().ends_with("_authority_id_reference_key");
            if (reference_taken && attempt < references_max) continue;
            if (fault.trouble() == db::Trouble::conflict) refuse_taken_code(call, noun, fresh);
            throw;
        }
    }
}

std::vector<std::string_view> list_parameters(const Noun& noun) {
    std::vector<std::string_view> out{"limit", "cursor"};
    if (noun.key.empty()) out.push_back("sort");  // ids made of a code follow each other in no order of time
    if (!noun.moves.empty()) out.push_back("state");
    for (const auto& field : noun.fields) {
        if (field.filtered) out.push_back(field.name);
    }
    return out;
}

Response list(Call& call) {
    const auto& noun = *call.route.noun;
    call.only_parameters(list_parameters(noun));
    const bool csv = wants_csv(call);
    store::Page page{.limit = page_limit(call)};
    for (const auto& [key, value] : call.request.query) {
        if (key == "limit") continue;
        if (key == "cursor") {
            if (!db::ids::canonical(value)) throw Problem{"invalid-parameter", "'cursor' takes what 'next' gave."};
            page.after = value;
        } else if (key == "sort") {
            if (value != "recorded" && value != "-recorded") {
                throw Problem{"invalid-parameter",
                              "'sort' takes 'recorded' or '-recorded' (the newest first, as without it)."};
            }
            page.newest_first = value == "-recorded";
        } else if (key == "state") {
            const auto here = [&wanted = value](const Move& move) { return move.from == wanted || move.to == wanted; };
            if (std::none_of(noun.moves.begin(), noun.moves.end(), here)) {
                throw Problem{"invalid-parameter", "'state' takes a state of " + std::string{noun.title} + "."};
            }
            page.filters.emplace_back(key, value);
        } else {
            const auto* field = noun.field(key);
            const auto stored = decode_filter(*field, value);
            if (!stored) throw Problem{"invalid-parameter", "'" + key + "' cannot have this value."};
            if (!who_sees(field->privacy).has(call.principal.role)) throw Problem{"forbidden"};
            page.filters.emplace_back(key, *stored);
        }
    }
    db::Listed listed;
    call.database.read(call.principal, [&](db::Tx& tx) { listed = store::list(tx, noun, page); });
    return page_of(call, listed.items, listed.next, csv);
}

Response read(Call& call) {
    const auto& noun = *call.route.noun;
    call.only_parameters({});
    std::optional<store::Seen> seen;
    call.database.read(call.principal, [&](db::Tx& tx) { seen = store::read(tx, noun, call.id()); });
    if (!seen) throw Problem{"not-found"};
    Response response{.body = std::move(seen->body), .headers = {{"ETag", seen->etag}}};
    if (call.request.if_none_match == seen->etag) response.status = 304, response.body.clear();
    return response;
}

Response advance(Call& call) {
    static constexpr std::array<std::string_view, 1> known{"dry_run"};
    const auto& noun = *call.route.noun;
    const auto& step = step_of(call.route);
    call.only_parameters(known);
    const auto body = read_object(call.request.body);
    const auto intent = call.intent(canonical(body));
    auto decoded = decode(step.fields, body, Reading::whole, call.now);
    if (!decoded.faults.empty()) refuse_fields(std::move(decoded.faults));
    const auto& sent = decoded.record;
    const std::string event{step.event.empty() ? sent.text(step.chooser) : step.event};
    const auto today = format(london_day(call.now));
    const Actor actor{call.principal.staff_id, today};
    Record unnamed{noun.fields};  // a step names no other record
    return reply(with_pointers(call, unnamed, [&] {
        return call.database.write(intent, [&](db::Tx& tx) {
            const auto before = locked(tx, noun, call.id(), call.matched_version());
            const auto to = next(noun.moves, before.state, event);
            if (!to || before.voided) {
                throw Problem{Refused{Refusal::wrong_state, "It is " + (before.voided ? "void" : before.state) + "."}};
            }
            auto after = before;
            after.state = std::string{*to};
            copy_body(step, sent, after);
            if (step.decide != nullptr) {
                auto decision = step.decide(before, after, sent, actor);
                if (!decision) throw Problem{decision.reason()};
                after = std::move(decision).value();
            }
            if (const auto wrong = out_of_order(noun.in_order, after); !wrong.empty()) {
                throw Problem{Refused{Refusal::too_early, std::string{wrong.front().detail}}};
            }
            check_agreed(tx, noun, before, after);
            if (const auto rule = rules::on_event(noun, event)) rule(tx, before, after, sent, actor);
            if (!step.step_table.empty()) store::keep_step(tx, noun, step, before.id, sent);
            if (step.creates_replacement) after.set("replaced_by_id", beget(tx, noun, before));
            const auto postings = difference(lines(noun.counting, before), lines(noun.counting, after));
            return store::save(tx, noun, after, postings, {.action = event, .cause = "event"});
        });
    }));
}

Response correct(Call& call) {
    const auto& noun = *call.route.noun;
    call.only_parameters({});
    const auto body = read_object(call.request.body);
    const auto intent = call.intent(canonical(body));
    auto correction = read_correction(noun, body, call.now);
    const auto today = format(london_day(call.now));
    const Actor actor{call.principal.staff_id, today};
    const auto work = [&] {
        return call.database.write(intent, [&](db::Tx& tx) {
            const auto before = locked(tx, noun, call.id(), call.matched_version());
            check_correctable(noun, before, correction);
            auto after = before;
            after.voided = correction.void_it == true;
            if (correction.reinstates()) store::restore_lists(tx, noun, after);
            check_said(correction.changes, before);
            store::name_wards(tx, noun, correction.changes.record);
            const bool other_record = apply_changes(correction.changes, after);
            if (after.voided == before.voided && after.values() == before.values())
                throw Problem{Refused{Refusal::nothing_changed, {}}};
            if (call.principal.role == Role::partner && !noun.owner.empty() &&
                after.text(noun.owner) != call.principal.partner) {
                throw Problem{"not-yours"};
            }
            if (!after.voided) refuse_unseen(tx, noun, after, &before, "/changes");
            if (other_record) {
                look_up(tx, noun, after, &before, "/changes", correction.changes.named);
            } else {
                complete(noun, after, "/changes", {}, correction.changes.named);
            }
            note_givers(noun, &before, after, call.principal.staff_id);
            if (!after.voided) check_agreements(tx, noun, after, &before, "/changes");
            check_agreed(tx, noun, before, after, correction.changes.named);
            if (const auto rule = rules::on_event(noun, "correct")) rule(tx, before, after, after, actor);
            if (after.voided) check_unused(call, tx, noun, before);
            store::replace_lists(tx, noun, before, after);
            const auto postings = difference(lines(noun.counting, before), lines(noun.counting, after));
            return store::save(tx, noun, after, postings,
                               {.action = after.voided              ? "void"
                                          : correction.reinstates() ? "reinstate"
                                                                    : "correct",
                                .cause = "correction",
                                .reason = correction.reason});
        });
    };
    return reply(with_pointers(call, correction.changes.record, work, "/changes"));
}

}  // namespace tideover::resources
