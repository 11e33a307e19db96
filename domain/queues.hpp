// What waits for somebody: the records in a state from which a step has to be taken.
#pragma once

#include <span>
#include <string_view>

#include "domain/nouns.hpp"

namespace tideover {

struct Queue {
    std::string_view code, title;
    std::string_view noun, state;
    std::string_view step;      // its path: whoever may take it has the queue
    std::string_view since;     // the field with the day or instant from which on a record waits; empty: its recording
    std::string_view value{};   // the field with the pence that are at stake
    std::string_view not_by{};  // the field with whoever may not take the step: somebody else has to
};

/// In the order in which people work.
[[nodiscard]] std::span<const Queue> queues();

}  // namespace tideover
