// Vouchers, parcels and PPE beyond their tables: what replaces what, and what can come back.
#include <doctest/doctest.h>

#include "db/core/ids.hpp"
#include "domain/aid/nouns.hpp"
#include "domain/community/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "tests/api/at_once.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::supplies_test {
namespace {

using nlohmann::json;

std::string net(World& world, const std::string& measure, const json& subject) {
    return world.sql("SELECT coalesce(sum(quantity), 0) FROM entry WHERE measure = '" + measure +
                     "' AND subject_id = '" + subject.get<std::string>() + "'");
}

json by_id(World& world, Role role, const Noun& noun, const json& id) {
    return world.get(role, "/v1/" + std::string{noun.path} + "/" + id.get<std::string>()).json();
}

struct Hub {
    World& world;
    json item = world.fresh(nouns::ppe_item, {{"items_per_unit", 50}}).at("code");

    [[nodiscard]] Answer move(const std::string& kind, int units, const json& issue = nullptr) const {
        const json body{{"kind", kind},
                        {"item", item},
                        {"units", units},
                        {"organisation_id", world.one("organisation").at("id")},
                        {"moved_on", World::past_day},
                        {"issue_id", issue}};
        return world.post(Role::partner, "/v1/ppe-movements", body.dump());
    }
    [[nodiscard]] std::string taken_back(const json& issue) const {
        return world.sql("SELECT taken_back_units FROM ppe_movement WHERE id = '" + issue.at("id").get<std::string>() +
                         "'");
    }
    [[nodiscard]] std::string items() const {
        return world.sql(
            "SELECT coalesce(sum(quantity), 0) FROM entry WHERE measure = 'ppe_issued' AND dims ->> 'item' = '" +
            item.get<std::string>() + "'");
    }
};

}  // namespace

TEST_CASE("a reissued voucher is void as a count, and a new one is requested in its place") {
    auto& world = shared_world();
    const auto family = world.fresh(nouns::household).at("id");
    for (const std::string state : {"sent", "bounced", "failed", "expired"}) {
        INFO(state);
        const auto first = world.fresh_in(nouns::voucher, state, {{"household_id", family}, {"children", 2}});
        const auto reissued = world.take(nouns::voucher, first, "reissue",
                                         {{"happened_on", "2020-07-01"}, {"reason", "lost in the post"}});
        CHECK(reissued.at("state") == "reissued");
        CHECK(net(world, "voucher_sent", family) == "0");
        const auto second = by_id(world, Role::grants_officer, nouns::voucher, reissued.at("replaced_by_id"));
        CHECK(second.at("replaces_id") == first.at("id"));
        CHECK(second.at("state") == "requested");
        CHECK(second.at("version") == 1);
        CHECK(second.at("sent_on").is_null());
        for (const std::string same :
             {"household_id", "children", "value_pence", "purpose", "holiday_period", "school", "ward"}) {
            INFO(same);
            CHECK(second.at(same) == first.at(same));
        }
        const auto sent = world.take(nouns::voucher, second, "send", {{"sent_on", "2020-07-02"}});
        CHECK(net(world, "voucher_sent", family) == "1");
        CHECK(net(world, "voucher_children", family) == "2");
        world.take(nouns::voucher, sent, "cancel", {{"happened_on", "2020-07-03"}});
        CHECK(net(world, "voucher_sent", family) == "0");
    }
}

TEST_CASE("a voucher that failed for good stopped counting then, also when another takes its place later") {
    auto& world = shared_world();
    const auto family = world.fresh(nouns::household).at("id");
    const auto failed = world.take(nouns::voucher, world.fresh_in(nouns::voucher, "sent", {{"household_id", family}}),
                                   "fail", {{"happened_on", "2020-06-10"}});
    const auto lines = [&] {
        return world.sql(
            "SELECT string_agg(happened_on || ' ' || quantity, ', ' ORDER BY seq) FROM entry WHERE measure = "
            "'voucher_sent' AND subject_id = '" +
            family.get<std::string>() + "'");
    };
    CHECK(lines() == "2020-06-01 1, 2020-06-10 -1");
    world.take(nouns::voucher, failed, "reissue", {{"happened_on", "2020-07-20"}});
    CHECK(lines() == "2020-06-01 1, 2020-06-10 -1");
}

