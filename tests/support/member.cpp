// Everything goes through casework, as it does for the service.
#include "tests/support/member.hpp"

#include <stdexcept>

#include "db/access/tokens.hpp"
#include "db/core/ids.hpp"
#include "db/records/records.hpp"

namespace tideover::testing {
namespace {

namespace ids = db::ids;

db::Intent intent_of(const db::Principal& who, const std::string& key = {}) {
    return {who, "POST /v1/test", key.empty() ? ids::fresh() : key, ids::sha256_hex(""), "test"};
}

std::string stored(const casework::Outcome& outcome) {
    if (const auto* done = std::get_if<casework::Stored>(&outcome)) return done->id;
    throw std::runtime_error("not stored: " + told(outcome));
}

struct InWords {
    std::string operator()(const casework::Stored&) const { return "stored"; }
    std::string operator()(const Refused& refused) const {
        return "refused " + std::to_string(static_cast<int>(refused.why)) + " " + refused.detail;
    }
    std::string operator()(const casework::FieldFaults& wrong) const {
        std::string out;
        for (const auto& fault : wrong.faults) out += (out.empty() ? "" : ", ") + fault.pointer + " " + fault.code;
        return out;
    }
    std::string operator()(const casework::NotFound&) const { return "not found"; }
    std::string operator()(const casework::VersionConflict& conflict) const {
        return "at version " + std::to_string(conflict.version);
    }
};

}  // namespace

std::string told(const casework::Outcome& outcome) {
    return std::visit(InWords{}, outcome);
}

Record record_of(std::span<const Field> fields, const Values& values) {
    Record out{fields};
    for (const auto& [name, value] : values) out.set(by_name(name), value);
    return out;
}

const Step& step_at(const Noun& noun, std::string_view path) {
    for (const auto& step : noun.steps) {
        if (step.path == path) return step;
    }
    throw std::logic_error("no such step");
}

Member::Member(const ScratchDatabase& scratch, const std::string& key, Role role) : database_(scratch.app()) {
    principal_.authority = home;
    principal_.role = role;
    db::Connection owner{scratch.owner()};
    const auto hash = ids::sha256_hex(
        db::tokens::create(owner, {.authority = home, .staff_key = key, .staff_name = "Somebody", .role = role}));
    const auto made = owner.run("SELECT staff_id, id FROM api_token WHERE hash = '" + hash + "'")[0];
    principal_.staff_id = made[0].as<std::string>();
    principal_.token_id = made[1].as<std::string>();
}

void Member::change(const std::function<void(db::Tx&)>& work) {
    attempt([&](db::Tx& tx) {
        work(tx);
        return db::Accepted{.status = 200, .body = "{}"};
    });
}

void Member::attempt(const std::function<std::optional<db::Accepted>(db::Tx&)>& work) {
    database_.write(intent_of(principal_), work);
}

Record Member::read(const Noun& noun, const std::string& id) {
    std::optional<Record> found;
    change([&](db::Tx& tx) { found = db::records::lock(tx, noun, {id})[0]; });
    return found.value();
}

casework::Target Member::target(const Noun& noun, const std::string& id) {
    return {id, read(noun, id).version};
}

casework::Outcome Member::try_record(const Noun& noun, const Values& values, const std::string& key) {
    return casework::record(database_, intent_of(principal_, key), noun, record_of(noun.fields, values));
}

casework::Outcome Member::try_step(const Noun& noun, const std::string& id, std::string_view path,
                                   const Values& values) {
    const auto& step = step_at(noun, path);
    return casework::advance(database_, intent_of(principal_), noun, step,
                             {target(noun, id), record_of(step.fields, values)});
}

casework::Outcome Member::try_correct(const Noun& noun, const std::string& id, const Values& changes) {
    casework::Correction correction{
        .target = target(noun, id), .reason = "it was mistyped", .changes = record_of(noun.fields, changes)};
    for (const auto& [name, value] : changes) correction.named.push_back(noun.field(name)->name);
    return casework::correct(database_, intent_of(principal_), noun, correction);
}

casework::Outcome Member::try_void(const Noun& noun, const std::string& id) {
    return casework::correct(
        database_, intent_of(principal_), noun,
        {.target = target(noun, id), .reason = "it never happened", .changes = Record{noun.fields}, .void_it = true});
}

std::string Member::record(const Noun& noun, const Values& values) {
    return stored(try_record(noun, values));
}

void Member::step(const Noun& noun, const std::string& id, std::string_view path, const Values& values) {
    stored(try_step(noun, id, path, values));
}

void Member::correct(const Noun& noun, const std::string& id, const Values& changes) {
    stored(try_correct(noun, id, changes));
}

void Member::make_void(const Noun& noun, const std::string& id) {
    stored(try_void(noun, id));
}

}  // namespace tideover::testing
