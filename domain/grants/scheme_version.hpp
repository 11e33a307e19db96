// The fields of a version of a scheme, for whoever names one.
#pragma once

#include <array>

#include "domain/core/field.hpp"

namespace tideover::nouns::scheme_version_table {

inline constexpr std::array<std::string_view, 3> keys{"premises", "business", "person"};

inline constexpr std::array<std::string_view, 3> fundings{"full", "capped", "discretionary"};

inline constexpr std::array<std::string_view, 2> capacities{"agent", "principal"};

inline constexpr std::array<std::string_view, 3> bounds{"up_to", "below", "unbounded"};

inline constexpr std::array band_fields{
    text("band", 1, 40).needed().in_form(Form::code),
    choice("bound", bounds).needed().says("'up_to' takes the value itself in, 'below' does not; the last has none."),
    pence("rateable_value_pence", 1).says("Where the band ends, as published: £15,000 is 1500000."),
};

inline constexpr Rows bands{"scheme_version_band", "scheme_version_id", band_fields};

inline constexpr std::array period_fields{
    text("period", 1, 40).needed().in_form(Form::code).says("The period, cycle or strand; 'once' for a one-off."),
    day("from_on").called("From").may_be_ahead(),
    day("to_on").called("To").may_be_ahead(),
    day("closes_on").may_be_ahead().says("Its own last day for applications, where that is not the version's."),
};

inline constexpr Rows periods{"scheme_version_period", "scheme_version_id", period_fields};

inline constexpr std::array amount_fields{
    text("period", 1, 40).needed().in_form(Form::code),
    text("band", 1, 40)
        .needed()
        .in_form(Form::code)
        .says("One of the bands; any name where rateable values do not matter."),
    pence("least_pence", 1).called("Least amount").needed(),
    pence("most_pence", 1).called("Greatest amount").needed().says("The same as the least where the amount is fixed."),
};

inline constexpr Rows amounts{"scheme_version_amount", "scheme_version_id", amount_fields};

inline constexpr std::array declaration_fields{
    text("declaration", 1, 60).needed().says("Its code: what an application names it by."),
    count("wording_version", 1, 1'000).needed(),
    text("wording", 3, 2000).of_lines().needed().says("What the applicant declares, word for word."),
};

inline constexpr Rows declarations{"scheme_version_declaration", "scheme_version_id", declaration_fields};

inline constexpr std::array tranche_fields{
    text("tranche", 1, 60).needed().in_form(Form::code),
    pence("amount_pence", 1).needed(),
    text("source", 0, 1000).of_lines(),
};

inline constexpr Rows tranches{"scheme_version_tranche", "scheme_version_id", tranche_fields};

inline constexpr std::array fields{
    code("scheme", "scheme").needed().filter().tells().never_corrected(),
    count("number", 1, 10'000).set_by_us().tells().says("1, 2, … of its scheme."),
    day("opens_on").needed().may_be_ahead().says("The first day on which an application may be received."),
    day("closes_on").may_be_ahead().says("The last day on which an application may be received."),
    day("last_payment_on").may_be_ahead().says("The last day on which it may be paid."),
    day("reference_on").may_be_ahead().says("The day as on which rateable value, ratepayer and occupation count."),
    choice("uniqueness_key", keys).needed().says("Who or what is paid once for each period."),
    text("exclusion_group", 0, 60)
        .in_form(Form::code)
        .says("Of the schemes that share it, the same payee or premises get one."),
    choice("funding", fundings).needed(),
    choice("council_is", capacities)
        .called("The council is")
        .needed()
        .says("Agent of the government, or principal, where it decides itself."),
    pence("allocation_pence", 0).says("No allocation means that the scheme is funded in full."),
    codes("required_checks", 40).says("What has to be checked before an award."),
    codes("exclusions", 40).says("Who or what is paid nothing, whatever else holds."),
    rows("bands", bands, 12),
    rows("periods", periods, 40),
    rows("amounts", amounts, 200),
    rows("declarations", declarations, 30),
    rows("tranches", tranches, 20),
    text("source", 3, 1000).of_lines().needed().says("Where these terms were published."),
    text("uncertain", 0, 2000).of_lines().says("Which of the figures are not certain, and why."),
    id("drafted_by", "").set_by_us().says("Who recorded it or last corrected it."),
    id("published_by", "").set_by_us(),
    day("published_on").set_by_us(),
    day("closed_on").set_by_us().says("The last day on which an application may be received under it."),
    text("closure_reason", 0, 500).of_lines().set_by_us(),
};

}  // namespace tideover::nouns::scheme_version_table
