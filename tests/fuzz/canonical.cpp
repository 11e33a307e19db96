// What is hashed and signed: one list of values for each spelling, and one spelling for each list.
#include "domain/core/canonical.hpp"

#include "tests/fuzz/property.hpp"

using namespace tideover;
using tideover::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = fuzz::text_of(data, size);
    if (const auto values = canonical_values(bytes)) {
        require(canonical_bytes(*values) == bytes, "what parses is printed as it was");
    }
    // The same bytes once more, as values: those that are a lone dash are missing.
    Values values;
    fuzz::each_part(bytes, '\n', [&](std::string_view part) {
        values.push_back(part == "-" ? std::nullopt : std::optional{std::string{part}});
    });
    require(canonical_values(canonical_bytes(values)) == values, "what is printed parses as it was");
    return 0;
}
