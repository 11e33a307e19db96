// audit: the public key, checkpoints to keep elsewhere, and the proof that nothing was changed.
#include <algorithm>
#include <iostream>
#include <memory>

#include "server/api/checkpoint.hpp"
#include "server/cli/cli.hpp"

namespace tideover::cli {
namespace {

int audit_key(const Common& common) {
    if (common.audit_key.empty()) {
        std::cerr << "no file is named for the signing key: --audit-key FILE\n";
        return 2;
    }
    std::cout << db::SigningKey::in_file(common.audit_key).public_key() << "\n";
    return 0;
}

int audit_checkpoint(const Common& common) {
    if (common.audit_key.empty()) return audit_key(common);
    auto connection = owner(common);
    const auto link = db::audit_chain::newest(connection, common.config.authority);
    std::cout << to_json(checkpoint_of(common.config.authority, link, db::SigningKey::in_file(common.audit_key)))
              << "\n";
    return 0;
}

/// The checkpoint of a file that was kept elsewhere, if it is one of ours.
db::audit_chain::Kept kept_in(const Common& common, const std::string& file) {
    const auto checkpoint = read_checkpoint(text_of(file));
    if (!holds(checkpoint)) throw std::runtime_error("the checkpoint's signature does not hold: it was changed");
    if (checkpoint.authority != common.config.authority) {
        throw std::runtime_error("the checkpoint is of authority " + checkpoint.authority);
    }
    return {checkpoint.link.number, checkpoint.link.head};
}

int audit_verify(const Common& common, const std::string& file) {
    constexpr std::size_t shown_max = 20;
    std::optional<db::audit_chain::Kept> kept;
    if (!file.empty()) kept = kept_in(common, file);
    auto connection = owner(common);
    const auto verdict = db::audit_chain::check(connection, common.config.authority, kept);
    for (std::size_t i = 0; i < std::min(verdict.faults.size(), shown_max); ++i) {
        std::cout << "link " << verdict.faults[i].link << ": " << verdict.faults[i].detail << "\n";
    }
    std::cout << "audit: " << verdict.last.number << " links over " << verdict.last.audit_lines << " audit and "
              << verdict.last.ledger_lines << " ledger lines, " << verdict.faults.size() << " faults\n";
    return verdict.faults.empty() ? 0 : 1;
}

}  // namespace

void define_audit(CLI::App& app, Common& common, int& code) {
    auto checkpoint = std::make_shared<std::string>();
    auto* audit =
        app.add_subcommand("audit", "Prove that what was audited and counted was not changed")->require_subcommand(1);
    audit->add_subcommand("key", "Print the public key; the first time, make it")->callback([&common, &code] {
        code = audit_key(common);
    });
    audit->add_subcommand("checkpoint", "Print how far the chain reaches, signed: keep it elsewhere")
        ->callback([&common, &code] { code = audit_checkpoint(common); });
    auto* verb = audit->add_subcommand("verify", "Recompute the chain from its first link");
    verb->add_option("--checkpoint", *checkpoint, "Also compare with one that was kept elsewhere")
        ->check(CLI::ExistingFile);
    verb->callback([&common, &code, checkpoint] { code = audit_verify(common, *checkpoint); });
}

}  // namespace tideover::cli
