// The fields of a voucher, for whoever names one.
#pragma once

#include <array>

#include "domain/core/field.hpp"

namespace tideover::nouns::voucher_table {

inline constexpr std::array<std::string_view, 3> purposes_{"holiday_food", "winter_support", "essentials"};

inline constexpr std::array<std::string_view, 3> channels{"email", "post", "sms"};

inline constexpr std::array fields{
    id("household_id", "household").needed().filter().tells().says("The family."),
    count("children", 1, 25).needed(),
    pence("value_pence", 1, 100'000).needed().tells(),
    choice("purpose", purposes_).needed().filter().tells(),
    text("holiday_period", 3, 60).needed().filter().in_form(Form::code).says("For example winter-2020."),
    choice("channel", channels).needed(),
    day("requested_on").needed(),
    text("issuer_code", 0, 60)
        .filter()
        .search()
        .in_form(Form::tag)
        .of_one_alone()
        .its_own()
        .says("The voucher's code, as its issuer gave it: no two vouchers have the same."),
    code("school", "organisation").filter().says("The school that asked for it, where one did."),
    text("ward", 0, 60).copied("household_id", "ward").filter().in_form(Form::ward),
    id("alike_id", "")
        .called("Voucher that it is like")
        .set_by_us()
        .says("A warning: the first other voucher of the household for this purpose and period."),
    day("sent_on").set_by_us().correctable().filter().says("When it was first sent."),
    day("bounced_on").set_by_us().correctable(),
    day("unsent_on")
        .called("Counts no more from")
        .set_by_us()
        .correctable()
        .says("When it stopped counting: bounced for good, cancelled or replaced."),
    day("redeemed_on").set_by_us().correctable(),
    day("expired_on").set_by_us().correctable(),
    text("reason", 0, 300).of_lines().set_by_us(),
    id("replaces_id", "voucher").set_by_us().filter().leans_on_nothing(),
    id("replaced_by_id", "voucher").set_by_us().leans_on_nothing(),
};

}  // namespace tideover::nouns::voucher_table
