// A publication freezes the figures of a seal, as a document whose digest it holds.
#include "domain/figures/publication.hpp"

#include "db/core/ids.hpp"
#include "db/figures/publications.hpp"
#include "domain/core/day.hpp"
#include "domain/core/money.hpp"
#include "domain/figures/nouns.hpp"
#include "server/casework/figures/assessment.hpp"
#include "server/casework/rules.hpp"
#include "server/formats/json.hpp"

namespace tideover::casework {
namespace {

using nlohmann::json;

constexpr Fields its{nouns::publication_table::fields};

namespace figures = db::figures;
namespace store = db::publications;

json text_or_null(const std::string& text) {
    return text.empty() ? json{} : json(text);
}

void supersedes_one(const Proposals& publications) {
    for (auto* publication : publications) {
        const std::string id{publication->after.text(its["supersedes_id"])};
        if (!id.empty() && !store::find(publications.tx, id)) publication->unknown(its["supersedes_id"]);
    }
}

/// A publication stands on a seal: the one whose instant it names, or the latest.
void stand_on_seal(const Proposals& publications) {
    auto& tx = publications.tx;
    for (auto* publication : publications) {
        auto& after = publication->after;
        if (!after.has(its["known_at"])) {
            const auto newest = store::newest_seal(tx);
            if (newest.empty()) {
                publication->fault(its["known_at"], "nothing_sealed",
                                   "Nothing was recorded yet that could be published.");
            } else {
                after.set(its["known_at"], newest);
            }
            continue;
        }
        const std::string asked{after.text(its["known_at"])};
        const auto knowledge = figures::resolve(tx, asked);
        if (knowledge && parse_instant(knowledge->known_at) == parse_instant(asked)) {
            after.set(its["known_at"], knowledge->known_at);
            continue;
        }
        publication->fault(its["known_at"], "not_a_seal",
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
        const std::string as_at{publication.text(its["as_at"])}, known_at{publication.text(its["known_at"])};
        json document{{"authority", tx.authority()},
                      {"authority_name", imprint.authority_name},
                      {"id", publication.id},
                      {"title", publication.text(its["title"])},
                      {"note", text_or_null(std::string{publication.text(its["note"])})},
                      {"as_at", as_at},
                      {"known_at", known_at},
                      {"published_at", imprint.published_at},
                      {"published_by", imprint.published_by},
                      {"supersedes_id", text_or_null(std::string{publication.text(its["supersedes_id"])})},
                      {"figures", json::array()}};
        for (const auto& assessed : assess(tx, as_at, figures::resolve(tx, known_at).value()).figures) {
            document["figures"].push_back(frozen(assessed));
        }
        const auto bytes = canonical(document);
        store::keep(tx, publication.id, bytes);
        publication.set(its["published_by"], imprint.published_by);
        publication.set(its["digest"], "sha256:" + db::ids::sha256_hex(bytes));
    }
}

}  // namespace

extern const Rules publication_rules;
constinit const Rules publication_rules{
    .noun = &nouns::publication,
    .record = {supersedes_one, stand_on_seal, freeze},
};

}  // namespace tideover::casework
