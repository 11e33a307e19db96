// Bodies that no route accepts: read off the route and field tables, so that a new route is tested by being there.
#include <doctest/doctest.h>

#include <algorithm>

#include "domain/aid/nouns.hpp"
#include "domain/grants/nouns.hpp"
#include "server/api/problem.hpp"
#include "server/api/resources/records.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::every_route_body_test {
namespace {

using nlohmann::json;

/// A value that a field must not take, and what is said of it. `raw` stands in the body as it is.
struct Wrong {
    std::string raw, code;
    std::string below{};  // where in the value the fault is
};

const json far_ahead = "2199-01-01";

std::vector<Wrong> wrong_numbers(const Field& field) {
    return {{"10.5", "not_whole"},
            {"10.0", "not_whole"},
            {"1e1", "not_whole"},
            {"9223372036854775808", "out_of_range"},
            {"18446744073709551615", "out_of_range"},
            {"18446744073709551616", "not_whole"},
            {"-9223372036854775809", "not_whole"},
            {std::to_string(field.least - 1), "out_of_range"},
            {std::to_string(field.most + 1), "out_of_range"},
            {"true", "wrong_type"},
            {"\"7\"", "wrong_type"}};
}

std::vector<Wrong> wrong_texts(const Field& field) {
    std::vector<Wrong> out{{"7", "wrong_type"}, {"{}", "wrong_type"}, {"[]", "wrong_type"}, {"true", "wrong_type"}};
    const auto add = [&](const std::string& text, const std::string& code) {
        out.push_back({json(text).dump(), code});
    };
    switch (field.kind) {
        case Kind::choice:
            add("neither", "not_a_choice");
            break;
        case Kind::id:
            add("17", "invalid_id"), add("00000000-0000-7000-8000-00000000000G", "invalid_id");
            break;
        case Kind::postcode:
            add("nowhere", "invalid_postcode");
            break;
        case Kind::phone:
            add("12", "invalid_phone"), add("+1 212 555 01", "invalid_phone");
            break;
        case Kind::email:
            add("nobody", "invalid_email"), add("a@" + std::string(260, 'b'), "invalid_email");
            break;
        case Kind::digits:
            add("12345a", "invalid_digits"), add("1", "invalid_digits");
            break;
        case Kind::day:
            add("2020-02-30", "invalid_day"), add("2020-6-1", "invalid_day"),
                add("2020-06-01T00:00:00Z", "invalid_day");
            if (!field.ahead) add(far_ahead, "in_future");
            break;
        case Kind::instant:
            add("2020-06-01", "invalid_instant"), add("2020-06-01T09:00:00+0100", "invalid_instant");
            if (!field.ahead) add("2199-01-01T00:00:00Z", "in_future");
            break;
        default:
            add(std::string(static_cast<std::size_t>(field.most) + 1, 'x'), "too_long");
            add("bell" + std::string(static_cast<std::size_t>(field.least), 'l') + "\a", "control_character");
            // A text of nothing is null: another matter.
            if (field.least > 1) add(std::string(static_cast<std::size_t>(field.least) - 1, 'x'), "too_short");
            break;
    }
    return out;
}

std::vector<Wrong> wrong_values(const Field& field) {
    switch (field.kind) {
        case Kind::pence:
        case Kind::count:
            return wrong_numbers(field);
        case Kind::flag:
            return {{"\"yes\"", "wrong_type"}, {"1", "wrong_type"}};
        case Kind::choices: {
            if (field.choices.empty()) {
                return {{"\"x\"", "wrong_type"},
                        {"[7]", "invalid_code", "/0"},
                        {"[\"Not a code\"]", "invalid_code", "/0"},
                        {"[\"a\",\"a\"]", "repeated", "/1"}};
            }
            const auto first = json(field.choices.front()).dump();
            return {{"\"x\"", "wrong_type"},
                    {"[7]", "not_a_choice", "/0"},
                    {"[\"neither\"]", "not_a_choice", "/0"},
                    {"[" + first + "," + first + "]", "repeated", "/1"}};
        }
        case Kind::rows: {
            std::string many = "[{}";
            for (std::int64_t i = 0; i < field.most; ++i) many += ",{}";
            return {{"{}", "wrong_type"},
                    {"[7]", "wrong_type", "/0"},
                    {many + "]", "too_many"},
                    {"[{\"surprise\":1}]", "unknown_field", "/0/surprise"}};
        }
        default:
            return wrong_texts(field);
    }
}

/// A member of role partner may say one thing only about whose record it is.
bool is_whose(const Route& route, const Lawful& request, const Place& place) {
    return request.role == Role::partner && place.list == nullptr && place.field->name == route.noun->owner;
}

/// The body as text, with `raw` in the place of a value.
std::string with_raw(World& world, const Lawful& request, const Place& place, const std::string& raw) {
    const std::string mark = "here the raw value stands";
    auto text = with(world, request.body, place, mark).dump();
    const auto quoted = json(mark).dump();
    return text.replace(text.find(quoted), quoted.size(), raw);
}

Answer post_text(World& world, const Lawful& request, const std::string& body) {
    return world.post(request.role, request.target, body, request.etag);
}

template <class Test>
void for_every_post(World& world, const Test& test) {
    for (const auto& route : routes()) {
        if (!changes(route)) continue;
        INFO("POST " << route.path);
        const auto& request = world.unspent(route);
        const auto before = world.stored();
        test(route, request);
        CHECK(world.stored() == before);
    }
}

}  // namespace

