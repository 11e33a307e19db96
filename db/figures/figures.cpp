// Figures: folded totals up to the fold, and the short tail after it, in one snapshot.
#include "db/figures/figures.hpp"

#include <limits>
#include <map>

#include "db/core/ids.hpp"
#include "db/figures/counting.hpp"
#include "domain/core/day.hpp"

namespace tideover::db::figures {
namespace {

constexpr int return_window_working_days = 5;  // ARUCS: funds come back no later than day 5

const Query headline_rows{"figures_headlines", R"(
SELECT figure, title, unit, aggregate, measure, filter::text, meaning, from_day::text,
       coalesce(as_at, greatest($3::date, from_day))::text,
       coalesce(beside, ''), coalesce(included_in, ''), definition_version, claim_text, comparator, claim_value,
       precision, coalesce(precision_basis, ''), coalesce(pair, ''), code, folded_from, as_at IS NULL,
       periods_folded_from
FROM headline
WHERE authority_id = $1 AND seq <= $2::bigint AND coalesce(superseded_seq > $2::bigint, true)
ORDER BY position, figure)"};

const Query standing{"figures_standing", R"(
SELECT wire(greatest(clock_timestamp(), s.at)), coalesce(wire(s.at), ''), coalesce(s.seq, 0),
       greatest((SELECT max(seq) FROM entry WHERE authority_id = $1),
                (SELECT max(seq) FROM merge_link WHERE authority_id = $1),
                (SELECT max(seq) FROM headline WHERE authority_id = $1),
                (SELECT max(superseded_seq) FROM headline WHERE authority_id = $1), 0),
       coalesce((SELECT max(seq) FROM fold WHERE authority_id = $1), 0)
FROM (SELECT) one LEFT JOIN LATERAL (
    SELECT at, seq FROM seal WHERE authority_id = $1 ORDER BY at DESC LIMIT 1) s ON true)"};

const Query seal_before{"figures_seal", R"(
SELECT wire(s.at), s.seq, coalesce((SELECT max(seq) FROM fold WHERE authority_id = $1 AND seq <= s.seq), 0)
FROM seal s WHERE s.authority_id = $1 AND s.at <= $2::timestamptz ORDER BY s.at DESC LIMIT 1)"};

Headline headline_of(const pqxx::row& row) {
    Headline h{.code = row[0].as<std::string>(),
               .title = row[1].as<std::string>(),
               .unit = row[2].as<std::string>(),
               .aggregate = row[3].as<std::string>(),
               .measure = row[4].as<std::string>(),
               .filter = row[5].as<std::string>(),
               .meaning = row[6].as<std::string>(),
               .from = row[7].as<std::string>(),
               .as_at = row[8].as<std::string>(),
               .beside = row[9].as<std::string>(),
               .included_in = row[10].as<std::string>(),
               .definition_version = row[11].as<int>(),
               .definition = row[18].as<std::string>()};
    h.rolling = row[20].as<bool>();
    if (!row[19].is_null()) h.folded_from = row[19].as<std::int64_t>();
    if (!row[21].is_null()) h.periods_folded_from = row[21].as<std::int64_t>();
    if (!row[12].is_null()) {
        h.claim = Claim{row[12].as<std::string>(),  row[13].as<std::string>(), row[14].as<std::int64_t>(),
                        row[15].as<std::int64_t>(), row[16].as<std::string>(), row[17].as<std::string>()};
    }
    return h;
}

/// What of each figure may still come back from the bank: its payments within the return window before its day that
/// stand, one by one, so that the return of an older payment hides none of them.
const Query still_open{"figures_still_open", R"(
SELECT a.headline, coalesce(sum(p.net), 0)::bigint
FROM unnest($2::text[], $3::date[]) AS a(headline, upto)
JOIN headline h ON h.authority_id = $1 AND h.code = a.headline
CROSS JOIN LATERAL (
    SELECT sum(e.quantity) AS net FROM entry e
    WHERE e.authority_id = $1 AND e.measure = h.measure
          AND e.measure IN ('business_grant_paid', 'community_grant_paid', 'household_grant_paid')
          AND e.happened_on > working_days_before(a.upto, $5::integer) AND e.happened_on BETWEEN h.from_day AND a.upto
          AND e.seq <= $4::bigint AND e.dims @@ h.condition
    GROUP BY e.record_id HAVING sum(e.quantity) > 0) p
GROUP BY 1)"};

/// The merge links known, as one number: part of every distinct figure's evidence.
std::string links_digest(Tx& tx, const Knowledge& k) {
    static const Query links{"figures_links", R"(
SELECT count(*)::text || '|' || modulo_2_64(coalesce(sum(limb(hash, 0)), 0))::text || '|' ||
       modulo_2_64(coalesce(sum(limb(hash, 1)), 0))::text
FROM merge_link WHERE authority_id = $1 AND seq <= $2::bigint)"};
    return tx.run(links, {tx.authority(), std::to_string(k.seq)})[0][0].as<std::string>();
}

/// Without folded totals. Of the entries after `$7` only those that correct nothing count; subjects are one as far as
/// merges are known by `$8`.
constexpr std::string_view counted = "(e.seq <= $7::bigint OR e.cause <> 'correction')";

std::string plain_sum_sql(std::string_view quantity) {
    return filled("SELECT coalesce(sum({quantity}), 0)::bigint, $8::bigint FROM entry e WHERE {behind} AND {counted}",
                  {{"quantity", quantity}, {"behind", behind}, {"counted", counted}});
}
const Query plain_sum{"figures_plain_sum", plain_sum_sql("e.quantity")};
const Query plain_count{"figures_plain_count", plain_sum_sql("sign(e.quantity)::bigint")};
const Query plain_distinct{"figures_plain_distinct", filled(R"(
SELECT count(*) FROM (
    SELECT root_of(e.authority_id, e.subject_id, $8::bigint) FROM entry e
    WHERE {behind} AND {counted} AND e.subject_id IS NOT NULL
    GROUP BY 1 HAVING sum(e.quantity) > 0) s)",
                                                            {{"behind", behind}, {"counted", counted}})};

/// How many entries stand behind a figure, and their digest.
const Query plain_evidence{"figures_plain_evidence", filled(R"(
SELECT count(*), modulo_2_64(coalesce(sum(limb(e.hash, 0)), 0))::text,
       modulo_2_64(coalesce(sum(limb(e.hash, 1)), 0))::text, modulo_2_64(coalesce(sum(limb(e.hash, 2)), 0))::text,
       modulo_2_64(coalesce(sum(limb(e.hash, 3)), 0))::text
FROM entry e WHERE {behind})",
                                                            {{"behind", behind}})};

