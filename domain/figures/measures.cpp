// Finds a measure of the register by its code.
#include "domain/figures/measures.hpp"

namespace tideover {

const Measure* measure_of(std::string_view code) {
    for (const auto& measure : measures) {
        if (measure.code == code) return &measure;
    }
    return nullptr;
}

}  // namespace tideover
