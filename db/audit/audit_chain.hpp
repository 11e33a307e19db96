// The chain over the audit and the ledger: extended at each seal, checked against what stands there.
//
// A line's bytes are its values, by domain/core/canonical.hpp, in the order of the statements in audit_chain.cpp. A
// link's head is the SHA-256 of the values "tideover-link-1", authority, number, at, audit_upto, audit_lines,
// ledger_upto, ledger_lines, the head of the link before it (64 zeros before the first), and the SHA-256 over its audit
// lines and over its ledger lines (each line's bytes as one value). Digests are in lower-case hex, instants as the API
// has them.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "db/core/transaction.hpp"
#include "domain/core/canonical.hpp"

namespace tideover::db::audit_chain {

inline constexpr std::int64_t nowhere = std::numeric_limits<std::int64_t>::min();
inline constexpr int link_lines_max = 1000;  // of the audit, and of the ledger

/// How far the ledger and the audit reached at a moment when no writer was under way.
struct Ends {
    std::int64_t ledger = nowhere, audit = nowhere;
};

struct Link {
    std::int64_t number = 0;
    std::string at{};
    std::int64_t audit_upto = nowhere, audit_lines = 0;
    std::int64_t ledger_upto = nowhere, ledger_lines = 0;
    std::string head = std::string(64, '0');
};

/// The head of `link`, which follows `former` over these lines.
[[nodiscard]] std::string head_of(const std::string& authority, const Link& former, const Link& link,
                                  const std::vector<Values>& audit, const std::vector<Values>& ledger);

/// The newest link; number 0 where there is none.
[[nodiscard]] Link newest(Connection& connection, const std::string& authority);
[[nodiscard]] Link newest(Tx& tx);

/// Chains every line up to `ends` that is not chained yet, at most `lines_max` of each kind in a link. Safe to run
/// beside writers and beside another server that does the same.
void extend(Connection& connection, const std::string& authority, const Ends& ends, int lines_max = link_lines_max);

/// Where a check takes links and lines from. Lines are those numbered above `after` and up to `upto`, in order; the
/// first value of a line is its number.
struct Source {
    using Lines = std::function<std::vector<Values>(std::int64_t after, std::int64_t upto, std::int64_t limit)>;
    std::function<std::vector<Link>(std::int64_t after_number, int limit)> links;
    Lines audit, ledger;
};

/// What somebody kept elsewhere: that the chain once had this link.
struct Kept {
    std::int64_t number = 0;
    std::string head{};
};

struct Fault {
    std::int64_t link;
    std::string detail;
};

struct Verdict {
    Link last{};  // how far the chain reaches
    std::vector<Fault> faults{};
};

/// Reads the chain from its first link and recomputes every head. Every edit, removal, insertion or exchange of lines
/// behind a link, and of links, is a fault; that a whole chain was made anew, or cut off with its lines, shows against
/// `kept` only.
[[nodiscard]] Verdict check(const std::string& authority, const Source& source, const std::optional<Kept>& kept);

/// The same over a database, in one snapshot.
[[nodiscard]] Verdict check(Connection& connection, const std::string& authority, const std::optional<Kept>& kept);

}  // namespace tideover::db::audit_chain
