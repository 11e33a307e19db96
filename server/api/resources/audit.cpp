// A line shows what stood there before to those who may read such a record, and of it what they may see.
#include "server/api/resources/audit.hpp"

#include "db/audit/audit.hpp"
#include "db/records/record_sql.hpp"
#include "db/records/references.hpp"
#include "server/api/checkpoint.hpp"
#include "server/api/paging.hpp"
#include "server/api/parameters.hpp"
#include "server/api/problem.hpp"
#include "server/api/resources/records.hpp"
#include "server/api/router.hpp"

namespace tideover::resources {
namespace {

constexpr Fields asked{audit_parameters};

std::vector<std::string> readable_kinds(Role role) {
    std::vector<std::string> out;
    for (const auto& route : routes()) {
        if (route.action == Action::read && route.roles.has(role)) out.emplace_back(route.noun->name);
    }
    return out;
}

std::vector<std::string> hidden_columns(Role role) {
    std::vector<std::string> out;
    for (const auto* noun : nouns::all()) {
        for (const auto& field : noun->fields) {
            if (!who_sees(field.privacy).has(role)) out.push_back(db::records::column(field.name));
        }
    }
    return out;
}

/// The lines that `page` asks for, as far as the caller may see them.
Response lines(Call& call, db::audit::Page page) {
    static const std::vector<Column> columns{{"id", Kind::count},
                                             {"number", Kind::count},
                                             {"at", Kind::instant},
                                             {"staff.id", Kind::id},
                                             {"staff.name"},
                                             {"token_id", Kind::id},
                                             {"action"},
                                             {"record.kind"},
                                             {"record.id", Kind::id},
                                             {"record.version", Kind::count},
                                             {"reason"},
                                             {"request_id"},
                                             {"import"},
                                             {"before"}};
    page.newest_first = newest_first(call);
    page.kinds = readable_kinds(call.principal.role);
    page.hidden = hidden_columns(call.principal.role);
    page.flat = format_asked(call) != Format::json;
    return pages_of(call, cursor_said(call, Kind::count), columns,
                    [&](db::Tx& tx, const std::string& after, int limit) {
                        const auto* noun = noun_in_path(call.route);
                        if (noun != nullptr && !db::records::is_seen(tx, *noun, page.record))
                            throw Problem{"not-found"};
                        page.after = after;
                        page.limit = limit;
                        return db::audit::list(tx, page);
                    });
}

}  // namespace

Response audit_lines(Call& call) {
    const auto said = parameters_said(call);
    const auto text = [&](Handle field) { return std::string{said.text(field)}; };
    return lines(call, {.record = text(asked["record"]),
                        .subject = text(asked["subject"]),
                        .staff = text(asked["staff"]),
                        .from = text(asked["from"]),
                        .until = text(asked["until"])});
}

Response history(Call& call) {
    return lines(call, {.record = call.id()});
}

Response audit_checkpoint(Call& call) {
    if (!call.config.signing_key) throw Problem{"no-signing-key"};
    db::audit_chain::Link link;
    call.database.read(call.principal, [&](db::Tx& tx) { link = db::audit_chain::newest(tx); });
    return {.body = to_json(checkpoint_of(call.principal.authority, link, *call.config.signing_key))};
}

}  // namespace tideover::resources
