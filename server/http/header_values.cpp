// The program sets no locale: names of days and months are English.
#include "server/http/header_values.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <ctime>

namespace tideover {

std::string http_date() {
    const auto now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::array<char, 32> text{};
    const auto size = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return {text.data(), size};
}

bool is_plain_id(std::string_view given) {
    auto plain = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.';
    };
    return !given.empty() && given.size() <= 100 && std::all_of(given.begin(), given.end(), plain);
}

}  // namespace tideover
