// What the creation of some nouns does besides storing the record, in the same statement.
#pragma once

#include <span>
#include <string>

#include "domain/core/noun.hpp"

namespace tideover::db::records {

struct OnCreate {
    const Noun* noun;
    /// CTEs, each followed by ", ". `{drafts}` are the records that are stored, with the alias `d`: a record's columns,
    /// and its_token and its_request. A record that is moved on to its next version has an audit line of its own.
    std::string ctes;
};

/// The list, which is in db/on_create.cpp.
[[nodiscard]] std::span<const OnCreate> on_create();

}  // namespace tideover::db::records
