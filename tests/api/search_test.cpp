// What people know of a record finds it, whoever may see it; and says why.
#include <doctest/doctest.h>

#include <initializer_list>
#include <set>

#include "domain/access/nouns.hpp"
#include "domain/aid/nouns.hpp"
#include "domain/community/nouns.hpp"
#include "domain/core/typed.hpp"
#include "domain/council_tax/nouns.hpp"
#include "domain/grants/nouns.hpp"
#include "domain/helpline/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::search_test {
namespace {

using nlohmann::json;

std::string in_query(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (plain) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += {'%', digits[byte >> 4U], digits[byte & 15U]};
        }
    }
    return out;
}

Answer ask(World& world, Role role, std::string_view q, const std::string& more = {}) {
    return world.get(role, "/v1/search?q=" + in_query(q) + more);
}

json hits(World& world, Role role, std::string_view q, const std::string& more = {}) {
    const auto answer = ask(world, role, q, more);
    REQUIRE(outcome(answer) == "200");
    return answer.json().at("items");
}

/// The hit of that record; null where it was not found.
json hit(World& world, Role role, std::string_view q, const json& record, const std::string& more = {}) {
    for (const auto& one : hits(world, role, q, more)) {
        if (one.at("id") == record.at("id")) return one;
    }
    return nullptr;
}

std::string first(World& world, Role role, std::string_view q) {
    const auto all = hits(world, role, q);
    return all.empty() ? "nothing" : all[0].at("reference").get<std::string>();
}

std::string why(const json& hit) {
    if (hit.is_null()) return "not found";
    std::string out;
    for (const auto& one : hit.at("matched")) out += (out.empty() ? "" : ", ") + one.at("field").get<std::string>();
    return out;
}

}  // namespace

TEST_CASE("every kind of record is found by its reference, in any spelling, and by how that begins") {
    auto& world = shared_world();
    int kinds = 0;
    for (const auto* noun : nouns::all()) {
        if (reading(*noun) == nullptr) continue;
        const auto record = world.one(noun->name);
        const auto reference = record.at("reference").get<std::string>();
        const auto role = one_of(reading(*noun)->roles);
        std::string spaced;
        for (const char c : reference) spaced += c == '-' ? ' ' : static_cast<char>(std::tolower(c));
        auto packed = reference;
        std::erase(packed, '-');
        for (const auto& typed :
             {reference, spaced, packed, packed.substr(0, 9), reference.substr(0, 8), reference.substr(3)}) {
            INFO(noun->name << " by " << typed);
            const auto found = hit(world, role, typed, record);
            CHECK(why(found) == "reference");
            CHECK(found.at("kind") == noun->name);
            CHECK(outcome(world.get(role, found.at("href").get<std::string>())) == "200");
        }
        CHECK(first(world, role, reference) == reference);
        ++kinds;
    }
    CHECK(kinds > 20);
}

TEST_CASE("wherever a path takes an id it takes the reference, in any spelling, and it is the same request") {
    auto& world = shared_world();
    int tried = 0;
    for (const auto& route : routes()) {
        const auto* noun = noun_in_path(route);
        if (noun == nullptr || route.path.find("{id}") == std::string::npos) continue;
        INFO(name_of(route.verb) << " " << route.path);
        ++tried;
        if (route.verb == Verb::get) {
            const auto role = route.roles.has(Role::everyone) ? Role::everyone : one_of(route.roles);
            const auto by_id = world.readable(route);
            const auto record = world.one(noun->name);
            const auto by_reference = [&](std::string reference) {
                auto out = by_id;
                const auto id = record.at("id").get<std::string>();
                return out.replace(out.find(id), id.size(), reference);
            };
            auto reference = record.at("reference").get<std::string>();
            const auto wanted = world.get(role, by_id);
            REQUIRE(outcome(wanted) == "200");
            CHECK(world.get(role, by_reference(reference)).body == wanted.body);
            std::erase(reference, '-');
            for (char& c : reference) c = static_cast<char>(std::tolower(c));
            CHECK(world.get(role, by_reference(reference)).body == wanted.body);
            reference.back() = reference.back() == 'a' ? 'b' : 'a';
            CHECK(outcome(world.get(role, by_reference(reference))) == "404 not-found");
            CHECK(outcome(world.get(role, by_reference("ZZ-82W1CJB-P"))) == "404 not-found");
            continue;
        }
        auto request = world.lawful(route);
        const auto reference =
            world.sql("SELECT reference FROM " + std::string{noun->name} + " WHERE id = '" + request.id + "'");
        const Headers key{{"Idempotency-Key", Service::fresh_key()}};
        const auto target = request.target;
        request.target.replace(request.target.find(request.id), request.id.size(), reference);
        const auto answer = world.send(request, key);
        REQUIRE(answer.status < 300);
        request.target = target;
        const auto again = world.send(request, key);
        CHECK(again.header("idempotency-replayed") == "true");
        CHECK(again.body == answer.body);
    }
    CHECK(tried > 80);
}

