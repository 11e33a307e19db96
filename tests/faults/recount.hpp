// The figures counted once more, by a program that knows only their definitions, the ledger and who was merged.
#pragma once

#include <map>
#include <pqxx/pqxx>
#include <string>
#include <vector>

namespace tideover::faults {

/// What is wrong: with the published figures, with entries that no record stands behind, or with a sealed answer that
/// is no longer the bytes it was. `seals`: instant to SHA-256 of the answer then.
[[nodiscard]] std::vector<std::string> recount(pqxx::nontransaction& session, unsigned short port,
                                               const std::string& authorization,
                                               const std::map<std::string, std::string>& seals);

}  // namespace tideover::faults
