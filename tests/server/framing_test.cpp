// The rules of a request's head, one by one and at every cut. What the server makes of them is tested in tests/http.
#include "server/http/framing.hpp"

#include <doctest/doctest.h>

#include <string>

namespace framing_test {

using namespace tideover;

namespace {

constexpr std::size_t bytes_max = 8192;

std::string head(const std::string& fields, const std::string& line = "GET /healthz HTTP/1.1") {
    return line + "\r\n" + fields + "\r\n";
}
std::string slug(const std::string& text) {
    const auto end = find_head(text, bytes_max);
    if (end.fault) return std::string{end.fault.slug};
    REQUIRE(end.size > 0);
    return std::string{framing_fault(std::string_view{text}.substr(0, end.size)).slug};
}
std::string repeated(int count, const std::string& text) {
    std::string out;
    while (count-- > 0) out += text;
    return out;
}

}  // namespace

TEST_CASE("a head is found where its blank line comes, and wherever it is cut before, more is waited for") {
    const auto text = head("Host: a\r\nAccept: */*\r\n");
    for (std::size_t cut = 0; cut < text.size(); ++cut) {
        CAPTURE(cut);
        const auto end = find_head(std::string_view{text}.substr(0, cut), bytes_max);
        CHECK(end.size == 0);
        CHECK_FALSE(end.fault);
    }
    CHECK(find_head(text + "the body", bytes_max).size == text.size());
    CHECK(slug(text).empty());
}

TEST_CASE("what no further byte can mend is refused before the head is whole") {
    for (const std::string bytes :
         {"GET / HTTP/1.1\n", "GET / HTTP/1.1\r\nHost: a\n", "GET / HTTP/1.1\rX", "\r", "\n", " GET", "\x16\x03\x01"}) {
        CAPTURE(bytes);
        CHECK(find_head(bytes, bytes_max).fault.slug == "bad-request");
    }
    CHECK(find_head(std::string(bytes_max, 'G'), bytes_max).fault.slug == "header-too-large");
    CHECK_FALSE(find_head(std::string(bytes_max - 1, 'G'), bytes_max).fault);
}

TEST_CASE("the verdict at the limit does not depend on how the bytes came") {
    const auto text = head("Host: a\r\nAccept: */*\r\n").substr(0, 40) + "\rX\nY\r\n\r\n";
    for (std::size_t limit = 4; limit < text.size() + 2; ++limit) {
        CAPTURE(limit);
        const auto whole = find_head(text, limit);
        for (std::size_t cut = 0; cut < text.size(); ++cut) {
            CAPTURE(cut);
            const auto part = find_head(std::string_view{text}.substr(0, cut), limit);
            if (part.size == 0 && !part.fault) continue;
            CHECK(part.size == whole.size);
            CHECK(part.fault.slug == whole.fault.slug);
        }
    }
}

TEST_CASE("a head may fill its limit to the last byte") {
    const auto bare = head("Host: a\r\nX: \r\n").size();
    const auto full = head("Host: a\r\nX: " + std::string(bytes_max - bare, 'x') + "\r\n");
    REQUIRE(full.size() == bytes_max);
    CHECK(slug(full).empty());
    CHECK(slug(head("Host: a\r\nX: " + std::string(bytes_max - bare + 1, 'x') + "\r\n")) == "header-too-large");
}

TEST_CASE("64 fields are taken and 65 are not") {
    CHECK(slug(head("Host: a\r\n" + repeated(63, "X: y\r\n"))).empty());
    CHECK(slug(head("Host: a\r\n" + repeated(64, "X: y\r\n"))) == "header-too-large");
}

TEST_CASE("a refusal says which rule was broken") {
    CHECK(framing_fault(head("")).detail.find("Host") != std::string_view::npos);
    CHECK(framing_fault(head("Host: a\r\nTransfer-Encoding: xchunked\r\n", "POST / HTTP/1.1")).detail.find("chunked") !=
          std::string_view::npos);
    CHECK(framing_fault(head("Host: a\r\nX_Y: z\r\n")).detail.find("letters, digits and hyphens") !=
          std::string_view::npos);
}

}  // namespace framing_test