TEST_CASE("a name is found with the slips that people make, the right one first") {
    auto& world = shared_world();
    const auto right = world.fresh(nouns::person, {{"name", "Wilhelmina Thistlethwaite"}});
    const auto like = world.fresh(nouns::person, {{"name", "Wilhelmine Thistlewaite"}});
    const auto accents = world.fresh(nouns::person, {{"name", "Zoë Gärtner-O’Shaughnessy"}});
    world.service().learn();
    CHECK(first(world, Role::helpline, "wilhelmina thistlethwaite") == right.at("reference"));
    CHECK(first(world, Role::helpline, "Wilhelmine Thistlewaite") == like.at("reference"));
    for (const std::string typed : {"Thistlethwaite", "thistlethwate", "thistelthwaite", "wilhelmina thistelthwait",
                                    "WILHELMINA", "thistlet", "Thistlethwaite, Wilhelmina", "wilhemina"}) {
        INFO(typed);
        CHECK(why(hit(world, Role::helpline, typed, right)) == "name");
    }
    for (const std::string typed : {"zoe gartner", "Zoë Gärtner", "zoe\xCC\x88", "O'Shaughnessy", "oshaughnessy",
                                    "gartner-o'shaughnesy", "o\xE2\x80\x99shaughnessy zoe"}) {
        INFO(typed);
        CHECK(why(hit(world, Role::helpline, typed, accents)) == "name");
    }
    CHECK(hit(world, Role::helpline, "wilhelmina oshaughnessy", right).is_null());
}

TEST_CASE("among a hundred names that are much alike a slip finds the nearest") {
    auto& world = shared_world();
    const auto right = world.fresh(nouns::person, {{"name", "Priya Quellinden"}});
    for (const char one : std::string{"abcdefghk"}) {
        for (const char other : std::string{"abcdefghkm"}) {
            world.fresh(nouns::person, {{"name", std::string{"Priya Quel"} + one + other + "nden"}});
        }
    }
    world.service().learn();
    for (const std::string typed :
         {"priya quelinden", "priya quelilnden", "priya qullinden", "priya quellindn", "priya queellinden"}) {
        INFO(typed);
        CHECK(first(world, Role::helpline, typed) == right.at("reference"));
    }
}

