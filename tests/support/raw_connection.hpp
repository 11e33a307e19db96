// A connection of plain bytes, which never hangs a test.
#pragma once

#include <string>
#include <string_view>

namespace tideover::testing {

class RawConnection {
public:
    /// Connects from `from` to 127.0.0.1. `room` is how many bytes may wait here unread; 0: as many as is usual.
    /// Throws std::runtime_error where nobody listens.
    explicit RawConnection(unsigned short port, const char* from = "127.0.0.1", int room = 0);
    ~RawConnection();
    RawConnection(const RawConnection&) = delete;
    RawConnection& operator=(const RawConnection&) = delete;

    /// False where the other side no longer listens.
    bool send(std::string_view bytes) const;
    /// Nothing more will be sent.
    void end() const;
    /// Everything that comes until the other side ends.
    [[nodiscard]] std::string rest() const;
    /// What comes until `end` has come, or the other side ends.
    [[nodiscard]] std::string until(std::string_view end) const;
    /// Whether something, be it the end, comes within the milliseconds.
    [[nodiscard]] bool stirs(int ms) const;

private:
    int socket_;
};

}  // namespace tideover::testing
