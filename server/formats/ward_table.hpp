// Reading a table of postcodes and wards from outside, such as an extract of the ONS Postcode Directory.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tideover {

/// One postcode (in its stored form, "SK1 3XE") and the name of its ward.
struct WardRow {
    std::string postcode, ward;
};

/// The rows of a CSV (RFC 4180, UTF-8) whose header names the columns `pcds`, a postcode with its space as in the ONS
/// Postcode Directory, and `ward`, the ward's name (the directory has only its code, in `osward`); other columns are
/// left out. Or one sentence that says which line cannot be used and why: nothing is taken of such a file.
[[nodiscard]] std::variant<std::vector<WardRow>, std::string> read_ward_table(std::string_view csv);

}  // namespace tideover
