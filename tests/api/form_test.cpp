// Codes, numbers and names in another spelling are the same ones: wherever they are recorded, named and asked for.
#include <doctest/doctest.h>

#include "domain/aid/nouns.hpp"
#include "domain/community/nouns.hpp"
#include "domain/council_tax/nouns.hpp"
#include "domain/grants/nouns.hpp"
#include "domain/helpline/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::form_test {
namespace {

using nlohmann::json;

Answer recording(World& world, const Noun& noun, const json& more) {
    auto request = world.lawful(*creating(noun));
    request.body.merge_patch(more);
    return world.send(request);
}

std::string code(const std::string& begins) {
    auto key = Service::fresh_key();
    std::replace(key.begin(), key.end(), '-', 'a');
    return begins + key.substr(0, 12);
}

std::string capitals(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::toupper(c); });
    return text;
}

std::int64_t listed(World& world, Role role, const std::string& target) {
    const auto answer = world.get(role, target);
    REQUIRE(outcome(answer) == "200");
    return static_cast<std::int64_t>(answer.json().at("items").size());
}

}  // namespace

TEST_CASE("a Council Tax account in three spellings is one account, and postings in any of them are on it") {
    auto& world = shared_world();
    const auto number = "7785" + std::to_string(10000 + std::rand() % 89999);
    const auto account = world.fresh(nouns::council_tax_account, {{"account_reference", number + "x"}});
    CHECK(account.at("account_reference") == number + "X");
    for (const auto* again : {"x", "X", " X", " x", "-X"}) {
        const auto answer = recording(world, nouns::council_tax_account, {{"account_reference", number + again}});
        CHECK(outcome(answer) == "409 already-recorded");
        CHECK(answer.body.find(account.at("reference").get<std::string>()) != std::string::npos);
        const auto posting = world.fresh(nouns::council_tax_posting, {{"account_reference", number + again}});
        CHECK(posting.at("account_id") == account.at("id"));
        CHECK(posting.at("account_reference") == number + "X");
    }
    CHECK(listed(world, Role::finance, "/v1/council-tax-postings?account_reference=" + number + "%20x") == 5);
    CHECK(listed(world, Role::finance, "/v1/council-tax-accounts?account_reference=" + number + "x") == 1);
}

TEST_CASE("two Council Tax accounts of one are merged, and count as one from then on") {
    auto& world = shared_world();
    const auto one = world.fresh(nouns::council_tax_account), other = world.fresh(nouns::council_tax_account);
    const auto merge = world.post(Role::admin, "/v1/merges",
                                  json{{"kind", "council_tax_account"},
                                       {"from_id", other.at("id")},
                                       {"into_id", one.at("id")},
                                       {"reason", "One bill, typed twice."}}
                                      .dump());
    const auto merged =
        outcome(merge) == "403 forbidden"
            ? world.fresh(nouns::merge,
                          {{"kind", "council_tax_account"}, {"from_id", other.at("id")}, {"into_id", one.at("id")}})
            : merge.json();
    REQUIRE(merged.contains("id"));
    CHECK(world.sql("SELECT root_of('" + world.authority() + "', '" + id_of(other) + "', 9223372036854775807)") ==
          id_of(one));
    CHECK(outcome(world.make_void(nouns::council_tax_account, other)) == "409 in-use");
}

TEST_CASE("published codes are one in any spelling: of schemes, organisations and PPE items") {
    auto& world = shared_world();
    for (const auto* noun : {&nouns::scheme, &nouns::organisation, &nouns::ppe_item}) {
        INFO(noun->name);
        const auto said = code("form ");
        const auto record = world.fresh(*noun, {{"code", capitals(said)}});
        auto form = said;
        form[4] = '-';
        CHECK(record.at("code") == form);
        for (const auto& again : {said, capitals(form), " " + form + " ", "FORM_" + form.substr(5)}) {
            CHECK(outcome(recording(world, *noun, {{"code", again}})) == "409 already-recorded");
        }
    }
    const auto partner = world.fresh(nouns::organisation, {{"code", code("drivers-")}, {"kind", "partner"}});
    const auto spelt = capitals(partner.at("code").get<std::string>());
    const auto parcel = world.fresh(nouns::parcel, {{"delivered_by", spelt}});
    CHECK(parcel.at("delivered_by") == partner.at("code"));
    CHECK(listed(world, Role::helpline, "/v1/parcels?delivered_by=" + spelt) == 1);
    const auto item = world.fresh(nouns::ppe_item, {{"code", code("gloves-")}});
    const auto movement = world.fresh(nouns::ppe_movement, {{"item", capitals(item.at("code").get<std::string>())}});
    CHECK(movement.at("item") == item.at("code"));
    CHECK(movement.at("item_id") == item.at("id"));
}

