// The cookie by which a browser says which session it has: what it counts for, and how it is given and taken.
//
// The prefix __Host- has the browser hold us to Secure, to Path=/ and to no Domain (RFC 6265bis, 4.1.3.2).
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace tideover {

/// The headers of a request that say whether its cookie counts.
struct CookieHeaders {
    std::string_view cookies, sec_fetch_site, origin, host;
};

namespace session_cookies {

inline constexpr std::string_view name = "__Host-tideover";
inline constexpr std::string_view attributes = "; Path=/; Secure; HttpOnly; SameSite=Strict";
inline constexpr std::size_t secret_max = 100;

/// What our cookie says among these.
[[nodiscard]] inline std::string_view value_in(std::string_view cookies) {
    while (!cookies.empty()) {
        const auto end = cookies.find(';');
        auto one = cookies.substr(0, end);
        cookies.remove_prefix(end == std::string_view::npos ? cookies.size() : end + 1);
        one.remove_prefix(std::min(one.find_first_not_of(' '), one.size()));
        if (one.size() > name.size() && one.starts_with(name) && one[name.size()] == '=')
            return one.substr(name.size() + 1);
    }
    return {};
}

[[nodiscard]] inline bool is_ours(const CookieHeaders& headers) {
    if (!headers.sec_fetch_site.empty()) return headers.sec_fetch_site == "same-origin";
    const auto scheme = headers.origin.find("://");
    return scheme != std::string_view::npos && !headers.host.empty() &&
           headers.origin.substr(scheme + 3) == headers.host;
}

}  // namespace session_cookies

/// The secret of the session in the request's cookies; empty where there is none, or where it is not one of our own
/// pages that asks: a foreign page may have a browser send our cookie, but it cannot say that it is ours (Fetch
/// Metadata). Of a browser that does not say so itself, the Origin has to be our host.
[[nodiscard]] inline std::string session_in(const CookieHeaders& headers) {
    const auto value = session_cookies::value_in(headers.cookies);
    return value.size() <= session_cookies::secret_max && session_cookies::is_ours(headers) ? std::string{value}
                                                                                            : std::string{};
}

/// Set-Cookie of a session: no script reads it, no other site has it sent, and it goes by TLS, or to this machine.
[[nodiscard]] inline std::string session_cookie(std::string_view secret) {
    return std::string{session_cookies::name} + "=" + std::string{secret} + std::string{session_cookies::attributes};
}
/// The one that takes it away.
[[nodiscard]] inline std::string no_session_cookie() {
    return session_cookie("") + "; Max-Age=0";
}

}  // namespace tideover
