// Answers with the figures, their wards, evidence and bridges, judged against the claims.
#include "server/api/resources/headlines.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>

#include "db/verify/verify.hpp"
#include "domain/figures/measures.hpp"
#include "server/api/paging.hpp"
#include "server/api/parameters.hpp"
#include "server/api/problem.hpp"
#include "server/api/resources/figure_lookup.hpp"
#include "server/api/shared_answers.hpp"
#include "server/formats/csv.hpp"

namespace tideover::resources {
namespace {

constexpr Fields asked{figure_parameters}, bridge{bridge_parameters};

using Json = nlohmann::ordered_json;
namespace figures = db::figures;

constexpr int verify_timeout_ms = 300'000;

Json claim_json(const figures::Headline& h) {
    if (!h.claim) return {};
    const auto& claim = *h.claim;
    return {{"text", claim.text},
            {"comparator", claim.comparator},
            {"value", claim.value},
            {"precision", claim.precision},
            {"precision_basis", claim.precision_basis},
            {"from", h.from},
            {"as_at", h.as_at},
            {"pair", claim.pair.empty() ? Json{} : Json(claim.pair)}};
}

Json beside_json(const figures::Figure& figure) {
    return {{"code", figure.headline.code},
            {"title", figure.headline.title},
            {"unit", figure.headline.unit},
            {"value", figure.value},
            {"display", display(figure.value, figure.headline.unit)}};
}

Json figure_json(const Assessed& assessed, const std::vector<Assessed>& all) {
    const auto& figure = assessed.figure;
    const auto& h = figure.headline;
    Json out{{"code", h.code},
             {"title", h.title},
             {"unit", h.unit},
             {"value", figure.value},
             {"display", display(figure.value, h.unit)},
             {"provisional", figure.provisional},
             {"live", figure.live}};
    if (!h.included_in.empty()) out["included_in"] = h.included_in;
    out["claim"] = claim_json(h);
    out["verdict"] = assessed.judgement ? Json(name_of(assessed.judgement->verdict)) : Json{};
    if (assessed.judgement && !assessed.judgement->reason.empty()) out["reason"] = assessed.judgement->reason;
    const auto base = "/v1/headlines/" + h.code;
    out["evidence"] = {{"entries", figure.entries},
                       {"digest", figure.digest},
                       {"definition_version", h.definition_version},
                       {"records", base + "/records"},
                       {"subjects", base + "/subjects"}};
    auto beside = Json::array();
    for (const auto& other : all) {
        if (other.figure.headline.beside == h.code) beside.push_back(beside_json(other.figure));
    }
    if (!beside.empty()) out["beside"] = std::move(beside);
    return out;
}

/// The dates of the claims where they all agree; the answer names each claim's own in any case.
void name_dates(Json& out, const std::vector<Assessed>& all, const std::optional<std::string>& as_at) {
    const auto& first = all.empty() ? figures::Headline{} : all.front().figure.headline;
    const auto day_or_null = [](const std::string& day) { return day.empty() ? Json{} : Json(day); };
    out["from"] = day_or_null(first.from);  // there may be no figure
    out["as_at"] = day_or_null(as_at.value_or(first.as_at));
}

/// A look behind a figure belongs to the purpose of its measure.
void check_purpose(const Call& call, const figures::Headline& headline) {
    if (who_may_see(measure_of(headline.measure)->purpose).has(call.principal.role)) return;
    throw Problem{"forbidden", "Records behind this figure are for those who do the work, and for auditors."};
}

using Pager = db::Listed (*)(db::Tx&, const figures::Headline&, const figures::Knowledge&, const std::string&,
                             const std::string&, int);

/// A column of what is counted: pence, where it is money.
Column quantity_column(std::string name, const Measure& measure) {
    return {std::move(name), measure.unit == "pence" ? Kind::pence : Kind::count};
}

std::vector<Column> record_columns(const Measure& measure) {
    std::vector<Column> out{{"entry_id", Kind::id}, quantity_column("quantity", measure), {"subject_id", Kind::id}};
    for (const auto dimension : measure.dimensions) {
        if (!dimension.empty()) out.push_back({"dimensions." + std::string{dimension}});
    }
    for (const auto& column :
         {Column{"happened_on", Kind::day}, Column{"recorded_at", Kind::instant}, Column{"record_kind"},
          Column{"record_id", Kind::id}, Column{"cause"}, Column{"corrects", Kind::id}}) {
        out.push_back(column);
    }
    return out;
}

std::vector<Column> subject_columns(const Measure& measure) {
    return {{"subject_id", Kind::id}, quantity_column("net", measure), {"entries", Kind::count}};
}

Response evidence(Call& call, Pager pager, Kind by, std::vector<Column> (*columns_of)(const Measure&)) {
    const auto said = parameters_said(call);
    const auto &as_at = said.at(asked["as_at"]), &known_at = said.at(asked["known_at"]);
    const auto first = cursor_said(call, by);
    const auto sought = [&](db::Tx& tx, const figures::Knowledge& knowledge) {
        auto headline = figure_as_known(tx, call.id(), knowledge);
        check_purpose(call, headline);
        return headline;
    };
    std::vector<Column> columns;
    if (format_asked(call) != Format::json) {
        call.database.read(call.principal, [&](db::Tx& tx) {
            columns = columns_of(*measure_of(sought(tx, resolve(tx, known_at)).measure));
        });
    }
    return pages_of(call, first, columns, [&](db::Tx& tx, const std::string& after, int limit) {
        const auto knowledge = resolve(tx, known_at);
        const auto headline = sought(tx, knowledge);
        return pager(tx, headline, knowledge, as_at.value_or(headline.as_at), after, limit);
    });
}

Json knowledge_json(const figures::Knowledge& knowledge, std::int64_t value) {
    return {{"known_at", knowledge.known_at}, {"sealed", knowledge.sealed}, {"value", value}};
}

}  // namespace

std::string shared_assessment(const Call& call, db::Tx& tx, std::string_view what,
                              const std::optional<std::string>& as_at, const std::optional<std::string>& known_at,
                              const std::function<std::string(const Assessment&)>& show) {
    const auto knowledge = resolve(tx, known_at);
    const auto question = std::string{what} + "|" + tx.authority() + "|" + as_at.value_or("") + "|" +
                          (known_at ? knowledge.known_at : "");
    return shared_answers().answer(question, version_of(knowledge) + "|" + figures::definitions(tx), call.share(),
                                   [&] { return show(casework::assess(tx, as_at, knowledge)); });
}

Response headlines(Call& call) {
    const auto said = parameters_said(call);
    const auto &as_at = said.at(asked["as_at"]), &known_at = said.at(asked["known_at"]);
    Response response;
    call.database.read(call.principal, [&](db::Tx& tx) {
        response.body = shared_assessment(call, tx, "headlines", as_at, known_at, [&](const Assessment& assessment) {
            Json out{{"authority", call.principal.authority}};
            name_dates(out, assessment.figures, as_at);
            out["known_at"] = assessment.knowledge.known_at;
            out["sealed"] = assessment.knowledge.sealed;
            auto& list = out["headlines"] = Json::array();
            for (const auto& assessed : assessment.figures) {
                if (assessed.figure.headline.by_itself()) list.push_back(figure_json(assessed, assessment.figures));
            }
            return out.dump();
        });
    });
    return response;
}

Response headline(Call& call) {
    Json out;
    call.database.read(call.principal, [&](db::Tx& tx) {
        const auto h = figure_now(tx, call.id());
        const auto& measure = *measure_of(h.measure);
        out = {{"code", h.code}, {"title", h.title}, {"unit", h.unit}, {"meaning", h.meaning}};
        if (!h.included_in.empty()) out["included_in"] = h.included_in;
        if (!h.beside.empty()) out["beside"] = h.beside;
        auto dimensions = Json::array();
        for (const auto dimension : measure.dimensions) {
            if (!dimension.empty()) dimensions.push_back(dimension);
        }
        out["definition"] = {{"version", h.definition_version},
                             {"measure", h.measure},
                             {"rule", measure.rule},
                             {"aggregate", h.aggregate},
                             {"filter", Json::parse(h.filter)},
                             {"dimensions", dimensions},
                             {"subject", measure.subject},
                             {"from", h.from},
                             {"as_at", h.as_at}};
        out["claim"] = claim_json(h);
    });
    return {.body = out.dump()};
}

Response headline_records(Call& call) {
    return evidence(call, figures::records, Kind::count, record_columns);
}
Response headline_subjects(Call& call) {
    return evidence(call, figures::subjects, Kind::id, subject_columns);
}

Response headline_bridge(Call& call) {
    const auto said = parameters_said(call);
    const auto &opening = said.at(bridge["opening"]), &closing = said.at(bridge["closing"]),
               &as_at = said.at(bridge["as_at"]);
    Response response;
    call.database.read(call.principal, [&](db::Tx& tx) {
        const auto h = figure_now(tx, call.id());
        const auto from = resolve(tx, opening), to = resolve(tx, closing);
        if (to.seq < from.seq) throw Problem{"invalid-parameter", "'closing' lies before 'opening'."};
        const auto day = as_at.value_or(h.as_at);
        const auto question = question_of("bridge", tx, h, day) + "|" + from.known_at + (closing ? *closing : "");
        response.body = shared_answers().answer(question, version_of(to), call.share(), [&] {
            const auto b = figures::bridge(tx, h, from, to, day);
            const Json out{{"code", h.code},
                           {"unit", h.unit},
                           {"as_at", day},
                           {"opening", knowledge_json(b.opening_at, b.opening)},
                           {"late_records", b.late_records},
                           {"corrections", b.corrections},
                           {"merges", b.merges},
                           {"closing", knowledge_json(b.closing_at, b.closing)}};
            return out.dump();
        });
    });
    return response;
}

Response measure_list(Call& call) {
    Json out{{"items", Json::array()}, {"next", nullptr}};
    for (const auto& measure : measures) {
        auto dimensions = Json::array();
        for (const auto dimension : measure.dimensions) {
            if (!dimension.empty()) dimensions.push_back(dimension);
        }
        out["items"].push_back({{"code", measure.code},
                                {"unit", measure.unit},
                                {"subject", measure.subject},
                                {"purpose", measure.purpose},
                                {"dimensions", dimensions},
                                {"rule", measure.rule}});
    }
    if (wants_csv(call)) {
        std::vector<std::string> rows;
        rows.reserve(out["items"].size());
        for (const auto& row : out["items"]) rows.push_back(row.dump());
        return csv_of(call, to_csv(rows));
    }
    return {.body = out.dump()};
}

Response verification(Call& call) {
    // One proof at a time: it reads everything there is.
    static std::mutex one;
    call.database.read(call.principal, [](db::Tx&) {});  // the token still holds
    const std::unique_lock lock{one, std::try_to_lock};
    if (!lock.owns_lock()) throw Problem{"busy", "A verification is already running."};
    db::Connection connection{db::with_session_settings(call.config.database, verify_timeout_ms)};
    const auto found = db::verify(connection, call.principal.authority);
    Json out{{"differences", found.differences}, {"first", Json::array()}};
    for (const auto& difference : found.first) {
        out["first"].push_back({{"kind", difference.kind}, {"where", difference.where}, {"detail", difference.detail}});
    }
    return {.body = out.dump()};
}

}  // namespace tideover::resources
