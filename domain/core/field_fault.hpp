// What is wrong with a field that somebody sent.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tideover {

/// Where it is (a JSON Pointer from the record: "/payee/name"), what it is, and what to do.
struct FieldFault {
    std::string pointer;
    std::string code;
    std::string detail;
};

/// The pointer to a field of a record; a dot in its name nests.
[[nodiscard]] inline std::string pointer_to(std::string_view field) {
    std::string out = "/" + std::string{field};
    for (auto& c : out) {
        if (c == '.') c = '/';
    }
    return out;
}

}  // namespace tideover
