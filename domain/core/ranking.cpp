// The surest reading wins; words count together, each by the field that answers best.
#include "domain/core/ranking.hpp"

#include <algorithm>

namespace tideover::ranking {
namespace {

class Weighing {
public:
    void reading(double weight, std::string field, std::string value, bool certain = false) {
        add(std::move(field), std::move(value));
        out_.weight = std::max(out_.weight, weight);
        out_.certain = out_.certain || certain;
    }
    void add(std::string field, std::string value) {
        const auto same = [&](const Why& why) { return why.field == field && why.value == value; };
        if (std::none_of(out_.why.begin(), out_.why.end(), same))
            out_.why.push_back({std::move(field), std::move(value)});
    }
    [[nodiscard]] Rank rank() && { return std::move(out_); }

private:
    Rank out_;
};

bool is_number(const std::string& text) {
    return text.size() >= 4 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string small(std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return text;
}

/// A part weighs more the more of the number it is, and where the number begins or ends with it: that is what people
/// say.
void weigh_number(Weighing& out, const std::string& part, const Shown& one, double most) {
    if (part.empty() || one.words.empty()) return;
    const auto& whole = one.words.front();
    if (whole == part) return out.reading(most, one.field, one.value, true);
    if (whole.find(part) == std::string::npos) return;
    const auto share = static_cast<double>(part.size()) / static_cast<double>(whole.size());
    const double said = whole.starts_with(part) || whole.ends_with(part) ? 0.1 : 0;
    out.reading(1.2 + 0.4 * share + said, one.field, one.value);
}

void weigh_words(Weighing& out, const Typed& typed, const std::vector<Shown>& shown) {
    double sum = 0;
    std::vector<const Shown*> answered;
    for (const auto& word : typed.words) {
        double best = 0;
        const Shown* by = nullptr;
        for (std::size_t i = 0; i < shown.size(); ++i) {
            const auto& one = shown[i];
            double here = 0;
            if (one.by == By::words) here = typed::answer(word, one.words);
            if (one.by == By::phone && is_number(word.text) && one.words.front().find(word.text) != std::string::npos)
                here = 0.9;
            // What a record is called by comes first among its fields.
            here *= i == 0 ? 1 : 0.95;
            if (here > best) best = here, by = &one;
        }
        if (by == nullptr) return;
        sum += best;
        answered.push_back(by);
    }
    if (answered.empty()) return;
    for (const auto* one : answered) out.add(one->field, one->value);
    out.reading(sum / static_cast<double>(answered.size()), answered.front()->field, answered.front()->value);
}

}  // namespace

Rank rank(const Typed& typed, std::string_view prefix, const std::string& reference, const std::vector<Shown>& shown) {
    Weighing out;
    for (const auto& one : typed.references) {
        if (!one.prefix.empty() && one.prefix != prefix) continue;
        const auto text = std::string{prefix} + "-" + one.rest;
        if (reference == text) {
            out.reading(2, "reference", reference, true);
        } else if (reference.starts_with(text)) {
            out.reading(1.5, "reference", reference);
        }
    }
    const auto whole = small(typed.packed);
    for (const auto& one : shown) {
        if (one.by == By::phone) weigh_number(out, typed.phone, one, 1.8);
        if (one.by == By::identifier) {
            weigh_number(out, typed.packed, one, 1.9);
            if (typed.phone != typed.packed) weigh_number(out, typed.phone, one, 1.9);
            if (!one.words.empty() && small(one.words.front()) == small(typed.text))
                out.reading(1.9, one.field, one.value, true);
        }
        // A code or a postcode that was typed with other blanks and dashes.
        if (one.by == By::words && typed.words.size() > 1 && !whole.empty() &&
            std::find(one.words.begin(), one.words.end(), whole) != one.words.end())
            out.reading(1.7, one.field, one.value);
    }
    weigh_words(out, typed, shown);
    return std::move(out).rank();
}

}  // namespace tideover::ranking
