// The API's document as a contract: every answer that any test sees is held against it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "tests/support/service.hpp"

namespace tideover::testing::contract {

/// What a schema's reference leads to.
[[nodiscard]] const nlohmann::json& resolved(const nlohmann::json& schema);

/// Where the answer is not what the document says, and how, with "; " between; empty where it is.
[[nodiscard]] std::string differences(const std::string& method, const std::string& target, const Answer& answer);

/// How many answers were held against it so far.
[[nodiscard]] int compared();

}  // namespace tideover::testing::contract