TEST_CASE("the tables make a request that each POST accepts") {
    auto& world = shared_world();
    for (const auto& route : routes()) {
        if (!changes(route)) continue;
        const auto request = world.lawful(route);
        const auto answer = world.send(request);
        INFO("POST " << route.path << " " << request.body.dump() << " -> " << answer.body);
        CHECK(outcome(answer) == (creates(route) ? "201" : "200"));
    }
}

TEST_CASE("every field refuses every value that is not of its kind, where it stands") {
    auto& world = shared_world();
    for_every_post(world, [&](const Route& route, const Lawful& request) {
        for (const auto& place : places(route)) {
            if (is_whose(route, request, place)) continue;
            for (const auto& wrong : wrong_values(*place.field)) {
                const auto answer = post_text(world, request, with_raw(world, request, place, wrong.raw));
                INFO(place.pointer << " = " << wrong.raw.substr(0, 80) << " -> " << answer.body);
                CHECK(outcome(answer) == "422 invalid-fields");
                CHECK(fault_at(answer, place.pointer + wrong.below) == wrong.code);
            }
        }
    });
}

TEST_CASE("a field that is needed is asked for, whether it is absent or null") {
    auto& world = shared_world();
    for_every_post(world, [&](const Route& route, const Lawful& request) {
        for (const auto& place : places(route)) {
            if (!place.field->required || is_whose(route, request, place)) continue;
            const bool changed = place.pointer.starts_with("/changes");
            for (const auto& body : {with(world, request.body, place, nullptr), without(world, request.body, place)}) {
                if (changed && body.dump().find("null") == std::string::npos) continue;  // what is not said stays
                const auto answer = post_text(world, request, body.dump());
                INFO(place.pointer << " -> " << answer.body);
                CHECK(outcome(answer) == "422 invalid-fields");
                CHECK(fault_at(answer, place.pointer) == "required");
            }
        }
    });
}

TEST_CASE("a field that nobody knows is refused, and so is one that Tideover sets itself") {
    auto& world = shared_world();
    for_every_post(world, [&](const Route& route, const Lawful& request) {
        auto body = request.body;
        body["surprise"] = 1;
        body["a/b~c"] = 1;
        for (const auto* ours : {"id", "version", "recorded_at", "authority_id"}) body[ours] = 1;
        const auto answer = post_text(world, request, body.dump());
        INFO(answer.body);
        CHECK(outcome(answer) == "422 invalid-fields");
        for (const auto* pointer : {"/surprise", "/a~1b~0c", "/id", "/version", "/recorded_at", "/authority_id"}) {
            CHECK(fault_at(answer, pointer) == "unknown_field");
        }
        for (const auto& field : route.noun->fields) {
            if (!field.derived || steps(route) || field.name.find('.') != std::string_view::npos) continue;
            if (corrects(route) && field.mended) continue;
            auto derived = request.body;
            auto& where = corrects(route) ? derived["changes"] : derived;
            where[std::string{field.name}] = 1;
            const auto pointer = (corrects(route) ? "/changes/" : "/") + std::string{field.name};
            CHECK(fault_at(post_text(world, request, derived.dump()), pointer) == "unknown_field");
        }
    });
}

TEST_CASE("all faults of a body are told at once") {
    auto& world = shared_world();
    for_every_post(world, [&](const Route& route, const Lawful& request) {
        auto body = json::object();
        std::vector<Place> spoilt;
        for (const auto& place : places(route)) {
            if (place.field->kind == Kind::rows || is_whose(route, request, place)) continue;
            const bool number = place.field->kind == Kind::pence || place.field->kind == Kind::count;
            body[json::json_pointer{place.pointer}] = number ? json("7") : json(7);
            spoilt.push_back(place);
        }
        body["surprise"] = 1;
        const auto answer = post_text(world, request, body.dump());
        INFO(answer.body);
        CHECK(outcome(answer) == "422 invalid-fields");
        CHECK(fault_at(answer, "/surprise") == "unknown_field");
        for (const auto& place : spoilt) {
            INFO(place.pointer);
            CHECK(fault_at(answer, place.pointer) == "wrong_type");
        }
    });
}

