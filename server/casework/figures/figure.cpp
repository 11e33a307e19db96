// The definition of a figure: of dimensions that its measure has, counting nothing twice beside another figure,
// numbered within its code, published by a second person.
#include "domain/figures/figure.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "db/figures/definitions.hpp"
#include "domain/core/measure.hpp"
#include "domain/figures/nouns.hpp"
#include "server/casework/lists.hpp"
#include "server/casework/rules.hpp"

namespace tideover::casework {
namespace {

constexpr Fields its{nouns::figure_table::fields}, line{nouns::figure_table::filter_fields};

namespace figures = db::figures;

/// What a filter's value is in an entry: flags are true or false there, and everything else is text.
nlohmann::json value_of(std::string_view text) {
    if (text == "true" || text == "false") return text == "true";
    return text;
}

/// The filter as entries are compared with: the values that each dimension may have.
std::string filter_of(const Record& figure) {
    auto out = nlohmann::json::object();
    for (const auto& row : rows_of(figure, its["filter"])) {
        out[std::string{row.text(line["dimension"])}].push_back(value_of(row.text(line["value"])));
    }
    return out.dump();
}

std::string listed(const Measure& measure) {
    std::string out;
    for (const auto dimension : measure.dimensions) {
        if (!dimension.empty()) out += (out.empty() ? "" : ", ") + std::string{dimension};
    }
    return out;
}

void check_filter(Proposal& figure) {
    const auto& measure = *measure_of(figure.after.text(its["measure"]));
    std::vector<std::string> seen;
    const auto rows = rows_of(figure.after, its["filter"]);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto dimension = rows[i].text(line["dimension"]);
        const auto& there = measure.dimensions;
        if (std::find(there.begin(), there.end(), dimension) == there.end())
            figure.fault(its["filter"], i, "unknown_dimension", "This measure has: " + listed(measure) + ".");
        auto both = std::string{dimension} + "=" + std::string{rows[i].text(line["value"])};
        if (std::find(seen.begin(), seen.end(), both) != seen.end())
            figure.fault(its["filter"], i, "stands_twice", "This value of this dimension stands in the list twice.");
        seen.push_back(std::move(both));
    }
}

/// Figures that it names are there, and are not it.
void check_names(db::Tx& tx, Proposal& figure) {
    const auto named = std::array{its["beside"], its["included_in"], its["claim.pair"]};
    std::vector<std::string> codes;
    for (const auto field : named) {
        if (figure.after.has(field)) codes.emplace_back(figure.after.text(field));
    }
    if (codes.empty()) return;
    const auto known = figures::known(tx, codes);
    for (const auto field : named) {
        if (!figure.after.has(field)) continue;
        const auto code = figure.after.text(field);
        if (code == figure.after.text(its["code"]) || std::find(known.begin(), known.end(), code) == known.end())
            figure.fault(field, "unknown_figure", "There is no other figure of this code: /v1/headlines lists them.");
    }
}

void is_sound(const Proposals& all) {
    for (auto* figure : all) {
        if (figure->after.voided) continue;
        check_filter(*figure);
        if (!figure->objection) check_names(all.tx, *figure);
    }
}

void counts_nothing_twice(const Proposals& all) {
    for (auto* figure : all) {
        if (figure->after.voided) continue;
        const auto other = figures::overlapping(all.tx, figure->after, filter_of(figure->after));
        if (!other) continue;
        figure->refuse(Refusal::overlapping_figure,
                       "'" + *other + "' counts some of the same: name it, or a figure that it belongs to.");
    }
}

void number(const Proposals& all) {
    figures::hold_definitions(all.tx);
    const auto numbers = figures::next_numbers(all.tx, all.after());
    for (std::size_t i = 0; i < all.size(); ++i) all[i].after.set(its["number"], numbers[i]);
}

/// Whoever wrote the definition last may not publish it.
void drafted_by_actor(const Proposals& all) {
    for (auto* figure : all) {
        if (!figure->after.voided) figure->after.set(its["drafted_by"], std::string{all.actor().staff});
    }
}

/// One definition at a time, and none in place of a later one.
void is_newest(const Proposals& all) {
    figures::hold_definitions(all.tx);
    for (auto* figure : all) {
        const auto current = figures::current_number(all.tx, std::string{figure->after.text(its["code"])});
        if (!current || *current < figure->after.number(its["number"])) continue;
        figure->refuse(Refusal::wrong_state, "Version " + std::to_string(*current) + " of it is published already.");
    }
}

void put_in_place(const Proposals& all) {
    for (auto* figure : all) figures::put_in_place(all.tx, figure->after, filter_of(figure->after));
}

}  // namespace

extern const Rules figure_rules;
constinit const Rules figure_rules{
    .noun = &nouns::figure,
    .record = {number, is_sound, counts_nothing_twice, drafted_by_actor},
    .steps = {{"publish", {is_newest, is_sound, counts_nothing_twice, put_in_place}}},
    .correct = {is_sound, counts_nothing_twice, drafted_by_actor},
    .one_by_one = true,
};

}  // namespace tideover::casework
