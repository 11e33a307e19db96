// The requests of corpus.txt, and what a server says to raw bytes.
#pragma once

#include <string>
#include <vector>

namespace tideover::testing {

struct Vector {
    std::string name;
    std::vector<int> statuses;  // of the answers, in their order
    std::string bytes;

    /// Whether its last request asks to close the connection.
    [[nodiscard]] bool asks_to_close() const;
    /// Whether it is well-formed and sent whole, so that everybody on the way has to take it.
    [[nodiscard]] bool sound() const;
};

/// Reads corpus.txt. `token` stands where the file says {token}. Throws std::runtime_error at a line it cannot read.
std::vector<Vector> read_corpus(const std::string& token);

struct RawAnswer {
    int status = 0;
    std::string request_id;  // "" where the server under test did not say it
    bool closes = false;
};

/// Reads answers that stand one after the other. What is no answer of HTTP/1 counts as one of status 0, and as the
/// last.
std::vector<RawAnswer> read_answers(const std::string& text);

/// Sends the bytes, then (`ends`) the end of all sending, and reads until the other side ends too.
std::vector<RawAnswer> call(unsigned short port, const std::string& bytes, bool ends = true);

/// A status that ends a connection because nobody can tell where the next request would begin.
bool is_framing_refusal(int status);

}  // namespace tideover::testing
