// How well a record answers to what was typed, and by which of its fields.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/core/typed.hpp"

namespace tideover::ranking {

enum class By : unsigned char { words, phone, identifier };

/// A value by which a record is found. `words` are its words as they are compared, or its one form.
struct Shown {
    std::string field;  // as on the wire
    std::string value;
    By by = By::words;
    std::vector<std::string> words;
};

/// What was typed, in every way in which it may be read.
struct Typed {
    std::vector<typed::Word> words;
    std::string text, phone, packed;  // phone, packed: empty where it can be none
    std::vector<typed::Reference> references;
};

struct Why {
    std::string field;
    std::string value;
};
struct Rank {
    double weight = 0;       // above 1: a number, a code or a reference, not only words
    std::vector<Why> why{};  // the fields that answered
    bool certain = false;    // it is the very reference, number or identifier
};

/// `prefix` is that of the record's kind.
[[nodiscard]] Rank rank(const Typed& typed, std::string_view prefix, const std::string& reference,
                        const std::vector<Shown>& shown);

}  // namespace tideover::ranking
