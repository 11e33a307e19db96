// The shipped catalogue of grant schemes: one file a scheme, with its request and those of its versions.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "demo/api_client.hpp"
#include "domain/grants/scheme_terms.hpp"

namespace tideover::year {

class Catalogue {
public:
    /// Reads every .json file of the folder. Throws Stopped naming the one that cannot be read.
    explicit Catalogue(const std::string& folder);

    [[nodiscard]] const std::map<std::string, Body, std::less<>>& schemes() const { return schemes_; }

    /// What the latest version of a scheme pays for a period, by rateable value where that matters. Throws Stopped
    /// where it pays nothing.
    [[nodiscard]] const SchemeAmount& amount(std::string_view scheme, std::string_view period,
                                             std::int64_t rateable_value_pence) const;

private:
    std::map<std::string, Body, std::less<>> schemes_;  // by code
    std::map<std::string, SchemeTerms, std::less<>> latest_;
};

}  // namespace tideover::year
