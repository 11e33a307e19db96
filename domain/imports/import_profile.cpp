// How files of one origin are read: which column is which field, what its cells mean, and which rows are not wanted.
#include "domain/imports/import_profile.hpp"

#include "domain/core/sound.hpp"
#include "domain/imports/nouns.hpp"

namespace tideover::nouns {
using import_profile_table::fields;

constexpr Noun import_profile_{.name = "import_profile",
                               .path = "import-profiles",
                               .prefix = "IP",
                               .title = "an import profile",
                               .recording = "Say how files of one origin are read",
                               .fields = fields,
                               .key = "code"};
static_assert(sound(import_profile_));
const Noun import_profile = import_profile_;

}  // namespace tideover::nouns
