// Compares days as text, which their form allows.
#include "domain/core/order.hpp"

#include <string>

#include "domain/core/day.hpp"

namespace tideover {
namespace {

std::string day_of(std::string_view said) {
    const auto instant = said.size() > 10 ? parse_instant(said) : std::nullopt;
    return instant ? format(london_day(*instant)) : std::string{said};
}

}  // namespace

std::vector<InOrder> out_of_order(std::span<const InOrder> rows, const Record& record) {
    std::vector<InOrder> out;
    for (const auto& row : rows) {
        if (!record.has(by_name(row.later)) || !record.has(by_name(row.earlier))) continue;
        if (day_of(record.text(by_name(row.later))) < day_of(record.text(by_name(row.earlier)))) out.push_back(row);
    }
    return out;
}

}  // namespace tideover