TEST_CASE("a code that came before there was a form is still named, and nobody else gets it") {
    Service service;
    World world{service};
    const auto partner = world.fresh(nouns::organisation, {{"code", "viaduct-care"}, {"kind", "partner"}});
    world.sql("ALTER TABLE organisation DISABLE TRIGGER USER");
    world.sql("UPDATE organisation SET code = 'Viaduct Care' WHERE code = 'viaduct-care' RETURNING code");
    world.sql("ALTER TABLE organisation ENABLE TRIGGER USER");
    CHECK(outcome(recording(world, nouns::organisation, {{"code", "VIADUCT-care"}})) == "409 already-recorded");
    for (const auto* spelling : {"Viaduct Care", "viaduct-care", "VIADUCT_CARE"}) {
        CHECK(world.fresh(nouns::parcel, {{"delivered_by", spelling}}).at("delivered_by") == "Viaduct Care");
    }
    const auto parcel = world.fresh(nouns::parcel);
    const auto corrected = world.correct(nouns::parcel, parcel, {{"delivered_by", "viaduct-care"}});
    CHECK(outcome(corrected) == "200");
    CHECK(corrected.json().at("delivered_by") == "Viaduct Care");
    CHECK(listed(world, Role::helpline, "/v1/parcels?delivered_by=viaduct-care") == 4);
    CHECK(world.get(Role::auditor, "/v1/verify").json().at("differences") == 0);
}

TEST_CASE("holiday periods, periods and bands are kept in one form") {
    auto& world = shared_world();
    const auto voucher = world.fresh(nouns::voucher, {{"holiday_period", "Half Term_Feb 2021"}});
    CHECK(voucher.at("holiday_period") == "half-term-feb-2021");
    CHECK(listed(world, Role::helpline, "/v1/vouchers?holiday_period=HALF%20TERM%20feb-2021") == 1);
    CHECK(world.fresh(nouns::application, {{"period", "ONCE"}}).at("period") == "once");
}

TEST_CASE("an asset tag and a bid are kept as typed, unique and found in any spelling") {
    auto& world = shared_world();
    const auto tag = code("DfE-");
    const auto device = world.fresh(nouns::device, {{"asset_tag", tag}});
    CHECK(device.at("asset_tag") == tag);
    for (const auto& again : {capitals(tag), "dfe " + tag.substr(4)}) {
        CHECK(recording(world, nouns::device, {{"asset_tag", again}}).status == 409);
    }
    CHECK(listed(world, Role::finance, "/v1/devices?asset_tag=dfe%20" + tag.substr(4)) == 1);
    const auto bid = code("CF/");
    const auto funding = world.fresh(nouns::external_funding, {{"funder", "Community Fund"}, {"bid_reference", bid}});
    CHECK(funding.at("bid_reference") == bid);
    CHECK(recording(world, nouns::external_funding, {{"funder", "COMMUNITY  FUND"}, {"bid_reference", capitals(bid)}})
              .status == 409);
    CHECK(recording(world, nouns::external_funding, {{"funder", "Another Fund"}, {"bid_reference", bid}}).status ==
          201);
}

TEST_CASE("an identifier is kept as typed, and refused where it cannot be one of its kind") {
    auto& world = shared_world();
    const auto given = [](const char* kind, const std::string& value) {
        return json{{"identifiers", {{{"kind", kind}, {"value", value}}}}};
    };
    const auto business = world.fresh(nouns::business, given("company_number", "0646 0421"));
    CHECK(business.at("identifiers")[0].at("value") == "0646 0421");
    for (const auto* again : {"06460421", "6460421", "064 604 21"}) {
        CHECK(outcome(recording(world, nouns::business, given("company_number", again))) == "409 duplicate-identifier");
    }
    for (const auto& [kind, value] :
         std::initializer_list<std::pair<const char*, const char*>>{{"nhs_number", "9434765918"},
                                                                    {"vat_number", "GB123456789"},
                                                                    {"company_number", "none"},
                                                                    {"charity_number", "7"},
                                                                    {"uprn", "ten"},
                                                                    {"email", "mailto:jo@example.org"},
                                                                    {"phone", "ask for Jo"}}) {
        INFO(kind);
        for (const auto* noun :
             {&nouns::person, &nouns::household, &nouns::business, &nouns::organisation, &nouns::premises}) {
            CHECK(fault_at(recording(world, *noun, given(kind, value)), "/identifiers/0/value") == "invalid_form");
        }
        CHECK(fault_at(world.correct(nouns::business, business, given(kind, value)), "/changes/identifiers/0/value") ==
              "invalid_form");
    }
}

TEST_CASE("a ward has the spelling of the list, or of whoever named it first, on every record and correction") {
    auto& world = shared_world();
    world.fresh(nouns::household, {{"ward", "Form & Foundry"}});
    for (const auto* noun : {&nouns::household, &nouns::person, &nouns::business, &nouns::premises,
                             &nouns::organisation, &nouns::council_tax_account, &nouns::mutual_aid_group}) {
        INFO(noun->name);
        const auto record = world.fresh(*noun, {{"ward", "FORM and  foundry"}});
        CHECK(record.at("ward") == "Form & Foundry");
        const auto elsewhere = world.correct(*noun, record, {{"ward", "Elsewhere in Form"}}).json();
        CHECK(world.correct(*noun, elsewhere, {{"ward", "form & foundry"}}).json().at("ward") == "Form & Foundry");
    }
    CHECK(listed(world, Role::helpline, "/v1/households?ward=form%20and%20foundry") >= 2);
    const auto group = world.fresh_in(nouns::mutual_aid_group, "active", {{"ward", "form AND foundry"}});
    CHECK(world.sql("SELECT dims ->> 'ward' FROM entry WHERE record_id = '" + id_of(group) + "'") == "Form & Foundry");
}

