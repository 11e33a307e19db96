// By the rule of domain/figures/suppression.hpp.
#include "server/api/resources/seen_parts.hpp"

#include <algorithm>

#include "domain/figures/suppression.hpp"

namespace tideover::resources {
namespace {

/// Whether the count of a part could tell somebody.
bool about_people(const Measure& measure) {
    return measure.subject == "person" || measure.subject == "household" || measure.subject == "account";
}

}  // namespace

bool sees_small_counts(Role role, const Measure& measure) {
    return !about_people(measure) || (roles::staff | roles::auditor).has(role);
}

bool is_shown_to_all(std::string_view by) {
    return by == period_kinds.front() || std::find(period_kinds.begin(), period_kinds.end(), by) == period_kinds.end();
}

std::vector<SeenPart> seen_parts(const std::vector<db::figures::Part>& parts, bool all) {
    std::vector<std::int64_t> people;
    people.reserve(parts.size());
    for (const auto& part : parts) people.push_back(part.subjects);
    const auto withheld = all ? std::optional{std::vector<bool>(parts.size(), false)} : withheld_cells(people);
    std::vector<SeenPart> out;
    for (std::size_t i = 0; withheld && i < parts.size(); ++i) {
        out.push_back({parts[i].part, (*withheld)[i] ? std::nullopt : std::optional{parts[i].value}});
    }
    return out;
}

}  // namespace tideover::resources
