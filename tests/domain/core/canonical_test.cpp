// The bytes that are hashed and signed: one spelling for each list of values, and one list for each spelling.
#include "domain/core/canonical.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace canonical_test {

using namespace tideover;

TEST_CASE("values are told apart by their lengths, and a missing value from an empty one") {
    CHECK(canonical_bytes({"abc", std::nullopt, ""}) == "3:abc-0:");
    CHECK(canonical_bytes({}).empty());
    CHECK(canonical_bytes({"1:a"}) != canonical_bytes({"1", "a"}));
    CHECK(canonical_bytes({"-"}) != canonical_bytes({std::nullopt}));
}

TEST_CASE("parsing what was printed gives the same values, whatever is in them") {
    CHECK(rc::check([](const std::vector<std::string>& texts, const std::vector<bool>& missing) {
        Values values;
        for (std::size_t i = 0; i < texts.size(); ++i) {
            if (i < missing.size() && missing[i]) {
                values.emplace_back();
            } else {
                values.emplace_back(texts[i]);
            }
        }
        RC_ASSERT(canonical_values(canonical_bytes(values)) == values);
    }));
}

TEST_CASE("printing what was parsed gives the same bytes, and all other bytes are refused") {
    CHECK(rc::check([] {
        const auto bytes = *rc::gen::container<std::string>(rc::gen::elementOf(std::string{"0123:-a"}));
        if (const auto values = canonical_values(bytes)) RC_ASSERT(canonical_bytes(*values) == bytes);
    }));
    for (const auto* bytes :
         {"03:abc", "3:ab", "3abc", ":", "+1:a", " 1:a", "1:ab", "99999999999999999999:a", "a", "00:"}) {
        INFO(bytes);
        CHECK_FALSE(canonical_values(bytes).has_value());
    }
}

}  // namespace canonical_test
