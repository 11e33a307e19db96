// Terms are read in one way, from the JSON of a version: as it was sent, or as it is stored.
#include "server/api/resources/schemes.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "db/records/record_sql.hpp"
#include "domain/nouns.hpp"
#include "server/api/problem.hpp"

namespace tideover::schemes {
namespace {

using db::Query;
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

/// The scheme's row, held so that its versions are numbered and published one after the other.
pqxx::row held_scheme(Tx& tx, std::string_view code) {
    static const Query query{"scheme_held", R"(
SELECT id, version, allocation_pence FROM scheme WHERE authority_id = $1 AND code = $2 AND NOT voided FOR NO KEY UPDATE)"};
    const auto found = tx.run(query, {tx.authority(), std::string{code}});
    if (found.empty()) refuse("/scheme", "unknown_reference", "There is no such record.");
    return found[0];
}

/// Makes the version's allocation the scheme's, as the scheme's next version with its own audit line.
void allocate(Tx& tx, const Record& version) {
    static const Query query{"scheme_allocate", R"(
WITH old AS MATERIALIZED (SELECT to_jsonb(s) AS was FROM scheme s WHERE authority_id = $1 AND code = $2),
changed AS (UPDATE scheme SET allocation_pence = $3::bigint, version = version + 1
            WHERE authority_id = $1 AND code = $2 AND allocation_pence IS DISTINCT FROM $3::bigint RETURNING id, version)
INSERT INTO audit (authority_id, at, actor, token_id, action, record_kind, record_id, version, before, request_id)
SELECT $1, $4::timestamptz, $5::uuid, $6::uuid, 'allocate', 'scheme', id, version, was, $7 FROM changed CROSS JOIN old)"};
    const auto& who = tx.principal();
    tx.run(query, {who.authority, std::string{version.text("scheme")}, version.at("allocation_pence"), tx.at(),
                   who.staff_id, who.token_id, tx.intent().request_id});
}

/// A scheme's terms as JSON with whom it pays, of versions that `condition` picks; the highest number first.
std::string select_terms(const std::string& condition) {
    return "SELECT (" + db::records::wire_sql(nouns::scheme_version, Role::admin) +
           ")::text, s.kind FROM scheme_version t JOIN scheme s ON s.authority_id = t.authority_id AND s.code = "
           "t.scheme "
           "WHERE t.authority_id = $1 AND " +
           condition + " ORDER BY t.number DESC";
}

std::vector<SchemeTerms> terms_in(const pqxx::result& found) {
    std::vector<SchemeTerms> out;
    for (const auto& row : found) {
        out.push_back(read_terms(json::parse(row[0].as<std::string>())));
        out.back().pays = row[1].as<std::string>();
    }
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
    held_scheme(tx, version.text("scheme"));
    static const Query query{"scheme_next_number", R"(
SELECT coalesce(max(number), 0) + 1 FROM scheme_version WHERE authority_id = $1 AND scheme = $2)"};
    version.set("number", tx.run(query, {tx.authority(), version.at("scheme")})[0][0].as<std::string>());
    version.set("drafted_by", std::string{actor.staff});
}

void redraft(Tx&, const Record&, Record& after, const Record&, const Actor& actor) {
    if (after.voided) return;
    check_terms(after, "/changes");
    after.set("drafted_by", std::string{actor.staff});
}

void publish(Tx& tx, const Record& before, Record& after, const Record&, const Actor&) {
    held_scheme(tx, before.text("scheme"));
    static const Query query{"scheme_other_key", R"(
SELECT uniqueness_key FROM scheme_version
WHERE authority_id = $1 AND scheme = $2 AND state <> 'draft' AND NOT voided AND uniqueness_key <> $3 LIMIT 1)"};
    const auto other = tx.run(query, {tx.authority(), before.at("scheme"), before.at("uniqueness_key")});
    if (!other.empty()) {
        throw Problem{Refused{Refusal::other_key, "An earlier version pays once for each " +
                                                      other[0][0].as<std::string>() + " and period."}};
    }
    allocate(tx, after);
}

SchemeTerms terms_of(Tx& tx, std::string_view version_id) {
    static const Query query{"scheme_terms", select_terms("t.id = $2::uuid")};
    return terms_in(tx.run(query, {tx.authority(), std::string{version_id}})).at(0);
}

void take_in(Tx& tx, Record& application, const Actor&) {
    static const Query query{"scheme_terms_published",
                             select_terms("t.scheme = $2 AND t.state <> 'draft' AND NOT t.voided AND NOT s.voided")};
    static const Query kind{"scheme_kind",
                            "SELECT kind FROM scheme WHERE authority_id = $1 AND code = $2 AND NOT voided"};
    const auto scheme = tx.run(kind, {tx.authority(), application.at("scheme")});
    if (scheme.empty()) refuse("/scheme", "unknown_reference", "There is no such record.");
    check_payee(scheme[0][0].as<std::string>(), application);
    const auto versions = terms_in(tx.run(query, {tx.authority(), application.at("scheme")}));
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
