// Puts the jobs of the year into the order in which they depend on each other.
#include "demo/plan.hpp"

#include <algorithm>
#include <map>

namespace tideover::year {

void put_in_order(Jobs& jobs) {
    std::stable_sort(jobs.begin(), jobs.end(), [](const Job& a, const Job& b) { return a.day < b.day; });
    std::map<std::size_t, double> whole, before;
    for (const auto& job : jobs) whole[job.kind] += job.requests;
    std::vector<std::pair<double, std::size_t>> places;  // how far its kind has come when it begins
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        auto& done = before[jobs[i].kind];
        places.emplace_back(done / whole[jobs[i].kind], i);
        done += jobs[i].requests;
    }
    std::sort(places.begin(), places.end());
    Jobs ordered;
    ordered.reserve(jobs.size());
    for (const auto& [place, index] : places) ordered.push_back(std::move(jobs[index]));
    jobs = std::move(ordered);
}

}  // namespace tideover::year
