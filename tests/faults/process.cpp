// fork, exec, wait.
#include "tests/faults/process.hpp"

#include <fcntl.h>
#include <grp.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <thread>

namespace tideover::faults {
namespace {

[[noreturn]] void become(const Launch& launch, int out) {
    const int log = ::open(launch.log.empty() ? "/dev/null" : launch.log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    ::dup2(launch.read_first_line ? out : log, STDOUT_FILENO);
    ::dup2(log, STDERR_FILENO);
    if (launch.user != 0 &&
        (::setgroups(0, nullptr) != 0 || ::setgid(launch.group) != 0 || ::setuid(launch.user) != 0)) {
        ::_exit(126);
    }
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // nothing of ours outlives the thread that started it
    for (const auto& [name, value] : launch.environment) ::setenv(name.c_str(), value.c_str(), 1);
    std::vector<char*> words;
    for (const auto& word : launch.words) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    ::execvp(words[0], words.data());
    ::_exit(127);
}

}  // namespace

Process::Process(const Launch& launch) {
    std::array<int, 2> out{};
    if (::pipe2(out.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    pid_ = ::fork();
    if (pid_ < 0) throw std::runtime_error("no process");
    if (pid_ == 0) become(launch, out[1]);
    ::close(out[1]);
    if (launch.read_first_line) {
        for (char c = 0; ::read(out[0], &c, 1) == 1 && c != '\n';) line_ += c;
    }
    ::close(out[0]);
}

Process::Process(Process&& other) noexcept : pid_(std::exchange(other.pid_, -1)), line_(std::move(other.line_)) {}

Process& Process::operator=(Process&& other) noexcept {
    if (this != &other) {
        Process gone{std::move(*this)};
        pid_ = std::exchange(other.pid_, -1);
        line_ = std::move(other.line_);
    }
    return *this;
}

Process::~Process() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
}

void Process::signal(int number) const {
    if (pid_ > 0) ::kill(pid_, number);
}

std::optional<int> Process::wait(std::chrono::milliseconds patience) {
    int status = 0;
    if (!eventually(patience, [&] { return ::waitpid(pid_, &status, WNOHANG) == pid_; })) return std::nullopt;
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

void pause_for(std::chrono::milliseconds time) {
    std::this_thread::sleep_for(time);
}

}  // namespace tideover::faults
