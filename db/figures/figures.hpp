// The figures: each headline's value as at a day, as known at a seal or live, with its evidence.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "db/core/page.hpp"
#include "db/core/transaction.hpp"

namespace tideover::db::figures {

/// What the council said; only headlines with a claim are judged.
struct Claim {
    std::string text;
    std::string comparator;
    std::int64_t value = 0;
    std::int64_t precision = 0;
    std::string precision_basis;
    std::string pair;
};

struct Headline {
    std::string code, title, unit, aggregate, measure, filter, meaning, from, as_at, beside, included_in;
    bool rolling = false;  // it has no day of its own: `as_at` is the day as on which it is known
    int definition_version = 1;
    std::string definition{};                           // what its folded totals are kept under
    std::optional<std::int64_t> folded_from{};          // the fold from which on there are any; nothing: none yet
    std::optional<std::int64_t> periods_folded_from{};  // and the one from which on they know its periods
    std::optional<Claim> claim{};

    /// Whether it is a figure of its own, with or without a claim, and not shown beside another.
    [[nodiscard]] bool by_itself() const { return beside.empty(); }
};

/// A headline's value for the day asked for, and up to today.
struct Figure {
    Headline headline;
    std::string as_at;  // the day the value is for
    std::int64_t value = 0;
    std::int64_t provisional = 0;  // still inside the bank's return window
    std::int64_t live = 0;
    std::int64_t entries = 0;
    std::string digest;
};

/// Where in the ledger an answer stands.
struct Knowledge {
    std::string known_at;     // the seal's instant, or the moment of the snapshot
    bool sealed = false;      // the answer is exactly that of a seal
    std::int64_t seq = 0;     // the ledger's end for this answer
    std::int64_t folded = 0;  // up to where the totals are folded
};

/// The seal at or before `known_at`, or where the ledger ends in this snapshot. Nothing where there is no
/// seal that early.
[[nodiscard]] std::optional<Knowledge> resolve(Tx& tx, const std::optional<std::string>& known_at);

/// All figures of the authority, in order. `as_at`: for that day instead of each claim's own.
[[nodiscard]] std::vector<Figure> all(Tx& tx, const Knowledge& knowledge, const std::optional<std::string>& as_at);

/// The same by a plain count over the entries and merges, without any folded total: for tests and verify.
[[nodiscard]] std::vector<std::pair<std::string, std::int64_t>> recount(Tx& tx, const Knowledge& knowledge);

/// The least and greatest amount of each scheme that pays, in pence, for the plausibility of means.
struct SchemeRange {
    std::string scheme;
    std::int64_t least = 0;
    std::int64_t most = 0;
};
[[nodiscard]] std::vector<SchemeRange> scheme_ranges(Tx& tx);

/// The way from one answer to a later one: opening + late records + corrections + merges = closing.
struct Bridge {
    Knowledge opening_at, closing_at;
    std::int64_t opening = 0, late_records = 0, corrections = 0, merges = 0, closing = 0;
};
[[nodiscard]] Bridge bridge(Tx& tx, const Headline& headline, const Knowledge& opening, const Knowledge& closing,
                            const std::string& as_at);

/// One page of the entries behind a figure, each with its record; `next` is the seq to go on from.
[[nodiscard]] Listed records(Tx& tx, const Headline& headline, const Knowledge& knowledge, const std::string& as_at,
                             const std::string& after, int limit);

/// One page of the subjects that a figure counts (or whose quantities it sums), as JSON, by id.
[[nodiscard]] Listed subjects(Tx& tx, const Headline& headline, const Knowledge& knowledge, const std::string& as_at,
                              const std::string& after, int limit);

/// What figures depend on besides the ledger, as one short text: definitions, what schemes pay, bank holidays, the day.
[[nodiscard]] std::string definitions(Tx& tx);

/// A figure of the days from its first to `as_at`, counted plainly.
[[nodiscard]] std::int64_t counted_plainly(Tx& tx, const Headline& headline, const Knowledge& knowledge,
                                           const std::string& as_at);

/// A figure as it is defined now; nothing where the authority has none of that code.
[[nodiscard]] std::optional<Headline> find(Tx& tx, const std::string& code);
/// As it was defined where that answer stands; one that was defined later, as it is now.
[[nodiscard]] std::optional<Headline> find(Tx& tx, const std::string& code, const Knowledge& knowledge);

}  // namespace tideover::db::figures
