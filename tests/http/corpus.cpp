// Reading the corpus, and answers one after the other.
#include "tests/http/corpus.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string_view>
#include <thread>

#include "tests/support/raw_connection.hpp"
#include "tests/support/root.hpp"

namespace tideover::testing {
namespace {

constexpr const char* get = "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

RawAnswer read_answer(std::string_view& text) {
    const auto end = text.find("\r\n\r\n");
    if (!text.starts_with("HTTP/1.") || end == std::string_view::npos) {
        text = {};
        return {};
    }
    std::istringstream head{std::string{text.substr(0, end)}};
    RawAnswer answer;
    std::size_t length = 0;
    std::string line;
    std::getline(head, line);
    answer.status = std::stoi(line.substr(9, 3));
    while (std::getline(head, line)) {
        const auto colon = line.find(':');
        const auto name = lower(line.substr(0, colon));
        auto value = line.substr(colon + 2);
        if (value.ends_with('\r')) value.pop_back();
        if (name == "content-length") length = std::stoul(value);
        if (name == "x-request-id") answer.request_id = value;
        if (name == "connection") answer.closes = lower(value) == "close";
    }
    text.remove_prefix(end + 4);
    // The answer to a HEAD states a length and has no body.
    if (!text.starts_with("HTTP/1.")) text.remove_prefix(std::min(length, text.size()));
    return answer;
}

std::string unescaped(std::string_view text, const std::map<std::string, std::string>& names) {
    static const std::map<char, char> escapes{{'r', '\r'}, {'n', '\n'}, {'t', '\t'}, {'0', '\0'}, {'\\', '\\'}};
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && text.substr(i + 1, 1) == "x") {
            out += static_cast<char>(std::stoi(std::string{text.substr(i + 2, 2)}, nullptr, 16));
            i += 3;
        } else if (text[i] == '\\') {
            out += escapes.at(text[++i]);
        } else if (text[i] == '{') {
            const auto inner = text.substr(i + 1, text.find('}', i) - i - 1);
            const auto star = inner.find('*');
            if (star == std::string_view::npos) {
                out += names.at(std::string{inner});
            } else {
                const auto part = unescaped(inner.substr(star + 1), names);
                for (auto left = std::stoi(std::string{inner.substr(0, star)}); left > 0; --left) out += part;
            }
            i += inner.size() + 1;
        } else {
            out += text[i];
        }
    }
    return out;
}

}  // namespace

bool is_framing_refusal(int status) {
    return status == 400 || status == 413 || status == 431;
}

bool Vector::sound() const {
    return !statuses.empty() && std::none_of(statuses.begin(), statuses.end(), is_framing_refusal);
}

bool Vector::asks_to_close() const {
    return bytes.ends_with(get);
}

std::vector<Vector> read_corpus(const std::string& token) {
    const std::map<std::string, std::string> names{
        {"host", "Host: 127.0.0.1\r\n"},
        {"token", token},
        {"get", get},
    };
    std::ifstream in{testing::root() + "/tests/http/corpus.txt"};
    std::vector<Vector> out;
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line.starts_with('#')) continue;
        const auto first = line.find(" | "), second = line.find(" | ", first + 3);
        if (second == std::string::npos) throw std::runtime_error("corpus.txt: " + line);
        Vector vector{
            .name = line.substr(0, first), .statuses = {}, .bytes = unescaped(line.substr(second + 3), names)};
        std::istringstream statuses{line.substr(first + 3, second - first - 3)};
        for (int status = 0; statuses >> status;) vector.statuses.push_back(status);
        out.push_back(std::move(vector));
    }
    return out;
}

std::vector<RawAnswer> call(unsigned short port, const std::string& bytes, bool ends) {
    const RawConnection line{port};
    // An answer may come before all is sent: somebody has to take it meanwhile.
    std::thread sender{[&] {
        line.send(bytes);
        if (ends) line.end();
    }};
    const auto text = line.rest();
    sender.join();
    return read_answers(text);
}

std::vector<RawAnswer> read_answers(const std::string& text) {
    std::vector<RawAnswer> out;
    for (std::string_view left = text; !left.empty();) out.push_back(read_answer(left));
    return out;
}

}  // namespace tideover::testing
