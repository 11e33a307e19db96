// Reads what is asked, and writes what was found.
#include "server/api/resources/search.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "db/access/names.hpp"
#include "domain/core/uuid.hpp"
#include "server/api/parameters.hpp"
#include "server/api/problem.hpp"
#include "server/api/router.hpp"
#include "server/casework/search.hpp"

namespace tideover::resources {
namespace {

using Json = nlohmann::ordered_json;

std::vector<const Noun*> kinds_asked(const Call& call, std::string_view said) {
    const auto all = readable(call.principal.role);
    if (said.empty()) return all;
    std::vector<const Noun*> out;
    for (const auto& name : parts_of(said)) {
        const auto known = nouns::all();
        const auto named = [&](const Noun* noun) { return noun->name == name; };
        const auto noun = std::find_if(known.begin(), known.end(), named);
        if (noun == known.end()) {
            std::string names;
            for (const auto* one : all) names += (names.empty() ? "" : ", ") + std::string{one->name};
            throw Problem{"invalid-parameter", "'kind' takes kinds of record, separated by commas: " + names + "."};
        }
        if (std::find(all.begin(), all.end(), *noun) == all.end()) throw Problem{"forbidden"};
        if (std::find(out.begin(), out.end(), *noun) == out.end()) out.push_back(*noun);
    }
    return out;
}

Json or_null(const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(text);
}

Json shown(const casework::Found& found) {
    Json matched = Json::array();
    for (const auto& why : found.why) matched.push_back({{"field", why.field}, {"value", why.value}});
    Json merged = nullptr;
    if (found.merged) merged = {{"id", found.merged->id}, {"reference", found.merged->reference}};
    return {{"kind", found.noun->name},
            {"id", found.id},
            {"reference", found.reference},
            {"href", address_of(*found.noun, found.id)},
            {"title", found.line},
            {"state", or_null(found.state)},
            {"voided", found.voided},
            {"matched", std::move(matched)},
            {"merged_from", std::move(merged)}};
}

}  // namespace

Response names(Call& call) {
    constexpr Fields its{names_parameters};
    const auto said = parameters_said(call);
    const auto ids = parts_of(said.text(its["ids"]));
    if (ids.size() > names_most) throw Problem{"invalid-parameter", "'ids' takes at most 50 ids at a time."};
    for (const auto& id : ids) {
        if (!is_uuid(id)) throw Problem{"invalid-parameter", "'ids' takes ids of records, separated by commas."};
    }
    std::vector<std::string> found;
    call.database.read(call.principal, [&](db::Tx& tx) {
        found = db::names::called(tx, readable(call.principal.role), &may_read, ids);
    });
    return {.body = "{\"items\":[" + db::joined(found, ",") + "]}"};
}

Response search(Call& call) {
    const auto said = parameters_said(call);
    constexpr Fields its{search_parameters};
    const auto kinds = kinds_asked(call, said.text(its["kind"]));
    const int limit = said.has(its["limit"]) ? static_cast<int>(said.number(its["limit"])) : 20;
    std::optional<casework::Findings> findings;
    call.database.read(call.principal, [&](db::Tx& tx) {
        findings = casework::search(tx, kinds, &may_read, std::string{said.text(its["q"])}, limit);
    });
    if (!findings) throw Problem{"invalid-parameter", "'q' takes at least two letters or digits."};
    Json items = Json::array();
    for (const auto& found : findings->best) items.push_back(shown(found));
    return {.body = Json{{"items", std::move(items)}, {"more", findings->more}}.dump()};
}

}  // namespace tideover::resources
