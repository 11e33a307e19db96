// `tideover verify` on a small council: nothing to say while the work is done lawfully, and every planted
// difference called by its name. And the fingerprint of a state: the same for the same work, and for no other.
#include "db/verify.hpp"

#include <doctest/doctest.h>

#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "db/ids.hpp"
#include "db/ledger.hpp"
#include "db/records.hpp"
#include "db/state.hpp"
#include "db/tokens.hpp"
#include "domain/nouns.hpp"
#include "server/resources/publications.hpp"
#include "tests/support/database.hpp"

namespace tideover {
namespace {

namespace ids = db::ids;
using testing::ScratchDatabase;

using testing::ScratchDatabase;

const std::string authority = "E08000007";

using Values = std::vector<std::pair<std::string, std::string>>;

void set(Record& record, const Values& values) {
    for (const auto& [name, value] : values) record.set(name, value);
}

std::string record_in(db::Tx& tx, const Noun& noun, const Values& values) {
    Record record{noun.fields};
    for (const auto& field : noun.fields) {
        if (!field.fallback.empty()) record.set(field.name, std::string{field.fallback});
    }
    set(record, values);
    record.id = noun.key.empty() ? ids::fresh() : ids::named(authority, noun.name, record.text(noun.key));
    record.state = std::string{noun.initial()};
    if (db::records::look_up(tx, noun, record)) throw std::runtime_error("it names a record that is not there");
    if (noun.derive != nullptr) noun.derive(record);
    db::records::create(tx, noun, record, record.id, difference({}, lines(noun.counting, record)));
    return record.id;
}

/// Locks the record, lets `alter` change it, and saves it with what that does to the ledger.
template <class Alter>
void save_in(db::Tx& tx, const Noun& noun, const std::string& id, const db::records::Change& change,
             const Alter& alter) {
    const auto before = db::records::lock(tx, noun, id).value();
    auto after = before;
    alter(after);
    db::records::save(tx, noun, after, difference(lines(noun.counting, before), lines(noun.counting, after)), change);
}

void step_in(db::Tx& tx, const Noun& noun, const std::string& id, std::string_view path, const Values& values,
             const Values& besides = {}) {
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
        if (!step.keeps.empty()) db::records::keep_step(tx, noun, step, id, body);
        return;
    }
    throw std::logic_error("no such step");
}

/// Somebody who works at the council, with a login: does what the service does, without HTTP.
class Member {
public:
    Member(const ScratchDatabase& scratch, const std::string& key) : database_(scratch.app()) {
        principal_.authority = authority;
        principal_.role = Role::admin;
        db::Connection owner{scratch.owner()};
        const auto hash = ids::sha256_hex(db::tokens::create(
            owner, {.authority = authority, .staff_key = key, .staff_name = "Somebody", .role = Role::admin}));
        const auto made = owner.run("SELECT staff_id, id FROM api_token WHERE hash = '" + hash + "'")[0];
        principal_.staff_id = made[0].as<std::string>();
        principal_.token_id = made[1].as<std::string>();
    }

    template <class Work>
    void change(const Work& work) {
        const db::Intent intent{principal_, "POST /v1/test", ids::fresh(), ids::sha256_hex(""), "test"};
        database_.write(intent, [&](db::Tx& tx) {
            work(tx);
            return db::Accepted{.status = 200, .body = "{}"};
        });
    }

    std::string record(const Noun& noun, const Values& values) {
        std::string id;
        change([&](db::Tx& tx) { id = record_in(tx, noun, values); });
        return id;
    }

    void step(const Noun& noun, const std::string& id, std::string_view path, const Values& values) {
        change([&](db::Tx& tx) { step_in(tx, noun, id, path, values); });
    }

    void correct(const Noun& noun, const std::string& id, const Values& values) {
        change([&](db::Tx& tx) {
            save_in(tx, noun, id, {"correct", "correction", "it was mistyped"}, [&](Record& after) {
                set(after, values);
                if (noun.derive != nullptr) noun.derive(after);
            });
        });
    }

    void make_void(const Noun& noun, const std::string& id) {
        change([&](db::Tx& tx) {
            save_in(tx, noun, id, {"void", "correction", "it never happened"},
                    [](Record& after) { after.voided = true; });
        });
    }

private:
    db::Database database_;
    db::Principal principal_{};
};

/// A little of everything that a council records, done by two people, and the ids of what was recorded.
class Council {
public:
    Council() : officer_(scratch_, "officer"), approver_(scratch_, "approver") {
        parties();
        merges();
        grants();
        council_tax();
        supplies();
        food();
        calls_and_community();
    }

