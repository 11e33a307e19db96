// What the rules of schemes ask of other records, and change there.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/core/transaction.hpp"
#include "domain/core/record.hpp"

namespace tideover::db::grants {

/// Holds the scheme's row until the end of the transaction, so that its versions are numbered and published one after
/// the other. False where there is none of that code.
[[nodiscard]] bool hold_scheme(Tx& tx, std::string_view code);

/// Whom a scheme pays: "business", "community" or "household". Nothing where there is none of that code.
[[nodiscard]] std::optional<std::string> scheme_kind(Tx& tx, std::string_view code);

/// The number of the scheme's next version.
[[nodiscard]] std::string next_number(Tx& tx, std::string_view scheme);

/// By what an earlier published version of the scheme pays once, where it is another key than this version's.
[[nodiscard]] std::optional<std::string> other_key(Tx& tx, const Record& version);

/// Makes the version's allocation the scheme's, as the scheme's next version with its own audit line.
void allocate(Tx& tx, const Record& version);

/// A version's terms as JSON, and whom its scheme pays.
struct Terms {
    std::string json, pays;
};
[[nodiscard]] Terms terms_of(Tx& tx, std::string_view version);
/// Those of every published version of a scheme, the highest number first.
[[nodiscard]] std::vector<Terms> published_terms(Tx& tx, std::string_view scheme);

}  // namespace tideover::db::grants
