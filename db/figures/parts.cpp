// By a dimension the entries behind a figure are read; by periods, its folded totals, as far as these know.
#include "db/figures/parts.hpp"

#include <map>

#include "db/figures/counting.hpp"

namespace tideover::db::figures {

std::string wards_listed(Tx& tx) {
    static const Query query{"figures_wards_listed", R"(
SELECT coalesce(max(greatest(listed_at, delisted_at))::text, '') FROM ward_listing WHERE authority_id = $1)"};
    return tx.run(query, {tx.authority()})[0][0].as<std::string>();
}

namespace {

/// A figure by a dimension, `$8`: `$7` is when its answer was known. Only parties that were ever merged have a root to
/// look for. Nothing is joined with the lines, of which a plan for any values expects few: it would go through all of
/// them for each. Wards in which nothing was counted are there with nil, as far as they were on the council's list by
/// then.
std::string by_dimension_sql(std::string_view parts) {
    return filled(R"(
WITH line AS MATERIALIZED (
    SELECT coalesce(e.dims ->> $8, '') AS name, e.record_id, e.quantity, e.happened_on, e.seq,
           CASE WHEN coalesce(e.subject_id, e.id) IN (SELECT m.from_id FROM merge_link m WHERE m.authority_id = $1)
                THEN root_of($1, e.subject_id, $6::bigint) ELSE coalesce(e.subject_id, e.id) END AS root
    FROM entry e WHERE {behind}
), part(name, value, subjects) AS ({parts})
SELECT name, coalesce(value, 0), coalesce(subjects, 0)
FROM part FULL JOIN (
    SELECT DISTINCT w.ward AS name FROM ward_listing w
    WHERE w.authority_id = $1 AND w.listed_at <= $7::timestamptz
          AND coalesce(w.delisted_at > $7::timestamptz, true) AND $8 = 'ward') known USING (name)
ORDER BY name)",
                  {{"behind", behind}, {"parts", parts}});
}

std::string parts_of(std::string_view quantity) {
    return filled(R"(
    SELECT name, sum(part)::bigint, count(*) FILTER (WHERE net <> 0)
    FROM (SELECT l.name, l.root, sum({quantity}) AS part, sum(l.quantity) AS net FROM line l GROUP BY 1, 2) s
    GROUP BY 1)",
                  {{"quantity", quantity}});
}

const Query dimension_sum{"figures_dimension_sum", by_dimension_sql(parts_of("l.quantity"))};
const Query dimension_count{"figures_dimension_count", by_dimension_sql(parts_of("sign(l.quantity)::bigint"))};
/// A party counts where the newest of its records that stand says so: it lives in that ward.
const Query dimension_distinct{"figures_dimension_distinct", by_dimension_sql(R"(
    SELECT name, count(*), count(*)
    FROM (SELECT (array_agg(s.name ORDER BY s.net > 0 DESC, s.day DESC, s.seq DESC))[1] AS name
          FROM (SELECT l.root, l.name, sum(l.quantity) AS net, max(l.happened_on) AS day, max(l.seq) AS seq
                FROM line l GROUP BY l.root, l.record_id, l.name) s
          GROUP BY s.root HAVING sum(s.net) > 0) w
    GROUP BY 1)")};

}  // namespace

std::vector<Part> by_dimension(Tx& tx, const Headline& headline, const Knowledge& knowledge, const std::string& as_at,
                               const std::string& dimension) {
    const auto& query = headline.aggregate == "distinct" ? dimension_distinct
                        : headline.aggregate == "count"  ? dimension_count
                                                         : dimension_sum;
    auto params = asked(tx, headline, knowledge, as_at);
    params.emplace_back(knowledge.known_at);
    params.emplace_back(dimension);
    std::vector<Part> out;
    for (const auto& row : tx.run(query, params)) {
        out.push_back({row[0].as<std::string>(), row[1].as<std::int64_t>(), row[2].as<std::int64_t>()});
    }
    return out;
}

namespace {

/// A figure by periods that follow each other, whose first days are `$7`, with as many subjects as it is about in each.
std::string by_period_sql(std::string_view value) {
    return filled(R"(
WITH line AS (
    SELECT width_bucket(e.happened_on, $7::date[]) AS n, e.quantity, e.subject_id IS NOT NULL AS is_known,
           CASE WHEN e.subject_id IN (SELECT m.from_id FROM merge_link m WHERE m.authority_id = $1)
                THEN root_of($1, e.subject_id, $6::bigint) ELSE coalesce(e.subject_id, e.id) END AS root
    FROM entry e WHERE {behind}
), held AS (
    SELECT n, sum(quantity) AS net, {value} AS part FROM line GROUP BY n, root, is_known
)
SELECT n, coalesce(sum(part), 0)::bigint, count(*) FILTER (WHERE net <> 0) FROM held GROUP BY 1)",
                  {{"behind", behind}, {"value", value}});
}
const Query period_sum{"figures_period_sum", by_period_sql("sum(quantity)")};
const Query period_count{"figures_period_count", by_period_sql("sum(sign(quantity))")};
const Query period_distinct{"figures_period_distinct", by_period_sql("(is_known AND sum(quantity) > 0)::integer")};

