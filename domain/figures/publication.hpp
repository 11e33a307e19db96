// The fields of a publication, for whoever names one.
#pragma once

#include <array>

#include "domain/core/field.hpp"

namespace tideover::nouns::publication_table {

inline constexpr std::int64_t digest_length = 71;  // "sha256:" and 64 digits

inline constexpr std::array fields{
    text("title", 3, 200).needed().says("What it is called wherever it appears."),
    text("note", 0, 4000).of_lines().says("What a reader should know before quoting it."),
    day("as_at").needed().says("The day up to which its figures count."),
    instant("known_at").says("The instant of the seal that it stands on; without it, of the latest."),
    id("supersedes_id", "publication").leans_on_nothing().says("The publication that this one takes the place of."),
    text("published_by", 1, 120).set_by_us().says("Who published it, by name."),
    text("digest", digest_length, digest_length).set_by_us().says("SHA-256 of its document."),
};

}  // namespace tideover::nouns::publication_table
