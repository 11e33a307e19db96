// Without the figures: those are in each publication's document.
#include "db/figures/published.hpp"

#include <array>

namespace tideover::db::figures {
namespace {

constexpr std::array columns{
    id("id", "publication").needed(),      text("reference", 0, 12).needed(),
    text("title", 0, 200).needed(),        day("as_at").needed(),
    instant("known_at").needed(),          instant("published_at").needed(),
    text("published_by", 0, 200).needed(), text("digest", 0, 80).needed(),
    id("supersedes_id", "publication"),    id("superseded_by_id", "publication"),
};

}  // namespace

constinit const Report published{
    .name = "publication_line", .columns = columns, .order = {.by = "p.id", .descending = true}, .sql = R"(
SELECT p.id, p.reference, p.title, p.as_at, p.known_at, p.recorded_at AS published_at, p.published_by, p.digest,
       p.supersedes_id, s.id AS superseded_by_id, p.id AS its_order
FROM publication p LEFT JOIN publication s ON s.authority_id = p.authority_id AND s.supersedes_id = p.id
WHERE p.authority_id = $1{after}
{order})"};

}  // namespace tideover::db::figures
