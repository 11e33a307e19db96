// Composes the condition from the noun's table.
#include "db/records/visibility.hpp"

#include "db/records/record_sql.hpp"

namespace tideover::db::records {
namespace {

/// What a partner sees of a noun, over the alias `t`.
std::string partners_own(const Noun& noun, const std::string& partner) {
    if (!noun.owner.empty())
        return filled("t.{owner} = {partner}", {{"owner", column(noun.owner)}, {"partner", partner}});
    if (!noun.personal) return {};
    // Whom its own people recorded for it, and whom its own work is about, as both were recorded.
    std::string about;
    for (const auto* other : nouns::all()) {
        if (other->owner.empty()) continue;
        for (const auto& field : other->fields) {
            if (field.kind != Kind::id || field.refers != noun.name) continue;
            about += filled(R"(
    OR EXISTS (SELECT FROM {work} o WHERE o.authority_id = t.authority_id AND o.{names} = t.id AND o.{owner} = {partner}
               AND NOT o.voided))",
                            {{"work", other->name},
                             {"names", column(field.name)},
                             {"owner", column(other->owner)},
                             {"partner", partner}});
        }
    }
    return filled("(t.{recorded_for} = {partner}{about})",
                  {{"recorded_for", column(noun.recorded_for)}, {"partner", partner}, {"about", about}});
}

/// Who works with a record, over an alias, and sees it though it is restricted.
std::string works_with(const Noun& noun, const std::string& alias, const std::string& staff) {
    return filled("({a}recorded_by = {staff} OR {a}{case_worker} = {staff})",
                  {{"a", alias}, {"staff", staff}, {"case_worker", column(noun.case_worker)}});
}

/// That a record, over the alias `t`, tells of nobody whom the member of staff does not see, but what they recorded.
std::string tells_of_seen(const Noun& noun, const std::string& staff) {
    const auto hidden = [&](const Noun& told, const std::string& among) {
        // There are few who are restricted, and an index of these alone.
        return filled(R"(EXISTS (SELECT FROM {told} r WHERE r.authority_id = t.authority_id AND r.id IN ({among})
                                  AND r.{restricted} AND {theirs} IS NOT TRUE))",
                      {{"told", told.name},
                       {"among", among},
                       {"restricted", column(told.restricted)},
                       {"theirs", works_with(told, "r.", staff)}});
    };
    std::string out;
    if (!noun.tells_of.empty()) {
        out += " AND NOT " + hidden(nouns::named(noun.field(noun.tells_of)->refers), "t." + column(noun.tells_of));
    }
    if (!noun.kind_field.empty()) {
        for (const auto* told : nouns::all()) {
            if (told->restricted.empty()) continue;
            out += filled(" AND NOT (t.{kind} = '{told}' AND {hidden})",
                          {{"kind", column(noun.kind_field)},
                           {"told", told->name},
                           {"hidden", hidden(*told, ids_of_any_kind(noun))}});
        }
    }
    if (out.empty()) return out;
    return filled(" AND (t.recorded_by = {staff} OR (true{seen}))", {{"staff", staff}, {"seen", out}});
}

}  // namespace

std::string ids_of_any_kind(const Noun& noun) {
    std::string out;
    for (const auto& field : noun.fields) {
        if (field.kind == Kind::id && field.refers.empty()) out += (out.empty() ? "t." : ", t.") + column(field.name);
    }
    return out;
}

std::string visible_only(const Principal& who, const Noun& noun, const Bind& bind) {
    std::string out;
    if (who.role == Role::partner && (!noun.owner.empty() || noun.personal)) {
        out += " AND " + partners_own(noun, bind(who.partner, "text"));
    }
    if (who.role == Role::admin) return out;
    if (noun.restricted.empty() && noun.tells_of.empty() && noun.kind_field.empty()) return out;
    const auto staff = bind(who.staff_id, "uuid");
    if (!noun.restricted.empty())
        return out + " AND (NOT t." + column(noun.restricted) + " OR " + works_with(noun, "t.", staff) + ")";
    return out + tells_of_seen(noun, staff);
}

std::optional<std::string> hidden_few(const Principal& who, const Noun& noun, const std::string& authority,
                                      const Bind& bind) {
    const bool of_its_own = who.role == Role::partner && (!noun.owner.empty() || noun.personal);
    if (who.role == Role::admin || of_its_own || noun.tells_of.empty() || !noun.kind_field.empty()) return {};
    const auto& told = nouns::named(noun.field(noun.tells_of)->refers);
    const auto staff = bind(who.staff_id, "uuid");
    return filled(R"(t.{tells_of} = ANY (ARRAY(SELECT r.id FROM {told} r
                          WHERE r.authority_id = {authority} AND r.{restricted} AND {theirs} IS NOT TRUE))
    AND t.recorded_by IS DISTINCT FROM {staff})",
                  {{"tells_of", column(noun.tells_of)},
                   {"told", told.name},
                   {"authority", authority},
                   {"restricted", column(told.restricted)},
                   {"theirs", works_with(told, "r.", staff)},
                   {"staff", staff}});
}

bool has_limits(const Principal& who, const Noun& noun) {
    const auto none = [](const std::string&, std::string_view) { return std::string{"NULL"}; };
    return !visible_only(who, noun, none).empty();
}

std::string_view visibility_of(const Principal& who) {
    return who.role == Role::partner ? "of_partner" : who.role == Role::admin ? "of_admin" : "of_staff";
}

}  // namespace tideover::db::records
