// Whether a scheme pays: a pure function of its terms and of the facts as on its reference date. Asked again under the
// same version with the same facts, it answers the same.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/grants/scheme_terms.hpp"

namespace tideover {

/// Every reason to pay nothing. The order is the precedence: refusals come in it, and the first is the one to quote.
enum class Ineligible {
    wrong_party,
    outside_window,
    no_premises,
    not_ratepayer,
    not_trading,
    excluded,
    declaration_missing,
    check_failed,
    check_outstanding,
    no_rateable_value,
    not_paid,
    already_awarded,
    excluded_by_award,
};

/// Premises as they stood in the rates list on the reference date.
struct PremisesFacts {
    std::string id{};
    std::string ratepayer_id{};  // the party who was liable
    std::optional<std::int64_t> rateable_value_pence{};
};

/// An award that was made before and still stands.
struct EarlierAward {
    std::string scheme{};
    std::string period{};
    std::string exclusion_group{};
    std::string premises_id{};  // empty: none
    std::string party_id{};
};

/// A check that was made: its code among the version's required checks, and whether it found nothing against an award.
struct CheckFact {
    std::string check{};
    bool passed = false;
};

struct EligibilityFacts {
    std::string scheme{};
    std::string period{};
    std::string received_on{};
    std::string party{};     // business, community or household: as the scheme's kind
    std::string party_id{};  // after merges
    bool trading = true;     // on the reference date
    std::optional<PremisesFacts> premises{};
    std::vector<std::string> circumstances{};  // codes, where they are among the version's exclusions
    std::vector<std::string> declarations{};
    std::vector<CheckFact> checks{};
    std::vector<EarlierAward> awards{};
    std::string band{};  // as assessed, where rateable values do not matter and there are several
};

/// One refusal: its reason, the code that goes with it on the wire, and a plain sentence for a letter.
struct Ineligibility {
    Ineligible why{};
    std::string_view code{};
    std::string sentence{};
};

/// One question on the way, as it was answered here.
struct EligibilityStep {
    std::string_view code{};  // of the refusal that it could have led to
    std::string_view question{};
    bool passed = true;
    std::string finding{};
};

/// Either a row of the published amounts or at least one refusal, never both; and every question that was asked.
struct Eligibility {
    std::optional<SchemeAmount> amount{};
    std::vector<Ineligibility> refusals{};
    std::vector<EligibilityStep> steps{};

    [[nodiscard]] bool eligible() const { return amount.has_value(); }
};

[[nodiscard]] Eligibility eligibility(const SchemeTerms& terms, const EligibilityFacts& facts);

/// The code of a reason on the wire.
[[nodiscard]] std::string_view code_of(Ineligible why);

}  // namespace tideover