TEST_CASE("any part of a telephone number finds who has it, however it is typed") {
    auto& world = shared_world();
    const auto person = world.fresh(nouns::person, {{"phone", "0161 496 7315"}});
    const auto call = world.fresh(nouns::call, {{"caller", {{"name", "Somebody"}, {"phone", "+44 161 496 7315"}}}});
    const auto abroad = world.fresh(nouns::person, {{"phone", "+353 1 496 7316"}});
    for (const std::string typed :
         {"0161 496 7315", "01614967315", "+44 161 496 7315", "+44 (0)161 496 7315", "0044 161 496 7315",
          "(0161) 4967315", "0161-496-7315", "0161.496.7315", "tel: 0161 496 7315", "0161 496 7315 ext 12", "4967315",
          "496 7315", "1614967", "44 161 496 7315", "7315"}) {
        INFO(typed);
        CHECK(why(hit(world, Role::helpline, typed, person, "&kind=person&limit=50")) == "phone");
        CHECK(why(hit(world, Role::helpline, typed, call, "&kind=call&limit=50")) == "caller.phone");
    }
    for (const std::string typed : {"+353 1 496 7316", "00353 14967316", "3531496", "496 7316"}) {
        INFO(typed);
        CHECK(why(hit(world, Role::helpline, typed, abroad)) == "phone");
    }
    CHECK(hit(world, Role::helpline, "0161 496 7316", person).is_null());
    const auto both = world.fresh(nouns::person, {{"name", "Ermintrude Quill"}, {"phone", "0161 496 7399"}});
    CHECK(why(hit(world, Role::helpline, "ermintrude 7399", both)) == "name, phone");
}

TEST_CASE("streets, postcodes, e-mail addresses, numbers and codes find their records, and say so") {
    auto& world = shared_world();
    const auto household =
        world.fresh(nouns::household, {{"address", "117 Grenadine Crescent\nBramhall"}, {"postcode", "SK7 9QZ"}});
    const auto person = world.fresh(nouns::person, {{"email", "peregrine.took@tuckborough.example"}});
    const json company{{{"kind", "company_number"}, {"value", "646 0977"}}};
    const auto business = world.fresh(nouns::business, {{"trading_as", "The Gilded Kipper"}, {"identifiers", company}});
    const json listed{{{"kind", "uprn"}, {"value", "100012345977"}}};
    const auto premises = world.fresh(nouns::premises, {{"identifiers", listed}});
    const auto account = world.fresh(nouns::council_tax_account, {{"account_reference", "77 8552 977X"}});
    const auto device = world.fresh(nouns::device, {{"asset_tag", "DFE-00977-Q"}});
    world.service().learn();
    struct {
        std::string typed;
        const json& record;
        std::string why;
    } const cases[] = {
        {"117 grenadine crescent", household, "address"},
        {"grenadene cresent", household, "address"},
        {"Grenadine Crescent SK7 9QZ", household, "address, postcode"},
        {"sk79qz", household, "postcode"},
        {"SK7 9QZ", household, "postcode"},
        {"peregrine.took@tuckborough.example", person, "email"},
        {"gilded kiper", business, "trading_as"},
        {"06460977", business, "identifiers.company_number"},
        {"646 0977", business, "identifiers.company_number"},
        {"100012345977", premises, "identifiers.uprn"},
        {"12345977", premises, "identifiers.uprn"},
        {"778552977x", account, "account_reference"},
        {"DFE00977Q", device, "asset_tag"},
        {"dfe 00977 q", device, "asset_tag"},
    };
    for (const auto& one : cases) {
        INFO(one.typed);
        const bool tax = one.record == account;
        CHECK(why(hit(world, tax ? Role::finance : Role::helpline, one.typed, one.record)) == one.why);
    }
    CHECK(hit(world, Role::helpline, "gilded kipper", business)
              .at("title")
              .get<std::string>()
              .find(business.at("name").get<std::string>()) == 0);
}

TEST_CASE("a record that was merged away leads to the one that counts, and a void one comes last and is marked") {
    auto& world = shared_world();
    const auto from = world.fresh(nouns::person, {{"name", "Philomena Underhill-Bracegirdle"}});
    const auto into = world.fresh(nouns::person, {{"name", "Phil Bracegirdle"}});
    const auto merged = merge(world, from.at("id"), into.at("id"));
    REQUIRE(outcome(merged) == "201");
    CHECK(hit(world, Role::helpline, "philomena bracegirdle", from).is_null());
    const auto found = hit(world, Role::helpline, "philomena bracegirdle", into);
    CHECK(found.at("merged_from").at("reference") == from.at("reference"));
    CHECK(found.at("title").get<std::string>().find("Phil Bracegirdle") == 0);
    world.take(nouns::merge, merged.json(), "reverse");
    CHECK(hit(world, Role::helpline, "philomena bracegirdle", from).at("merged_from").is_null());
    REQUIRE(outcome(world.make_void(
                nouns::person, world.get(Role::helpline, "/v1/persons/" + from.at("id").get<std::string>()).json())) ==
            "200");
    const auto all = hits(world, Role::helpline, "bracegirdle");
    CHECK(all.back().at("id") == from.at("id"));
    CHECK(all.back().at("voided") == true);
}