    [[nodiscard]] const std::string& id(const std::string& name) const { return ids_.at(name); }
    [[nodiscard]] Member& officer() { return officer_; }

    void seal_and_fold() const {
        db::Connection connection{scratch_.app()};
        db::ledger::seal(connection, authority);
        db::ledger::fold(connection, authority);
    }

    [[nodiscard]] db::Verification verified() const {
        db::Connection connection{scratch_.owner()};
        return db::verify(connection, authority);
    }

    [[nodiscard]] std::string state() const {
        db::Connection connection{scratch_.owner()};
        return db::state_hash(connection, authority);
    }

    /// Runs SQL that no trigger and no foreign key looks at.
    void tamper(const std::string& sql) const {
        db::Connection connection{scratch_.owner()};
        connection.run("SET session_replication_role = replica; " + sql);
    }

    void merge(const std::string& kind, const std::string& from, const std::string& into) {
        ids_["merge " + from] = officer_.record(
            nouns::merge, {{"kind", kind}, {"from_id", id(from)}, {"into_id", id(into)}, {"reason", "same name"}});
    }

    void part(const std::string& from) {
        officer_.change([&](db::Tx& tx) {
            step_in(tx, nouns::merge, id("merge " + from), "reversals", {{"reversal_reason", "a brother"}});
            tx.run(
                "INSERT INTO merge_link (authority_id, from_id, into_id, linked) SELECT authority_id, from_id, "
                "into_id, false FROM merge WHERE id = '" +
                id("merge " + from) + "'");
        });
    }

    /// Publishes the figures of the latest seal.
    std::string publish(const std::string& name) {
        officer_.change([&](db::Tx& tx) {
            Record publication{nouns::publication.fields};
            set(publication, {{"title", name}, {"as_at", "2021-01-31"}});
            publication.id = ids_[name] = ids::fresh();
            resources::freeze(tx, publication, {tx.principal().staff_id, "2021-01-31"});
            db::records::create(tx, nouns::publication, publication, publication.id, {});
        });
        return id(name);
    }

    void make_another_entry() {
        keep("another call", nouns::call,
             {{"direction", "inbound"}, {"started_at", "2020-05-30T09:00:00Z"}, {"outcome", "referred"}});
    }

    /// From application to award by two people, and the scheme's allocation with it.
    std::string award(const std::string& name, const std::string& scheme, const Values& party) {
        auto values = party;
        values.insert(values.end(), {{"scheme", scheme},
                                     {"received_on", "2020-04-01"},
                                     {"payee.name", "Payee"},
                                     {"declarations", "{meets_criteria}"},
                                     {"payee.sort_code", "010203"},
                                     {"payee.account_number", "01234567"}});
        const auto application = ids_[name + " application"] = officer_.record(nouns::application, values);
        officer_.step(
            nouns::application, application, "assessments",
            {{"recommendation", "award"}, {"band", "any"}, {"amount_pence", "1000000"}, {"reason", "eligible"}});
        approver_.change([&](db::Tx& tx) {
            auto award = party;
            award.insert(award.end(), {{"application_id", application},
                                       {"scheme", scheme},
                                       {"period", "once"},
                                       {"band", "any"},
                                       {"ward", "Mill"},
                                       {"amount_pence", "1000000"},
                                       {"awarded_on", "2020-04-20"}});
            ids_[name] = record_in(tx, nouns::award, award);
            step_in(tx, nouns::application, application, "decisions",
                    {{"decision", "approve"}, {"decided_on", "2020-04-20"}, {"reason", "eligible"}},
                    {{"award_id", id(name)}});
            tx.run(
                "WITH changed AS (UPDATE scheme SET committed_pence = committed_pence + 1000000, "
                "version = version + 1 WHERE code = '" +
                scheme +
                "' RETURNING *) INSERT INTO audit (authority_id, at, actor, token_id, action, record_kind, record_id, "
                "version, request_id) SELECT authority_id, '" +
                tx.at() + "', recorded_by, '" + tx.principal().token_id +
                "', 'commit', 'scheme', id, version, 'r' FROM changed");
        });
        return id(name);
    }

