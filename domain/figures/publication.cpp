// Publications: a sealed set of figures as somebody put it before the public. Nothing about one ever changes; a
// later one takes its place and names it.
#include "domain/figures/publication.hpp"

#include <array>

#include "domain/core/sound.hpp"
#include "domain/figures/nouns.hpp"

namespace tideover::nouns {
namespace {

using namespace publication_table;

}  // namespace

constexpr Noun publication_{.name = "publication",
                            .path = "publications",
                            .prefix = "PB",
                            .title = "a publication",
                            .recording = "Publish the figures of a seal under your name",
                            .fields = fields};
static_assert(sound(publication_));
const Noun publication = publication_;

}  // namespace tideover::nouns
