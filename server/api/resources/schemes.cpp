// Terms are read in one way, from the JSON of a version: as it was sent, or as it is stored.
#include "server/api/resources/schemes.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "db/grants/schemes.hpp"
#include "domain/nouns.hpp"
#include "server/api/problem.hpp"

namespace tideover::schemes {
namespace {

using db::Tx;
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

/// A list of codes as PostgreSQL writes it.
json codes_of(std::string_view text) {
    auto out = json::array();
    for (std::size_t from = 1; from + 1 < text.size();) {
        const auto to = std::min(text.find(',', from), text.size() - 1);
        out.push_back(std::string{text.substr(from, to - from)});
        from = to + 1;
    }
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
                value = codes_of(version.text(field.name));
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

void check_terms(const Record& version, const std::string& base = {}) {
    std::vector<FieldFault> faults;
    for (auto& fault : faults_of(read_terms(as_json(version)))) {
        faults.push_back({base + fault.pointer, std::move(fault.code), std::move(fault.detail)});
    }
    if (!faults.empty()) throw Problem{"invalid-fields", {}, std::move(faults)};
}

[[noreturn]] void refuse(const std::string& pointer, std::string code, std::string detail) {
    throw Problem{"invalid-fields", {}, {{pointer, std::move(code), std::move(detail)}}};
}

void hold(Tx& tx, std::string_view scheme) {
    if (!db::grants::hold_scheme(tx, scheme)) refuse("/scheme", "unknown_reference", "There is no such record.");
}

SchemeTerms terms_in(const db::grants::Terms& found) {
    auto out = read_terms(json::parse(found.json));
    out.pays = found.pays;
    return out;
}

/// The field that names whom a scheme of that kind pays.
struct Payee {
    std::string_view kind, field, sentence;
};
constexpr auto payees = std::to_array<Payee>({
    {"business", "business_id", "This scheme pays businesses."},
    {"community", "organisation_id", "This scheme pays voluntary groups."},
    {"household", "person_id", "This scheme pays households, each through a person."},
});

void check_payee(std::string_view pays, const Record& application) {
    for (const auto& row : payees) {
        if (row.kind == pays && !application.has(row.field)) {
            throw Problem{Refused{Refusal::scheme_kind, std::string{row.sentence}}};
        }
    }
}

void check_declarations(const SchemeTerms& terms, const Record& application) {
    std::vector<FieldFault> faults;
    const auto declared = codes_of(application.text("declarations"));
    for (std::size_t i = 0; i < declared.size(); ++i) {
        const auto& asked = terms.declarations;
        if (std::none_of(asked.begin(), asked.end(), [&](const auto& row) { return row.declaration == declared[i]; })) {
            faults.push_back({"/declarations/" + std::to_string(i), "unknown_declaration",
                              "One of the declarations of the scheme's version."});
        }
    }
    if (!faults.empty()) throw Problem{"invalid-fields", {}, std::move(faults)};
}

}  // namespace

void draft(Tx& tx, Record& version, const Actor& actor) {
    check_terms(version);
    hold(tx, version.text("scheme"));
    version.set("number", db::grants::next_number(tx, version.text("scheme")));
    version.set("drafted_by", std::string{actor.staff});
}

void redraft(Tx&, const Record&, Record& after, const Record&, const Actor& actor) {
    if (after.voided) return;
    check_terms(after, "/changes");
    after.set("drafted_by", std::string{actor.staff});
}

void publish(Tx& tx, const Record& before, Record& after, const Record&, const Actor&) {
    hold(tx, before.text("scheme"));
    if (const auto other = db::grants::other_key(tx, before)) {
        throw Problem{Refused{Refusal::other_key, "An earlier version pays once for each " + *other + " and period."}};
    }
    db::grants::allocate(tx, after);
}

SchemeTerms terms_of(Tx& tx, std::string_view version_id) {
    return terms_in(db::grants::terms_of(tx, version_id));
}

void take_in(Tx& tx, Record& application, const Actor&) {
    const auto kind = db::grants::scheme_kind(tx, application.text("scheme"));
    if (!kind) refuse("/scheme", "unknown_reference", "There is no such record.");
    check_payee(*kind, application);
    std::vector<SchemeTerms> versions;
    for (const auto& one : db::grants::published_terms(tx, application.text("scheme")))
        versions.push_back(terms_in(one));
    const auto found = in_force(versions, application.text("period"), application.text("received_on"));
    if (found.refused) throw Problem{*found.refused};
    check_declarations(*found.terms, application);
    if (found.terms->uniqueness_key == "premises" && !application.has("premises_id")) {
        refuse("/premises_id", "required", "This scheme pays once for each of the premises.");
    }
    application.set("scheme_version_id", found.terms->id);
}

void amount_in_terms(Tx& tx, const Record& before, Record&, const Record& body, const Actor&) {
    if (body.text("recommendation") != "award") return;
    const auto terms = terms_of(tx, before.text("scheme_version_id"));
    if (const auto refused =
            outside_scheme(terms.amounts, before.text("period"), body.text("band"), body.number("amount_pence"))) {
        throw Problem{*refused};
    }
}

}  // namespace tideover::schemes