    std::string paid(const std::string& name, const std::string& award, const std::string& day) {
        ids_[name] = officer_.record(nouns::payment, {{"award_id", award}, {"instructed_on", "2020-04-21"}});
        officer_.step(nouns::payment, id(name), "settlements", {{"entry_day", day}});
        return id(name);
    }

private:
    void keep(const std::string& name, const Noun& noun, const Values& values) {
        ids_[name] = officer_.record(noun, values);
    }

    void parties() {
        using namespace nouns;
        keep("hub", organisation, {{"name", "The hub"}, {"code", "ppe-hub"}, {"kind", "partner"}});
        keep("homes", organisation, {{"name", "Homes"}, {"code", "stockport-homes"}, {"kind", "partner"}});
        keep("school", organisation, {{"name", "A school"}, {"kind", "school"}});
        keep("group", organisation,
             {{"name", "A group"},
              {"kind", "voluntary_group"},
              {"identifiers", R"([{"kind": "charity_number", "value": "1"}])"}});
        for (const std::string name : {"Mill", "Lane", "Brow"}) {
            keep("household " + name, household,
                 {{"address", "1 " + name}, {"postcode", "SK1 1AA"}, {"ward", name}, {"people", "3"}});
            keep("person " + name, person, {{"name", name}, {"household_id", id("household " + name)}, {"ward", name}});
            keep("business " + name, business, {{"name", name}, {"legal_form", "company"}, {"ward", name}});
            keep("premises " + name, premises,
                 {{"business_id", id("business " + name)},
                  {"address", "2 " + name},
                  {"postcode", "SK1 1AB"},
                  {"ward", name},
                  {"use", "retail"},
                  {"reliefs", "{expanded_retail}"}});
        }
    }

    void merges() {
        merge("person", "person Lane", "person Mill");
        part("person Lane");
        merge("business", "business Brow", "business Lane");
    }

    void grants() {
        using namespace nouns;
        keep("sbgf", scheme,
             {{"code", "sbgf"},
              {"title", "Small Business Grants Fund"},
              {"kind", "business"},
              {"funding", "full"},
              {"opens_on", "2020-03-11"},
              {"committed_pence", "0"},
              {"amounts", R"([{"period": "once", "band": "any", "least_pence": 1000000,
                                              "most_pence": 1000000}])"}});
        keep("community", scheme,
             {{"code", "community-support"},
              {"title", "Community Support"},
              {"kind", "community"},
              {"funding", "capped"},
              {"opens_on", "2020-03-11"},
              {"committed_pence", "0"},
              {"allocation_pence", "5000000"}});
        for (const std::string name : {"Mill", "Lane", "Brow"}) {
            award("award " + name, "sbgf",
                  {{"business_id", id("business " + name)}, {"premises_id", id("premises " + name)}});
            paid("payment " + name, id("award " + name), "2020-05-01");
        }
        officer_.step(payment, id("payment Mill"), "returns", {{"returned_on", "2020-05-04"}, {"return_code", "5"}});
        paid("payment again", id("award Mill"), "2020-06-02");
        award("award group", "community-support", {{"organisation_id", id("group")}});
        paid("payment group", id("award group"), "2020-05-01");
        keep("funding", external_funding,
             {{"organisation_id", id("group")},
              {"funder", "A fund"},
              {"amount_pence", "900000"},
              {"secured_on", "2020-07-01"},
              {"evidence", "a letter"},
              {"partners", R"([{"organisation_id": ")" + id("school") + R"("}])"}});
    }

    void council_tax() {
        using namespace nouns;
        keep("account", council_tax_account, {{"account_reference", "70000001"}, {"ward", "Mill"}});
        const Values posting{{"account_reference", "70000001"}, {"fund", "hardship_2020_21"},
                             {"reason", "automatic"},           {"financial_year", "2020/21"},
                             {"amount_pence", "15000"},         {"effective_on", "2020-06-01"}};
        auto award = posting, reversal = posting;
        award.emplace_back("kind", "award");
        keep("posting", council_tax_posting, award);
        reversal.emplace_back("kind", "reversal");
        reversal.emplace_back("reverses_id", id("posting"));
        keep("reversal", council_tax_posting, reversal);
        keep("second posting", council_tax_posting, award);
    }

