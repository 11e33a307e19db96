// What is stored is made a record first.
#include "server/casework/grants/terms.hpp"

#include "domain/grants/scheme_version.hpp"
#include "server/casework/lists.hpp"

namespace tideover::casework {
namespace {

namespace table = nouns::scheme_version_table;
constexpr Fields its{table::fields}, band{table::band_fields}, period{table::period_fields},
    amount{table::amount_fields}, declaration{table::declaration_fields}, tranche{table::tranche_fields};

std::optional<std::int64_t> number(const Record& record, Handle field) {
    return record.has(field) ? std::optional{record.number(field)} : std::nullopt;
}

/// Names of periods, bands and tranches compare by their form, in versions from before there was one too.
std::string named(const Record& row, Handle field) {
    const std::string text{row.text(field)};
    return canonical_form(Form::code, text).value_or(text);
}

template <class Row, class Read>
std::vector<Row> rows(const Record& version, Handle list, const Read& read) {
    std::vector<Row> out;
    for (const auto& row : rows_of(version, list)) out.push_back(read(row));
    return out;
}

}  // namespace

SchemeTerms terms_in(const db::grants::Terms& found) {
    auto out = terms_in(record_in(table::fields, found.json));
    out.pays = found.pays;
    return out;
}

SchemeTerms terms_in(const Record& version) {
    SchemeTerms out;
    out.id = version.id;
    out.number = version.number(its["number"]);
    out.opens_on = version.text(its["opens_on"]);
    out.closes_on = version.at(its["closes_on"]);
    out.closed_on = version.at(its["closed_on"]);
    out.reference_on = version.at(its["reference_on"]);
    out.uniqueness_key = version.text(its["uniqueness_key"]);
    out.exclusion_group = version.text(its["exclusion_group"]);
    out.allocation_pence = number(version, its["allocation_pence"]);
    out.required_checks = codes_of(version, its["required_checks"]);
    out.exclusions = codes_of(version, its["exclusions"]);
    out.bands = rows<SchemeBand>(version, its["bands"], [](const Record& row) {
        return SchemeBand{named(row, band["band"]), std::string{row.text(band["bound"])},
                          number(row, band["rateable_value_pence"])};
    });
    out.periods = rows<SchemePeriod>(version, its["periods"], [](const Record& row) {
        return SchemePeriod{named(row, period["period"]), row.at(period["from_on"]), row.at(period["to_on"]),
                            row.at(period["closes_on"])};
    });
    out.amounts = rows<SchemeAmount>(version, its["amounts"], [](const Record& row) {
        return SchemeAmount{named(row, amount["period"]), named(row, amount["band"]), row.number(amount["least_pence"]),
                            row.number(amount["most_pence"])};
    });
    out.declarations = rows<SchemeDeclaration>(version, its["declarations"], [](const Record& row) {
        return SchemeDeclaration{std::string{row.text(declaration["declaration"])},
                                 row.number(declaration["wording_version"])};
    });
    out.tranches = rows<SchemeTranche>(version, its["tranches"], [](const Record& row) {
        return SchemeTranche{named(row, tranche["tranche"]), row.number(tranche["amount_pence"])};
    });
    return out;
}

}  // namespace tideover::casework
