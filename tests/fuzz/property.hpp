// What a fuzz target says when something does not hold: libFuzzer keeps the input that it dies on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace tideover::fuzz {

inline void require(bool holds, const char* property) {
    if (holds) return;
    std::fprintf(stderr, "does not hold: %s\n", property);
    std::abort();
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return size == 0 ? std::string_view{} : std::string_view{reinterpret_cast<const char*>(data), size};
}

/// The first byte of what is left, taken off; 0 where nothing is left.
inline std::size_t take_byte(std::string_view& bytes) {
    if (bytes.empty()) return 0;
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    return byte;
}

/// The lines of an input: how one input is made into several texts.
template <class Sink>
void each_part(std::string_view bytes, char between, Sink sink) {
    for (;;) {
        const auto end = bytes.find(between);
        sink(bytes.substr(0, end));
        if (end == std::string_view::npos) return;
        bytes.remove_prefix(end + 1);
    }
}

}  // namespace tideover::fuzz