    void supplies() {
        using namespace nouns;
        keep("gloves", ppe_item, {{"code", "gloves"}, {"title", "Pairs of gloves"}, {"items_per_unit", "200"}});
        const Values movement{
            {"item", "gloves"}, {"organisation_id", id("school")}, {"moved_on", "2020-05-05"}, {"hub", "ppe-hub"}};
        auto issue = movement, back = movement;
        issue.insert(issue.end(), {{"kind", "issue"}, {"units", "10"}});
        keep("issue", ppe_movement, issue);
        back.insert(back.end(), {{"kind", "return"}, {"units", "3"}, {"issue_id", id("issue")}});
        keep("return", ppe_movement, back);
        for (const std::string tag : {"TAB-1", "TAB-2"}) {
            keep(tag, device,
                 {{"asset_tag", tag},
                  {"kind", "tablet"},
                  {"source", "dfe"},
                  {"supplied_on", "2020-09-01"},
                  {"holder_kind", "school_pupil"},
                  {"organisation_id", id("school")}});
        }
        officer_.step(device, id("TAB-1"), "handovers", {{"handed_on_on", "2020-09-10"}});
        officer_.correct(device, id("TAB-2"), {{"supplied_on", "2020-09-02"}, {"kind", "laptop"}});
    }

    void food() {
        using namespace nouns;
        const Values wanted{{"children", "2"},           {"value_pence", "3000"},
                            {"purpose", "holiday_food"}, {"holiday_period", "winter-2020"},
                            {"channel", "email"},        {"requested_on", "2020-12-01"}};
        for (const std::string name : {"Mill", "Lane"}) {
            auto values = wanted;
            values.emplace_back("household_id", id("household " + name));
            keep("voucher " + name, voucher, values);
            officer_.step(voucher, id("voucher " + name), "sends", {{"sent_on", "2020-12-10"}});
        }
        officer_.step(voucher, id("voucher Mill"), "redemptions", {{"redeemed_on", "2020-12-20"}});
        officer_.change([&](db::Tx& tx) {
            auto values = wanted;
            values.insert(values.end(), {{"household_id", id("household Lane")}, {"replaces_id", id("voucher Lane")}});
            ids_["voucher again"] = record_in(tx, voucher, values);
            step_in(tx, voucher, id("voucher Lane"), "reissues", {{"happened_on", "2020-12-15"}, {"reason", "lost"}},
                    {{"replaced_by_id", id("voucher again")}});
        });
        keep("parcel", parcel,
             {{"household_id", id("household Mill")},
              {"people", "3"},
              {"kind", "emergency"},
              {"referred_at", "2020-04-01T09:00:00Z"},
              {"promised_by", "2020-04-02"},
              {"delivered_by", "stockport-homes"}});
        officer_.step(parcel, id("parcel"), "attempts", {{"outcome", "no_answer"}, {"attempted_on", "2020-04-01"}});
        officer_.step(parcel, id("parcel"), "attempts", {{"outcome", "delivered"}, {"attempted_on", "2020-04-02"}});
        keep("shop", food_shop,
             {{"household_id", id("household Mill")},
              {"vulnerability_basis", "shielding"},
              {"requested_on", "2020-04-01"}});
        officer_.step(food_shop, id("shop"), "completions", {{"completed_on", "2020-04-03"}});
    }

    void calls_and_community() {
        using namespace nouns;
        // Half past eleven in the evening by UTC is the next day in London.
        keep("call in", call,
             {{"direction", "inbound"},
              {"started_at", "2020-03-30T23:30:00Z"},
              {"outcome", "referred"},
              {"purpose", "help_request"},
              {"reasons", "{food,medicine}"}});
        keep("call out", call,
             {{"direction", "outbound"},
              {"started_at", "2020-04-30T09:00:00Z"},
              {"outcome", "no_answer"},
              {"purpose", "welfare"},
              {"vulnerability_basis", "vulnerable"},
              {"person_id", id("person Mill")}});
        keep("mistake", call,
             {{"direction", "inbound"}, {"started_at", "2020-04-30T09:00:00Z"}, {"outcome", "referred"}});
        officer_.make_void(call, id("mistake"));
        keep("neighbours", mutual_aid_group,
             {{"name", "Neighbours"}, {"established_on", "2020-03-20"}, {"ward", "Mill"}});
        officer_.step(mutual_aid_group, id("neighbours"), "confirmations", {{"confirmed_on", "2020-04-20"}});
        for (const std::string name : {"Mill", "Lane"}) {
            keep("volunteer " + name, volunteer,
                 {{"person_id", id("person " + name)}, {"registered_on", "2020-03-25"}});
        }
    }

