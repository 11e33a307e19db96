// A publication freezes the figures of a seal, as a document whose digest it holds.
#include "db/core/ids.hpp"
#include "db/figures/publications.hpp"
#include "domain/core/day.hpp"
#include "domain/core/money.hpp"
#include "server/casework/figures/assessment.hpp"
#include "server/casework/rules.hpp"
#include "server/formats/json.hpp"

namespace tideover::casework {
namespace {

using nlohmann::json;
namespace figures = db::figures;
namespace store = db::publications;

json text_or_null(const std::string& text) {
    return text.empty() ? json{} : json(text);
}

void supersedes_one(const Proposals& publications) {
    for (auto* publication : publications) {
        const std::string id{publication->after.text("supersedes_id")};
        if (!id.empty() && !store::find(publications.tx, id)) publication->unknown("supersedes_id");
    }
}

/// A publication stands on a seal: the one whose instant it names, or the latest.
void stand_on_seal(const Proposals& publications) {
    auto& tx = publications.tx;
    for (auto* publication : publications) {
        auto& after = publication->after;
        if (!after.has("known_at")) {
            const auto newest = store::newest_seal(tx);
            if (newest.empty()) {
                publication->fault("known_at", "nothing_sealed", "Nothing was recorded yet that could be published.");
            } else {
                after.set("known_at", newest);
            }
            continue;
        }
        const std::string asked{after.text("known_at")};
        const auto knowledge = figures::resolve(tx, asked);
        if (knowledge && parse_instant(knowledge->known_at) == parse_instant(asked)) {
            after.set("known_at", knowledge->known_at);
            continue;
        }
        publication->fault("known_at", "not_a_seal",
                           knowledge
                               ? "No seal was made at that instant; the last before it at " + knowledge->known_at + "."
                               : std::string{"Nothing was sealed as early as that."});
    }
}

json frozen(const Assessed& assessed) {
    const auto& figure = assessed.figure;
    const auto& h = figure.headline;
    json claim, verdict, reason;
    if (h.claim) {
        claim = {{"text", h.claim->text},
                 {"comparator", h.claim->comparator},
                 {"value", h.claim->value},
                 {"precision", h.claim->precision}};
    }
    if (assessed.judgement) {
        verdict = name_of(assessed.judgement->verdict);
        reason = text_or_null(assessed.judgement->reason);
    }
    return {{"code", h.code},
            {"title", h.title},
            {"unit", h.unit},
            {"value", figure.value},
            {"display", display(figure.value, h.unit)},
            {"provisional", figure.provisional},
            {"included_in", text_or_null(h.included_in)},
            {"beside", text_or_null(h.beside)},
            {"claim", std::move(claim)},
            {"verdict", std::move(verdict)},
            {"reason", std::move(reason)},
            {"definition",
             {{"version", h.definition_version},
              {"measure", h.measure},
              {"aggregate", h.aggregate},
              {"filter", json::parse(h.filter)},
              {"from", h.from},
              {"meaning", h.meaning}}},
            {"evidence", {{"entries", figure.entries}, {"digest", figure.digest}}}};
}

void freeze(const Proposals& publications) {
    auto& tx = publications.tx;
    const auto imprint = store::imprint(tx);
    for (auto* proposal : publications) {
        auto& publication = proposal->after;
        const std::string as_at{publication.text("as_at")}, known_at{publication.text("known_at")};
        json document{{"authority", tx.authority()},
                      {"authority_name", imprint.authority_name},
                      {"id", publication.id},
                      {"title", publication.text("title")},
                      {"note", text_or_null(std::string{publication.text("note")})},
                      {"as_at", as_at},
                      {"known_at", known_at},
                      {"published_at", imprint.published_at},
                      {"published_by", imprint.published_by},
                      {"supersedes_id", text_or_null(std::string{publication.text("supersedes_id")})},
                      {"figures", json::array()}};
        for (const auto& assessed : assess(tx, as_at, figures::resolve(tx, known_at).value()).figures) {
            document["figures"].push_back(frozen(assessed));
        }
        const auto bytes = canonical(document);
        store::keep(tx, publication.id, bytes);
        publication.set("published_by", imprint.published_by);
        publication.set("digest", "sha256:" + db::ids::sha256_hex(bytes));
    }
}

}  // namespace

extern const Rules publication_rules;
constinit const Rules publication_rules{
    .noun = &nouns::publication,
    .record = {supersedes_one, stand_on_seal, freeze},
};

}  // namespace tideover::casework
