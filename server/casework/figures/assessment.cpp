// A figure that matches its claim is warned of where its parts cannot be right.
#include "server/casework/figures/assessment.hpp"

#include <map>
#include <nlohmann/json.hpp>

#include "domain/core/money.hpp"

namespace tideover::casework {
namespace {

using Json = nlohmann::ordered_json;
namespace figures = db::figures;

/// Schemes of a claim whose mean per payment leaves what the scheme pays: a sign of a wrong magnitude.
std::string implausible_mean(const figures::Headline& headline, const std::vector<figures::Figure>& all,
                             const std::map<std::string, figures::SchemeRange>& ranges) {
    const auto filter = Json::parse(headline.filter);
    if (!filter.contains("scheme")) return {};
    for (const auto& scheme : filter["scheme"]) {
        const Json one{{"scheme", Json::array({scheme})}};
        std::optional<std::int64_t> sum, count;
        for (const auto& figure : all) {
            if (figure.headline.measure != headline.measure || Json::parse(figure.headline.filter) != one) continue;
            if (figure.headline.aggregate == "sum") sum = figure.value;
            if (figure.headline.aggregate == "count") count = figure.value;
        }
        const auto range = ranges.find(scheme.get<std::string>());
        if (!sum || !count || *count <= 0 || range == ranges.end()) continue;
        const auto mean = *sum / *count;
        if (mean < range->second.least || mean > range->second.most) {
            return "The mean payment of " + range->first + " is " + display(mean, "pence") +
                   ", outside what the scheme pays.";
        }
    }
    return {};
}

}  // namespace

Assessment assess(db::Tx& tx, const std::optional<std::string>& as_at, const figures::Knowledge& knowledge) {
    Assessment out{knowledge, {}};
    const auto all = figures::all(tx, out.knowledge, as_at);
    std::map<std::string, figures::SchemeRange> ranges;
    for (auto& range : figures::scheme_ranges(tx)) ranges.emplace(range.scheme, range);
    for (const auto& figure : all) {
        Assessed assessed{figure, std::nullopt};
        const auto& h = figure.headline;
        if (h.claim && figure.as_at == h.as_at) {
            assessed.judgement =
                judge(comparator_named(h.claim->comparator), h.claim->value, h.claim->precision, figure.value, h.unit);
            if (assessed.judgement->verdict == Verdict::matches) {
                if (const auto mean = implausible_mean(h, all, ranges); !mean.empty()) {
                    assessed.judgement = Judgement{Verdict::warns, mean};
                }
            }
        }
        out.figures.push_back(std::move(assessed));
    }
    return out;
}

}  // namespace tideover::casework