TEST_CASE("only kinds that somebody may read are searched, and only what they may see of those") {
    auto& world = shared_world();
    // By the helpline: who recorded it sees it, and another of the same role does not.
    const auto recorded = [&](const char* path, const json& body) {
        const auto answer = world.post(Role::helpline, path, body.dump());
        REQUIRE(outcome(answer) == "201");
        return answer.json();
    };
    const auto open = recorded("/v1/persons", {{"name", "Leofwine Ashbottom"}});
    const auto closed =
        recorded("/v1/persons", {{"name", "Aelfgifu Ashbottom"}, {"restricted", true}, {"phone", "0161 496 7444"}});
    const auto tells = recorded("/v1/calls", {{"direction", "inbound"},
                                              {"started_at", "2020-04-02T10:15:00Z"},
                                              {"outcome", "referred"},
                                              {"person_id", closed.at("id")},
                                              {"caller", {{"phone", "0161 496 7444"}}}});
    const auto one = world.fresh(
        nouns::application,
        {{"person_id", open.at("id")},
         {"business_id", nullptr},
         {"premises_id", nullptr},
         {"scheme", world.open_scheme({{"kind", "household"}}, {{"uniqueness_key", "person"}}).at("code")}});
    const Headers stranger{{"Authorization", "Bearer " + world.service().token("helpline", "somebody else")}};
    const auto seen_by = [&](const Headers& who, const std::string& q) {
        std::set<std::string> out;
        const auto answer = world.get(Role::everyone, "/v1/search?limit=50&q=" + in_query(q), who).json();
        for (const auto& found : answer.at("items"))
            out.insert(found.at("kind").get<std::string>() + (found.at("id") == closed.at("id") ? " closed" : ""));
        return out;
    };
    for (const std::string q : {"ashbottom", "aelfgifu", "0161 496 7444", "7444"}) {
        INFO(q);
        CHECK(seen_by(world.signed_in(Role::admin), q).contains("person closed"));
        CHECK(!seen_by(stranger, q).contains("person closed"));
    }
    CHECK(!seen_by(stranger, closed.at("reference")).contains("person closed"));
    CHECK(!seen_by(stranger, tells.at("reference")).contains("call"));
    CHECK(seen_by(world.signed_in(Role::helpline), tells.at("reference")).contains("call"));
    // Finance reads no people, and a line tells no name that its reader would not find.
    CHECK(!seen_by(world.signed_in(Role::finance), "ashbottom").contains("person"));
    CHECK(outcome(ask(world, Role::finance, "ashbottom", "&kind=person")) == "403 forbidden");
    CHECK(hit(world, Role::grants_officer, one.at("reference").get<std::string>(), one)
              .at("title")
              .get<std::string>()
              .find("Leofwine") == std::string::npos);
    CHECK(outcome(ask(world, Role::everyone, "ashbottom")) == "401 unauthenticated");
    const Headers partner{
        {"Authorization", "Bearer " + world.service().token("partner", {}, std::string{World::partner})}};
    CHECK(!seen_by(partner, "ashbottom").contains("person"));
    CHECK(seen_by(world.signed_in(Role::helpline), "ashbottom").contains("person"));
    for (const auto role : every_role()) {
        if (role == Role::everyone) continue;
        INFO(name_of(role));
        for (const auto& found : hits(world, role, "ashbottom", "&limit=50"))
            CHECK(outcome(world.get(role, found.at("href").get<std::string>())) == "200");
    }
}