TEST_CASE(
    "an instant comes with any offset and fraction, is stored in UTC, and not before there was anything to record") {
    auto& world = shared_world();
    for (const auto& [said, stored] : std::initializer_list<std::pair<const char*, const char*>>{
             {"2020-05-01T10:15:00+01:00", "2020-05-01T09:15:00Z"},
             {"2020-05-01t09:15:00z", "2020-05-01T09:15:00Z"},
             {"2020-05-01T09:15:00+00:00", "2020-05-01T09:15:00Z"},
             {"2020-05-01T09:15:00.123456789Z", "2020-05-01T09:15:00.123456Z"},
             {"2020-06-30T23:30:00-01:00", "2020-07-01T00:30:00Z"}}) {
        INFO(said);
        const auto call = world.fresh(nouns::call, {{"started_at", said}});
        CHECK(call.at("started_at") == stored);
    }
    for (const auto* long_ago : {"1969-12-31T23:59:59Z", "1999-12-31T23:59:59Z", "2000-01-01T00:30:00+01:00"}) {
        CHECK(fault_at(recording(world, nouns::call, {{"started_at", long_ago}}), "/started_at") == "too_long_ago");
    }
    CHECK(fault_at(recording(world, nouns::voucher, {{"requested_on", "1970-01-01"}}), "/requested_on") ==
          "too_long_ago");
    CHECK(world.fresh(nouns::person, {{"born_on", "1919-03-04"}}).at("born_on") == "1919-03-04");
}

TEST_CASE("days are in order: births and deaths, promises, attempts, and nobody calls the dead") {
    auto& world = shared_world();
    CHECK(fault_at(recording(world, nouns::person, {{"born_on", "1950-02-02"}, {"died_on", "1950-02-01"}}),
                   "/died_on") != "");
    const auto person = world.fresh(nouns::person, {{"born_on", "1950-02-02"}});
    CHECK(world.correct(nouns::person, person, {{"died_on", "1949-01-01"}}).status == 422);
    CHECK(fault_at(
              recording(world, nouns::parcel, {{"referred_at", "2020-05-02T10:00:00Z"}, {"promised_by", "2020-05-01"}}),
              "/promised_by") == "too_early");
    const auto dead = world.fresh(nouns::person, {{"died_on", "2020-05-01"}});
    const json call{{"person_id", dead.at("id")}, {"direction", "outbound"}, {"purpose", "welfare"}};
    auto late = call, before = call, inbound = call;
    late["started_at"] = "2020-05-02T10:00:00Z", before["started_at"] = "2020-05-01T10:00:00Z";
    inbound["direction"] = "inbound", inbound["started_at"] = late["started_at"], inbound["purpose"] = nullptr;
    CHECK(fault_at(recording(world, nouns::call, late), "/happened_on") == "too_late");
    CHECK(recording(world, nouns::call, before).status == 201);
    CHECK(recording(world, nouns::call, inbound).status == 201);
    // A death that becomes known later takes no call back.
    const auto alive = world.fresh(nouns::person);
    auto called = late;
    called["person_id"] = alive.at("id");
    CHECK(recording(world, nouns::call, called).status == 201);
    CHECK(world.correct(nouns::person, alive, {{"died_on", "2020-04-30"}}).status == 200);
}

TEST_CASE("attempts at a parcel follow one another, and a correction of its end stays behind them") {
    auto& world = shared_world();
    const auto parcel =
        world.fresh(nouns::parcel, {{"referred_at", "2020-05-01T10:00:00Z"}, {"promised_by", "2020-05-09"}});
    const auto attempted = world.take(nouns::parcel, parcel, "no_answer", {{"attempted_on", "2020-05-05"}});
    for (const auto* event : {"delivered", "left_safe", "no_answer", "refused", "wrong_address"}) {
        CHECK(world.attempt(nouns::parcel, attempted, event, {{"attempted_on", "2020-05-04"}}).status == 422);
    }
    CHECK(world.attempt(nouns::parcel, attempted, "fail", {{"failed_on", "2020-05-04"}}).status == 422);
    const auto delivered = world.take(nouns::parcel, attempted, "delivered", {{"attempted_on", "2020-05-08"}});
    CHECK(world.correct(nouns::parcel, delivered, {{"delivered_on", "2020-05-04"}}).status == 422);
    CHECK(world.correct(nouns::parcel, delivered, {{"delivered_on", "2020-05-06"}}).status == 200);
}

}  // namespace tideover::testing::form_test
