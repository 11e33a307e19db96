// What the API is told when it starts: its database, its council, its keys.
#pragma once

#include <optional>
#include <string>

#include "db/access/sealed_secrets.hpp"
#include "db/audit/signing_key.hpp"

namespace tideover {

struct Config {
    std::string database;
    int database_connections = 12;
    int public_connections = 4;  // for those without a token, where a route may count everything there is, …
    double public_share = 0.25;  // … counting for so much of the time, one after the other
    int file_connections = 2;    // for whole lists
    int upload_connections = 2;  // for files that come
    std::string spool_folder = "/var/tmp";  // where these wait until they are sent
    std::string authority = "E08000007";    // whom requests without a token are answered for
    std::string address{};                  // where people reach it: "http://127.0.0.1:8080"
    int dear_request = 10;  // what a request counts for that may count everything, or whose token is not known
    bool loopback = true;   // demo tokens hold only then
    std::optional<db::SigningKey> signing_key{};  // of the audit's checkpoints
    db::SealingKey sealing_key{};                 // of secrets that a repeat shows again
};

}  // namespace tideover
