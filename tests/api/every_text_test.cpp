// Every text field, with every character that is seen by nobody or breaks a line: cleaned, or refused by name, and
// never anything that a later read or step stumbles over.
#include <doctest/doctest.h>

#include <initializer_list>

#include "domain/figures/nouns.hpp"
#include "domain/grants/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::every_text_test {
namespace {

using nlohmann::json;

std::string utf8(char32_t c) {
    std::string out;
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0U | c >> 6U);
        out += static_cast<char>(0x80U | (c & 0x3FU));
    } else {
        out += static_cast<char>(0xE0U | c >> 12U);
        out += static_cast<char>(0x80U | (c >> 6U & 0x3FU));
        out += static_cast<char>(0x80U | (c & 0x3FU));
    }
    return out;
}

std::vector<char32_t> odd_characters() {
    std::vector<char32_t> out;
    for (char32_t c = 1; c < 0x20; ++c) out.push_back(c);
    for (char32_t c = 0x7F; c <= 0xA0; ++c) out.push_back(c);
    for (const auto c : std::initializer_list<char32_t>{0x200B, 0x2028, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066,
                                                        0x2067, 0x2068, 0x2069, 0x3000, 0xFEFF})
        out.push_back(c);
    return out;
}

std::vector<Place> texts_of(const Route& route) {
    std::vector<Place> out;
    for (const auto& place : places(route)) {
        if (place.field->kind == Kind::text && place.field->most >= 3) out.push_back(place);
    }
    return out;
}

}  // namespace

TEST_CASE("each odd character in each text of a new record is cleaned away, kept or refused by name") {
    auto& world = shared_world();
    int refused = 0, stored = 0;
    for (const auto& route : routes()) {
        if (!creates(route) || route.noun->name == nouns::publication.name) continue;
        for (const auto& place : texts_of(route)) {
            for (const auto c : odd_characters()) {
                auto request = world.lawful(route);
                const auto sent = "ab" + utf8(c) + "cd";
                request.body = with(world, request.body, place, sent);
                const auto answer = world.send(request);
                INFO(route.path << " " << place.pointer << " U+" << std::hex << static_cast<std::uint32_t>(c) << ": "
                                << answer.body);
                REQUIRE(answer.status < 500);
                if (answer.status == 201) {
                    ++stored;
                    const auto read = world.get(request.role, answer.header("location"));
                    CHECK((read.status == 200 || read.status == 403));
                    continue;
                }
                const auto fault = fault_at(answer, place.pointer);
                refused += fault == "control_character" || fault == "line_break" ? 1 : 0;
                CHECK((answer.status == 409 || answer.status == 422));  // a code of another name is another's to refuse
            }
        }
    }
    CHECK(refused > 1000);
    CHECK(stored > 300);
}

TEST_CASE("blanks and marks around a name are nobody's name, and nothing is null where null is taken") {
    auto& world = shared_world();
    const auto named = [&](const std::string& name) {
        auto body = world.body(nouns::person);
        body["name"] = name;
        return world.post(Role::helpline, "/v1/persons", body.dump());
    };
    const auto nbsp = utf8(0xA0), ideographic = utf8(0x3000), override = utf8(0x202E), bom = utf8(0xFEFF);
    CHECK(named(nbsp + "Jo" + nbsp + "Bloggs" + ideographic).json().at("name") == "Jo Bloggs");
    CHECK(named(override + bom + "Jo Bloggs" + utf8(0x200F) + utf8(0x202C)).json().at("name") == "Jo Bloggs");
    for (const auto& nothing : {std::string{}, std::string{"  \t\n"}, nbsp + ideographic + bom, override}) {
        const auto answer = named(nothing);
        CHECK(outcome(answer) == "422 invalid-fields");
        CHECK(fault_at(answer, "/name") == "too_short");
        const auto person = world.fresh(nouns::person, {{"address", nothing}, {"phone", nothing}, {"email", nothing}});
        for (const auto* field : {"address", "phone", "email"}) CHECK(person.at(field).is_null());
        const auto cleared =
            world.correct(nouns::person, world.fresh(nouns::person, {{"address", "1 Mill"}}), {{"address", nothing}});
        CHECK(outcome(cleared) == "200");
        CHECK(cleared.json().at("address").is_null());
    }
    CHECK(fault_at(named("Jo\nBloggs"), "/name") == "line_break");
    CHECK(fault_at(named("Jo" + override + "Bloggs"), "/name") == "control_character");
    CHECK(world.fresh(nouns::person, {{"address", "1 Mill\r\nBrow\n"}}).at("address") == "1 Mill\nBrow");
}

TEST_CASE("what an address of e-mail, a sort code and an account number look like") {
    auto& world = shared_world();
    const auto fault = [&](const std::string& email) {
        auto body = world.body(nouns::person);
        body["email"] = email;
        return fault_at(world.post(Role::helpline, "/v1/persons", body.dump()), "/email");
    };
    for (const std::string& good :
         std::initializer_list<std::string>{"jo@example.org", "jo.o'brien+food@mail.example.co.uk", "J_O@EXAMPLE.ORG",
                                            utf8(0x200B) + "jo@example.org"})
        CHECK(fault(good).empty());
    for (const std::string bad :
         {"mailto:jo@example.org", "jo@example.org.", "jo@example", "jo@@example.org", "@example.org",
          "jo@-example.org", ".jo@example.org", "jo..b@example.org", "jo b@example.org"}) {
        INFO(bad);
        CHECK(fault(bad) == "invalid_email");
    }
    const auto application = world.fresh(
        nouns::application, {{"payee", {{"name", "B"}, {"sort_code", "08-99-99"}, {"account_number", "6637 4958"}}}});
    CHECK(application.at("payee").at("sort_code") == "089999");
    CHECK(application.at("payee").at("account_number") == "66374958");
}

}  // namespace tideover::testing::every_text_test