    ScratchDatabase scratch_{};
    Member officer_, approver_;
    std::map<std::string, std::string> ids_{};
};

/// The kinds of what was found, each followed by where, as one text.
std::string told(const db::Verification& verification) {
    std::string out;
    for (const auto& difference : verification.first) out += difference.kind + " " + difference.where + "\n";
    return out;
}

/// What verify says of a council of which somebody changed one thing behind the program's back.
std::string told_after(const Council& council, const std::string& sql) {
    council.tamper(sql);
    return told(council.verified());
}

}  // namespace

TEST_CASE("a council whose work went through the program has no differences") {
    Council council;
    const auto before = council.verified();
    CHECK(told(before) == "");
    CHECK(before.differences == 0);
    CHECK(before.records == 58);
    CHECK(before.entries == 33);

    council.seal_and_fold();
    council.merge("person", "person Lane", "person Brow");
    council.merge("household", "household Mill", "household Brow");
    council.officer().correct(nouns::external_funding, council.id("funding"), {{"amount_pence", "950000"}});
    council.officer().make_void(nouns::device, council.id("TAB-2"));
    council.seal_and_fold();
    council.part("person Lane");
    council.seal_and_fold();
    const auto after = council.verified();
    CHECK(told(after) == "");
    CHECK(after.seals == 3);
    CHECK(after.folded_totals > 0);
}

TEST_CASE("a line that the ledger lacks is a missing entry") {
    const Council council;
    CHECK(told_after(council, "DELETE FROM entry WHERE measure = 'voucher_redeemed'") ==
          "missing-entry voucher " + council.id("voucher Mill") + "\n");
}

TEST_CASE("a line that no record stands behind is an extra entry") {
    const Council council;
    CHECK(told_after(council,
                     "INSERT INTO entry (authority_id, id, measure, quantity, dims, happened_on, recorded_at, "
                     "record_kind, record_id, cause, request_id, actor) SELECT authority_id, gen_random_uuid(), "
                     "measure, 1, '{}', happened_on, clock_timestamp(), record_kind, record_id, 'event', 'x', actor "
                     "FROM entry WHERE measure = 'parcel_delivered'") ==
          "extra-entry parcel " + council.id("parcel") + "\n");
}

TEST_CASE("a line with another quantity, day, subject or dimension than its record says is named so") {
    const Council council;
    const auto told_of = [&](const std::string& change, const std::string& back) {
        const std::string update = "UPDATE entry SET ", which = " WHERE measure = 'external_funding_secured'";
        const auto found = told_after(council, update + change + which);
        council.tamper(update + back + which);
        return found;
    };
    const auto where = " external_funding " + council.id("funding") + "\n";
    CHECK(told_of("quantity = 900001", "quantity = 900000") == "wrong-quantity" + where);
    CHECK(told_of("happened_on = '2020-07-02'", "happened_on = '2020-07-01'") == "wrong-day" + where);
    CHECK(told_of("subject_id = '" + council.id("school") + "'", "subject_id = '" + council.id("group") + "'") ==
          "wrong-subject" + where);
    CHECK(told_of("subject_id = NULL", "subject_id = '" + council.id("group") + "'") == "wrong-subject" + where);
    CHECK(told_of(R"(dims = '{"funder": "Another"}')", R"(dims = '{"funder": "A fund"}')") ==
          "wrong-dimensions" + where);
    CHECK(told_of("happened_on = '2020-07-02', subject_id = NULL",
                  "happened_on = '2020-07-01', subject_id = '" + council.id("group") + "'") ==
          "missing-entry" + where + "extra-entry" + where);
    CHECK(council.verified().differences == 0);
}

TEST_CASE("what differs is said without what is known about a person") {
    const Council council;
    council.tamper(R"(UPDATE entry SET dims = dims || '{"vulnerability_basis": "shielding", "ward": "x"}'
                      WHERE measure = 'call_made')");
    const auto verification = council.verified();
    REQUIRE(verification.differences == 1);
    CHECK(verification.first[0].detail ==
          "call_made +1 on 2020-04-30 has other dimensions than its record: vulnerability_basis, ward.");
}

TEST_CASE("a quantity that is right but in too many entries is a split entry") {
    const Council council;
    CHECK(told_after(council,
                     "INSERT INTO entry (authority_id, id, measure, quantity, subject_id, dims, happened_on, "
                     "recorded_at, record_kind, record_id, cause, request_id, actor) SELECT authority_id, "
                     "gen_random_uuid(), measure, 400000, subject_id, dims, happened_on, recorded_at, record_kind, "
                     "record_id, cause, request_id, actor FROM entry WHERE measure = 'external_funding_secured'; "
                     "UPDATE entry SET quantity = 500000 WHERE quantity = 900000") ==
          "split-entry external_funding " + council.id("funding") + "\n");
}

