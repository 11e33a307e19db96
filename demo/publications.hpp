// What the council published of the year: the figures between the two waves, and those that took their place.
#pragma once

#include <string>

#include "demo/api_client.hpp"

namespace tideover::year {

/// Publishes the figures as known at the instant between the waves. Returns the publication's id.
std::string publish_plan(ApiClient& desk, const std::string& known_at);

/// Publishes what the year comes to in the end, in place of the former publication.
void publish_restatement(ApiClient& desk, const std::string& former);

}  // namespace tideover::year
