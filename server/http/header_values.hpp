// Values of headers, as we write and take them.
#pragma once

#include <string>
#include <string_view>

namespace tideover {

/// Now, as HTTP says it (RFC 9110, 5.6.7): clients whose clock is wrong go by it.
[[nodiscard]] std::string http_date();

/// Whether a client's own request id is a plain short one.
[[nodiscard]] bool is_plain_id(std::string_view given);

}  // namespace tideover
