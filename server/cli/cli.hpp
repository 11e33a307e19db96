// The verbs of tideoverd, each in a file of its own, and what all of them are told.
#pragma once

#include <CLI/CLI.hpp>
#include <array>
#include <stdexcept>
#include <string>

#include "db/core/connection.hpp"
#include "domain/core/noun.hpp"
#include "server/api/config.hpp"

namespace tideover::cli {

/// The options that stand before or after any verb.
struct Common {
    Config config;
    std::string owner_database, audit_key;
};

/// A connection with the owner's login, for what may take minutes.
[[nodiscard]] db::Connection owner(const Common& common);

/// What somebody gave cannot be used: exit code 2.
struct Unusable : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The whole of a file. Throws Unusable where it cannot be read.
[[nodiscard]] std::string text_of(const std::string& file);

/// The kind of record of that name. Throws Unusable, with the names that there are.
[[nodiscard]] const Noun& noun_called(const std::string& name);

/// Adds a verb; when it is called, its exit code is in `code`.
using Define = void (*)(CLI::App& app, Common& common, int& code);

void define_migrate(CLI::App& app, Common& common, int& code);
void define_serve(CLI::App& app, Common& common, int& code);
void define_token(CLI::App& app, Common& common, int& code);
void define_audit(CLI::App& app, Common& common, int& code);
void define_council(CLI::App& app, Common& common, int& code);
void define_verify(CLI::App& app, Common& common, int& code);
void define_sql(CLI::App& app, Common& common, int& code);
void define_scaffold(CLI::App& app, Common& common, int& code);
void define_openapi(CLI::App& app, Common& common, int& code);

inline constexpr std::array<Define, 9> verbs{define_migrate, define_serve,    define_token,
                                             define_audit,   define_council,  define_verify,
                                             define_sql,     define_scaffold, define_openapi};

}  // namespace tideover::cli