TEST_CASE("no day of a record lies before the day that it follows, in steps and in corrections") {
    auto& world = shared_world();
    struct Early {
        const Noun* noun;
        std::string_view state, event, field;
    };
    for (const auto& [noun, state, event, field] : {Early{&nouns::voucher, "requested", "send", "sent_on"},
                                                    {&nouns::voucher, "sent", "bounce", "bounced_on"},
                                                    {&nouns::voucher, "sent", "fail", "happened_on"},
                                                    {&nouns::voucher, "requested", "cancel", "happened_on"},
                                                    {&nouns::voucher, "sent", "redeem", "redeemed_on"},
                                                    {&nouns::voucher, "sent", "expire", "expired_on"},
                                                    {&nouns::food_shop, "requested", "complete", "completed_on"},
                                                    {&nouns::food_shop, "requested", "fail", "failed_on"},
                                                    {&nouns::parcel, "referred", "fail", "failed_on"},
                                                    {&nouns::device, "supplied", "hand_on", "handed_on_on"},
                                                    {&nouns::device, "supplied", "return", "returned_on"},
                                                    {&nouns::mutual_aid_group, "registered", "confirm", "confirmed_on"},
                                                    {&nouns::mutual_aid_group, "registered", "close", "closed_on"},
                                                    {&nouns::volunteer, "registered", "leave", "left_on"}}) {
        INFO(noun->name << " " << event);
        const auto record = world.fresh_in(*noun, state);
        const auto before = world.stored();
        CHECK(outcome(world.attempt(*noun, record, event, {{std::string{field}, "2020-05-31"}})) == "422 too-early");
        CHECK(world.stored() == before);
    }
    const auto redeemed = world.fresh_in(nouns::voucher, "redeemed");
    CHECK(fault_at(world.correct(nouns::voucher, redeemed, {{"redeemed_on", "2020-05-31"}}), "/changes/redeemed_on") ==
          "too_early");
    const auto delivered = world.fresh_in(nouns::parcel, "delivered");
    CHECK(fault_at(world.correct(nouns::parcel, delivered, {{"delivered_on", "2020-05-31"}}),
                   "/changes/delivered_on") == "too_early");
}

TEST_CASE("a parcel keeps each attempt, counts once, and its replacement is a second parcel") {
    auto& world = shared_world();
    const auto family = world.fresh(nouns::household).at("id");
    auto parcel =
        world.fresh(nouns::parcel, {{"household_id", family}, {"note", "blue door"}, {"diet", {"halal", "nut_free"}}});
    CHECK(outcome(world.attempt(nouns::parcel, parcel, "delivered", {{"attempted_on", "2020-05-31"}})) ==
          "422 too-early");
    parcel = world.take(nouns::parcel, parcel, "no_answer",
                        {{"attempted_on", "2020-06-02"}, {"attempt_note", "dog barked"}});
    parcel = world.take(nouns::parcel, parcel, "wrong_address", {{"attempted_on", "2020-06-03"}});
    parcel = world.take(nouns::parcel, parcel, "delivered", {{"attempted_on", "2020-06-04"}});
    CHECK(parcel.at("delivered_on") == "2020-06-04");
    const json attempts{{{"outcome", "no_answer"}, {"attempted_on", "2020-06-02"}, {"attempt_note", "dog barked"}},
                        {{"outcome", "wrong_address"}, {"attempted_on", "2020-06-03"}, {"attempt_note", nullptr}},
                        {{"outcome", "delivered"}, {"attempted_on", "2020-06-04"}, {"attempt_note", nullptr}}};
    CHECK(by_id(world, Role::helpline, nouns::parcel, parcel.at("id")).at("attempts") == attempts);
    CHECK(net(world, "parcel_delivered", family) == "1");
    const auto replaced = world.take(nouns::parcel, parcel, "replace", {{"reason", "the milk was off"}});
    CHECK(net(world, "parcel_delivered", family) == "1");
    const auto second = by_id(world, Role::helpline, nouns::parcel, replaced.at("replaced_by_id"));
    CHECK(second.at("replaces_id") == parcel.at("id"));
    CHECK(second.at("state") == "referred");
    CHECK(second.at("attempts") == json::array());
    CHECK(second.at("diet") == parcel.at("diet"));
    CHECK(second.at("delivered_on").is_null());
    world.take(nouns::parcel, second, "delivered");
    CHECK(net(world, "parcel_delivered", family) == "2");
}