TEST_CASE("an entry of a record that is not there is named once") {
    const Council council;
    CHECK(told_after(council,
                     "UPDATE entry SET record_id = '00000000-0000-7000-8000-000000000000' "
                     "WHERE measure = 'parcel_delivered'") ==
          "entry-without-record parcel 00000000-0000-7000-8000-000000000000\n"
          "missing-entry parcel " +
              council.id("parcel") + "\n");
}

TEST_CASE("a hash that is not that of its entry or merge is a wrong hash") {
    const Council council;
    council.tamper("ALTER TABLE entry ALTER hash DROP EXPRESSION; ALTER TABLE merge_link ALTER hash DROP EXPRESSION");
    CHECK(council.verified().differences == 0);
    CHECK(told_after(council,
                     "UPDATE entry SET hash = sha256('x') WHERE measure = 'parcel_delivered'; "
                     "UPDATE merge_link SET hash = sha256('x') WHERE NOT linked")
              .find("wrong-hash merge_link") != std::string::npos);
    CHECK(council.verified().differences == 2);
}

TEST_CASE("an entry that corrects an entry of another record is a stray correction") {
    const Council council;
    CHECK(told_after(council,
                     "UPDATE entry SET corrects = (SELECT id FROM entry WHERE measure = 'parcel_delivered') "
                     "WHERE measure = 'food_shop_provided'") ==
          "stray-correction food_shop " + council.id("shop") + "\n");
}

TEST_CASE("a party counted otherwise than the merges say is a wrong merge link") {
    const Council council;
    CHECK(told_after(council, "DELETE FROM merge_link WHERE NOT linked") ==
          "wrong-merge-link party " + council.id("person Lane") + "\n");
    CHECK(told_after(council, "DELETE FROM merge_link") ==
          "wrong-merge-link party " + council.id("business Brow") + "\n");
}

TEST_CASE("seals that do not follow each other, or end nowhere, are named") {
    Council council;
    council.seal_and_fold();
    council.make_another_entry();
    council.seal_and_fold();
    const std::string last = " WHERE seq = (SELECT max(seq) FROM seal)";
    CHECK(told_after(council, "UPDATE seal SET at = at - interval '1 day'" + last)
              .starts_with("seal-out-of-order seal "));
    CHECK(told_after(council, "UPDATE seal SET at = at + interval '1 day'" + last) == "");
    CHECK(told_after(council, "UPDATE seal SET seq = seq + 1" + last).starts_with("seal-without-entry seal "));
}

TEST_CASE("an entry that slipped behind a seal, or ahead of one, is outside its seal") {
    Council council;
    council.seal_and_fold();
    council.make_another_entry();
    const auto where = "entry-outside-its-seal call " + council.id("another call") + "\n";
    CHECK(told_after(council,
                     "UPDATE entry SET recorded_at = recorded_at - interval '1 day' "
                     "WHERE seq = (SELECT max(seq) FROM entry)") == where);
    council.seal_and_fold();
    CHECK(told_after(council,
                     "UPDATE entry SET recorded_at = recorded_at + interval '2 days' "
                     "WHERE seq = (SELECT max(seq) FROM entry)") == where);
}

TEST_CASE("a fold that ends at no seal is named") {
    const Council council;
    council.seal_and_fold();
    CHECK(told_after(council, "DELETE FROM seal").starts_with("fold-without-seal fold "));
}

TEST_CASE("a folded total that a plain count does not bear out is a wrong fold") {
    const Council council;
    council.seal_and_fold();
    const std::string parcels = " WHERE headline = 'emergency-parcels'";
    const std::string wrong = "wrong-fold emergency-parcels on 2020-04-02\n";
    CHECK(told_after(council, "UPDATE folded SET quantity = 2" + parcels) == wrong);
    CHECK(told_after(council, "UPDATE folded SET quantity = 1, l3 = l3 + 1" + parcels) == wrong);
    CHECK(told_after(council, "UPDATE folded SET l3 = l3 - 1" + parcels) == "");
    CHECK(told_after(council, "UPDATE folded SET quantity = quantity + 1 WHERE headline = 'new-volunteers'") ==
          "wrong-fold new-volunteers on 2020-03-25\n");
}

