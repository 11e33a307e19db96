// An oracle: JSON by the grammar of RFC 8259, as a recogniser that knows nothing of the parser it is held against.
#pragma once

#include <algorithm>
#include <string_view>

#include "tests/fuzz/utf8.hpp"

namespace tideover::fuzz {

class JsonGrammar {
public:
    explicit JsonGrammar(std::string_view text) : text_(text) {}

    /// Whether the text is one value with nothing but white space around it, 100 levels deep at most.
    [[nodiscard]] bool accepts() {
        blanks();
        if (!value(0)) return false;
        blanks();
        return text_.empty();
    }
    [[nodiscard]] std::size_t values() const { return values_; }
    [[nodiscard]] bool has_exponent() const { return has_exponent_; }
    [[nodiscard]] std::size_t longest_number() const { return longest_number_; }

private:
    [[nodiscard]] bool at(char c) const { return !text_.empty() && text_.front() == c; }
    bool take(char c) {
        if (!at(c)) return false;
        text_.remove_prefix(1);
        return true;
    }
    bool take(std::string_view word) {
        if (!text_.starts_with(word)) return false;
        text_.remove_prefix(word.size());
        return true;
    }
    void blanks() {
        while (take(' ') || take('\t') || take('\n') || take('\r')) continue;
    }
    [[nodiscard]] bool at_digit() const { return !text_.empty() && text_.front() >= '0' && text_.front() <= '9'; }
    bool digits() {
        if (!at_digit()) return false;
        while (at_digit()) text_.remove_prefix(1);
        return true;
    }

    bool value(int depth) {
        if (depth > 100) return false;
        ++values_;
        if (at('{')) return members(depth);
        if (at('[')) return items(depth);
        if (at('"')) return string();
        return take("true") || take("false") || take("null") || number();
    }
    bool members(int depth) {
        take('{'), blanks();
        if (take('}')) return true;
        do {
            blanks();
            if (!string()) return false;
            blanks();
            if (!take(':')) return false;
            blanks();
            if (!value(depth + 1)) return false;
            blanks();
        } while (take(','));
        return take('}');
    }
    bool items(int depth) {
        take('['), blanks();
        if (take(']')) return true;
        do {
            blanks();
            if (!value(depth + 1)) return false;
            blanks();
        } while (take(','));
        return take(']');
    }
    bool number() {
        const auto before = text_.size();
        take('-');
        if (!take('0') && !digits()) return false;
        if (take('.') && !digits()) return false;
        if (take('e') || take('E')) {
            has_exponent_ = true;
            if (!take('+')) take('-');
            if (!digits()) return false;
        }
        longest_number_ = std::max(longest_number_, before - text_.size());
        return true;
    }

    /// The code unit of \uXXXX after its backslash; -1 where it is none.
    long unit() {
        if (!take('u') || text_.size() < 4) return -1;
        long out = 0;
        for (int i = 0; i < 4; ++i, text_.remove_prefix(1)) {
            const char c = text_.front();
            const long digit = c >= '0' && c <= '9'   ? c - '0'
                               : c >= 'a' && c <= 'f' ? c - 'a' + 10
                               : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                      : -1;
            if (digit < 0) return -1;
            out = out * 16 + digit;
        }
        return out;
    }
    /// RFC 8259 lets lone surrogates stand; they are no Unicode text (section 8.2), so that here they may not.
    bool escape() {
        for (const char c : std::string_view{"\"\\/bfnrt"}) {
            if (take(c)) return true;
        }
        const auto first = unit();
        if (first < 0 || (first >= 0xDC00 && first <= 0xDFFF)) return false;
        if (first < 0xD800 || first > 0xDBFF) return true;
        if (!take('\\')) return false;
        const auto second = unit();
        return second >= 0xDC00 && second <= 0xDFFF;
    }
    bool string() {
        if (!take('"')) return false;
        while (!take('"')) {
            if (take('\\')) {
                if (!escape()) return false;
                continue;
            }
            const auto size = character_size(text_);
            if (size == 0 || static_cast<unsigned char>(text_.front()) < 0x20) return false;
            text_.remove_prefix(size);
        }
        return true;
    }

    std::string_view text_;
    std::size_t values_ = 0, longest_number_ = 0;
    bool has_exponent_ = false;
};

}  // namespace tideover::fuzz
