// A request as handlers see it and the answer they give: plain values, no sockets.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tideover {

enum class Verb : std::uint8_t { get, post, remove };

[[nodiscard]] constexpr std::string_view name_of(Verb verb) {
    return verb == Verb::get ? "GET" : verb == Verb::post ? "POST" : "DELETE";
}

/// A body that is kept as it comes, and not in memory: what whoever keeps it knows of it.
struct Upload {
    Upload() = default;
    Upload(const Upload&) = delete;
    Upload& operator=(const Upload&) = delete;
    virtual ~Upload() = default;
};

struct Request {
    std::string method;
    std::string path;  // decoded, without the query
    std::vector<std::pair<std::string, std::string>> query;
    std::string body;
    std::string authorization, content_type, content_encoding, accept, idempotency_key, if_match, if_none_match,
        request_id;
    std::string session{};             // the secret of the session that one of our pages asks under; see session_in
    std::shared_ptr<Upload> upload{};  // where the body is one
    std::string client;                // its address, as far as it can be known; personal data, so never logged
    std::chrono::steady_clock::time_point arrived{};

    /// Whether it says who asks, rightly or not.
    [[nodiscard]] bool signed_in() const { return !authorization.empty() || !session.empty(); }
};

/// A body that lies in a file, which is there for as long as it is held.
struct FileBody {
    int descriptor = -1;
    std::uint64_t bytes = 0;
    std::shared_ptr<const void> holder{};
};

struct Response {
    int status = 200;
    std::string content_type = "application/json";
    std::string body{};
    std::vector<std::pair<std::string, std::string>> headers{};
    std::shared_ptr<const std::string> fixed{};  // instead of `body`: what never changes, shared by all who get it
    FileBody file{};                             // instead of both, where it has a holder
};

/// The same answer for everybody: its copies share one body, so that a thousand slow readers hold no thousand of them.
[[nodiscard]] inline Response made_once(Response response) {
    response.fixed = std::make_shared<const std::string>(std::move(response.body));
    return response;
}

/// Those without a token have a lane of their own for what may count everything there is, whole lists have one, and so
/// have files that come.
enum class Lane : std::uint8_t { work, public_counts, files, uploads };
inline constexpr std::size_t lanes = 4;

/// What a request takes: its lane, whose bucket it is taken out of, and for how many it counts there.
struct Demand {
    Lane lane = Lane::work;
    std::string taken_from;
    int count = 1;
};

}  // namespace tideover
