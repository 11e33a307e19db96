// The fields of an application, for whoever names one.
#pragma once

#include <array>

#include "domain/core/field.hpp"
#include "domain/finance/payee.hpp"

namespace tideover::nouns::application_table {

inline constexpr std::array<std::string_view, 4> channels{"portal", "post", "telephone", "identified_by_council"};

inline constexpr std::array<std::string_view, 2> recommendations{"award", "refuse"};

inline constexpr std::array<std::string_view, 2> verdicts{"approve", "refuse"};

inline constexpr std::array<std::string_view, 10> reasons{
    "eligible",  "not_ratepayer", "not_trading",   "outside_rateable_value", "excluded_use",
    "duplicate", "no_evidence",   "in_insolvency", "over_subsidy_limit",     "other"};

inline constexpr std::array fields{
    code("scheme", "scheme").needed().tells().filter().never_corrected(),
    text("period", 1, 40).otherwise("once").filter().tells().never_corrected().in_form(Form::code),
    id("business_id", "business")
        .filter()
        .tells()
        .says("The business; exactly one of this, organisation_id and person_id."),
    id("organisation_id", "organisation").filter().tells().says("The voluntary group."),
    id("person_id", "person").filter().tells().says("Who applies for their household."),
    id("premises_id", "premises").filter(),
    pence("requested_pence", 1).called("Amount asked for"),
    day("received_on").needed().says("The day it reached the council; windows are judged on it."),
    choice("channel", channels).otherwise("portal"),
    codes("declarations", 30).needed().says("What the applicant declared: codes of the version's declarations."),
    payee_name.needed(),
    payee_sort_code.needed(),
    payee_account_number.needed().filter(),
    id("payee.name_by", "").who_gave("payee.name").seen_as(Privacy::bank).says("Who said the name last."),
    id("payee.sort_code_by", "").who_gave("payee.sort_code").seen_as(Privacy::bank),
    id("payee.account_number_by", "").who_gave("payee.account_number").seen_as(Privacy::bank),
    text("note", 0, 4000).of_lines(),
    choice("recommendation", recommendations).set_by_us(),
    text("band", 1, 40).set_by_us(),
    pence("amount_pence", 1).set_by_us(),
    choice("reason", reasons).set_by_us(),
    id("assessed_by", "").set_by_us().filter(),
    id("decided_by", "").set_by_us(),
    day("decided_on").set_by_us(),
    day("withdrawn_on").set_by_us().correctable(),
    id("award_id", "award").set_by_us().leans_on_nothing(),
    id("scheme_version_id", "scheme_version").set_by_us().filter().says("The terms that it is judged by."),
};

inline constexpr std::array assess_fields{
    choice("recommendation", recommendations).needed(),
    text("band", 1, 40).in_form(Form::code).says("One that the version has an amount for."),
    pence("amount_pence", 1),
    choice("reason", reasons).needed(),
    text("assessment_note", 0, 4000).of_lines(),
};

inline constexpr std::array decide_fields{
    choice("decision", verdicts).needed(),
    day("decided_on").needed(),
    choice("reason", reasons).needed(),
    text("decision_note", 0, 4000).of_lines(),
};

}  // namespace tideover::nouns::application_table