TEST_CASE("a parcel may be promised for a day to come, and nothing else may lie ahead") {
    auto& world = shared_world();
    const auto ahead = world.fresh(nouns::parcel, {{"promised_by", "2199-12-31"}});
    CHECK(ahead.at("promised_by") == "2199-12-31");
}

TEST_CASE("no more PPE comes back than was issued") {
    auto& world = shared_world();
    const Hub hub{world};
    const auto issue = hub.move("issue", 10).json();
    CHECK(outcome(hub.move("return", 11, issue.at("id"))) == "422 more-than-issued");
    const auto back = hub.move("return", 6, issue.at("id"));
    REQUIRE(outcome(back) == "201");
    const auto before = world.stored();
    CHECK(outcome(hub.move("recall", 5, issue.at("id"))) == "422 more-than-issued");
    CHECK(world.stored() == before);
    CHECK(hub.taken_back(issue) == "6");
    CHECK(hub.items() == "200");
    CHECK(outcome(hub.move("recall", 4, issue.at("id"))) == "201");
    CHECK(hub.taken_back(issue) == "10");
    CHECK(hub.items() == "0");
}

TEST_CASE("a corrected movement keeps issue and returns in step") {
    auto& world = shared_world();
    const Hub hub{world};
    auto issue = hub.move("issue", 10).json();
    auto back = hub.move("return", 6, issue.at("id")).json();
    const auto now = [&](const json& movement) {
        return by_id(world, Role::finance, nouns::ppe_movement, movement.at("id"));
    };
    CHECK(outcome(world.correct(nouns::ppe_movement, now(issue), {{"units", 5}})) == "422 more-than-issued");
    CHECK(outcome(world.make_void(nouns::ppe_movement, now(issue))) == "409 in-use");
    CHECK(outcome(world.correct(nouns::ppe_movement, back, {{"units", 11}})) == "422 more-than-issued");
    CHECK(hub.items() == "200");
    CHECK(outcome(world.correct(nouns::ppe_movement, back, {{"units", 8}})) == "200");
    CHECK(hub.taken_back(issue) == "8");
    CHECK(hub.items() == "100");
    CHECK(outcome(world.correct(nouns::ppe_movement, now(issue), {{"units", 8}})) == "200");
    CHECK(hub.items() == "0");
    CHECK(outcome(world.make_void(nouns::ppe_movement, now(back))) == "200");
    CHECK(hub.taken_back(issue) == "0");
    CHECK(outcome(world.make_void(nouns::ppe_movement, now(issue))) == "200");
    CHECK(hub.items() == "0");
}

TEST_CASE("each return is a version of its issue too, audited with what stood there before") {
    auto& world = shared_world();
    const Hub hub{world};
    const auto issue = hub.move("issue", 10).json().at("id");
    const auto back = hub.move("return", 3, issue).json();
    REQUIRE(outcome(world.correct(nouns::ppe_movement, back, {{"units", 1}})) == "200");
    CHECK(world.sql("SELECT string_agg(version || ' ' || action || ' from ' || coalesce(before ->> 'taken_back_units', "
                    "'-') || ' of ' || coalesce(before ->> 'version', '-'), ', ' ORDER BY version) FROM audit "
                    "WHERE record_id = '" +
                    issue.get<std::string>() + "'") ==
          "1 record from - of -, 2 take_back from 0 of 1, 3 take_back from 3 of 2");
}

TEST_CASE("what comes back names an issue of that item and hub") {
    auto& world = shared_world();
    const Hub hub{world}, other{world};
    const auto issue = hub.move("issue", 10).json();
    const auto fault = [&](const Answer& answer) { return outcome(answer) + " " + fault_at(answer, "/issue_id"); };
    CHECK(fault(hub.move("return", 1)) == "422 invalid-fields return_only");
    CHECK(fault(hub.move("issue", 1, issue.at("id"))) == "422 invalid-fields return_only");
    CHECK(fault_at(other.move("return", 1, issue.at("id")), "/item") == "not_the_same");
    CHECK(fault(hub.move("return", 1, db::ids::fresh())) == "422 invalid-fields unknown_reference");
    const auto back = hub.move("return", 1, issue.at("id")).json();
    CHECK(fault(hub.move("return", 1, back.at("id"))) == "422 invalid-fields not_the_same");
}

