// What is not there is a Problem.
#include "server/api/resources/figure_lookup.hpp"

#include "server/api/problem.hpp"

namespace tideover::resources {

namespace figures = db::figures;

figures::Knowledge resolve(db::Tx& tx, const std::optional<std::string>& known_at) {
    if (const auto knowledge = figures::resolve(tx, known_at)) return *knowledge;
    throw Problem{"invalid-parameter", "Nothing was sealed as early as that: the first records came later."};
}

figures::Headline figure_now(db::Tx& tx, const std::string& code) {
    if (auto found = figures::find(tx, code)) return std::move(*found);
    throw Problem{"not-found"};
}

figures::Headline figure_as_known(db::Tx& tx, const std::string& code, const figures::Knowledge& knowledge) {
    if (auto found = figures::find(tx, code, knowledge)) return std::move(*found);
    throw Problem{"not-found"};
}

std::string question_of(std::string_view what, const db::Tx& tx, const figures::Headline& h, const std::string& day) {
    return std::string{what} + "|" + tx.authority() + "|" + h.code + "|" + std::to_string(h.definition_version) + "|" +
           h.filter + "|" + h.from + "|" + day;
}

std::string version_of(const figures::Knowledge& knowledge) {
    return std::to_string(knowledge.seq) + (knowledge.sealed ? "|" + knowledge.known_at : "");
}

}  // namespace tideover::resources
