// Keyset pages: the cursor is where the last page ended.
#include "server/paging.hpp"

#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <charconv>

#include "server/csv.hpp"
#include "server/problem.hpp"

namespace tideover {
namespace {

std::string encoded(const std::string& text) {
    return boost::urls::encode(text, boost::urls::unreserved_chars);
}

/// This request's address with another cursor.
std::string address_of_next(const Exchange& exchange, const std::string& next) {
    std::string out = exchange.request.path + "?";
    for (const auto& [key, value] : exchange.request.query) {
        if (key != "cursor") out += encoded(key) + "=" + encoded(value) + "&";
    }
    return out + "cursor=" + encoded(next);
}

}  // namespace

int page_limit(const Exchange& exchange) {
    const auto* given = exchange.parameter("limit");
    if (given == nullptr) return 50;
    int limit = 0;
    const auto end = std::from_chars(given->data(), given->data() + given->size(), limit);
    if (end.ec != std::errc{} || end.ptr != given->data() + given->size() || limit < 1 || limit > 200) {
        throw Problem{"invalid-parameter", "'limit' takes a whole number from 1 to 200."};
    }
    return limit;
}

bool wants_csv(const Exchange& exchange) {
    const auto& accept = exchange.request.accept;
    if (accept.find("text/csv") != std::string::npos) return true;
    if (accept.empty() || accept.find("*/*") != std::string::npos ||
        accept.find("application/json") != std::string::npos || accept.find("application/*") != std::string::npos) {
        return false;
    }
    throw Problem{"not-acceptable"};
}

Response page_of(const Exchange& exchange, const std::vector<std::string>& items, const std::string& next, bool csv) {
    Response response;
    if (!next.empty()) {
        response.headers.emplace_back("Link", "<" + address_of_next(exchange, next) + ">; rel=\"next\"");
    }
    if (csv) {
        response.content_type = "text/csv; charset=utf-8";
        response.body = to_csv(items);
        return response;
    }
    response.body = "{\"items\":[";
    for (const auto& item : items) {
        if (response.body.back() != '[') response.body += ',';
        response.body += item;
    }
    response.body += "],\"next\":" + (next.empty() ? std::string{"null"} : "\"" + next + "\"") + "}";
    return response;
}

}  // namespace tideover
