// Signing in and out in a browser, and who it is that asks.
#pragma once

#include <array>

#include "domain/core/field.hpp"
#include "server/api/call.hpp"

namespace tideover::resources {

inline constexpr std::array sign_in_fields{
    text("token", 1, 200).needed().says("The token of whoever signs in."),
};

/// A session for whoever holds the token: its secret is in the cookie alone. An earlier one of the same browser ends.
Response begin_session(Call& call);  // POST /v1/sessions
Response session(Call& call);        // GET /v1/session
/// The browser forgets what it kept of ours.
Response end_session(Call& call);  // DELETE /v1/session

}  // namespace tideover::resources