std::int64_t plain_total(Tx& tx, const Headline& h, const Knowledge& entries, std::int64_t merges_upto,
                         const std::string& as_at,
                         std::int64_t corrections_upto = std::numeric_limits<std::int64_t>::max()) {
    const auto& query = h.aggregate == "distinct" ? plain_distinct : h.aggregate == "count" ? plain_count : plain_sum;
    auto params = asked(tx, h, entries, as_at);
    params.insert(params.end(), {std::to_string(corrections_upto), std::to_string(merges_upto)});
    return tx.run(query, params)[0][0].as<std::int64_t>();
}

/// Counts a figure without folded totals; its digest's limbs.
std::string count_plainly(Tx& tx, const Knowledge& k, const std::string& today, Figure& figure) {
    const auto& h = figure.headline;
    figure.value = plain_total(tx, h, k, k.seq, figure.as_at);
    figure.live = plain_total(tx, h, k, k.seq, today);
    const auto row = tx.run(plain_evidence, asked(tx, h, k, figure.as_at))[0];
    figure.entries = row[0].as<std::int64_t>();
    std::string limbs;
    for (pqxx::row::size_type i = 1; i < 5; ++i) limbs += "|" + row[i].as<std::string>();
    return figure.entries == 0 ? std::string{} : limbs;
}

/// The definitions as they stood where the ledger ended then, on that day in London.
std::vector<Headline> definitions_at(Tx& tx, std::int64_t seq, Day day) {
    std::vector<Headline> out;
    for (const auto& row : tx.run(headline_rows, {tx.authority(), std::to_string(seq), format(day)})) {
        out.push_back(headline_of(row));
    }
    return out;
}

Day today() {
    return london_day(std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now()));
}

/// A figure without a day of its own is for the day as on which it is known, so that a seal's answer stays the same.
std::vector<Headline> definitions_at(Tx& tx, const Knowledge& k) {
    const auto known_at = parse_instant(k.known_at);
    return definitions_at(tx, k.seq, known_at ? london_day(*known_at) : today());
}

