// The list of all nouns' rules, and the way through them.
#include "server/casework/rules.hpp"

#include <array>

namespace tideover::casework {

extern const Rules scheme_version_rules, application_rules, award_rules, payment_rules;
extern const Rules council_tax_posting_rules;
extern const Rules ppe_movement_rules, parcel_rules, voucher_rules;
extern const Rules merge_rules;
extern const Rules staff_rules, api_token_rules;
extern const Rules figure_rules, publication_rules;
extern const Rules import_profile_rules;

namespace {

constexpr std::array all{
    &scheme_version_rules, &application_rules, &award_rules,       &payment_rules,        &council_tax_posting_rules,
    &ppe_movement_rules,   &parcel_rules,      &voucher_rules,     &merge_rules,          &staff_rules,
    &api_token_rules,      &figure_rules,      &publication_rules, &import_profile_rules,
};

}  // namespace

void Proposal::fault_at(std::string pointer, std::string code, std::string detail) {
    if (!objection || !std::holds_alternative<FieldFaults>(*objection)) objection = FieldFaults{};
    std::get<FieldFaults>(*objection).faults.push_back({std::move(pointer), std::move(code), std::move(detail)});
}

void Proposal::fault(Handle field, std::string code, std::string detail) {
    fault_at(pointer_to(field.name), std::move(code), std::move(detail));
}

void Proposal::fault(Handle field, std::size_t row, std::string code, std::string detail) {
    fault_at(pointer_to(field.name) + "/" + std::to_string(row), std::move(code), std::move(detail));
}

db::records::Records Proposals::after() const {
    db::records::Records out;
    for (const auto* one : all_) out.push_back(&one->after);
    return out;
}

std::vector<db::records::Revision> Proposals::revisions() const {
    std::vector<db::records::Revision> out;
    for (auto* one : all_) out.push_back({one->before ? &*one->before : nullptr, &one->after});
    return out;
}

std::span<const Rules* const> all_rules() {
    return all;
}

const Rules& rules_of(const Noun& noun) {
    static constexpr Rules none{nullptr};
    for (const auto* rules : all) {
        if (rules->noun == &noun) return *rules;
    }
    return none;
}

std::span<const Rule> rules_of_event(const Noun& noun, std::string_view event) {
    for (const auto& step : rules_of(noun).steps) {
        if (!step.event.empty() && step.event == event) return step.rules;
    }
    return {};
}

void judge(std::span<const Rule> rules, const Proposals& proposals) {
    for (const auto rule : rules) {
        const auto standing = proposals.standing();
        if (rule == nullptr || standing.empty()) return;
        rule(standing);
    }
}

}  // namespace tideover::casework