TEST_CASE("what is too little, too long or no word at all is refused with what to do") {
    auto& world = shared_world();
    const std::string long_one(500, 'x');
    for (const auto& q : {std::string{"a"}, std::string{"é"}, std::string{"?!-"}, std::string{"%"}, std::string{"_"},
                          std::string{"%_%"}, std::string{"''"}, std::string{"\xD9\x8B\xD9\x8C"}, long_one}) {
        INFO(q);
        CHECK(outcome(ask(world, Role::helpline, q)) == "400 invalid-parameter");
        CHECK(outcome(world.get(Role::helpline, "/v1/persons?q=" + in_query(q))) == "400 invalid-parameter");
    }
    CHECK(outcome(world.get(Role::helpline, "/v1/search")) == "400 invalid-parameter");
    CHECK(outcome(ask(world, Role::helpline, "smith", "&kind=persons")) == "400 invalid-parameter");
    CHECK(outcome(ask(world, Role::helpline, "smith", "&kind=person,")) == "400 invalid-parameter");
    CHECK(outcome(ask(world, Role::helpline, "smith", "&limit=51")) == "400 invalid-parameter");
    CHECK(
        ask(world, Role::helpline, "smith", "&kind=persons").json().at("detail").get<std::string>().find("person, ") !=
        std::string::npos);
    // A sign has no meaning of its own: it stands between words.
    const auto person = world.fresh(nouns::person, {{"name", "Hundred \"Percent\" O'Quote"}});
    const auto arabic = world.fresh(nouns::person, {{"name", "مُحَمَّد الخوارزمي"}});
    for (const std::string q :
         {"hundred%percent", "hundred_percent", "\"percent\" hundred", "'hundred'", "hundred\\percent",
          "hundred & percent", "hundred | percent", "!hundred", "hundred:*", "(oquote"}) {
        INFO(q);
        CHECK(why(hit(world, Role::helpline, q, person)) == "name");
    }
    for (const std::string q : {"محمد", "مُحَمَّد", "الخوارزمي محمد"}) {
        INFO(q);
        CHECK(why(hit(world, Role::helpline, q, arabic)) == "name");
    }
}

TEST_CASE("a list takes what is typed like a search does, beside its other filters, page by page") {
    auto& world = shared_world();
    std::set<std::string> made;
    for (int i = 0; i < 7; ++i)
        made.insert(world
                        .fresh(nouns::call, {{"caller", {{"name", "Gwendolyn Featherstonehaugh"}}},
                                             {"outcome", i < 4 ? "referred" : "no_answer"}})
                        .at("id")
                        .get<std::string>());
    world.service().learn();
    std::set<std::string> found;
    std::string cursor;
    do {
        const auto page = world
                              .get(Role::helpline,
                                   "/v1/calls?limit=3&q=fetherstonehaugh" + (cursor.empty() ? "" : "&cursor=" + cursor))
                              .json();
        for (const auto& item : page.at("items")) found.insert(item.at("id").get<std::string>());
        cursor = page.at("next").is_null() ? "" : page.at("next").get<std::string>();
    } while (!cursor.empty());
    CHECK(found == made);
    CHECK(world.get(Role::helpline, "/v1/calls?q=gwendolyn&outcome=no_answer").json().at("items").size() == 3);
    for (const auto* noun : nouns::all()) {
        if (listing(*noun) == nullptr) continue;
        INFO(noun->name);
        const auto record = world.one(noun->name);
        const auto role = one_of(listing(*noun)->roles);
        const auto page =
            world.get(role, std::string{listing(*noun)->path} + "?q=" + record.at("reference").get<std::string>())
                .json();
        REQUIRE(page.at("items").size() == 1);
        CHECK(page.at("items")[0].at("id") == record.at("id"));
    }
}

}  // namespace tideover::testing::search_test
