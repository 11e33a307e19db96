// Asks for the postings taken back and for their reversals, each in one statement.
#include "db/council_tax/reversals.hpp"

#include "domain/council_tax/council_tax_posting.hpp"

namespace tideover::db::council_tax {
namespace {

constexpr Fields of_posting{nouns::council_tax_posting_table::fields};

}  // namespace

std::vector<std::optional<TakenBack>> hold_taken_back(Tx& tx, const records::Records& reversals) {
    static const Query query{"council_tax_taken_back", R"(
SELECT x.n, p.credit_pence > 0, p.ward, p.financial_year FROM unnest($2::uuid[]) WITH ORDINALITY AS x(id, n)
JOIN council_tax_posting p ON p.authority_id = $1 AND p.id = x.id
WHERE NOT p.voided ORDER BY p.id FOR SHARE OF p)"};
    std::vector<std::optional<TakenBack>> out(reversals.size());
    for (const auto& row : tx.run(query, {tx.authority(), records::values_of(reversals, of_posting["reverses_id"])})) {
        out[row[0].as<std::size_t>() - 1] = TakenBack{row[1].as<bool>(), text_or_null(row[2]), text_or_null(row[3])};
    }
    return out;
}

std::vector<std::optional<std::string>> reversals_of(Tx& tx, const records::Records& postings) {
    static const Query query{"council_tax_reversals", R"(
SELECT x.n, p.id FROM unnest($2::uuid[]) WITH ORDINALITY AS x(id, n)
JOIN council_tax_posting p ON p.authority_id = $1 AND p.reverses_id = x.id AND NOT p.voided)"};
    std::vector<std::optional<std::string>> out(postings.size());
    for (const auto& row : tx.run(query, {tx.authority(), records::ids_of(postings)}))
        out[row[0].as<std::size_t>() - 1] = row[1].as<std::string>();
    return out;
}

}  // namespace tideover::db::council_tax
