// Fills and empties the bucket of each who asks.
#include "server/http/rate_limit.hpp"

#include <algorithm>

namespace tideover {

double RateLimit::now_in(const Bucket& bucket, Moment now) const {
    const std::chrono::duration<double> passed = now - bucket.at;
    return std::min(full(), bucket.left + passed.count() * per_second_);
}

bool RateLimit::take(const std::string& whom, Moment now, double cost) {
    auto found = buckets_.find(whom);
    if (found == buckets_.end()) {
        if (buckets_.size() >= known_max) {
            // A full bucket says no more than none does.
            std::erase_if(buckets_, [&](const auto& known) { return now_in(known.second, now) >= full(); });
            if (buckets_.size() >= known_max) buckets_.clear();
        }
        found = buckets_.emplace(whom, Bucket{full(), now}).first;
    }
    auto& bucket = found->second;
    bucket = {now_in(bucket, now), now};
    if (bucket.left < cost) return false;
    bucket.left -= cost;
    return true;
}

}  // namespace tideover
