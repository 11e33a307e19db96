// Freezing the figures, and saying what changed between two times that they were frozen.
#include "server/api/resources/publications.hpp"

#include <array>
#include <map>

#include "domain/core/money.hpp"
#include "domain/core/uuid.hpp"
#include "server/api/paging.hpp"
#include "server/api/parameters.hpp"
#include "server/api/problem.hpp"
#include "server/api/resources/headlines.hpp"
#include "server/api/shared_answers.hpp"
#include "server/formats/csv.hpp"
#include "server/formats/json.hpp"

namespace tideover::resources {
namespace {

using nlohmann::json;
using Ordered = nlohmann::ordered_json;
namespace figures = db::figures;
namespace store = db::publications;
using store::Publication;

// ---- reading ---------------------------------------------------------------------------------------------

Ordered named(const Publication& p) {
    return {{"id", p.id}, {"reference", p.reference}, {"title", p.title}, {"as_at", p.as_at}, {"known_at", p.known_at}};
}

/// The path's publication, in a snapshot of its own.
Publication look(Call& call) {
    Publication found;
    call.database.read(call.principal, [&](db::Tx& tx) { found = published(tx, call.id()); });
    return found;
}

std::string rows_of(const Publication& publication) {
    std::vector<std::string> rows;
    for (const auto& figure : figures_of(publication)) {
        const auto& claim = figure.at("claim");
        rows.push_back(Ordered{{"publication", publication.reference},
                               {"as_at", publication.as_at},
                               {"known_at", publication.known_at},
                               {"code", figure.at("code")},
                               {"title", figure.at("title")},
                               {"unit", figure.at("unit")},
                               {"value", figure.at("value")},
                               {"display", figure.at("display")},
                               {"provisional", figure.at("provisional")},
                               {"claim", claim.is_null() ? json{} : claim.at("text")},
                               {"verdict", figure.at("verdict")},
                               {"reason", figure.at("reason")},
                               {"entries", figure.at("evidence").at("entries")},
                               {"digest", figure.at("evidence").at("digest")}}
                           .dump());
    }
    return to_csv(rows);
}

/// Saved under the publication's reference, whatever address it came from.
Response as_csv(const Call& call, const Publication& publication) {
    return csv_of(call, rows_of(publication), publication.reference);
}

// ---- restating -------------------------------------------------------------------------------------------

/// One of two publications that a restatement leads between.
struct Side {
    Publication publication;
    figures::Knowledge knowledge;
    std::map<std::string, json> by_code{};
};

Side side_of(db::Tx& tx, const std::string& id) {
    Side side{published(tx, id), {}};
    side.knowledge = figures::resolve(tx, side.publication.known_at).value();
    for (auto& figure : figures_of(side.publication)) side.by_code.emplace(figure.at("code"), std::move(figure));
    return side;
}

/// A figure's definition as it was frozen.
figures::Headline definition_of(const json& figure) {
    const auto& definition = figure.at("definition");
    figures::Headline h;
    h.code = figure.at("code");
    h.unit = figure.at("unit");
    h.measure = definition.at("measure");
    h.aggregate = definition.at("aggregate");
    h.filter = definition.at("filter").dump();
    h.from = definition.at("from");
    return h;
}

/// opening + definition + late_records + corrections + merges + further_days = closing. Where nothing behind a figure
/// changed, as its digest says, nothing is counted again.
Ordered restated(db::Tx& tx, const Side& from, const Side& to, const json& before, const json& after) {
    const auto opening = before.at("value").get<std::int64_t>(), closing = after.at("value").get<std::int64_t>();
    const auto& as_at = from.publication.as_at;
    figures::Bridge bridge{.opening = opening, .closing = closing};
    if (before.at("evidence") != after.at("evidence") || before.at("definition") != after.at("definition") ||
        as_at != to.publication.as_at) {
        bridge = figures::bridge(tx, definition_of(after), from.knowledge, to.knowledge, as_at);
    }
    return {{"code", after.at("code")},
            {"title", after.at("title")},
            {"unit", after.at("unit")},
            {"opening", opening},
            {"definition", bridge.opening - opening},
            {"late_records", bridge.late_records},
            {"corrections", bridge.corrections},
            {"merges", bridge.merges},
            {"further_days", closing - bridge.closing},
            {"closing", closing}};
}

/// A figure that only one of the two has.
Ordered alone(const json& figure, bool closing) {
    Ordered out{{"code", figure.at("code")}, {"title", figure.at("title")}, {"unit", figure.at("unit")}};
    out["opening"] = closing ? json{} : figure.at("value");
    for (const auto* step : {"definition", "late_records", "corrections", "merges", "further_days"}) out[step] = json{};
    out["closing"] = closing ? figure.at("value") : json{};
    return out;
}

std::vector<Ordered> restated_all(db::Tx& tx, const Side& from, const Side& to) {
    std::vector<Ordered> out;
    for (const auto& after : figures_of(to.publication)) {
        const auto before = from.by_code.find(after.at("code").get<std::string>());
        out.push_back(before == from.by_code.end() ? alone(after, true)
                                                   : restated(tx, from, to, before->second, after));
    }
    for (const auto& before : figures_of(from.publication)) {
        if (!to.by_code.contains(before.at("code").get<std::string>())) out.push_back(alone(before, false));
    }
    return out;
}

}  // namespace

Publication published(db::Tx& tx, const std::string& id) {
    if (is_uuid(id)) {
        if (auto found = store::find(tx, id)) return std::move(*found);
    }
    throw Problem{"not-found"};
}

json figures_of(const Publication& publication) {
    return json::parse(publication.document).at("figures");
}

Response publication(Call& call) {
    const bool csv = wants_csv(call);
    const auto found = look(call);
    if (csv) return as_csv(call, found);
    // The document as it was published, byte for byte; what is said about it since stands outside.
    const Ordered superseded = found.superseded_by_id.empty()
                                   ? Ordered{}
                                   : Ordered{{"id", found.superseded_by_id}, {"reference", found.superseded_by}};
    Response response{.body = "{\"reference\":\"" + found.reference + "\",\"digest\":\"" + found.digest +
                              "\",\"superseded_by\":" + superseded.dump() + ",\"document\":" + found.document + "}"};
    const std::string etag = superseded.is_null() ? "\"1\"" : "\"superseded\"";
    response.headers.emplace_back("ETag", etag);
    if (call.request.if_none_match == etag) response.status = 304, response.body.clear();
    return response;
}

Response publication_bytes(Call& call) {
    auto found = look(call);
    return {.body = std::move(found.document), .headers = {{"ETag", "\"" + found.digest + "\""}}};
}

Response publication_csv(Call& call) {
    return as_csv(call, look(call));
}

Response restatement(Call& call) {
    const bool csv = wants_csv(call);
    const auto given = parameters_said(call).at(Fields{restatement_parameters}["from"]);
    std::string body;
    call.database.read(call.principal, [&](db::Tx& tx) {
        const auto to = side_of(tx, call.id());
        const auto start = given.value_or(to.publication.supersedes_id);
        if (start.empty()) {
            throw Problem{"invalid-parameter", "It supersedes none: 'from' is needed, the publication to start from."};
        }
        const auto from = side_of(tx, start);
        if (to.knowledge.seq < from.knowledge.seq) {
            throw Problem{"invalid-parameter", "'from' knew more than this one: ask for the way from this one to it."};
        }
        // Neither of the two ever changes.
        const auto question = "restatement|" + tx.authority() + "|" + from.publication.id + "|" + to.publication.id;
        body = shared_answers().answer(question + (csv ? "|csv" : "|json"), {}, call.share(), [&] {
            Ordered out{{"opening", named(from.publication)}, {"closing", named(to.publication)}};
            const auto steps = restated_all(tx, from, to);
            std::vector<std::string> rows;
            for (const auto& figure : steps) rows.push_back(figure.dump());
            out["figures"] = steps;
            return csv ? to_csv(rows) : out.dump();
        });
    });
    return csv ? csv_of(call, body) : Response{.body = std::move(body)};
}

}  // namespace tideover::resources
