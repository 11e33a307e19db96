// What a member does goes through the program's own tables, transaction and tokens.
#include "tests/db/member.hpp"

#include <stdexcept>

#include "db/access/tokens.hpp"
#include "db/core/ids.hpp"
#include "db/records/records.hpp"

namespace tideover::testing {
namespace {

namespace ids = db::ids;

/// Locks the record, lets `alter` change it, and saves it with what that does to the ledger.
void save_in(db::Tx& tx, const Noun& noun, const std::string& id, const db::records::Change& change,
             const std::function<void(Record&)>& alter) {
    const auto before = db::records::lock(tx, noun, id).value();
    auto after = before;
    alter(after);
    db::records::save(tx, noun, after, difference(lines(noun.counting, before), lines(noun.counting, after)), change);
}

}  // namespace

void set(Record& record, const Values& values) {
    for (const auto& [name, value] : values) record.set(name, value);
}

std::string record_in(db::Tx& tx, const Noun& noun, const Values& values) {
    Record record{noun.fields};
    for (const auto& field : noun.fields) {
        if (!field.fallback.empty()) record.set(field.name, std::string{field.fallback});
    }
    set(record, values);
    record.id = noun.key.empty() ? ids::fresh() : ids::named(home, noun.name, record.text(noun.key));
    record.state = std::string{noun.initial()};
    if (db::records::look_up(tx, noun, record)) throw std::runtime_error("it names a record that is not there");
    if (noun.derive != nullptr) noun.derive(record);
    db::records::create(tx, noun, record, record.id, difference({}, lines(noun.counting, record)));
    return record.id;
}

void step_in(db::Tx& tx, const Noun& noun, const std::string& id, std::string_view path, const Values& values,
             const Values& besides) {
    for (const auto& step : noun.steps) {
        if (step.path != path) continue;
        Record body{step.fields};
        set(body, values);
        const std::string event{step.chooser.empty() ? step.event : body.text(step.chooser)};
        save_in(tx, noun, id, {event, "event"}, [&](Record& after) {
            const auto before = after;
            after.state = std::string{next(noun.moves, before.state, event).value()};
            for (const auto& field : step.fields) {
                if (after.knows(field.name)) after.set(field.name, body.at(field.name));
            }
            const Actor actor{tx.principal().staff_id, "2021-01-31"};
            if (step.decide != nullptr) after = step.decide(before, after, body, actor).value();
            set(after, besides);
        });
        if (!step.step_table.empty()) db::records::keep_step(tx, noun, step, id, body);
        return;
    }
    throw std::logic_error("no such step");
}

Member::Member(const ScratchDatabase& scratch, const std::string& key) : database_(scratch.app()) {
    principal_.authority = home;
    principal_.role = Role::admin;
    db::Connection owner{scratch.owner()};
    const auto hash = ids::sha256_hex(db::tokens::create(
        owner, {.authority = home, .staff_key = key, .staff_name = "Somebody", .role = Role::admin}));
    const auto made = owner.run("SELECT staff_id, id FROM api_token WHERE hash = '" + hash + "'")[0];
    principal_.staff_id = made[0].as<std::string>();
    principal_.token_id = made[1].as<std::string>();
}

void Member::change(const std::function<void(db::Tx&)>& work) {
    const db::Intent intent{principal_, "POST /v1/test", ids::fresh(), ids::sha256_hex(""), "test"};
    database_.write(intent, [&](db::Tx& tx) {
        work(tx);
        return db::Accepted{.status = 200, .body = "{}"};
    });
}

std::string Member::record(const Noun& noun, const Values& values) {
    std::string id;
    change([&](db::Tx& tx) { id = record_in(tx, noun, values); });
    return id;
}

void Member::step(const Noun& noun, const std::string& id, std::string_view path, const Values& values) {
    change([&](db::Tx& tx) { step_in(tx, noun, id, path, values); });
}

void Member::correct(const Noun& noun, const std::string& id, const Values& values) {
    change([&](db::Tx& tx) {
        save_in(tx, noun, id, {"correct", "correction", "it was mistyped"}, [&](Record& after) {
            set(after, values);
            if (noun.derive != nullptr) noun.derive(after);
        });
    });
}

void Member::make_void(const Noun& noun, const std::string& id) {
    change([&](db::Tx& tx) {
        save_in(tx, noun, id, {"void", "correction", "it never happened"}, [](Record& after) { after.voided = true; });
    });
}

}  // namespace tideover::testing
