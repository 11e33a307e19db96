// Lists of a version are JSON in both.
#include "server/casework/grants/terms.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace tideover::casework {
namespace {

using nlohmann::json;

template <class Value>
std::optional<Value> optional(const json& row, const char* name) {
    const auto found = row.find(name);
    return found == row.end() || found->is_null() ? std::nullopt : std::optional{found->get<Value>()};
}

/// Names of periods, bands and tranches compare by their form, in versions from before there was one too.
std::string named(const json& row, const char* name) {
    const auto text = row.at(name).get<std::string>();
    return canonical_form(Form::code, text).value_or(text);
}

template <class Row, class Read>
std::vector<Row> rows(const json& version, const char* name, const Read& read) {
    std::vector<Row> out;
    if (const auto found = version.find(name); found != version.end() && !found->is_null()) {
        for (const auto& row : *found) out.push_back(read(row));
    }
    return out;
}

SchemeTerms read_terms(const json& version) {
    SchemeTerms out;
    out.id = version.value("id", "");
    out.number = optional<std::int64_t>(version, "number").value_or(0);
    out.opens_on = version.at("opens_on");
    out.closes_on = optional<std::string>(version, "closes_on");
    out.closed_on = optional<std::string>(version, "closed_on");
    out.reference_on = optional<std::string>(version, "reference_on");
    out.uniqueness_key = version.at("uniqueness_key");
    out.exclusion_group = optional<std::string>(version, "exclusion_group").value_or("");
    out.allocation_pence = optional<std::int64_t>(version, "allocation_pence");
    const auto text = [](const json& value) { return value.get<std::string>(); };
    out.required_checks = rows<std::string>(version, "required_checks", text);
    out.exclusions = rows<std::string>(version, "exclusions", text);
    out.bands = rows<SchemeBand>(version, "bands", [](const json& row) {
        return SchemeBand{named(row, "band"), row.at("bound"), optional<std::int64_t>(row, "rateable_value_pence")};
    });
    out.periods = rows<SchemePeriod>(version, "periods", [](const json& row) {
        return SchemePeriod{named(row, "period"), optional<std::string>(row, "from_on"),
                            optional<std::string>(row, "to_on"), optional<std::string>(row, "closes_on")};
    });
    out.amounts = rows<SchemeAmount>(version, "amounts", [](const json& row) {
        return SchemeAmount{named(row, "period"), named(row, "band"), row.at("least_pence"), row.at("most_pence")};
    });
    out.declarations = rows<SchemeDeclaration>(version, "declarations", [](const json& row) {
        return SchemeDeclaration{row.at("declaration"), row.at("wording_version")};
    });
    out.tranches = rows<SchemeTranche>(version, "tranches", [](const json& row) {
        return SchemeTranche{named(row, "tranche"), row.at("amount_pence")};
    });
    return out;
}

json as_json(const Record& version) {
    json out{{"id", version.id}};
    for (const auto& field : version.fields()) {
        if (!version.has(field.name)) continue;
        auto& value = out[std::string{field.name}];
        switch (field.kind) {
            case Kind::rows:
                value = json::parse(version.text(field.name));
                break;
            case Kind::choices:
                value = codes_in(version.text(field.name));
                break;
            case Kind::pence:
            case Kind::count:
                value = version.number(field.name);
                break;
            default:
                value = std::string{version.text(field.name)};
                break;
        }
    }
    return out;
}

}  // namespace

SchemeTerms terms_in(const db::grants::Terms& found) {
    auto out = read_terms(json::parse(found.json));
    out.pays = found.pays;
    return out;
}

SchemeTerms terms_in(const Record& version) {
    return read_terms(as_json(version));
}

std::vector<std::string> codes_in(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t from = 1; from + 1 < text.size();) {
        const auto to = std::min(text.find(',', from), text.size() - 1);
        out.emplace_back(text.substr(from, to - from));
        from = to + 1;
    }
    return out;
}

}  // namespace tideover::casework
