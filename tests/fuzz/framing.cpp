// A head's end and verdict: the same however the bytes come, and what passes is read by Beast as we read it.
#include "server/http/framing.hpp"

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <string>

#include "tests/fuzz/property.hpp"

using namespace tideover;
using tideover::fuzz::require;
namespace http = boost::beast::http;

namespace {

bool same(const FramingFault& a, const FramingFault& b) {
    return a.slug == b.slug && a.detail == b.detail;
}

/// What was decided about the first bytes is not changed by those after them.
void check_pieces(std::string_view bytes, std::size_t bytes_max, const HeadEnd& whole) {
    for (std::size_t cut = 0; cut<bytes.size(); cut += bytes.size()> 512 ? 7 : 1) {
        const auto part = find_head(bytes.substr(0, cut), bytes_max);
        if (part.size == 0 && !part.fault) continue;
        require(part.size == whole.size && same(part.fault, whole.fault), "a head's end does not depend on its pieces");
    }
}

bool equals_without_case(std::string_view a, std::string_view b) {
    return boost::beast::iequals({a.data(), a.size()}, {b.data(), b.size()});
}

/// The value of a line of the head with that name, by a reader that is as simple as can be: the head has passed.
std::string_view value_in(std::string_view head, std::string_view name, std::size_t& count) {
    std::string_view value;
    count = 0;
    fuzz::each_part(head, '\n', [&](std::string_view line) {
        const auto colon = line.find(':');
        if (colon == std::string_view::npos || !equals_without_case(line.substr(0, colon), name)) return;
        ++count;
        value = line.substr(colon + 1);
        while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
        while (!value.empty() && std::string_view{" \t\r"}.find(value.back()) != std::string_view::npos) {
            value.remove_suffix(1);
        }
    });
    return value;
}

/// Beast may refuse more than we do; what it takes, it has to take alike.
void check_against_beast(std::string_view head) {
    http::request_parser<http::empty_body> parser;
    parser.header_limit(1U << 20U);
    parser.body_limit(boost::none);
    boost::system::error_code failed;
    const auto used = parser.put(boost::asio::buffer(head.data(), head.size()), failed);
    // No room for a body in this parser: it says so once it has the head.
    if (failed && failed != http::error::unexpected_body) return;
    require(failed || used == head.size(), "Beast sees the head end where we do");
    const auto line = head.substr(0, head.find("\r\n"));
    const auto space = line.find(' ');
    const auto target = line.substr(space + 1, line.rfind(' ') - space - 1);
    const auto& read = parser.get();
    const auto method = read.method_string();
    require(std::string_view(method.data(), method.size()) == line.substr(0, space), "the method is the same");
    require(std::string_view(read.target().data(), read.target().size()) == target, "the target is the same");
    std::size_t count = 0;
    const auto coding = value_in(head, "transfer-encoding", count);
    require(count <= 1, "at most one Transfer-Encoding passes");
    require(count == 0 || coding == "chunked", "no coding but chunked passes");
    require(read.chunked() == (count == 1), "chunked is the same");
    const bool chunked = count == 1;
    const auto length = value_in(head, "content-length", count);
    require(count <= 1, "at most one Content-Length passes");
    require(!chunked || count == 0, "never both a coding and a length");
    if (count == 1) {
        const auto& field = read[http::field::content_length];
        require(std::string_view(field.data(), field.size()) == length, "the length is the same");
    }
    const auto host = value_in(head, "host", count);
    require(count == 1 && !host.empty(), "one Host passes, and never none");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto bytes = fuzz::text_of(data, size);
    // The first byte says how long a head may be, so that the bound is met with short inputs too.
    const auto bytes_max = 16 + 64 * fuzz::take_byte(bytes);
    const auto end = find_head(bytes, bytes_max);
    require(end.size == 0 || !end.fault, "a head has an end or a fault, never both");
    require(end.size <= bytes_max && end.size <= bytes.size(), "no head is longer than it may be");
    check_pieces(bytes, bytes_max, end);
    if (end.size == 0) return 0;
    const std::string head{bytes.substr(0, end.size)};
    require(head.ends_with("\r\n\r\n") && head.find("\r\n\r\n") == end.size - 4,
            "a head ends with its first blank line");
    const auto verdict = framing_fault(head);
    require(same(verdict, framing_fault(std::string{head})), "the verdict depends on the bytes alone");
    if (!verdict) check_against_beast(head);
    return 0;
}
