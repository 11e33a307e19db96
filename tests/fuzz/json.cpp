// Strict JSON takes only what the grammar takes, refuses with a problem of its own, and writes it in one way.
#include "server/formats/json.hpp"

#include "server/api/problem.hpp"
#include "tests/fuzz/json_grammar.hpp"
#include "tests/fuzz/property.hpp"

using namespace tideover;
using tideover::fuzz::require;

namespace {

bool has_nul(const nlohmann::json& value) {
    if (value.is_string()) return value.get_ref<const std::string&>().find('\0') != std::string::npos;
    if (!value.is_structured()) return false;
    for (const auto& item : value.items()) {
        if (item.key().find('\0') != std::string::npos || has_nul(item.value())) return true;
    }
    return false;
}

void check_accepted(std::string_view body, const nlohmann::json& value) {
    require(fuzz::JsonGrammar{body}.accepts(), "what is accepted is JSON");
    require(value.is_object(), "what is accepted is an object");
    const auto lax = nlohmann::json::parse(body, nullptr, false, true);
    require(!lax.is_discarded() && lax == value, "a lax parser reads the same");
    const auto bytes = canonical(value);
    require(!has_nul(value), "no U+0000 is accepted");
    const auto again = read_object(bytes);
    require(again == value, "the canonical form means the same");
    require(canonical(again) == bytes, "the canonical form is a fixed point");
    require(read_object(" " + std::string{body} + "\n") == value, "white space around means nothing");
}

void check_refused(std::string_view body, const MalformedJson& malformed) {
    require(problem_type(malformed.slug).status == 400, "what is no JSON is a bad request");
    fuzz::JsonGrammar grammar{body};
    if (malformed.slug != "malformed-json" || !grammar.accepts()) return;
    // It is JSON and yet refused: no object, too many values, or a number that no double holds.
    const auto first = body.find_first_not_of(" \t\r\n");
    require(body[first] != '{' || grammar.values() > 1000 || grammar.has_exponent() || grammar.longest_number() > 300,
            "an object that is JSON is refused for a reason");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto body = fuzz::text_of(data, size);
    nlohmann::json value;
    try {
        value = read_object(body);
    } catch (const MalformedJson& malformed) {
        check_refused(body, malformed);
        return 0;
    }
    check_accepted(body, value);
    return 0;
}
