// The condition, composed from the noun's table.
#include "db/visibility.hpp"

#include "db/record_sql.hpp"

namespace tideover::db::records {
namespace {

/// What a partner sees of a noun, over the alias `t`.
std::string partners_own(const Noun& noun, const std::string& partner) {
    if (!noun.owner.empty()) return "t." + column(noun.owner) + " = " + partner;
    if (!noun.personal) return {};
    // Whom its own people recorded for it, and whom its own work is about, as both were recorded.
    auto out = "(t." + column(noun.recorded_for) + " = " + partner;
    for (const auto* other : nouns::all()) {
        if (other->owner.empty()) continue;
        for (const auto& field : other->fields) {
            if (field.kind != Kind::id || field.refers != noun.name) continue;
            out += " OR EXISTS (SELECT FROM " + std::string{other->name} +
                   " o WHERE o.authority_id = t.authority_id AND o." + column(field.name) + " = t.id AND o." +
                   column(other->owner) + " = " + partner + " AND NOT o.voided)";
        }
    }
    return out + ")";
}

/// Whom a restricted record is open to, over an alias.
std::string open_to(const Noun& noun, const std::string& alias, const std::string& staff) {
    return "(NOT " + alias + column(noun.restricted) + " OR " + alias + "recorded_by = " + staff + " OR " + alias +
           column(noun.case_worker) + " = " + staff + ")";
}

}  // namespace

std::string visible_only(const Principal& who, const Noun& noun, const Bind& bind) {
    std::string out;
    if (who.role == Role::partner && (!noun.owner.empty() || noun.personal)) {
        out += " AND " + partners_own(noun, bind(who.partner, "text"));
    }
    if (who.role == Role::admin || (noun.restricted.empty() && noun.tells_of.empty())) return out;
    const auto staff = bind(who.staff_id, "uuid");
    if (!noun.restricted.empty()) return out + " AND " + open_to(noun, "t.", staff);
    const auto& told = nouns::named(noun.field(noun.tells_of)->refers);
    return out + " AND (t." + column(noun.tells_of) + " IS NULL OR t.recorded_by = " + staff +
           " OR EXISTS (SELECT FROM " + std::string{told.name} +
           " r WHERE r.authority_id = t.authority_id AND r.id = t." + column(noun.tells_of) + " AND " +
           open_to(told, "r.", staff) + "))";
}

bool has_limits(const Principal& who, const Noun& noun) {
    const auto none = [](const std::string&, std::string_view) { return std::string{"NULL"}; };
    return !visible_only(who, noun, none).empty();
}

std::string_view visibility_of(const Principal& who) {
    return who.role == Role::partner ? "of_partner" : who.role == Role::admin ? "of_admin" : "of_staff";
}

}  // namespace tideover::db::records
