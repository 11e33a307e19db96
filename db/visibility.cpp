// The condition, composed from the noun's table.
#include "db/visibility.hpp"

#include "db/record_sql.hpp"

namespace tideover::db::records {

std::string visible_only(const Principal& who, const Noun& noun, const Bind& bind) {
    std::string out;
    if (who.role == Role::partner && !noun.owner.empty()) {
        out += " AND t." + column(noun.owner) + " = " + bind(who.partner, "text");
    } else if (who.role == Role::partner && noun.personal) {
        // Whom its own people recorded, and whom its own work is about.
        const auto partner = bind(who.partner, "text");
        out +=
            " AND (EXISTS (SELECT FROM api_token k WHERE k.authority_id = t.authority_id AND k.staff_id = "
            "t.recorded_by AND k.partner = " +
            partner + ")";
        for (const auto* other : nouns::all()) {
            if (other->owner.empty()) continue;
            for (const auto& field : other->fields) {
                if (field.kind != Kind::id || field.refers != noun.name) continue;
                out += " OR EXISTS (SELECT FROM " + std::string{other->name} +
                       " o WHERE o.authority_id = t.authority_id AND o." + column(field.name) + " = t.id AND o." +
                       column(other->owner) + " = " + partner + " AND NOT o.voided)";
            }
        }
        out += ")";
    }
    if (!noun.restricted.empty() && who.role != Role::admin) {
        const auto staff = bind(who.staff_id, "uuid");
        out += " AND (NOT t." + column(noun.restricted) + " OR t.recorded_by = " + staff + " OR t." +
               column(noun.case_worker) + " = " + staff + ")";
    }
    return out;
}

std::string_view visibility_of(const Principal& who) {
    return who.role == Role::partner ? "of_partner" : who.role == Role::admin ? "of_admin" : "of_staff";
}

}  // namespace tideover::db::records
