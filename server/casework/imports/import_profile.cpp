// What a profile says is about a kind that files hold, and fields that it has.
#include "domain/imports/import_profile.hpp"

#include <set>

#include "domain/imports/import_kinds.hpp"
#include "domain/imports/nouns.hpp"
#include "server/casework/lists.hpp"
#include "server/casework/rules.hpp"
#include "server/formats/cells.hpp"

namespace tideover::casework {
namespace {

namespace table = nouns::import_profile_table;
constexpr Fields its{table::fields}, column_line{table::column_fields}, constant_line{table::constant_fields};

std::string names_of(const ImportKind& kind) {
    std::string out;
    for (const auto& field : kind.fields) {
        if (!field.derived) out += (out.empty() ? "" : ", ") + std::string{field.name};
    }
    return out;
}

/// Every row of the list whose field the kind does not have, and every column that stands there twice.
void check_fields(Proposal& profile, const ImportKind& kind, Handle list, Handle field, const Handle* column) {
    const auto rows = rows_of(profile.after, list);
    std::set<std::string> seen;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (column != nullptr && !seen.insert(bare(rows[i].text(*column))).second)
            profile.fault(list, i, "stands_twice", "This column stands in the list twice.");
        if (!rows[i].has(field)) continue;
        if (column_called(kind, std::string{rows[i].text(field)}).field == nullptr)
            profile.fault(list, i, "unknown_field", "Files of this kind have: " + names_of(kind) + ".");
    }
}

void knows_its_kind(const Proposals& profiles) {
    const Handle column = column_line["header"];
    for (auto& profile : profiles) {
        const auto* kind = import_kind(profile->after.text(its["kind"]));
        if (kind == nullptr) {
            profile->fault(its["kind"], "unknown_reference", "Files hold none of these: see /v1/imports/{kind}.");
            continue;
        }
        check_fields(*profile, *kind, its["columns"], column_line["field"], &column);
        check_fields(*profile, *kind, its["constants"], constant_line["field"], nullptr);
    }
}

}  // namespace

extern const Rules import_profile_rules;
const Rules import_profile_rules{
    .noun = &nouns::import_profile, .record = {knows_its_kind}, .correct = {knows_its_kind}};

}  // namespace tideover::casework
