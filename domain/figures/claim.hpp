// What the council said in public, and whether the records bear it out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tideover {

enum class Comparator { exact, rounded, over, nearly };
enum class Verdict { matches, warns, differs };

struct Judgement {
    Verdict verdict = Verdict::differs;
    std::string reason{};  // empty when it matches
};

/// Judges a value against a claim, all in whole units (pence for money).
/// rounded: claimed - p/2 <= value < claimed + p/2, half up. over: value > claimed, a warning from claimed + p
/// on, where a writer would have named the next step. nearly: value < claimed, a warning below claimed - p.
[[nodiscard]] Judgement judge(Comparator comparator, std::int64_t claimed, std::int64_t precision, std::int64_t value,
                              std::string_view unit);

[[nodiscard]] Comparator comparator_named(std::string_view name);
[[nodiscard]] std::string_view name_of(Verdict verdict);

}  // namespace tideover
