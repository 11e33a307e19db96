// Keyset pages: the cursor is where the last page ended.
#include "server/api/paging.hpp"

#include <array>
#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <charconv>

#include "server/api/media.hpp"
#include "server/api/problem.hpp"
#include "server/formats/csv.hpp"

namespace tideover {
namespace {

std::string encoded(const std::string& text) {
    return boost::urls::encode(text, boost::urls::unreserved_chars);
}

/// This request's address with another cursor.
std::string address_of_next(const Call& call, const std::string& next) {
    std::string out = call.request.path + "?";
    for (const auto& [key, value] : call.request.query) {
        if (key != "cursor") out += encoded(key) + "=" + encoded(value) + "&";
    }
    return out + "cursor=" + encoded(next);
}

}  // namespace

int page_limit(const Call& call) {
    const auto* given = call.parameter("limit");
    if (given == nullptr) return 50;
    int limit = 0;
    const auto end = std::from_chars(given->data(), given->data() + given->size(), limit);
    if (end.ec != std::errc{} || end.ptr != given->data() + given->size() || limit < 1 || limit > 200) {
        throw Problem{"invalid-parameter", "'limit' takes a whole number from 1 to 200."};
    }
    return limit;
}

bool wants_csv(const Call& call) {
    static constexpr std::array<std::string_view, 2> offered{"application/json", "text/csv"};
    const auto wanted = preferred(call.request.accept, offered);
    if (!wanted) throw Problem{"not-acceptable"};
    return *wanted == 1;
}

Response csv_of(const Call& call, const std::string& text, std::string name) {
    // "/v1/headlines/new-volunteers/wards" is saved as headlines-new-volunteers-wards.csv.
    if (name.empty()) name = call.request.path.substr(call.request.path.starts_with("/v1/") ? 4 : 1);
    for (char& c : name) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.';
        if (!plain) c = '-';
    }
    return {.content_type = "text/csv; charset=utf-8",
            .body = std::string{byte_order_mark} + text,
            .headers = {{"Content-Disposition", "attachment; filename=\"" + name + ".csv\""}}};
}

Response page_of(const Call& call, const std::vector<std::string>& items, const std::string& next, bool csv) {
    auto response = csv ? csv_of(call, to_csv(items)) : Response{};
    if (!next.empty()) {
        response.headers.emplace_back("Link", "<" + address_of_next(call, next) + ">; rel=\"next\"");
    }
    if (csv) return response;
    response.body = "{\"items\":[";
    for (const auto& item : items) {
        if (response.body.back() != '[') response.body += ',';
        response.body += item;
    }
    response.body += "],\"next\":" + (next.empty() ? std::string{"null"} : "\"" + next + "\"") + "}";
    return response;
}

}  // namespace tideover
