// token: makes, lists and revokes bearer tokens at the command line.
#include <iostream>
#include <memory>

#include "db/access/tokens.hpp"
#include "server/cli/cli.hpp"

namespace tideover::cli {
namespace {

struct Token {
    db::tokens::Wanted wanted;
    std::string role = "helpline", id;
    bool demo = false;
};

int create_token(const Common& common, Token& options) {
    const auto role = role_named(options.role);
    if (!role || *role == Role::everyone) {
        std::cerr << "there is no role '" << options.role
                  << "': use helpline, grants_officer, grants_approver, finance, partner, auditor or admin\n";
        return 2;
    }
    if ((*role == Role::partner) == options.wanted.partner.empty()) {
        std::cerr << "role partner needs --partner CODE, and no other role takes it\n";
        return 2;
    }
    options.wanted.role = *role;
    options.wanted.authority = common.config.authority;
    if (options.wanted.staff_key.empty()) options.wanted.staff_key = options.wanted.staff_name;
    auto connection = owner(common);
    std::cout << db::tokens::create(connection, options.wanted) << "\n";
    return 0;
}

int list_tokens(const Common& common) {
    auto connection = owner(common);
    for (const auto& token : db::tokens::list(connection, common.config.authority)) {
        std::cout << token.id << "\t" << token.role << "\t" << token.partner << "\t" << token.staff << "\t"
                  << token.created_at << "\t" << (token.revoked_at == "-" ? "holds" : "revoked " + token.revoked_at)
                  << "\n";
    }
    return 0;
}

int revoke_token(const Common& common, const Token& options) {
    auto connection = owner(common);
    if (options.demo) {
        db::tokens::revoke_demo(connection, common.config.authority);
        return 0;
    }
    if (db::tokens::revoke(connection, common.config.authority, options.id)) {
        std::cout << "revoked\n";
        return 0;
    }
    std::cerr << "no token of that id holds: tideoverd token list shows them\n";
    return 1;
}

}  // namespace

void define_token(CLI::App& app, Common& common, int& code) {
    auto options = std::make_shared<Token>();
    auto* token = app.add_subcommand("token", "Make, list and revoke bearer tokens")->require_subcommand(1);
    auto* create = token->add_subcommand("create", "Make a token and print it, once");
    create
        ->add_option("--role", options->role,
                     "helpline, grants_officer, grants_approver, finance, partner, auditor, admin")
        ->required();
    create->add_option("--name", options->wanted.staff_name, "The member of staff, by name")->required();
    create->add_option("--staff", options->wanted.staff_key,
                       "What tells this person from all others (default: the name)");
    create->add_option("--partner", options->wanted.partner, "The organisation's code, for role partner");
    create->add_flag("--demo", options->wanted.demo, "A demo token, which holds on loopback only");
    create->callback([&common, &code, options] { code = create_token(common, *options); });
    token->add_subcommand("list", "List tokens, without their secrets")->callback([&common, &code] {
        code = list_tokens(common);
    });
    auto* revoke = token->add_subcommand("revoke", "Revoke a token, or all demo tokens, at once");
    auto* id = revoke->add_option("id", options->id, "From token list");
    auto* demo = revoke->add_flag("--demo", options->demo, "All demo tokens");
    id->excludes(demo);
    revoke->callback([&common, &code, options] {
        if (options->id.empty() && !options->demo) throw CLI::RequiredError("an id, or --demo");
        code = revoke_token(common, *options);
    });
}

}  // namespace tideover::cli
