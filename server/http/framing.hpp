// Where a request's head ends and whether everybody on the way must read it alike, judged on its bytes as they came:
// what one program takes for a header and the next for a body is how a request is smuggled past a proxy (RFC 9112,
// section 11.2). Beast's parser forgives what must not be forgiven here, so it sees a head only after this.
#pragma once

#include <cstddef>
#include <string_view>

namespace tideover {

/// What is wrong with a head: a problem's slug, and a sentence for the client.
struct FramingFault {
    std::string_view slug{};
    std::string_view detail{};
    explicit operator bool() const { return !slug.empty(); }
};

/// How far a head has come.
struct HeadEnd {
    std::size_t size = 0;  // bytes up to and with the blank line; 0: it is still to come
    FramingFault fault{};  // set as soon as no further byte could mend it
};

/// Looks for the end of the head that `bytes` begin with. `bytes_max` is how long a head may be.
[[nodiscard]] HeadEnd find_head(std::string_view bytes, std::size_t bytes_max);

/// The first rule that a whole head breaks, if any. Pure: it looks at nothing but these bytes.
[[nodiscard]] FramingFault framing_fault(std::string_view head);

}  // namespace tideover
