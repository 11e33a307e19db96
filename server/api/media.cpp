// Weighs the media ranges of a list against each other.
#include "server/api/media.hpp"

#include <algorithm>

namespace tideover {
namespace {

std::string_view trimmed(std::string_view text) {
    const auto from = text.find_first_not_of(" \t");
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

std::string lower(std::string_view text) {
    std::string out{text};
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

/// The part before `mark`, which is taken off `rest` together with it.
std::string_view next_part(std::string_view& rest, char mark) {
    const auto end = std::min(rest.find(mark), rest.size());
    const auto part = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return part;
}

/// A weight in thousandths: "0.5" → 500; 1000 where it is none.
int weight(std::string_view text) {
    if (text.empty() || (text[0] != '0' && text[0] != '1')) return 1000;
    if (text[0] == '1') return 1000;
    int thousandths = 0, place = 100;
    for (const char c : text.substr(std::min<std::size_t>(2, text.size()))) {
        if (c < '0' || c > '9') break;
        thousandths += place * (c - '0');
        place /= 10;
    }
    return thousandths;
}

struct Range {
    std::string type;
    int weight = 1000;
};

Range range_of(std::string_view text) {
    Range out{lower(trimmed(next_part(text, ';')))};
    while (!text.empty()) {
        auto parameter = trimmed(next_part(text, ';'));
        const auto name = lower(trimmed(next_part(parameter, '=')));
        if (name == "q") out.weight = weight(trimmed(parameter));
    }
    return out;
}

/// How exactly a range names a type: 3 itself, 2 its kind, 1 anything, 0 not at all.
int exactness(const std::string& range, std::string_view type) {
    if (range == type) return 3;
    if (range == std::string{type.substr(0, type.find('/'))} + "/*") return 2;
    return range == "*/*" ? 1 : 0;
}

}  // namespace

std::optional<std::size_t> preferred(std::string_view accept, std::span<const std::string_view> offered) {
    if (trimmed(accept).empty()) return 0;
    std::optional<std::size_t> best;
    int best_weight = 0;
    for (std::size_t i = 0; i < offered.size(); ++i) {
        int exact = 0, its_weight = 0;
        for (auto rest = accept; !rest.empty();) {
            const auto range = range_of(next_part(rest, ','));
            const auto how = exactness(range.type, offered[i]);
            if (how > exact) exact = how, its_weight = range.weight;
        }
        if (its_weight > best_weight) best = i, best_weight = its_weight;
    }
    return best;
}

std::string media_type(std::string_view header) {
    return lower(trimmed(header.substr(0, header.find(';'))));
}

}  // namespace tideover
