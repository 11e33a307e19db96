// Both take over a socket that listens already, so that nobody has to wait until they do. They keep connections to the
// server open and share them between clients: only so does one client's leftover become the next one's answer.
#include "tests/http/proxy.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <vector>

namespace tideover::testing {
namespace {

int listening_socket(unsigned short& port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    if (::bind(socket, reinterpret_cast<const sockaddr*>(&at), size) != 0 || ::listen(socket, 128) != 0 ||
        ::getsockname(socket, reinterpret_cast<sockaddr*>(&at), &size) != 0) {
        throw std::runtime_error("no port to be had");
    }
    port = ntohs(at.sin_port);
    return socket;
}

std::string haproxy_settings(int socket, unsigned short backend) {
    return "defaults\n"
           "    mode http\n"
           "    timeout client 2s\n"
           "    timeout server 15s\n"
           "    timeout connect 5s\n"
           "    http-reuse always\n"
           "    retries 0\n"
           "frontend front\n"
           "    bind fd@" +
           std::to_string(socket) +
           "\n"
           "    http-request set-header X-Request-Id " +
           proxied_id +
           "%[uuid()]\n"
           "    default_backend back\n"
           "backend back\n"
           "    server tideover 127.0.0.1:" +
           std::to_string(backend) + "\n";
}

std::string nginx_settings(unsigned short port, unsigned short backend) {
    return "daemon off;\nworker_processes 1;\npid nginx.pid;\nerror_log stderr crit;\n"
           "events {}\n"
           "http {\n"
           "    access_log off;\n"
           "    client_header_timeout 2s;\n    client_body_timeout 2s;\n    keepalive_timeout 2s;\n"
           "    client_body_temp_path body;\n    proxy_temp_path proxy;\n    fastcgi_temp_path fastcgi;\n"
           "    uwsgi_temp_path uwsgi;\n    scgi_temp_path scgi;\n"
           "    upstream tideover {\n        server 127.0.0.1:" +
           std::to_string(backend) +
           ";\n        keepalive 4;\n    }\n"
           "    server {\n"
           "        listen 127.0.0.1:" +
           std::to_string(port) +
           ";\n"
           "        location / {\n"
           "            proxy_pass http://tideover;\n"
           "            proxy_http_version 1.1;\n"
           "            proxy_set_header Host $host;\n"
           "            proxy_set_header Connection \"\";\n"
           "            proxy_set_header X-Request-Id " +
           proxied_id +
           "$request_id;\n"
           "            proxy_request_buffering off;\n"
           "            proxy_next_upstream off;\n"
           "            proxy_ignore_client_abort on;\n"
           "        }\n    }\n}\n";
}

void write_file(const std::string& path, const std::string& text) {
    std::ofstream{path} << text;
}

}  // namespace

Proxy::Proxy(Kind kind, unsigned short backend) {
    std::string made = "/tmp/tideover-proxy-XXXXXX";
    if (::mkdtemp(made.data()) == nullptr) throw std::runtime_error("no folder for a proxy");
    folder_ = made;
    ::chmod(folder_.c_str(), 0711);  // nginx's worker is another user, where we are root
    const int socket = listening_socket(port_);
    const bool haproxy = kind == Kind::haproxy;
    write_file(folder_ + "/settings", haproxy ? haproxy_settings(socket, backend) : nginx_settings(port_, backend));
    const std::string program = haproxy ? "/usr/sbin/haproxy" : "/usr/sbin/nginx";
    if (::access(program.c_str(), X_OK) != 0) throw std::runtime_error(program + " is missing: see tools/packages");
    std::vector<std::string> words{program};
    if (haproxy) {
        for (const auto* word : {"-db", "-q", "-f"}) words.emplace_back(word);
        words.push_back(folder_ + "/settings");
    } else {
        for (const auto* word : {"-p", folder_.c_str(), "-e", "stderr", "-c", "settings"}) words.emplace_back(word);
    }
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_ = ::fork();
    if (pid_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        const int log = ::open((folder_ + "/log").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        ::dup2(log, STDOUT_FILENO);
        ::dup2(log, STDERR_FILENO);
        if (!haproxy) ::setenv("NGINX", (std::to_string(socket) + ";").c_str(), 1);  // sockets that it inherits
        ::execv(arguments[0], arguments.data());
        ::_exit(127);
    }
    ::close(socket);
}

Proxy::~Proxy() {
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

}  // namespace tideover::testing
