// The questions stand in db/references; here is what is said of their answers.
#include "server/api/resources/related.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "db/records/references.hpp"
#include "server/api/resources/records.hpp"
#include "server/api/router.hpp"

namespace tideover::resources {
namespace {

namespace store = db::records;

[[noreturn]] void refuse_fields(std::vector<FieldFault> faults) {
    throw Problem{"invalid-fields", {}, std::move(faults)};
}

bool may_read(Role role, const Noun& noun) {
    const auto& all = routes();
    return std::any_of(all.begin(), all.end(), [&](const Route& route) {
        return route.handler == &read && route.noun->name == noun.name && route.roles.has(role);
    });
}

}  // namespace

FieldFault misnamed(const std::string& base, std::string_view field, bool is_void) {
    const auto at = base + "/" + std::string{field};
    if (!is_void) return {at, "unknown_reference", "There is no such record."};
    return {at, "void_reference",
            "That record is void: it was recorded by mistake. Name another, or reinstate it first."};
}

std::vector<FieldFault> misnamed_in(db::Tx& tx, const Noun& noun, const Record& record, const std::string& base) {
    std::vector<FieldFault> faults;
    for (const auto& one : store::misnamed(tx, noun, record)) faults.push_back(misnamed(base, one.field, one.is_void));
    return faults;
}

void refuse_unseen(db::Tx& tx, const Noun& noun, const Record& record, const Record* before, const std::string& base) {
    const auto field = store::unseen(tx, noun, record, before);
    if (!field.empty()) refuse_fields({misnamed(base, field, false)});
}

void note_givers(const Noun& noun, const Record* before, Record& record, const std::string& staff) {
    for (const auto& field : noun.fields) {
        if (field.giver_of.empty() || !record.has(field.giver_of)) continue;
        if (before == nullptr || before->at(field.giver_of) != record.at(field.giver_of)) record.set(field.name, staff);
    }
}

void check_agreements(db::Tx& tx, const Noun& noun, const Record& record, const Record* before,
                      const std::string& base) {
    std::vector<FieldFault> faults;
    for (const auto& one : store::disagreements(tx, noun, record, before)) {
        constexpr std::array codes{"not_the_same", "too_early", "too_late"};
        faults.push_back({base + "/" + std::string{one.rule->field}, codes[static_cast<std::size_t>(one.rule->must)],
                          std::string{one.rule->detail} + " The other is " + one.other + "."});
    }
    if (!faults.empty()) refuse_fields(std::move(faults));
}

void check_agreed(db::Tx& tx, const Noun& noun, const Record& before, const Record& after,
                  const std::vector<std::string_view>& named) {
    if (after.voided) return;
    std::vector<FieldFault> faults;
    for (const auto& one : store::disagreements_with(tx, noun, before, after)) {
        constexpr std::array codes{"not_the_same", "too_late", "too_early"};
        const auto detail = std::string{one.rule->detail} + " The other is " + one.other + ".";
        if (std::find(named.begin(), named.end(), one.rule->of) == named.end()) {
            throw Problem{Refused{Refusal::too_early, detail}};
        }
        faults.push_back(
            {"/changes/" + std::string{one.rule->of}, codes[static_cast<std::size_t>(one.rule->must)], detail});
    }
    if (!faults.empty()) refuse_fields(std::move(faults));
}

void refuse_taken_code(const Call& call, const Noun& noun, const Record& fresh) {
    if (noun.code().empty() || !fresh.has(noun.code())) return;
    std::optional<store::Coded> found;
    call.database.read(call.principal,
                       [&](db::Tx& tx) { found = store::having_code(tx, noun, fresh.text(noun.code())); });
    if (!found) return;
    throw Problem{"already-recorded",
                  "It is " + found->reference +
                      (found->is_void ? ", which is void: reinstate it by a correction with \"void\": false." : ".")};
}

void check_unused(const Call& call, db::Tx& tx, const Noun& noun, const Record& record) {
    constexpr int most = 6;
    const auto found = store::leaning_on(tx, noun, record, most);
    if (found.empty()) return;
    std::string names;
    bool others = found.size() == most;
    for (const auto& one : found) {
        if (one.reference.empty() || !may_read(call.principal.role, *one.noun)) {
            others = true;
        } else {
            names += (names.empty() ? "" : ", ") + std::string{one.noun->title} + " " + one.reference;
        }
    }
    if (others) names += names.empty() ? "Work that you do not see" : " and others";
    throw Problem{"in-use", names + (found.size() == 1 ? " leans on it." : " lean on it.")};
}

}  // namespace tideover::resources
