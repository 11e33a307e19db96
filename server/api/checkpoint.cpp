// Writes, signs and reads checkpoints.
#include "server/api/checkpoint.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace tideover {
namespace {

std::string signed_bytes(const Checkpoint& checkpoint) {
    const auto& link = checkpoint.link;
    return canonical_bytes({"tideover-checkpoint-1", checkpoint.authority, std::to_string(link.number), link.at,
                            std::to_string(link.audit_lines), std::to_string(link.ledger_lines), link.head});
}

}  // namespace

Checkpoint checkpoint_of(const std::string& authority, const db::audit_chain::Link& link, const db::SigningKey& key) {
    Checkpoint out{authority, link, key.public_key(), {}};
    out.signature = key.signature(signed_bytes(out));
    return out;
}

bool holds(const Checkpoint& checkpoint) {
    return db::signature_holds(checkpoint.public_key, signed_bytes(checkpoint), checkpoint.signature);
}

std::string to_json(const Checkpoint& checkpoint) {
    const auto& link = checkpoint.link;
    const nlohmann::ordered_json out{{"authority", checkpoint.authority},
                                     {"link", link.number},
                                     {"at", link.at},
                                     {"audit_lines", link.audit_lines},
                                     {"ledger_lines", link.ledger_lines},
                                     {"head", link.head},
                                     {"public_key", checkpoint.public_key},
                                     {"signature", checkpoint.signature}};
    return out.dump();
}

Checkpoint read_checkpoint(std::string_view text) {
    try {
        const auto json = nlohmann::json::parse(text);
        Checkpoint out;
        json.at("authority").get_to(out.authority);
        json.at("link").get_to(out.link.number);
        json.at("at").get_to(out.link.at);
        json.at("audit_lines").get_to(out.link.audit_lines);
        json.at("ledger_lines").get_to(out.link.ledger_lines);
        json.at("head").get_to(out.link.head);
        json.at("public_key").get_to(out.public_key);
        json.at("signature").get_to(out.signature);
        return out;
    } catch (const nlohmann::json::exception&) {
        throw std::runtime_error("the file is no checkpoint: give one as ./tideover audit checkpoint printed it");
    }
}

}  // namespace tideover
