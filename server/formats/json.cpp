// A SAX pass that checks, then the parser that builds.
#include "server/formats/json.hpp"

#include <algorithm>
#include <vector>

namespace tideover {
namespace {

constexpr std::size_t depth_max = 32;
constexpr std::size_t members_max = 1000;

/// Follows the parser and stops it at the first thing that must not pass.
class Checker : public nlohmann::json_sax<nlohmann::json> {
public:
    bool null() override { return counted(); }
    bool boolean(bool) override { return counted(); }
    bool number_integer(number_integer_t) override { return counted(); }
    bool number_unsigned(number_unsigned_t) override { return counted(); }
    bool number_float(number_float_t, const string_t&) override { return counted(); }
    bool binary(binary_t&) override { return counted(); }
    bool string(string_t& text) override { return clean(text) && counted(); }
    bool start_object(std::size_t) override { return counted() && deeper(); }
    bool start_array(std::size_t) override { return counted() && deeper(); }
    bool end_object() override { return shallower(); }
    bool end_array() override { return shallower(); }

    bool key(string_t& name) override {
        auto& seen = levels_.back();
        if (std::find(seen.begin(), seen.end(), name) != seen.end()) {
            return stop("duplicate-key", "'" + name + "' stands twice.");
        }
        seen.push_back(name);
        return clean(name);
    }

    bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception& e) override {
        const std::string message = e.what();
        const bool utf8 = message.find("ill-formed UTF-8") != std::string::npos;
        return stop(utf8 ? "invalid-utf8" : "malformed-json",
                    "Reading stopped at byte " + std::to_string(position) + ".");
    }

    [[noreturn]] void refuse() const { throw MalformedJson{slug_.empty() ? "malformed-json" : slug_, detail_}; }

private:
    bool stop(std::string slug, std::string detail) {
        slug_ = std::move(slug), detail_ = std::move(detail);
        return false;
    }
    bool clean(const std::string& text) {
        if (text.find('\0') == std::string::npos) return true;
        return stop("null-character", {});
    }
    bool counted() {
        if (++members_ <= members_max) return true;
        return stop("malformed-json", "The body has more than 1,000 values.");
    }
    bool deeper() {
        levels_.emplace_back();
        if (levels_.size() <= depth_max) return true;
        return stop("too-deep", {});
    }
    bool shallower() {
        levels_.pop_back();
        return true;
    }

    std::vector<std::vector<std::string>> levels_;
    std::size_t members_ = 0;
    std::string slug_, detail_;
};

}  // namespace

nlohmann::json read_object(std::string_view body) {
    if (body.starts_with("\xEF\xBB\xBF"))
        throw MalformedJson{"malformed-json", "The body starts with a byte order mark."};
    // The parser takes such a byte for the end and would let pass whatever stands after it.
    if (body.find('\0') != std::string_view::npos) throw MalformedJson{"null-character"};
    Checker checker;
    if (!nlohmann::json::sax_parse(body, &checker)) checker.refuse();
    auto value = nlohmann::json::parse(body);
    if (!value.is_object()) throw MalformedJson{"malformed-json", "The body is JSON, but not an object."};
    return value;
}

std::string canonical(const nlohmann::json& value) {
    return value.dump();
}

}  // namespace tideover
