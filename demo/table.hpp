// A table of fixed width for people, with columns as wide as what is in them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tideover::year {

struct Column {
    std::string heading;
    bool number;         // set flush right
    std::size_t widest;  // longer cells go on in the next line
};

/// How many columns of a terminal the text takes: characters, not bytes.
[[nodiscard]] std::size_t width_of(std::string_view text);

[[nodiscard]] std::string table(const std::vector<Column>& columns, const std::vector<std::vector<std::string>>& rows);

}  // namespace tideover::year