TEST_CASE("a month that is not the sum of its days is a wrong month") {
    const Council council;
    council.seal_and_fold();
    CHECK(told_after(council,
                     "UPDATE folded SET entries = entries + 1 "
                     "WHERE headline = 'ppe-items' AND bucket_kind = 'm'") == "wrong-month ppe-items in 2020-05\n");
}

TEST_CASE("a folded total that the list of buckets lacks, or the other way round, is named") {
    const Council council;
    council.seal_and_fold();
    CHECK(told_after(council, "DELETE FROM folded_bucket WHERE headline = 'ppe-items' AND bucket_kind = 'm'") ==
          "wrong-bucket-list ppe-items on 2020-05-01 (m)\n");
    CHECK(told_after(council,
                     "INSERT INTO folded_bucket SELECT authority_id, code, 'm', '2020-05-01' FROM headline "
                     "WHERE code = 'ppe-items'; "
                     "INSERT INTO folded_bucket SELECT authority_id, code, 'd', '2022-02-02' FROM headline "
                     "WHERE code = 'ppe-items'") == "wrong-bucket-list ppe-items on 2022-02-02 (d)\n");
}

TEST_CASE("a record without its first audit line is named") {
    const Council council;
    CHECK(told_after(council, "DELETE FROM audit WHERE record_id = '" + council.id("call in") + "'") ==
          "no-first-audit-line call " + council.id("call in") + "\n");
}

TEST_CASE("a version without an audit line is named, whatever moved the record on") {
    const Council council;
    CHECK(told_after(council, "UPDATE call SET version = 2 WHERE id = '" + council.id("call in") + "'") ==
          "version-without-audit-line call " + council.id("call in") + "\n");
    council.tamper("UPDATE call SET version = 1 WHERE id = '" + council.id("call in") + "'");
    CHECK(told_after(council, "UPDATE ppe_movement SET version = 3 WHERE kind = 'issue'") ==
          "version-without-audit-line ppe_movement " + council.id("issue") + "\n");
    council.tamper("UPDATE ppe_movement SET version = 2 WHERE kind = 'issue'");
    CHECK(told_after(council, "DELETE FROM audit WHERE action = 'correct'") ==
          "version-without-audit-line device " + council.id("TAB-2") + "\n");
}

TEST_CASE("a record that was audited and is not there is named") {
    const Council council;
    CHECK(told_after(council, "DELETE FROM premises WHERE id = '" + council.id("premises Brow") + "'") ==
          "audit-line-without-record premises " + council.id("premises Brow") + "\n");
}

TEST_CASE("a state that no lawful move leads to is named") {
    const Council council;
    CHECK(told_after(council, "UPDATE parcel SET state = 'referred'") ==
          "unlawful-state parcel " + council.id("parcel") + "\n");
    council.tamper("UPDATE parcel SET state = 'delivered'");
    CHECK(told_after(council, "UPDATE voucher SET state = 'sent' WHERE id = '" + council.id("voucher again") + "'") ==
          "unlawful-state voucher " + council.id("voucher again") + "\n");
}

TEST_CASE("a scheme that says it committed another sum than its live awards is named") {
    const Council council;
    CHECK(told_after(council, "UPDATE scheme SET committed_pence = 1 WHERE code = 'sbgf'") ==
          "wrong-commitment scheme " + council.id("sbgf") + "\n");
}

TEST_CASE("an award that was paid more than it is for is overpaid") {
    const Council council;
    CHECK(told_after(council, "UPDATE award SET amount_pence = 999999 WHERE id = '" + council.id("award Lane") +
                                  "'; UPDATE scheme SET committed_pence = committed_pence - 1 WHERE code = 'sbgf'") ==
          "overpaid-award award " + council.id("award Lane") + "\n");
}

TEST_CASE("an issue that says another number came back than its returns do is named") {
    const Council council;
    CHECK(told_after(council, "UPDATE ppe_movement SET taken_back_units = 4 WHERE kind = 'issue'") ==
          "wrong-taken-back ppe_movement " + council.id("issue") + "\n");
}

