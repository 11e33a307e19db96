// One function a question that a scheme's terms answer.
#include "domain/grants/scheme_terms.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "domain/core/money.hpp"

namespace tideover {
namespace {

class Faults {
public:
    void add(std::string_view list, std::size_t row, std::string_view field, std::string code, std::string detail) {
        auto pointer = "/" + std::string{list} + "/" + std::to_string(row);
        if (!field.empty()) pointer += "/" + std::string{field};
        out_.push_back({std::move(pointer), std::move(code), std::move(detail)});
    }
    void add(std::string_view field, std::string code, std::string detail) {
        out_.push_back({"/" + std::string{field}, std::move(code), std::move(detail)});
    }
    [[nodiscard]] std::vector<FieldFault> all() && { return std::move(out_); }

private:
    std::vector<FieldFault> out_;
};

void check_bands(const SchemeTerms& terms, Faults& faults) {
    std::set<std::string_view> seen;
    std::int64_t before = -1;
    for (std::size_t i = 0; i < terms.bands.size(); ++i) {
        const auto& band = terms.bands[i];
        const bool last = i + 1 == terms.bands.size();
        if (!seen.insert(band.band).second) faults.add("bands", i, "band", "repeated", "Each band once.");
        if ((band.bound == "unbounded") != last) {
            faults.add("bands", i, "bound", "not_in_order", "The last band is unbounded, and no other is.");
        } else if ((band.bound == "unbounded") == band.rateable_value_pence.has_value()) {
            faults.add("bands", i, "rateable_value_pence", last ? "not_taken" : "required",
                       last ? "An unbounded band has no rateable value to end at."
                            : "The rateable value that the band ends at.");
        } else if (band.rateable_value_pence && *band.rateable_value_pence <= before) {
            faults.add("bands", i, "rateable_value_pence", "not_in_order", "Above that of the band before.");
        }
        before = band.rateable_value_pence.value_or(before);
    }
}

void check_periods(const SchemeTerms& terms, Faults& faults) {
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < terms.periods.size(); ++i) {
        const auto& period = terms.periods[i];
        if (!seen.insert(period.period).second) faults.add("periods", i, "period", "repeated", "Each period once.");
        if (period.from_on && period.to_on && *period.to_on < *period.from_on) {
            faults.add("periods", i, "to_on", "too_early", "A period cannot end before it begins.");
        }
        if (period.closes_on && *period.closes_on < terms.opens_on) {
            faults.add("periods", i, "closes_on", "before_opening", "It cannot close before the scheme opens.");
        }
        if (std::none_of(terms.amounts.begin(), terms.amounts.end(),
                         [&](const SchemeAmount& amount) { return amount.period == period.period; })) {
            faults.add("periods", i, {}, "no_amount", "What is paid for this period has to be said.");
        }
    }
}

void check_amounts(const SchemeTerms& terms, Faults& faults) {
    std::set<std::pair<std::string_view, std::string_view>> seen;
    for (std::size_t i = 0; i < terms.amounts.size(); ++i) {
        const auto& amount = terms.amounts[i];
        if (amount.most < amount.least) {
            faults.add("amounts", i, "most_pence", "below_least", "Not below the least.");
        }
        if (!seen.emplace(amount.period, amount.band).second) {
            faults.add("amounts", i, {}, "repeated", "Each period and band once.");
        }
        if (period_of(terms, amount.period) == nullptr) {
            faults.add("amounts", i, "period", "unknown_period", "One of the periods of this version.");
        }
        if (!terms.bands.empty() && std::none_of(terms.bands.begin(), terms.bands.end(),
                                                 [&](const SchemeBand& band) { return band.band == amount.band; })) {
            faults.add("amounts", i, "band", "unknown_band", "One of the bands of this version.");
        }
    }
}

void check_declarations(const SchemeTerms& terms, Faults& faults) {
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < terms.declarations.size(); ++i) {
        if (!seen.insert(terms.declarations[i].declaration).second) {
            faults.add("declarations", i, "declaration", "repeated", "Each declaration once.");
        }
    }
}

void check_tranches(const SchemeTerms& terms, Faults& faults) {
    std::int64_t sum = 0;
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < terms.tranches.size(); ++i) {
        sum += terms.tranches[i].amount_pence;  // at most so many rows of at most pence_max
        if (!seen.insert(terms.tranches[i].tranche).second) {
            faults.add("tranches", i, "tranche", "repeated", "Each tranche once.");
        }
    }
    if (!terms.tranches.empty() && terms.allocation_pence != sum) {
        faults.add("allocation_pence", "not_the_sum", "The tranches come to " + display(sum, "pence") + ".");
    }
}

Refused closed(std::string_view what, std::string_view day) {
    return {Refusal::scheme_window, std::string{what} + " closed on " + std::string{day} + "."};
}

}  // namespace

std::vector<FieldFault> faults_of(const SchemeTerms& terms) {
    Faults faults;
    check_bands(terms, faults);
    check_periods(terms, faults);
    check_amounts(terms, faults);
    check_declarations(terms, faults);
    check_tranches(terms, faults);
    return std::move(faults).all();
}

std::optional<std::string_view> band_of(std::span<const SchemeBand> bands, std::int64_t rateable_value_pence) {
    for (const auto& band : bands) {
        if (!band.rateable_value_pence) return band.band;
        const auto end = *band.rateable_value_pence;
        if (rateable_value_pence < end || (band.bound == "up_to" && rateable_value_pence == end)) return band.band;
    }
    return std::nullopt;
}

const SchemePeriod* period_of(const SchemeTerms& terms, std::string_view period) {
    for (const auto& row : terms.periods) {
        if (row.period == period) return &row;
    }
    return nullptr;
}

std::optional<Refused> outside_scheme(std::span<const SchemeAmount> amounts, std::string_view period,
                                      std::string_view band, std::int64_t amount_pence) {
    for (const auto& row : amounts) {
        if (row.period != period || row.band != band) continue;
        if (amount_pence >= row.least && amount_pence <= row.most) return std::nullopt;
        return Refused{Refusal::amount_outside_scheme,
                       "For this period and band the scheme pays " +
                           (row.least == row.most ? display(row.least, "pence")
                                                  : display(row.least, "pence") + " to " + display(row.most, "pence")) +
                           "."};
    }
    return Refused{Refusal::amount_outside_scheme, "The scheme has no amount for this period and band."};
}

std::optional<Refused> outside_window(const SchemeTerms& terms, std::string_view period, std::string_view received_on) {
    if (received_on < terms.opens_on) {
        return Refused{Refusal::scheme_window, "The scheme opened on " + terms.opens_on + "."};
    }
    if (terms.closed_on && received_on > *terms.closed_on)
        return closed("This version of the scheme", *terms.closed_on);
    const auto* row = period_of(terms, period);
    if (row == nullptr) {
        return Refused{Refusal::amount_outside_scheme, "The scheme pays for no period of this name."};
    }
    if (row->closes_on) {
        return received_on > *row->closes_on ? std::optional{closed("This period", *row->closes_on)} : std::nullopt;
    }
    if (terms.closes_on && received_on > *terms.closes_on) return closed("The scheme", *terms.closes_on);
    return std::nullopt;
}

InForce in_force(std::span<const SchemeTerms> versions, std::string_view period, std::string_view received_on) {
    if (versions.empty()) {
        return {nullptr, Refused{Refusal::scheme_window, "No version of this scheme is published."}};
    }
    for (const auto& terms : versions) {
        if (!outside_window(terms, period, received_on)) return {&terms, std::nullopt};
    }
    return {nullptr, outside_window(versions.front(), period, received_on)};
}

}  // namespace tideover
