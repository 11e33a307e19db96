// Derives first: what is derived is checked too.
#include "domain/core/completion.hpp"

#include <algorithm>

namespace tideover {

std::vector<FieldFault> complete(const Noun& noun, Record& record, std::vector<FieldFault> faults,
                                 std::span<const std::string_view> named) {
    for (const auto& field : noun.fields) {
        const bool empty = field.derived && !field.fallback.empty() && !record.has(field);
        if (empty) record.set(field, std::string{field.fallback});
    }
    if (noun.derive != nullptr) noun.derive(record);
    const auto add = [&](std::string_view field, std::string_view code, std::string_view detail) {
        const auto at = pointer_to(field);
        const auto same = [&](const FieldFault& fault) { return fault.pointer == at; };
        if (std::any_of(faults.begin(), faults.end(), same)) return;
        faults.push_back({at, std::string{code}, std::string{detail}});
    };
    if (noun.check != nullptr) {
        for (const auto& conflict : noun.check(record)) add(conflict.field, conflict.code, conflict.detail);
    }
    for (const auto& row : out_of_order(noun.in_order, record)) {
        const bool earlier = std::find(named.begin(), named.end(), row.later) == named.end() && !named.empty();
        add(earlier ? row.earlier : row.later, earlier ? "too_late" : "too_early", row.detail);
    }
    return faults;
}

}  // namespace tideover
