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
        if (!has_dimension(measure, dimension))
            figure.fault(its["filter"], i, "unknown_dimension", "This measure has: " + listed(measure) + ".");
        auto both = std::string{dimension} + "=" + std::string{rows[i].text(line["value"])};
        if (std::find(seen.begin(), seen.end(), both) != seen.end())
            figure.fault(its["filter"], i, "stands_twice", "This value of this dimension stands in the list twice.");
        seen.push_back(std::move(both));
    }
}

/// What it belongs to is there, and does not belong to it; what it is shown beside stands by itself.
void check_names(db::Tx& tx, Proposal& figure) {
    const std::string own{figure.after.text(its["code"])};
    const std::array fields{its["beside"], its["included_in"], its["claim.pair"]};
    std::vector<std::string> codes;
    for (const auto field : fields) codes.emplace_back(figure.after.text(field));
    const auto named = figures::named(tx, own, codes);
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (!figure.after.has(fields[i])) continue;
        const bool is_pair = fields[i].name == its["claim.pair"].name;  // the two may be drafted together
        if (!named[i].counted && !(is_pair && named[i].drafted))
            figure.fault(fields[i], "unknown_figure", "There is no figure of this code: /v1/headlines lists them.");
        else if (!is_pair && named[i].leads_back)
            figure.fault(fields[i], "leads_back", "It is this figure, or belongs to it.");
    }
    if (figure.objection || !figure.after.has(its["beside"])) return;
    if (!named[0].by_itself)
        figure.fault(its["beside"], "shown_beside", "It is shown beside another figure itself: name that one.");
    if (figures::has_others_beside(tx, own))
        figure.fault(its["beside"], "others_beside", "Others are shown beside this figure, so it stands by itself.");
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

/// The version that is counted now, to which no other figure belongs.
void can_end(const Proposals& all) {
    figures::hold_definitions(all.tx);
    for (auto* figure : all) {
        const std::string code{figure->after.text(its["code"])};
        if (figures::current_number(all.tx, code) != static_cast<int>(figure->after.number(its["number"]))) {
            figure->refuse(Refusal::wrong_state, "Another version took its place: withdraw that one.");
        } else if (const auto other = figures::belonging_to(all.tx, code)) {
            figure->refuse(Refusal::wrong_state, "'" + *other +
                                                     "' belongs to it: withdraw that one first, or define it "
                                                     "without this one.");
        }
    }
}

void end(const Proposals& all) {
    for (auto* figure : all) figures::end(all.tx, std::string{figure->after.text(its["code"])});
}

}  // namespace

extern const Rules figure_rules;
constinit const Rules figure_rules{
    .noun = &nouns::figure,
    .record = {number, is_sound, counts_nothing_twice, drafted_by_actor},
    .steps = {{"publish", {is_newest, is_sound, counts_nothing_twice, put_in_place}}, {"withdraw", {can_end, end}}},
    .correct = {is_sound, counts_nothing_twice, drafted_by_actor},
    .one_by_one = true,
};

}  // namespace tideover::casework
