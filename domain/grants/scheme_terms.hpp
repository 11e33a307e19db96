// The terms of a scheme as one of its versions publishes them: what is paid, for which period and band, to whom and
// until when. Read from rows; nothing here is computed that was published.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/core/field_fault.hpp"
#include "domain/core/refusal.hpp"

namespace tideover {

/// What is paid for one period and band, in pence: from the least to the most, which are the same where it is fixed.
struct SchemeAmount {
    std::string period;
    std::string band;
    std::int64_t least = 0;
    std::int64_t most = 0;
};

/// Where a band of rateable values ends: "up_to" a value includes it, "below" does not, and "unbounded" has none.
struct SchemeBand {
    std::string band;
    std::string bound;
    std::optional<std::int64_t> rateable_value_pence{};
};

struct SchemePeriod {
    std::string period;
    std::optional<std::string> from_on{};
    std::optional<std::string> to_on{};
    std::optional<std::string> closes_on{};  // its own last day for applications, instead of the version's
};

struct SchemeDeclaration {
    std::string declaration;
    std::int64_t wording_version = 1;
};

/// A part of the allocation, as the government announced it.
struct SchemeTranche {
    std::string tranche;
    std::int64_t amount_pence = 0;
};

/// Days are YYYY-MM-DD.
struct SchemeTerms {
    std::string id{};  // of the version
    std::int64_t number = 0;
    std::string pays{};  // the scheme's kind: business, community or household
    std::string opens_on{};
    std::optional<std::string> closes_on{};
    std::optional<std::string> closed_on{};  // closed before its time
    std::optional<std::string> reference_on{};
    std::string uniqueness_key{};  // premises, business or person
    std::string exclusion_group{};
    std::optional<std::int64_t> allocation_pence{};
    std::vector<std::string> required_checks{};
    std::vector<std::string> exclusions{};
    std::vector<SchemeBand> bands{};
    std::vector<SchemePeriod> periods{};
    std::vector<SchemeAmount> amounts{};
    std::vector<SchemeDeclaration> declarations{};
    std::vector<SchemeTranche> tranches{};
};

/// Everything in the terms that contradicts itself: a period or band that is named twice or not at all, bands that do
/// not follow each other, tranches that do not come to the allocation.
[[nodiscard]] std::vector<FieldFault> faults_of(const SchemeTerms& terms);

/// The band that a rateable value falls into. Nothing where the version has no bands.
[[nodiscard]] std::optional<std::string_view> band_of(std::span<const SchemeBand> bands,
                                                      std::int64_t rateable_value_pence);

/// The period of that name, or null.
[[nodiscard]] const SchemePeriod* period_of(const SchemeTerms& terms, std::string_view period);

/// Whether an assessed amount is one that the version publishes for that period and band.
[[nodiscard]] std::optional<Refused> outside_scheme(std::span<const SchemeAmount> amounts, std::string_view period,
                                                    std::string_view band, std::int64_t amount_pence);

/// Whether an application of that day for that period can be taken.
[[nodiscard]] std::optional<Refused> outside_window(const SchemeTerms& terms, std::string_view period,
                                                    std::string_view received_on);

/// Of a scheme's versions, the latest that takes an application of that day for that period; where none does, why the
/// latest does not. Precondition: they come with the highest number first.
struct InForce {
    const SchemeTerms* terms = nullptr;
    std::optional<Refused> refused{};
};
[[nodiscard]] InForce in_force(std::span<const SchemeTerms> versions, std::string_view period,
                               std::string_view received_on);

}  // namespace tideover
