// The table of constraints that guard something a person can do wrong, and the names that foreign keys tell of.
#include "server/casework/faults.hpp"

#include <array>

#include "db/records/record_sql.hpp"
#include "db/records/references.hpp"
#include "db/records/rivals.hpp"
#include "server/casework/related.hpp"

namespace tideover::casework {
namespace {

namespace store = db::records;

struct ConstraintRow {
    std::string_view constraint;
    Refusal refusal;
    bool telling = false;  // what the database says of it is the detail: it names records by their references only
};
// clang-format off
constexpr auto constraints = std::to_array<ConstraintRow>({
    {"award_holder",                   Refusal::already_awarded},
    {"award_excluded",                 Refusal::excluded_by_award},
    {"award_application",              Refusal::already_awarded},
    {"payment_live",                   Refusal::already_paid},
    {"payment_once",                   Refusal::already_paid},
    {"organisation_identifier_strong", Refusal::duplicate_identifier},
    {"person_identifier_strong",       Refusal::duplicate_identifier},
    {"business_identifier_strong",     Refusal::duplicate_identifier},
    {"premises_identifier_strong",     Refusal::duplicate_identifier},
    {"council_tax_posting_reversed",   Refusal::already_reversed},
    {"council_tax_posting_automatic",  Refusal::already_credited,      true},
    {"council_tax_posting_balance",    Refusal::below_nothing,         true},
    {"merge_from",                     Refusal::already_merged},
    {"publication_supersedes",         Refusal::already_superseded},
    {"scheme_allocation",              Refusal::over_allocation},
    {"ppe_movement_taken_back",        Refusal::more_than_issued},
    {"application_two_people",         Refusal::own_assessment},
    {"scheme_version_two_people",      Refusal::own_draft},
    {"figure_two_people",              Refusal::own_draft},
    {"void_in_use",                    Refusal::in_use},
});
// clang-format on

/// Fields of `record` that name no record, or else the field or the list that the foreign key is behind. Foreign keys
/// are named table_authority_id_column_fkey, what refuses void records table_column_not_void.
FieldFaults misnamed_by(db::Tx& tx, const Noun& noun, const Record& record, const std::string& constraint) {
    FieldFaults out;
    auto copy = record;
    const std::array one{store::Revision{.after = &copy}};
    const auto found = store::misnamed(tx, noun, one);
    for (const auto& wrong : found[0]) out.faults.push_back(misnamed(wrong.field, wrong.is_void));
    if (!out.faults.empty()) return out;
    for (const auto& field : noun.fields) {
        const bool list = field.kind == Kind::rows;
        const auto table = std::string{list ? field.rows->table : noun.name};
        const auto column = store::column(field.name);
        const bool behind = list ? constraint.starts_with(table + "_")
                                 : constraint == table + "_authority_id_" + column + "_fkey" ||
                                       constraint == table + "_" + column + "_not_void";
        if (behind) return {{misnamed(field.name, constraint.ends_with("_not_void"))}};
    }
    return {{{"", "unknown_reference", "It names a record that does not exist."}}};
}

/// The records that stand in the way: those that have the same under a unique index, or an identifier that only one may
/// have.
std::vector<Other> rivals(db::Tx& tx, const Noun& noun, const Record& record, const std::string& constraint) {
    const bool identifier = constraint.ends_with("_identifier_strong");
    std::vector<Other> out;
    for (auto& id :
         identifier ? store::identifier_holders(tx, noun, record) : store::rivals(tx, noun, record, constraint))
        out.push_back({noun.name, std::move(id)});
    return out;
}

/// Another record stands in the way: the one with the same code, where there is one.
Outcome taken(db::Tx& tx, const Noun& noun, const Record& record, const std::string& constraint) {
    Proposal proposal{.before = {}, .after = record};
    std::vector<Proposal*> one{&proposal};
    check_codes(noun, {tx, one});
    return proposal.objection.value_or(Refused{Refusal::already_recorded, {}, rivals(tx, noun, record, constraint)});
}

}  // namespace

std::optional<Outcome> outcome_of(db::Tx& tx, const Noun& noun, const Record& record, const db::Fault& fault) {
    for (const auto& row : constraints) {
        if (row.constraint != fault.constraint()) continue;
        const bool another = fault.trouble() == db::Trouble::conflict;
        return Refused{row.refusal, row.telling ? fault.said() : std::string{},
                       another ? rivals(tx, noun, record, fault.constraint()) : std::vector<Other>{}};
    }
    if (fault.trouble() == db::Trouble::unknown_reference) return misnamed_by(tx, noun, record, fault.constraint());
    if (fault.trouble() == db::Trouble::conflict) return taken(tx, noun, record, fault.constraint());
    return std::nullopt;
}

bool is_taken_reference(const db::Fault& fault) {
    return fault.constraint().ends_with("_authority_id_reference_key");
}

}  // namespace tideover::casework