TEST_CASE("what fields say together, and every record that is not there, is told with the other faults") {
    auto& world = shared_world();
    const auto nobody = "00000000-0000-7000-8000-00000000dead";
    auto answer = world.post(Role::grants_officer, "/v1/applications",
                             R"({"scheme": 7, "received_on": "2020-06-31", "channel": "portal"})");
    INFO(answer.body);
    CHECK(fault_at(answer, "/scheme") == "wrong_type");
    CHECK(fault_at(answer, "/business_id") == "exactly_one");
    auto body = world.body(nouns::application);
    body["business_id"] = nobody, body["premises_id"] = nobody;
    answer = world.post(Role::grants_officer, "/v1/applications", body.dump());
    INFO(answer.body);
    CHECK(fault_at(answer, "/business_id") == "unknown_reference");
    CHECK(fault_at(answer, "/premises_id") == "unknown_reference");
    body = world.body(nouns::voucher);
    body["household_id"] = nobody, body["school"] = "no-such-school";
    answer = world.post(Role::grants_officer, "/v1/vouchers", body.dump());
    CHECK(fault_at(answer, "/household_id") == "unknown_reference");
    CHECK(fault_at(answer, "/school") == "unknown_reference");
}

TEST_CASE("a field that makes a record what it is cannot be corrected") {
    auto& world = shared_world();
    for_every_post(world, [&](const Route& route, const Lawful& request) {
        if (!corrects(route)) return;
        for (const auto& field : route.noun->fields) {
            if (field.derived || may_be_corrected(field)) continue;
            auto body = request.body;
            body["changes"][std::string{field.name}] = 1;
            const auto answer = post_text(world, request, body.dump());
            INFO(field.name << " -> " << answer.body);
            CHECK(outcome(answer) == "422 invalid-fields");
            CHECK(fault_at(answer, "/changes/" + std::string{field.name}) == "not_correctable");
        }
    });
}

TEST_CASE("a body that is not one JSON object in clean UTF-8 is refused with the reason") {
    auto& world = shared_world();
    const std::string deep = "{\"x\":" + std::string(10'000, '[') + std::string(10'000, ']') + "}";
    for_every_post(world, [&](const Route&, const Lawful& request) {
        const auto good = request.body.dump();
        const auto spoilt = [&](const std::string& member) {
            return good.substr(0, good.size() - 1) + "," + member + "}";
        };
        const auto first = good.substr(1, good.find(':') - 1);
        const std::vector<std::pair<std::string, std::string>> table{
            {"", "400 malformed-json"},
            {"[]", "400 malformed-json"},
            {"null", "400 malformed-json"},
            {good.substr(0, good.size() - 1), "400 malformed-json"},
            {good + good, "400 malformed-json"},
            {spoilt("\"x\":01"), "400 malformed-json"},
            {spoilt("\"x\":NaN"), "400 malformed-json"},
            {spoilt(first + ":1"), "400 duplicate-key"},
            {spoilt("\"x\":{\"y\":1,\"y\":1}"), "400 duplicate-key"},
            {deep, "400 too-deep"},
            {spoilt("\"x\":\"\xff\""), "400 invalid-utf8"},
            {spoilt("\"x\":\"\xc0\xaf\""), "400 invalid-utf8"},
            {spoilt("\"x\":\"\xed\xa0\x80\""), "400 invalid-utf8"},
            {spoilt("\"x\":\"a\\u0000b\""), "400 null-character"},
            {spoilt("\"x\\u0000\":1"), "400 null-character"},
        };
        for (const auto& [body, expected] : table) {
            const auto answer = post_text(world, request, body);
            INFO(body.substr(0, 200) << " -> " << answer.body);
            CHECK(outcome(answer) == expected);
        }
    });
}

TEST_CASE("U+0000 and invalid UTF-8 are found in every text of a body") {
    auto& world = shared_world();
    for_every_post(world, [&](const Route& route, const Lawful& request) {
        for (const auto& place : places(route)) {
            if (place.field->kind != Kind::text) continue;
            CHECK(outcome(post_text(world, request, with_raw(world, request, place, "\"some\\u0000thing\""))) ==
                  "400 null-character");
            CHECK(outcome(post_text(world, request, with_raw(world, request, place, "\"some\xffthing\""))) ==
                  "400 invalid-utf8");
        }
    });
}

}  // namespace tideover::testing::every_route_body_test
