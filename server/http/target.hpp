// What a request asks for: its target, split and decoded.
#pragma once

#include <string_view>

#include "server/http/message.hpp"

namespace tideover {

/// Splits a request target (RFC 9112, section 3.2.1: the origin form) into its decoded path and query. False where it
/// is not acceptable: it is no origin form, has more than 2,048 bytes or an encoded slash, or decodes to something
/// that is not UTF-8 or has a U+0000.
[[nodiscard]] bool read_target(std::string_view target, Request& request);

}  // namespace tideover
