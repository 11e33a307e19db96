// What a client takes and sends, by the book: media types as RFC 9110 compares them.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tideover {

/// Which of the offered media types the client would have (RFC 9110, 12.5.1: the most specific range decides a type's
/// weight, nil means never, the first of equals wins). Nothing where it takes none. No header takes the first.
[[nodiscard]] std::optional<std::size_t> preferred(std::string_view accept, std::span<const std::string_view> offered);

/// "Application/JSON; charset=utf-8" → "application/json".
[[nodiscard]] std::string media_type(std::string_view header);

}  // namespace tideover
