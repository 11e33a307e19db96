// Each way of naming is one statement, by the unique index that holds for it.
#include "db/records/naming.hpp"

#include "db/records/record_sql.hpp"
#include "domain/core/naming.hpp"
#include "domain/core/typed.hpp"

namespace tideover::db::records {
namespace {

/// Those references of the noun that the text may be, as they are stored.
std::string as_stored(const Noun& noun, std::string_view text) {
    for (const auto& read : typed::references_in(text)) {
        if (read.whole && read.prefix == noun.prefix) return read.prefix + "-" + read.rest;
    }
    return {};
}

const Query& query_of(const Noun& noun, std::string_view by) {
    const auto name = "meant_" + std::string{noun.name} + "_by_" + column(by.empty() ? "reference" : by);
    return cached(name, [&] {
        if (const auto* field = noun.field(by); field != nullptr && field->sole) {
            return filled(R"(
SELECT x.n, t.id FROM unnest($2::text[]) WITH ORDINALITY x(text, n)
CROSS JOIN LATERAL (SELECT t.id FROM {table} t WHERE t.authority_id = $1 AND {same} AND NOT t.voided LIMIT 2) t)",
                          {{"table", noun.name}, {"same", has_value(*field, "$1", "x.text")}});
        }
        if (by.empty() || by == noun.code()) {
            return filled(
                R"(
SELECT x.n, t.id FROM unnest($2::text[]) WITH ORDINALITY x(text, n)
CROSS JOIN LATERAL (SELECT t.id FROM {table} t WHERE t.authority_id = $1 AND {same} LIMIT 2) t)",
                {{"table", noun.name}, {"same", by.empty() ? "t.reference = x.text" : in_form(noun, "t.", "x.text")}});
        }
        const auto& list = *identifiers_of(noun)->rows;
        return filled(R"(
SELECT x.n, i.id FROM unnest($2::text[]) WITH ORDINALITY x(text, n)
CROSS JOIN LATERAL (
    SELECT DISTINCT i.{parent} AS id FROM {list} i
    WHERE i.authority_id = $1 AND i.kind = '{kind}' AND i.canonical = canonical_identifier('{kind}', x.text)
          AND i.to_version IS NULL LIMIT 2) i)",
                      {{"parent", list.parent}, {"list", list.table}, {"kind", by}});
    });
}

}  // namespace

std::vector<std::vector<std::string>> named_by(Tx& tx, const Noun& noun, std::string_view by,
                                               const std::vector<std::string>& texts) {
    std::vector<std::vector<std::string>> out(texts.size());
    auto asked = texts;
    if (by.empty()) {
        for (auto& text : asked) text = as_stored(noun, text);
    }
    for (const auto& row : tx.run(query_of(noun, by), {tx.authority(), array_of(asked)})) {
        out[row[0].as<std::size_t>() - 1].push_back(row[1].as<std::string>());
    }
    return out;
}

}  // namespace tideover::db::records