constexpr auto ledgers_end = std::numeric_limits<std::int64_t>::max();

}  // namespace

std::optional<Knowledge> resolve(Tx& tx, const std::optional<std::string>& known_at) {
    if (known_at) {
        const auto found = tx.run(seal_before, {tx.authority(), *known_at});
        if (found.empty()) return std::nullopt;
        return Knowledge{found[0][0].as<std::string>(), true, found[0][1].as<std::int64_t>(),
                         found[0][2].as<std::int64_t>()};
    }
    const auto row = tx.run(standing, {tx.authority()})[0];
    const auto sealed_upto = row[2].as<std::int64_t>(), ends = row[3].as<std::int64_t>();
    const bool sealed = sealed_upto == ends && !row[1].as<std::string>().empty();
    return Knowledge{sealed ? row[1].as<std::string>() : row[0].as<std::string>(), sealed, ends,
                     row[4].as<std::int64_t>()};
}

std::vector<Figure> all(Tx& tx, const Knowledge& knowledge, const std::optional<std::string>& as_at) {
    const auto live_day = format(today());
    std::vector<Figure> out;
    std::map<std::string, std::size_t> place;  // by definition
    std::vector<Cut> cuts, paid;
    std::map<std::string, std::string> limbs;
    for (auto& definition : definitions_at(tx, knowledge)) {
        Figure figure{.headline = std::move(definition), .as_at = {}, .digest = {}};
        figure.as_at = as_at.value_or(figure.headline.as_at);
        const auto& h = figure.headline;
        if (is_folded(h, knowledge)) {
            cuts.push_back({h.definition, "value", {}, figure.as_at});
            cuts.push_back({h.definition, "live", {}, live_day});
        } else {
            limbs[h.definition] = count_plainly(tx, knowledge, live_day, figure);
        }
        if (h.unit == "pence" && h.measure.ends_with("_grant_paid")) {
            paid.push_back({h.definition, {}, {}, figure.as_at});
        }
        place[h.definition] = out.size();
        out.push_back(std::move(figure));
    }
    if (out.empty()) return out;
    for (const auto& row : totals_of(tx, cuts, knowledge)) {
        const auto code = row[0].as<std::string>(), cut = row[1].as<std::string>();
        auto& figure = out[place.at(code)];
        const auto quantity = row[2].as<std::int64_t>();
        if (cut == "live") figure.live = quantity;
        if (cut != "value") continue;
        figure.value = quantity;
        figure.entries = row[3].as<std::int64_t>();
        for (pqxx::row::size_type i = 4; i < 8; ++i) limbs[code] += "|" + row[i].as<std::string>();
    }
    if (!paid.empty()) {
        for (const auto& row :
             tx.run(still_open, {tx.authority(), column_of(paid, &Cut::definition), column_of(paid, &Cut::to),
                                 std::to_string(knowledge.seq), std::to_string(return_window_working_days)})) {
            out[place.at(row[0].as<std::string>())].provisional = row[1].as<std::int64_t>();
        }
    }
    const auto links = links_digest(tx, knowledge);
    for (auto& figure : out) {
        const auto& h = figure.headline;
        figure.digest =
            "sha256:" + ids::sha256_hex(std::to_string(h.definition_version) + "|" + std::to_string(figure.entries) +
                                        "|" + std::to_string(figure.value) + limbs[h.definition] +
                                        (h.aggregate == "distinct" ? "|" + links : ""));
    }
    return out;
}

std::vector<std::pair<std::string, std::int64_t>> recount(Tx& tx, const Knowledge& knowledge) {
    std::vector<std::pair<std::string, std::int64_t>> out;
    for (const auto& h : definitions_at(tx, knowledge)) {
        out.emplace_back(h.code, plain_total(tx, h, knowledge, knowledge.seq, h.as_at));
    }
    return out;
}

std::vector<SchemeRange> scheme_ranges(Tx& tx) {
    static const Query ranges{"figures_ranges", R"(
SELECT v.scheme, min(a.least_pence), max(a.most_pence) FROM scheme_version v
JOIN scheme_version_amount a ON a.authority_id = v.authority_id AND a.scheme_version_id = v.id
WHERE v.authority_id = $1 AND v.state <> 'draft' AND NOT v.voided AND a.to_version IS NULL GROUP BY 1)"};
    std::vector<SchemeRange> out;
    for (const auto& row : tx.run(ranges, {tx.authority()})) {
        out.push_back({row[0].as<std::string>(), row[1].as<std::int64_t>(), row[2].as<std::int64_t>()});
    }
    return out;
}