/// The bucket kind that whom a figure counts in such a period is folded as.
const std::map<std::string_view, std::string> folded_kinds{{"month", "M"}, {"quarter", "Q"}, {"financial_year", "Y"}};

/// As the first day of a figure, with which its folded totals begin.
Headline from_day(Headline h, Day first) {
    h.from = format(first);
    return h;
}

/// Whether what a distinct figure counts from a day on is what it counts since the period began.
bool is_since_its_beginning(const Headline& h, const Period& period) {
    return period.first == period.begins || format(period.first) == h.from;
}

/// The cut of a figure's folded totals that a period is.
Cut cut_of(const Headline& h, const Period& period, std::size_t n) {
    return {.definition = h.definition,
            .name = std::to_string(n),
            .after = format(period.first - std::chrono::days{1}),
            .to = format(period.last),
            .kind = h.aggregate == "distinct" ? folded_kinds.at(period.kind) : "d"};
}

/// Each of the cuts, which are named by their numbers.
std::vector<std::int64_t> folded_values(Tx& tx, const std::vector<Cut>& cuts, const Knowledge& knowledge) {
    std::vector<std::int64_t> out(cuts.size());
    if (cuts.empty()) return out;
    for (const auto& row : totals_of(tx, cuts, knowledge)) out[row[1].as<std::size_t>()] = row[2].as<std::int64_t>();
    return out;
}

/// The first of the periods, as many as are to be counted from the entries.
void count_plainly(Tx& tx, const Headline& headline, const Knowledge& knowledge, const std::vector<Period>& periods,
                   std::size_t many, std::vector<Part>& out) {
    if (many == 0) return;
    std::vector<std::string> first;
    for (std::size_t i = 0; i < many; ++i) first.push_back(format(periods[i].first));
    const auto& query = headline.aggregate == "distinct" ? period_distinct
                        : headline.aggregate == "count"  ? period_count
                                                         : period_sum;
    auto params = asked(tx, from_day(headline, periods.front().first), knowledge, format(periods[many - 1].last));
    params.emplace_back(array_of(first));
    for (const auto& row : tx.run(query, params)) {
        auto& part = out[row[0].as<std::size_t>() - 1];
        part.value = row[1].as<std::int64_t>();
        part.subjects = row[2].as<std::int64_t>();
    }
}

}  // namespace

std::vector<Part> by_period(Tx& tx, const Headline& headline, const Knowledge& knowledge,
                            const std::vector<Period>& periods, bool subjects) {
    if (periods.empty()) return {};
    const bool distinct = headline.aggregate == "distinct";
    const bool folded = distinct ? has_folded_periods(headline, knowledge) : is_folded(headline, knowledge);
    // Only the first can begin in the middle.
    const std::size_t plainly = subjects || !folded                                              ? periods.size()
                                : distinct && !is_since_its_beginning(headline, periods.front()) ? 1
                                                                                                 : 0;
    std::vector<Part> out(periods.size());
    count_plainly(tx, headline, knowledge, periods, plainly, out);
    std::vector<Cut> cuts;
    for (auto i = plainly; i < periods.size(); ++i) cuts.push_back(cut_of(headline, periods[i], cuts.size()));
    const auto values = folded_values(tx, cuts, knowledge);
    for (std::size_t i = 0; i < values.size(); ++i) out[plainly + i].value = values[i];
    for (std::size_t i = 0; i < out.size(); ++i) out[i].part = periods[i].name;
    return out;
}

std::int64_t within(Tx& tx, const Headline& headline, const Knowledge& knowledge, Day first, Day last) {
    const bool whole = format(first) == headline.from;
    if (whole && is_folded(headline, knowledge)) {
        return folded_values(tx, {{.definition = headline.definition, .name = "0", .after = {}, .to = format(last)}},
                             knowledge)[0];
    }
    for (const auto kind : period_kinds) {
        const auto one = periods(kind, first, last);
        const bool is_one = one.size() == 1 && is_since_its_beginning(headline, one[0]);
        if (is_one && has_folded_periods(headline, knowledge)) {
            return folded_values(tx, {cut_of(headline, one[0], 0)}, knowledge)[0];
        }
    }
    return counted_plainly(tx, from_day(headline, first), knowledge, format(last));
}

}  // namespace tideover::db::figures
