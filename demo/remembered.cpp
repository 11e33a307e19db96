// Reads the file of what was played, and replaces it whole.
#include "demo/remembered.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "demo/stopped.hpp"

namespace tideover::year {

std::optional<Remembered> recall(const std::string& file) {
    std::ifstream in{file};
    if (!in) return std::nullopt;
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    const auto json = nlohmann::json::parse(text, nullptr, false);
    try {
        return Remembered{json.at("seed").get<std::uint64_t>(), json.value("known_at", ""),
                          json.value("completed", false)};
    } catch (const nlohmann::json::exception&) {
        throw Stopped("the state file " + file + " is damaged; remove it to record the year again");
    }
}

void remember(const std::string& file, const Remembered& what) {
    const auto text =
        nlohmann::json{{"seed", what.seed}, {"known_at", what.known_at}, {"completed", what.completed}}.dump() + "\n";
    const auto draft = file + ".new";
    const int out = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const bool written =
        out >= 0 && ::write(out, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(out) == 0;
    const int why = errno;
    if (out >= 0) ::close(out);
    if (!written) throw Stopped("the state file " + draft + " cannot be written: " + std::strerror(why));
    if (std::rename(draft.c_str(), file.c_str()) != 0) {
        throw Stopped("the state file " + file + " cannot be replaced: " + std::strerror(errno));
    }
}

}  // namespace tideover::year
