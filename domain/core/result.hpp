// A value, or the lawful reason why there is none. Refusals travel as values; only failures are thrown.
#pragma once

#include <utility>
#include <variant>

namespace tideover {

template <class Value, class Reason>
class Result {
public:
    Result(Value value) : content_(std::in_place_index<0>, std::move(value)) {}
    Result(Reason reason) : content_(std::in_place_index<1>, std::move(reason)) {}

    [[nodiscard]] bool ok() const noexcept { return content_.index() == 0; }
    explicit operator bool() const noexcept { return ok(); }

    /// Precondition: ok().
    [[nodiscard]] const Value& value() const& { return std::get<0>(content_); }
    [[nodiscard]] Value&& value() && { return std::get<0>(std::move(content_)); }
    /// Precondition: !ok().
    [[nodiscard]] const Reason& reason() const& { return std::get<1>(content_); }

private:
    std::variant<Value, Reason> content_;
};

}  // namespace tideover
