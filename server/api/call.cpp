// Reads what every handler asks of a request: parameters, key, version.
#include "server/api/call.hpp"

#include <algorithm>
#include <charconv>

#include "db/core/failpoint.hpp"
#include "db/core/ids.hpp"
#include "domain/core/typed.hpp"
#include "domain/core/uuid.hpp"
#include "server/api/problem.hpp"

namespace tideover {
namespace {

bool printable(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 127; });
}

}  // namespace

const std::string* Call::parameter(std::string_view name) const {
    for (const auto& [key, value] : request.query) {
        if (key == name) return &value;
    }
    return nullptr;
}

std::string Call::address() const {
    // By whatever spelling of a reference, the record is the one with this id.
    std::string out;
    std::size_t from = 0;
    for (const auto& argument : arguments) {
        const auto open = route.path.find('{', from), close = route.path.find('}', open);
        if (close == std::string::npos) break;
        out += route.path.substr(from, open - from) + argument;
        from = close + 1;
    }
    return out + route.path.substr(from);
}

db::Intent Call::intent(std::string_view canonical_body) const {
    const auto& key = request.idempotency_key;
    if (key.empty() || key.size() > 200 || !printable(key)) throw Problem{"key-missing"};
    return {principal,
            request.method + " " + address(),
            db::planted("no-idempotency-row") ? db::ids::fresh() : key,
            db::ids::sha256_hex(canonical_body),
            request.request_id,
            dry_run()};
}

bool Call::dry_run() const {
    const auto* given = parameter("dry_run");
    if (given == nullptr || *given == "false") return false;
    if (*given == "true") return true;
    throw Problem{"invalid-parameter", "'dry_run' takes true or false."};
}

std::int64_t Call::matched_version() const {
    const std::string_view tag = request.if_match;
    std::int64_t version = 0;
    if (tag.empty()) throw Problem{"precondition-required"};
    if (tag.starts_with("W/")) {
        throw Problem{"precondition-required",
                      "It is weak, and a change needs a strong one: send the ETag as it was given, "
                      "without W/."};
    }
    const bool quoted = tag.size() >= 3 && tag.front() == '"' && tag.back() == '"';
    const auto* last = tag.data() + tag.size() - 1;
    const auto end =
        quoted ? std::from_chars(tag.data() + 1, last, version) : std::from_chars_result{last, std::errc{}};
    // After the version may stand what the record was merged into.
    const bool merged = end.ptr < last && *end.ptr == '.' && is_uuid({end.ptr + 1, last});
    if (!quoted || end.ec != std::errc{} || !(end.ptr == last || merged)) {
        throw Problem{"precondition-required", "It is no ETag of ours: one of them, with its quotes, as \"2\"."};
    }
    return version;
}

void Call::check_parameters() const {
    if (route.action == Action::page || route.action == Action::probe) return;
    const auto known = parameters_of(route);
    for (const auto& parameter : request.query) {
        const auto& key = parameter.first;  // no structured binding: clang 14 lets no lambda capture one
        if (std::find(known.begin(), known.end(), key) != known.end()) {
            const auto same = [&](const auto& other) { return other.first == key; };
            if (std::count_if(request.query.begin(), request.query.end(), same) == 1) continue;
            throw Problem{"invalid-parameter", "'" + key + "' stands twice in the query."};
        }
        if (known.empty()) throw Problem{"unknown-parameter", "This route takes no parameters, so not '" + key + "'."};
        const auto edits = [&](std::string_view name) { return typed::edits(name, key, name.size() + key.size()); };
        const auto nearest =
            *std::min_element(known.begin(), known.end(), [&](auto a, auto b) { return edits(a) < edits(b); });
        std::string all;
        for (const auto& name : known) all += (all.empty() ? "" : ", ") + std::string{name};
        throw Problem{"unknown-parameter", "There is no parameter '" + key + "'; the nearest is '" +
                                               std::string{nearest} + "'. There are: " + all + "."};
    }
}

}  // namespace tideover
