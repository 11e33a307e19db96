// Answers with a figure in parts: by ward, by another dimension, or by periods.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "db/figures/parts.hpp"
#include "domain/core/money.hpp"
#include "server/api/paging.hpp"
#include "server/api/parameters.hpp"
#include "server/api/problem.hpp"
#include "server/api/resources/figure_lookup.hpp"
#include "server/api/resources/headlines.hpp"
#include "server/api/resources/seen_parts.hpp"
#include "server/api/shared_answers.hpp"
#include "server/formats/csv.hpp"

namespace tideover::resources {
namespace {

using Json = nlohmann::ordered_json;
namespace figures = db::figures;

/// What is asked of a figure, and what the answer calls its parts: each of them, and all of them.
struct Division {
    std::string by;
    std::optional<std::string> from, as_at, known_at;
    std::string_view part, parts;
};

std::vector<Json> parts_json(const std::vector<SeenPart>& parts, std::string_view name, const std::string& unit) {
    std::vector<Json> out;
    out.reserve(parts.size());
    for (const auto& part : parts) {
        out.push_back({{name, part.name.empty() ? Json{} : Json(part.name)},
                       {"value", part.value ? Json(*part.value) : Json{}},
                       {"display", part.value ? display(*part.value, unit) : std::string{"withheld"}},
                       {"withheld", !part.value}});
    }
    return out;
}

std::string csv_of_rows(const std::vector<Json>& parts) {
    std::vector<std::string> rows;
    rows.reserve(parts.size());
    for (const auto& part : parts) rows.push_back(part.dump());
    return to_csv(rows);
}

bool is_period(std::string_view by) {
    return std::find(period_kinds.begin(), period_kinds.end(), by) != period_kinds.end();
}

/// What `by` takes of this measure.
std::string ways_of(const Measure& measure) {
    std::string out;
    for (const auto kind : period_kinds) out += (out.empty() ? "" : ", ") + std::string{kind};
    for (const auto dimension : measure.dimensions) {
        if (!dimension.empty()) out += ", " + std::string{dimension};
    }
    return out;
}

/// The first day asked for, which is none before the figure's own.
std::string first_day(const figures::Headline& h, const std::optional<std::string>& from, const std::string& day) {
    if (from && *from < h.from)
        throw Problem{"invalid-parameter", "'from' takes a day from " + h.from + " on, where the figure begins."};
    if (from && *from > day)
        throw Problem{"invalid-parameter", "'from' lies after the day that the figure is asked for."};
    return from.value_or(h.from);
}

std::vector<Period> periods_of(std::string_view by, Day first, Day last) {
    constexpr std::size_t most = 240;
    auto out = periods(by, first, last);
    if (out.size() > most)
        throw Problem{"invalid-parameter", "These are more than 240 periods: ask for longer ones, or for fewer days."};
    return out;
}

/// Somebody could be told from two tables of days, seals or spans that lie beside each other.
void check_one_table(const figures::Headline& h, const Division& asked) {
    if (!asked.as_at && !asked.known_at && !asked.from && !h.rolling && is_shown_to_all(asked.by)) return;
    throw Problem{"forbidden",
                  "Two days, seals or spans apart, the count of a part could tell a single person: the public sees it "
                  "as at the claim's day, and of times by month."};
}

Response divided(Call& call, const Division& asked) {
    const bool csv = wants_csv(call);
    std::string body;
    call.database.read(call.principal, [&](db::Tx& tx) {
        const auto knowledge = resolve(tx, asked.known_at);
        const auto defined = figure_as_known(tx, call.id(), knowledge);
        const auto& measure = *measure_of(defined.measure);
        if (!is_period(asked.by) && !has_dimension(measure, asked.by)) {
            if (asked.parts == "wards") throw Problem{"not-found", "What this figure counts has no ward."};
            throw Problem{"invalid-parameter", "'by' takes one of these of this figure: " + ways_of(measure) + "."};
        }
        const bool all = sees_small_counts(call.principal.role, measure);
        if (!all) check_one_table(defined, asked);
        const auto day = asked.as_at.value_or(defined.as_at);
        auto h = defined;
        h.from = first_day(defined, asked.from, day);
        const Day first = *parse_day(h.from), last = *parse_day(day);
        const auto question =
            question_of(std::string{asked.parts} + " by " + asked.by + (all ? "" : ", small counts withheld"), tx, h,
                        day) +
            (csv ? "|csv|" : "|json|") + (asked.known_at ? knowledge.known_at : "");
        body = shared_answers().answer(question, version_of(knowledge) + figures::wards_listed(tx), call.share(), [&] {
            const auto found = is_period(asked.by)
                                   ? figures::by_period(tx, defined, knowledge, periods_of(asked.by, first, last), !all)
                                   : figures::by_dimension(tx, h, knowledge, day, asked.by);
            const auto parts = parts_json(seen_parts(found, all), asked.part, h.unit);
            if (csv) return csv_of_rows(parts);
            std::int64_t total = 0;
            for (const auto& part : found) total += part.value;
            // Whoever was counted in two periods is one.
            const bool apart = is_period(asked.by) && h.aggregate == "distinct";
            if (apart) total = figures::within(tx, defined, knowledge, first, last);
            return Json{{"code", h.code},
                        {"title", h.title},
                        {"unit", h.unit},
                        {"by", asked.by},
                        {"from", h.from},
                        {"as_at", day},
                        {"known_at", knowledge.known_at},
                        {"sealed", knowledge.sealed},
                        {"total", {{"value", total}, {"display", display(total, h.unit)}}},
                        {asked.parts, parts}}
                .dump();
        });
    });
    return csv ? csv_of(call, body) : Response{.body = std::move(body)};
}

}  // namespace

Response headline_wards(Call& call) {
    constexpr Fields parameters{figure_parameters};
    const auto said = parameters_said(call);
    return divided(call, {.by = "ward",
                          .from = {},
                          .as_at = said.at(parameters["as_at"]),
                          .known_at = said.at(parameters["known_at"]),
                          .part = "ward",
                          .parts = "wards"});
}

Response headline_parts(Call& call) {
    constexpr Fields parameters{part_parameters};
    const auto said = parameters_said(call);
    return divided(call, {.by = said.at(parameters["by"]).value_or(std::string{period_kinds.front()}),
                          .from = said.at(parameters["from"]),
                          .as_at = said.at(parameters["as_at"]),
                          .known_at = said.at(parameters["known_at"]),
                          .part = "part",
                          .parts = "parts"});
}

}  // namespace tideover::resources
