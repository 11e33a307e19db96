// Judges a value by each of the four comparators.
#include "domain/figures/claim.hpp"

#include <stdexcept>

#include "domain/core/money.hpp"

namespace tideover {

Judgement judge(Comparator comparator, std::int64_t claimed, std::int64_t precision, std::int64_t value,
                std::string_view unit) {
    const auto shown = display(value, unit);
    switch (comparator) {
        case Comparator::exact:
            if (value == claimed) return {Verdict::matches};
            return {Verdict::differs, "The records show " + shown + "."};
        case Comparator::rounded:
            // Doubled, so that an odd precision loses nothing.
            if (2 * value >= 2 * claimed - precision && 2 * value < 2 * claimed + precision) return {Verdict::matches};
            return {Verdict::differs, "The records show " + shown + ", which rounds to another figure."};
        case Comparator::over:
            if (value <= claimed) return {Verdict::differs, "The records show " + shown + ", which is not over it."};
            if (value < claimed + precision) return {Verdict::matches};
            return {Verdict::warns, "The records show " + shown + ": the next step could have been claimed."};
        case Comparator::nearly:
            if (value >= claimed) return {Verdict::differs, "The records show " + shown + ", which is not under it."};
            if (value >= claimed - precision) return {Verdict::matches};
            return {Verdict::warns, "The records show " + shown + ", well short of it."};
    }
    throw std::logic_error("no such comparator");
}

Comparator comparator_named(std::string_view name) {
    if (name == "exact") return Comparator::exact;
    if (name == "rounded") return Comparator::rounded;
    if (name == "over") return Comparator::over;
    if (name == "nearly") return Comparator::nearly;
    throw std::logic_error("no comparator " + std::string{name});
}

std::string_view name_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::matches:
            return "matches";
        case Verdict::warns:
            return "warns";
        case Verdict::differs:
            return "differs";
    }
    return "differs";
}

}  // namespace tideover