Bridge bridge(Tx& tx, const Headline& headline, const Knowledge& opening, const Knowledge& closing,
              const std::string& as_at) {
    Bridge b{.opening_at = opening, .closing_at = closing};
    b.opening = plain_total(tx, headline, opening, opening.seq, as_at);
    b.closing = plain_total(tx, headline, closing, closing.seq, as_at);
    // Late records on the entries known then and their like; then corrections; then merges. What is left
    // between two steps is what the step changed.
    const auto with_late = plain_total(tx, headline, closing, opening.seq, as_at, opening.seq);
    const auto with_corrections = plain_total(tx, headline, closing, opening.seq, as_at);
    b.late_records = with_late - b.opening;
    b.corrections = with_corrections - with_late;
    b.merges = b.closing - with_corrections;
    return b;
}

Listed records(Tx& tx, const Headline& headline, const Knowledge& knowledge, const std::string& as_at,
               const std::string& after, int limit) {
    static const Query query{"figures_records", filled(R"(
SELECT json_build_object('entry_id', e.id, 'quantity', e.quantity, 'subject_id', e.subject_id, 'dimensions', e.dims,
                         'happened_on', e.happened_on, 'recorded_at', wire(e.recorded_at),
                         'record_kind', e.record_kind, 'record_id', e.record_id, 'cause', e.cause,
                         'corrects', e.corrects)::text, e.seq
FROM entry e WHERE {behind} AND e.seq > $7::bigint ORDER BY e.seq LIMIT $8::integer)",
                                                       {{"behind", behind}})};
    auto params = asked(tx, headline, knowledge, as_at);
    params.insert(params.end(), {after.empty() ? "0" : after, std::to_string(limit + 1)});
    return listed(tx.run(query, params), limit);
}

Listed subjects(Tx& tx, const Headline& headline, const Knowledge& knowledge, const std::string& as_at,
                const std::string& after, int limit) {
    static const Query query{"figures_subjects", filled(R"(
SELECT json_build_object('subject_id', s.subject_id, 'net', s.net, 'entries', s.entries)::text, s.subject_id
FROM (SELECT root_of(e.authority_id, e.subject_id, $6::bigint) AS subject_id, sum(e.quantity)::bigint AS net,
             count(*) AS entries
      FROM entry e WHERE {behind} AND e.subject_id IS NOT NULL
      GROUP BY 1 HAVING sum(e.quantity) > 0) s
WHERE $7::uuid IS NULL OR s.subject_id > $7::uuid ORDER BY s.subject_id LIMIT $8::integer)",
                                                        {{"behind", behind}})};
    auto params = asked(tx, headline, knowledge, as_at);
    params.insert(params.end(), {after.empty() ? std::nullopt : std::optional{after}, std::to_string(limit + 1)});
    return listed(tx.run(query, params), limit);
}

std::string definitions(Tx& tx) {
    static const Query query{"figures_definitions", R"(
SELECT md5(concat((SELECT string_agg(h::text, '' ORDER BY code) FROM headline h WHERE authority_id = $1),
                  (SELECT sum(version) FROM scheme_version WHERE authority_id = $1), (SELECT count(*) FROM bank_holiday),
                  (SELECT name FROM authority WHERE id = $1), (now() AT TIME ZONE 'Europe/London')::date)))"};
    return tx.run(query, {tx.authority()})[0][0].as<std::string>();
}

std::int64_t counted_plainly(Tx& tx, const Headline& headline, const Knowledge& knowledge, const std::string& as_at) {
    return plain_total(tx, headline, knowledge, knowledge.seq, as_at);
}

std::optional<Headline> find(Tx& tx, const std::string& code, const Knowledge& knowledge) {
    for (auto& one : definitions_at(tx, knowledge)) {
        if (one.code == code) return std::move(one);
    }
    return find(tx, code);
}

std::optional<Headline> find(Tx& tx, const std::string& code) {
    for (auto& one : definitions_at(tx, ledgers_end, today())) {
        if (one.code == code) return std::move(one);
    }
    return std::nullopt;
}

}  // namespace tideover::db::figures