TEST_CASE("returns of one issue at the same moment never come to more than it") {
    auto& world = shared_world();
    const Hub hub{world};
    const auto issue = hub.move("issue", 10).json();
    const json body{{"kind", "return"},
                    {"item", hub.item},
                    {"units", 3},
                    {"organisation_id", world.one("organisation").at("id")},
                    {"moved_on", World::past_day},
                    {"issue_id", issue.at("id")}};
    const auto token = world.service().token("partner", {}, std::string{World::partner});
    const auto answers = at_once(world.service(), 8, [&](Client& client, std::size_t) {
        return client.send("POST", "/v1/ppe-movements", post_headers(token), body.dump());
    });
    CHECK(how_many(answers, "201") == 3);
    CHECK(how_many(answers, "422 more-than-issued") == 5);
    CHECK(hub.taken_back(issue) == "9");
    CHECK(hub.items() == "50");
}

TEST_CASE("the day of a redemption decides, though the voucher was taken for expired by the time it is known") {
    auto& world = shared_world();
    const auto expired = [&] {
        const auto sent = world.fresh_in(nouns::voucher, "sent");
        return world.take(nouns::voucher, sent, "expire", {{"expired_on", "2020-09-30"}});
    };
    const auto late = world.attempt(nouns::voucher, expired(), "redeem", {{"redeemed_on", "2020-10-01"}});
    CHECK(late.status == 422);
    CHECK(late.body.find("cannot be redeemed after it expired") != std::string::npos);
    const auto redeemed = world.take(nouns::voucher, expired(), "redeem", {{"redeemed_on", "2020-09-30"}});
    CHECK(redeemed.at("state") == "redeemed");
    CHECK(redeemed.at("expired_on").is_null());
    CHECK(world.sql("SELECT sum(quantity) FROM entry WHERE measure = 'voucher_redeemed' AND record_id = '" +
                    redeemed.at("id").get<std::string>() + "'") == "1");
}

TEST_CASE("a family's second voucher for one purpose and period names the first, through merges, and is recorded") {
    auto& world = shared_world();
    const auto family = world.fresh(nouns::household), again = world.fresh(nouns::household);
    const auto voucher = [&](const json& household, const char* period) {
        return world.fresh(
            nouns::voucher,
            {{"household_id", household.at("id")}, {"purpose", "holiday_food"}, {"holiday_period", period}});
    };
    const auto first = voucher(family, "easter-2021");
    CHECK(first.at("alike_id").is_null());
    CHECK(voucher(family, "summer-2021").at("alike_id").is_null());
    CHECK(voucher(again, "easter-2021").at("alike_id").is_null());
    CHECK(voucher(family, "Easter 2021").at("alike_id") == first.at("id"));
    world.fresh(nouns::merge, {{"kind", "household"}, {"from_id", again.at("id")}, {"into_id", family.at("id")}});
    CHECK(voucher(again, "easter-2021").at("alike_id") == first.at("id"));
}

TEST_CASE("an issuer's code is one voucher's, in any spelling, and does not go over to one in its place") {
    auto& world = shared_world();
    const auto code = "WND " + Service::fresh_key().substr(0, 8);
    const auto first = world.fresh(nouns::voucher, {{"issuer_code", code}});
    auto twin = world.lawful(*creating(nouns::voucher));
    twin.body["issuer_code"] = "wnd-" + code.substr(4);
    CHECK(world.send(twin).status == 409);
    const auto sent = world.take(nouns::voucher, first, "send");
    const auto reissued = world.take(nouns::voucher, sent, "reissue");
    CHECK(world.sql("SELECT issuer_code IS NULL FROM voucher WHERE id = '" +
                    reissued.at("replaced_by_id").get<std::string>() + "'") == "t");
}

}  // namespace tideover::testing::supplies_test
