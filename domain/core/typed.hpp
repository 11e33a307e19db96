// What somebody typed to find a record by: words, a part of a telephone number, a reference or its beginning; and how
// well a record answers to it. Pure: which words there are, the caller says.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tideover::typed {

/// A search is of at least so many letters and digits, and of at most so many characters and words.
inline constexpr std::size_t least = 2, most = 100, words_most = 8;

/// The number of characters of UTF-8.
[[nodiscard]] std::size_t length(std::string_view text);

/// A part of a telephone number as it stands in records: "+44 (0)161 496" → "0161496", "00353 1 234" → "+3531234",
/// "tel. 0161-496 0000 ext 12" → "01614960000". Nothing where the text is no number of at least four digits.
[[nodiscard]] std::optional<std::string> phone_part(std::string_view text);

/// A reference, or how one begins: "pe 82w" → {"PE", "82W"}, "82W1CJBP" → {"", "82W1CJB-P"}. Letters that references do
/// not have are read as the digits that they look like. Where two letters may be a kind's or not, both readings; none
/// where it can be no reference, or is too short to tell much.
struct Reference {
    std::string prefix;  // of its kind; empty: of any
    std::string rest;    // what follows the first dash
    bool whole = false;  // all of it is there, with its check character

    bool operator==(const Reference&) const = default;
};
[[nodiscard]] std::vector<Reference> references_in(std::string_view text);

/// Letters and digits of ASCII alone, in capitals: "DFE-0042" → "DFE0042".
[[nodiscard]] std::string packed(std::string_view text);

/// Edits from one word to the other: a letter more, less, other, or two that changed places. Counts no further than
/// `limit` + 1.
[[nodiscard]] std::size_t edits(std::string_view one, std::string_view other, std::size_t limit);

/// Whether `other` may be what was meant by `word`: at most one edit in a short word, two in a longer one, three in a
/// long one.
[[nodiscard]] bool may_mean(std::string_view word, std::string_view other);

/// Those of the words of records that `word` may be meant for or begin, the nearest first and at most so many. What it
/// begins is as near as what is one edit away.
[[nodiscard]] std::vector<std::string> nearest(std::string_view word, std::vector<std::string> others,
                                               std::size_t many);

/// One of the words that were typed, with the words of records that it may stand for, itself the first.
struct Word {
    std::string text;
    std::vector<std::string> meant{};
};

/// The words with only those meanings that are one edit away, or that they begin.
[[nodiscard]] std::vector<Word> with_nearest(const std::vector<Word>& words);

/// How well a field's words answer to a word: 1 for the word itself, less for one that begins with it, and less for
/// one that it may mean; 0 where none does.
[[nodiscard]] double answer(const Word& word, const std::vector<std::string>& words);

}  // namespace tideover::typed
