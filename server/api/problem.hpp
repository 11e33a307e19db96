// Problems: every way to be told no, as application/problem+json (RFC 9457).
#pragma once

#include <exception>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "db/core/fault.hpp"
#include "domain/core/field_fault.hpp"
#include "domain/core/refusal.hpp"

namespace tideover {

/// A kind of problem; /problems/{slug} explains it.
struct ProblemType {
    std::string_view slug;
    int status;
    std::string_view title;
    std::string_view remedy;
};

[[nodiscard]] std::span<const ProblemType> problem_types();

/// Precondition: there is a type of that slug.
[[nodiscard]] const ProblemType& problem_type(std::string_view slug);

/// Thrown at the edge; unwinds the transaction.
class Problem : public std::exception {
public:
    explicit Problem(std::string_view slug, std::string detail = {}, std::vector<FieldFault> faults = {})
        : type_(&problem_type(slug)), detail_(std::move(detail)), faults_(std::move(faults)) {}
    explicit Problem(const Refused& refused);
    /// The same, with what its reader may see of the records that stand in the way, as JSON objects.
    Problem(const Refused& refused, std::vector<std::string> related) : Problem(refused) {
        related_ = std::move(related);
    }

    /// The same with a member that says to programs what the detail says to people: its value as JSON.
    [[nodiscard]] Problem with(std::string name, std::string value) && {
        members_.emplace_back(std::move(name), std::move(value));
        return std::move(*this);
    }

    [[nodiscard]] const char* what() const noexcept override { return type_->title.data(); }
    [[nodiscard]] const ProblemType& type() const noexcept { return *type_; }
    [[nodiscard]] const std::string& detail() const noexcept { return detail_; }
    [[nodiscard]] const std::vector<FieldFault>& faults() const noexcept { return faults_; }

    /// The body of the answer. `instance` is the request id.
    [[nodiscard]] std::string json(std::string_view instance) const;

private:
    const ProblemType* type_;
    std::string detail_;
    std::vector<FieldFault> faults_;
    std::vector<std::string> related_{};
    std::vector<std::pair<std::string, std::string>> members_{};
};

/// What a fault of the database means to the client.
[[nodiscard]] Problem problem_of(const db::Fault& fault);

}  // namespace tideover
