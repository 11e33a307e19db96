// One function a question, one row a question; all are asked, so that a refusal tells everything at once.
#include "domain/grants/eligibility.hpp"

#include <algorithm>
#include <array>

#include "domain/core/money.hpp"

namespace tideover {
namespace {

/// What a question came to: the sentence, and whether it speaks against an award.
struct Finding {
    bool against = false;
    std::string sentence{};
};
Finding fine(std::string sentence) {
    return {false, std::move(sentence)};
}
Finding against(std::string sentence) {
    return {true, std::move(sentence)};
}

bool among(const std::vector<std::string>& list, std::string_view wanted) {
    return std::find(list.begin(), list.end(), wanted) != list.end();
}

/// "not_in_difficulty" → "not in difficulty".
std::string in_words(std::string_view code) {
    std::string out{code};
    std::replace(out.begin(), out.end(), '_', ' ');
    return out;
}

std::string listed(const std::vector<std::string>& codes) {
    std::string out;
    for (const auto& code : codes) out += (out.empty() ? "" : ", ") + in_words(code);
    return out;
}

std::string on_the_day(const SchemeTerms& terms) {
    return terms.reference_on ? " on " + *terms.reference_on : std::string{};
}

/// Of the version's codes, those that `wanted` picks.
template <class Pick>
std::vector<std::string> picked(const std::vector<std::string>& codes, const Pick& wanted) {
    std::vector<std::string> out;
    std::copy_if(codes.begin(), codes.end(), std::back_inserter(out), wanted);
    return out;
}

Finding party(const SchemeTerms& terms, const EligibilityFacts& facts) {
    if (terms.pays == facts.party) return fine("The scheme pays those who apply here.");
    return against("The scheme pays others: its kind is " + terms.pays + ", and the applicant's " + facts.party + ".");
}

Finding window(const SchemeTerms& terms, const EligibilityFacts& facts) {
    const auto refused = outside_window(terms, facts.period, facts.received_on);
    if (refused) return against(refused->detail + " The application was received on " + facts.received_on + ".");
    return fine("The application was received in time, on " + facts.received_on + ".");
}

/// Premises matter where they are what is paid once, or where the amount goes by their rateable value.
bool premises_matter(const SchemeTerms& terms) {
    return terms.uniqueness_key == "premises" || !terms.bands.empty();
}

Finding premises(const SchemeTerms& terms, const EligibilityFacts& facts) {
    if (!premises_matter(terms)) return fine("The scheme does not ask for premises.");
    if (!facts.premises) return against("The premises were not found in the rates list" + on_the_day(terms) + ".");
    return fine("The premises stood in the rates list" + on_the_day(terms) + ".");
}

Finding ratepayer(const SchemeTerms& terms, const EligibilityFacts& facts) {
    if (!premises_matter(terms) || !facts.premises) return fine("There are no premises whose ratepayer matters.");
    if (facts.premises->ratepayer_id != facts.party_id) {
        return against("The applicant was not the ratepayer of the premises" + on_the_day(terms) + ".");
    }
    return fine("The applicant was the ratepayer" + on_the_day(terms) + ".");
}

Finding trading(const SchemeTerms& terms, const EligibilityFacts& facts) {
    if (terms.pays != "business") return fine("The scheme does not ask for trading.");
    if (!facts.trading) return against("The business was not trading" + on_the_day(terms) + ".");
    return fine("The business was trading" + on_the_day(terms) + ".");
}

Finding exclusions(const SchemeTerms& terms, const EligibilityFacts& facts) {
    const auto met = picked(terms.exclusions, [&](const auto& code) { return among(facts.circumstances, code); });
    if (met.empty()) return fine("None of the scheme's exclusions applies.");
    return against("The scheme excludes: " + listed(met) + ".");
}

Finding declarations(const SchemeTerms& terms, const EligibilityFacts& facts) {
    std::vector<std::string> missing;
    for (const auto& row : terms.declarations) {
        if (!among(facts.declarations, row.declaration)) missing.push_back(row.declaration);
    }
    if (missing.empty()) return fine("Everything that has to be declared was declared.");
    return against("Not declared: " + listed(missing) + ".");
}

/// The latest word on a check is the last of its facts.
const CheckFact* check_of(const EligibilityFacts& facts, std::string_view check) {
    const auto found = std::find_if(facts.checks.rbegin(), facts.checks.rend(),
                                    [&](const CheckFact& fact) { return fact.check == check; });
    return found == facts.checks.rend() ? nullptr : &*found;
}

Finding failed_checks(const SchemeTerms& terms, const EligibilityFacts& facts) {
    const auto failed = picked(terms.required_checks, [&](const auto& code) {
        const auto* fact = check_of(facts, code);
        return fact != nullptr && !fact->passed;
    });
    if (failed.empty()) return fine("No check found anything against an award.");
    return against("Not passed: " + listed(failed) + ".");
}

Finding outstanding_checks(const SchemeTerms& terms, const EligibilityFacts& facts) {
    const auto open = picked(terms.required_checks, [&](const auto& code) { return check_of(facts, code) == nullptr; });
    if (open.empty()) return fine("Every check that the scheme asks for was made.");
    return against("Not checked yet: " + listed(open) + ".");
}

Finding rateable_value(const SchemeTerms& terms, const EligibilityFacts& facts) {
    if (terms.bands.empty()) return fine("The amount does not go by rateable value.");
    if (!facts.premises) return fine("There are no premises to have a rateable value.");
    if (!facts.premises->rateable_value_pence) {
        return against("The rateable value of the premises" + on_the_day(terms) + " is not known.");
    }
    return fine("The rateable value" + on_the_day(terms) + " was " +
                display(*facts.premises->rateable_value_pence, "pence") + ".");
}

/// The published row that these facts fall under, or null. Without bands it is the period's only row, or the one of the
/// assessed band.
const SchemeAmount* row_of(const SchemeTerms& terms, const EligibilityFacts& facts) {
    std::string_view band = facts.band;
    if (!terms.bands.empty()) {
        if (!facts.premises || !facts.premises->rateable_value_pence) return nullptr;
        band = *band_of(terms.bands, *facts.premises->rateable_value_pence);
    }
    const SchemeAmount* out = nullptr;
    for (const auto& row : terms.amounts) {
        if (row.period != facts.period || (!band.empty() && row.band != band)) continue;
        if (out != nullptr) return nullptr;  // there are several to choose from
        out = &row;
    }
    return out;
}

Finding paid(const SchemeTerms& terms, const EligibilityFacts& facts) {
    if (const auto* row = row_of(terms, facts)) {
        const auto most = display(row->most, "pence");
        return fine("For " + facts.period + " and band " + row->band + " the scheme pays " +
                    (row->least == row->most ? most : display(row->least, "pence") + " to " + most) + ".");
    }
    if (!terms.bands.empty() && (!facts.premises || !facts.premises->rateable_value_pence)) {
        return fine("Without a rateable value there is no band to look up.");  // refused for that already
    }
    if (terms.bands.empty() && facts.band.empty())
        return against("Which of the scheme's amounts applies was not said.");
    const std::string band{terms.bands.empty() ? std::string_view{facts.band}
                                               : *band_of(terms.bands, *facts.premises->rateable_value_pence)};
    return against("For " + facts.period + " and band " + band + " the scheme pays nothing.");
}

/// What the scheme pays once here.
bool same_key(const SchemeTerms& terms, const EligibilityFacts& facts, const EarlierAward& award) {
    if (terms.uniqueness_key == "premises") return facts.premises && award.premises_id == facts.premises->id;
    return award.party_id == facts.party_id;
}

Finding awarded(const SchemeTerms& terms, const EligibilityFacts& facts) {
    const bool found = std::any_of(facts.awards.begin(), facts.awards.end(), [&](const EarlierAward& award) {
        return award.scheme == facts.scheme && award.period == facts.period && same_key(terms, facts, award);
    });
    if (found)
        return against("The scheme has already awarded a grant for this " + terms.uniqueness_key + " and period.");
    return fine("The scheme has awarded nothing for this " + terms.uniqueness_key + " and period.");
}

/// Schemes that exclude each other pay the same premises once, and a payee without premises once.
Finding excluded(const SchemeTerms& terms, const EligibilityFacts& facts) {
    if (terms.exclusion_group.empty()) return fine("No other scheme excludes this one.");
    const bool found = std::any_of(facts.awards.begin(), facts.awards.end(), [&](const EarlierAward& award) {
        if (award.exclusion_group != terms.exclusion_group) return false;
        if (award.scheme == facts.scheme && award.period == facts.period) return false;  // asked before
        return facts.premises ? award.premises_id == facts.premises->id : award.party_id == facts.party_id;
    });
    if (found) return against("A scheme that excludes this one has already awarded a grant here.");
    return fine("No scheme that excludes this one has awarded a grant here.");
}

struct Question {
    Ineligible why;
    std::string_view code, asked;
    Finding (*answer)(const SchemeTerms&, const EligibilityFacts&);
};

// In the order of the enumeration, which is the precedence.
// clang-format off
constexpr auto questions = std::to_array<Question>({
    {Ineligible::wrong_party,         "wrong_party",         "Does the scheme pay such an applicant?",           party},
    {Ineligible::outside_window,      "outside_window",      "Was the application received in time?",            window},
    {Ineligible::no_premises,         "no_premises",         "Are the premises in the rates list?",              premises},
    {Ineligible::not_ratepayer,       "not_ratepayer",       "Was the applicant the ratepayer?",                 ratepayer},
    {Ineligible::not_trading,         "not_trading",         "Was the business trading?",                        trading},
    {Ineligible::excluded,            "excluded",            "Does one of the scheme's exclusions apply?",       exclusions},
    {Ineligible::declaration_missing, "declaration_missing", "Was everything declared?",                         declarations},
    {Ineligible::check_failed,        "check_failed",        "Did a check find anything against an award?",      failed_checks},
    {Ineligible::check_outstanding,   "check_outstanding",   "Was every check made?",                            outstanding_checks},
    {Ineligible::no_rateable_value,   "no_rateable_value",   "What was the rateable value?",                     rateable_value},
    {Ineligible::not_paid,            "not_paid",            "What does the scheme pay for the period and band?", paid},
    {Ineligible::already_awarded,     "already_awarded",     "Was it awarded before?",                           awarded},
    {Ineligible::excluded_by_award,   "excluded_by_award",   "Did a scheme that excludes this one pay?",         excluded},
});
// clang-format on

constexpr bool in_order() {
    for (std::size_t i = 0; i < questions.size(); ++i) {
        if (static_cast<std::size_t>(questions[i].why) != i) return false;
    }
    return true;
}
static_assert(in_order());

}  // namespace

Eligibility eligibility(const SchemeTerms& terms, const EligibilityFacts& facts) {
    Eligibility out;
    for (const auto& question : questions) {
        auto finding = question.answer(terms, facts);
        if (finding.against) out.refusals.push_back({question.why, question.code, finding.sentence});
        out.steps.push_back({question.code, question.asked, !finding.against, std::move(finding.sentence)});
    }
    if (out.refusals.empty()) out.amount = *row_of(terms, facts);
    return out;
}

std::string_view code_of(Ineligible why) {
    return questions[static_cast<std::size_t>(why)].code;
}

}  // namespace tideover
