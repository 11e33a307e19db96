// How many requests one token, or one address without a token, may send: a token bucket each.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <unordered_map>

namespace tideover {

class RateLimit {
public:
    using Moment = std::chrono::steady_clock::time_point;

    /// A full bucket holds ten seconds' worth: people work in bursts, programs that go wrong do not stop.
    explicit RateLimit(int per_second) : per_second_(per_second) {}

    /// Takes a request that counts for `cost` out of the bucket of `whom`; false where there is not as much in it.
    [[nodiscard]] bool take(const std::string& whom, Moment now, double cost = 1);

    /// How many buckets are kept: never more than `known_max`.
    [[nodiscard]] std::size_t known() const { return buckets_.size(); }
    static constexpr std::size_t known_max = 10'000;

private:
    struct Bucket {
        double left;
        Moment at;
    };
    [[nodiscard]] double now_in(const Bucket& bucket, Moment now) const;
    [[nodiscard]] double full() const { return 10.0 * per_second_; }

    double per_second_;
    std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace tideover
