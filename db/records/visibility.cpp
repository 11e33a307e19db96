// Composes the condition from the noun's table.
#include "db/records/visibility.hpp"

#include "db/records/record_sql.hpp"

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

/// That a record, over the alias `t`, tells of nobody whom the member of staff does not see, but what they recorded.
std::string tells_of_seen(const Noun& noun, const std::string& staff) {
    const auto hidden = [&](const Noun& told, const std::string& among) {
        return "EXISTS (SELECT FROM " + std::string{told.name} +
               " r WHERE r.authority_id = t.authority_id AND r.id IN (" + among + ") AND " +
               open_to(told, "r.", staff) + " IS NOT TRUE)";
    };
    std::string out;
    if (!noun.tells_of.empty()) {
        out += " AND NOT " + hidden(nouns::named(noun.field(noun.tells_of)->refers), "t." + column(noun.tells_of));
    }
    if (!noun.kind_field.empty()) {
        std::string named;
        for (const auto& field : noun.fields) {
            if (field.kind == Kind::id && field.refers.empty())
                named += (named.empty() ? "t." : ", t.") + column(field.name);
        }
        for (const auto* told : nouns::all()) {
            if (told->restricted.empty()) continue;
            out += " AND NOT (t." + column(noun.kind_field) + " = '" + std::string{told->name} + "' AND " +
                   hidden(*told, named) + ")";
        }
    }
    return out.empty() ? out : " AND (t.recorded_by = " + staff + " OR (true" + out + "))";
}

}  // namespace

std::string visible_only(const Principal& who, const Noun& noun, const Bind& bind) {
    std::string out;
    if (who.role == Role::partner && (!noun.owner.empty() || noun.personal)) {
        out += " AND " + partners_own(noun, bind(who.partner, "text"));
    }
    if (who.role == Role::admin) return out;
    if (noun.restricted.empty() && noun.tells_of.empty() && noun.kind_field.empty()) return out;
    const auto staff = bind(who.staff_id, "uuid");
    if (!noun.restricted.empty()) return out + " AND " + open_to(noun, "t.", staff);
    return out + tells_of_seen(noun, staff);
}

bool has_limits(const Principal& who, const Noun& noun) {
    const auto none = [](const std::string&, std::string_view) { return std::string{"NULL"}; };
    return !visible_only(who, noun, none).empty();
}

std::string_view visibility_of(const Principal& who) {
    return who.role == Role::partner ? "of_partner" : who.role == Role::admin ? "of_admin" : "of_staff";
}

}  // namespace tideover::db::records
