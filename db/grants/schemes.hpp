// What the rules of schemes ask of other records, and change there.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "db/core/transaction.hpp"
#include "db/records/revision.hpp"

namespace tideover::db::grants {

using records::Records;

/// Holds the schemes of these versions until the end of the transaction, so that versions are numbered and published
/// one after the other. Whether each is there.
[[nodiscard]] std::vector<bool> hold_schemes(Tx& tx, const Records& versions);

/// Whom an application's scheme pays: "business", "community" or "household". Nothing where there is none.
[[nodiscard]] std::vector<std::optional<std::string>> scheme_kinds(Tx& tx, const Records& applications);

/// The number of each new version within its scheme.
[[nodiscard]] std::vector<std::string> next_numbers(Tx& tx, const Records& versions);

/// By what an earlier published version of the scheme pays once, where it is another key than this version's.
[[nodiscard]] std::vector<std::optional<std::string>> other_keys(Tx& tx, const Records& versions);

/// Makes a version's allocation the scheme's, as the scheme's next version with its own audit line.
void allocate(Tx& tx, const Record& version);

/// A version's terms as JSON, and whom its scheme pays.
struct Terms {
    std::string json, pays;
};
/// By the id of the version.
[[nodiscard]] std::map<std::string, Terms, std::less<>> terms_of(Tx& tx, const Records& applications);
/// Those of every published version, the highest number first; by the scheme.
[[nodiscard]] std::map<std::string, std::vector<Terms>, std::less<>> published_terms(Tx& tx,
                                                                                     const Records& applications);

}  // namespace tideover::db::grants
