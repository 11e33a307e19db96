// What a spreadsheet does to a text that it reads from a CSV file.
#pragma once

#include <string_view>

namespace tideover {

/// Whether a spreadsheet would run a text as a formula (it starts with = + - @, a tab or a return), or show another
/// one in its place: a number without the noughts that it starts or ends with, a long one rounded, a date, a time, a
/// truth value. A whole number that it shows as it stands is none of these, nor is a date as YYYY-MM-DD.
[[nodiscard]] bool is_misread(std::string_view text);

}  // namespace tideover