TEST_CASE("a published figure that cannot be counted again is named, even where all its copies agree") {
    Council council;
    council.seal_and_fold();
    const auto published = council.publish("Plan");
    council.merge("household", "household Mill", "household Brow");
    council.officer().correct(nouns::external_funding, council.id("funding"), {{"amount_pence", "950000"}});
    council.seal_and_fold();
    CHECK(told(council.verified()) == "");
    // PPE: 10 units came, 3 went back, at 200 items each.
    CHECK(told_after(council, R"sql(
        UPDATE publication_figure SET value = 1401 WHERE code = 'ppe-items';
        UPDATE publication_document SET document = replace(document, '"value":1400', '"value":1401');
        UPDATE publication p SET digest = 'sha256:' || encode(sha256(convert_to(d.document, 'UTF8')), 'hex')
        FROM publication_document d WHERE d.publication_id = p.id)sql") ==
          "publication-not-recomputed publication " + published + " ppe-items\n");
}

TEST_CASE("an entry that was slipped in under a published seal shows in the digests of what counts it") {
    Council council;
    council.seal_and_fold();
    const auto published = council.publish("Plan");
    council.make_another_entry();
    const auto found = told_after(council, "UPDATE entry SET seq = -1 WHERE seq = (SELECT max(seq) FROM entry)");
    CHECK(found.find("publication-not-recomputed publication " + published + " helpline-calls-received\n") !=
          std::string::npos);
    CHECK(found.find("publication-altered") == std::string::npos);
}

TEST_CASE("a published document, a row beside it or a record of it that was altered is named") {
    const auto alter = [](const std::string& sql) {
        Council council;
        council.seal_and_fold();
        const auto id = council.publish("Plan");
        auto found = told_after(council, sql);
        for (auto at = found.find(id); at != std::string::npos; at = found.find(id)) {
            found.replace(at, id.size(), "Plan");
        }
        return found;
    };
    CHECK(alter("UPDATE publication_document SET document = document || ' '") ==
          "publication-altered publication Plan\n");
    CHECK(alter("DELETE FROM publication_figure WHERE code = 'ppe-items'") ==
          "publication-altered publication Plan ppe-items\n");
    CHECK(alter("UPDATE publication_figure SET verdict = 'matches' WHERE code = 'ppe-items'") ==
          "publication-altered publication Plan ppe-items\n");
    CHECK(alter("UPDATE publication SET published_by = 'Somebody else'") == "publication-altered publication Plan\n");
    CHECK(alter("UPDATE publication SET as_at = '2021-02-01'") == "publication-altered publication Plan\n");
}

TEST_CASE("the first twenty differences are told, and all are counted") {
    const Council council;
    council.tamper("DELETE FROM audit");
    const auto verification = council.verified();
    CHECK(verification.first.size() == 20);
    CHECK(verification.differences > verification.records);
    CHECK(told(verification) == told(council.verified()));
}

TEST_CASE("two councils that did the same have the same state, whatever their ids and clocks") {
    const Council one, other;
    CHECK(one.state() == other.state());
    CHECK(one.state().size() == 64);
}

TEST_CASE("a state tells what was done, by values, by links and in the ledger") {
    const Council council;
    auto last = council.state();
    for (const auto& sql : std::vector<std::string>{
             "UPDATE person SET restricted = true WHERE name = 'Lane'",
             "UPDATE person SET household_id = '" + council.id("household Lane") + "' WHERE name = 'Mill'",
             "UPDATE parcel_attempt SET attempt_note = 'at the gate' WHERE position = 1",
             "UPDATE application_assessment SET amount_pence = 2 WHERE application_id = '" +
                 council.id("award Mill application") + "'",
             "UPDATE application SET decided_by = NULL WHERE id = '" + council.id("award Mill application") + "'",
             "UPDATE application SET award_id = '" + council.id("award Lane") + "' WHERE id = '" +
                 council.id("award Mill application") + "'",
             "UPDATE voucher SET replaces_id = '" + council.id("voucher Mill") + "' WHERE replaces_id IS NOT NULL",
             "UPDATE external_funding_partner SET organisation_id = '" + council.id("hub") + "'",
             "UPDATE call SET started_at = started_at + interval '1 minute' WHERE direction = 'outbound'",
             "UPDATE entry SET cause = 'correction' WHERE measure = 'parcel_delivered'",
             "UPDATE merge_link SET into_id = '" + council.id("person Brow") + "' WHERE NOT linked"}) {
        council.tamper(sql);
        const auto now = council.state();
        INFO(sql);
        CHECK(now != last);
        last = now;
    }
    council.tamper("UPDATE person SET recorded_at = recorded_at + interval '1 day', reference = 'x' || reference");
    CHECK(council.state() == last);
}

}  // namespace tideover
