// Extending and checking use the same `head_of`, on lines that come from the same statements.
#include "db/audit/audit_chain.hpp"

#include <algorithm>

#include "db/core/ids.hpp"
#include "db/verify/verify.hpp"

namespace tideover::db::audit_chain {
namespace {

const Query audit_lines{"chain_audit", R"(
SELECT id, wire(at), actor, token_id, action, record_kind, record_id, version, reason, before::text, request_id
FROM audit WHERE authority_id = $1 AND id > $2::bigint AND id <= $3::bigint ORDER BY id LIMIT $4::bigint)"};

const Query ledger_lines{"chain_ledger", R"(
(SELECT seq, 'entry', id, measure, quantity, subject_id, dims::text, to_char(happened_on, 'YYYY-MM-DD'),
        wire(recorded_at), record_kind, record_id, cause, corrects, request_id, actor, NULL::uuid, NULL::boolean
 FROM entry WHERE authority_id = $1 AND seq > $2::bigint AND seq <= $3::bigint ORDER BY seq LIMIT $4::bigint)
UNION ALL
(SELECT seq, 'merge_link', from_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, into_id,
        linked
 FROM merge_link WHERE authority_id = $1 AND seq > $2::bigint AND seq <= $3::bigint ORDER BY seq LIMIT $4::bigint)
ORDER BY seq LIMIT $4::bigint)"};

constexpr std::string_view link_columns =
    "number, wire(at), audit_upto, audit_lines, ledger_upto, ledger_lines, encode(head, 'hex')";

const Query newest_link{"chain_newest", "SELECT " + std::string{link_columns} +
                                            " FROM audit_link WHERE authority_id = $1 ORDER BY number DESC LIMIT 1"};

const Query next_links{"chain_links", "SELECT " + std::string{link_columns} +
                                          " FROM audit_link WHERE authority_id = $1 AND number > $2::bigint "
                                          "ORDER BY number LIMIT $3::bigint"};

// A twin that was quicker has added the same link.
const Query add_link{"chain_add", R"(
INSERT INTO audit_link (authority_id, number, at, audit_upto, audit_lines, ledger_upto, ledger_lines, head)
VALUES ($1, $2::bigint, $3::timestamptz, $4::bigint, $5::bigint, $6::bigint, $7::bigint, decode($8, 'hex'))
ON CONFLICT DO NOTHING)"};

Link link_of(const pqxx::row& row) {
    return {row[0].as<std::int64_t>(), row[1].as<std::string>(),  row[2].as<std::int64_t>(), row[3].as<std::int64_t>(),
            row[4].as<std::int64_t>(), row[5].as<std::int64_t>(), row[6].as<std::string>()};
}

std::vector<Values> lines(Connection& connection, const Query& query, const std::string& authority, std::int64_t after,
                          std::int64_t upto, std::int64_t limit) {
    std::vector<Values> out;
    for (const auto& row :
         connection.run(query, {authority, std::to_string(after), std::to_string(upto), std::to_string(limit)})) {
        auto& line = out.emplace_back();
        for (const auto& value : row) {
            line.push_back(value.is_null() ? std::nullopt : std::optional{value.as<std::string>()});
        }
    }
    return out;
}

std::string digest(const std::vector<Values>& some) {
    Values bytes;
    for (const auto& line : some) bytes.emplace_back(canonical_bytes(line));
    return ids::sha256_hex(canonical_bytes(bytes));
}

std::int64_t number_of(const Values& line) {
    return std::stoll(line.front().value());
}

std::string range(std::int64_t after, std::int64_t upto) {
    if (after == upto) return "none";
    return std::to_string(after + 1) + " to " + std::to_string(upto);
}

/// What is wrong with the lines of one kind behind a link, or nothing.
std::string wrong_number(std::string_view kind, std::int64_t said, std::size_t there) {
    if (said == static_cast<std::int64_t>(there)) return {};
    return "it was made over " + std::to_string(said) + " lines of the " + std::string{kind} + ", and " +
           (static_cast<std::int64_t>(there) > said ? "more" : std::to_string(there)) + " stand there";
}

/// What is wrong with a link that follows `former`, or nothing.
std::string wrong(const std::string& authority, const Source& source, const Link& former, const Link& link) {
    const auto audit_said = link.audit_lines - former.audit_lines,
               ledger_said = link.ledger_lines - former.ledger_lines;
    const auto limit = [](std::int64_t said) { return std::clamp<std::int64_t>(said, 0, link_lines_max) + 1; };
    const auto audit = source.audit(former.audit_upto, link.audit_upto, limit(audit_said));
    const auto ledger = source.ledger(former.ledger_upto, link.ledger_upto, limit(ledger_said));
    if (auto found = wrong_number("audit", audit_said, audit.size()); !found.empty()) return found;
    if (auto found = wrong_number("ledger", ledger_said, ledger.size()); !found.empty()) return found;
    if (head_of(authority, former, link, audit, ledger) == link.head) return {};
    return "its head is not that of audit lines " + range(former.audit_lines, link.audit_lines) + ", ledger lines " +
           range(former.ledger_lines, link.ledger_lines) + " and the link before it";
}

}  // namespace

std::string head_of(const std::string& authority, const Link& former, const Link& link,
                    const std::vector<Values>& audit, const std::vector<Values>& ledger) {
    return ids::sha256_hex(canonical_bytes({"tideover-link-1", authority, std::to_string(link.number), link.at,
                                            std::to_string(link.audit_upto), std::to_string(link.audit_lines),
                                            std::to_string(link.ledger_upto), std::to_string(link.ledger_lines),
                                            former.head, digest(audit), digest(ledger)}));
}

Link newest(Connection& connection, const std::string& authority) {
    const auto found = connection.run(newest_link, {authority});
    return found.empty() ? Link{} : link_of(found[0]);
}

Link newest(Tx& tx) {
    const auto found = tx.run(newest_link, {tx.authority()});
    return found.empty() ? Link{} : link_of(found[0]);
}

void extend(Connection& connection, const std::string& authority, const Ends& ends, int lines_max) {
    static const Query clock{"chain_clock", "SELECT wire(clock_timestamp())"};
    if (ends.audit == nowhere) return;
    for (auto former = newest(connection, authority);;) {
        const auto audit = lines(connection, audit_lines, authority, former.audit_upto, ends.audit, lines_max);
        const auto ledger = lines(connection, ledger_lines, authority, former.ledger_upto, ends.ledger, lines_max);
        if (audit.empty() && ledger.empty()) return;
        auto link = former;
        link.number += 1;
        link.at = connection.run(clock, {})[0][0].as<std::string>();
        link.audit_lines += static_cast<std::int64_t>(audit.size());
        link.ledger_lines += static_cast<std::int64_t>(ledger.size());
        if (!audit.empty()) link.audit_upto = number_of(audit.back());
        if (!ledger.empty()) link.ledger_upto = number_of(ledger.back());
        link.head = head_of(authority, former, link, audit, ledger);
        const auto added =
            connection.run(add_link, {authority, std::to_string(link.number), link.at, std::to_string(link.audit_upto),
                                      std::to_string(link.audit_lines), std::to_string(link.ledger_upto),
                                      std::to_string(link.ledger_lines), link.head});
        if (added.affected_rows() == 0) return;
        former = link;
    }
}

Verdict check(const std::string& authority, const Source& source, const std::optional<Kept>& kept) {
    Verdict verdict;
    bool met = !kept;
    constexpr int links_at_once = 1000;
    for (;;) {
        const auto links = source.links(verdict.last.number, links_at_once);
        for (const auto& link : links) {
            if (link.number != verdict.last.number + 1) {
                verdict.faults.push_back(
                    {link.number, "the links before it are not there: " + range(verdict.last.number, link.number - 1)});
            }
            if (auto detail = wrong(authority, source, verdict.last, link); !detail.empty()) {
                verdict.faults.push_back({link.number, std::move(detail)});
            }
            if (kept && link.number == kept->number) {
                met = true;
                if (link.head != kept->head) {
                    verdict.faults.push_back({link.number, "its head is not the one that was kept elsewhere"});
                }
            }
            verdict.last = link;
        }
        if (static_cast<int>(links.size()) < links_at_once) break;
    }
    if (!met) {
        verdict.faults.push_back(
            {kept->number, "it was kept elsewhere, and the chain ends at link " + std::to_string(verdict.last.number)});
    }
    return verdict;
}

Verdict check(Connection& connection, const std::string& authority, const std::optional<Kept>& kept) {
    const Snapshot snapshot{connection};
    const auto from = [&](const Query& query) {
        return [&connection, &authority, &query](std::int64_t after, std::int64_t upto, std::int64_t limit) {
            return lines(connection, query, authority, after, upto, limit);
        };
    };
    const auto links = [&](std::int64_t after, int limit) {
        std::vector<Link> out;
        for (const auto& row : connection.run(next_links, {authority, std::to_string(after), std::to_string(limit)})) {
            out.push_back(link_of(row));
        }
        return out;
    };
    return check(authority, Source{links, from(audit_lines), from(ledger_lines)}, kept);
}

}  // namespace tideover::db::audit_chain
