// Finds records by what people know of them: one question over several nouns. Sees what the principal sees.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "db/core/transaction.hpp"
#include "db/records/search_sql.hpp"
#include "domain/core/ranking.hpp"

namespace tideover::db::records {

/// The words of a text as records' words are compared: small letters without accents, no punctuation.
[[nodiscard]] std::vector<std::string> words_of(Tx& tx, const std::string& text);

/// Fills the words of records that each may mean: that begin with it, or that it is a slip of. A word that came within
/// the last seconds is not known yet.
void add_meanings(Tx& tx, std::vector<typed::Word>& words);

/// Which record of which noun.
struct RecordKey {
    const Noun* noun;
    std::string id;
};

/// A record that was found.
struct Hit {
    const Noun* noun;
    std::string id, reference, state, line;  // state: empty where the noun has none
    bool voided = false;
    std::vector<ranking::Shown> shown;  // what it is found by, for who ranks it
};

/// Of each noun the newest that answer, at most `most`.
[[nodiscard]] std::vector<RecordKey> found(Tx& tx, std::span<const Noun* const> nouns, const ranking::Typed& typed,
                                           int most);

/// These records as far as the principal sees them, whatever they answer to.
[[nodiscard]] std::vector<Hit> hits_of(Tx& tx, MayRead may_read, const std::vector<RecordKey>& keys);

/// Adds the words of what was recorded since the last time, up to the last link of the audit's chain, at most `lines`
/// of the audit. Safe beside writers and beside another server that does the same.
void learn_words(Connection& connection, const std::string& authority, int lines = 2'000);

}  // namespace tideover::db::records
