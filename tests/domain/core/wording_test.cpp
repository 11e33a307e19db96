// What people call fields, values and kinds of record.
#include "domain/core/wording.hpp"

#include <doctest/doctest.h>

#include "domain/nouns.hpp"

namespace tideover::wording_test {

TEST_CASE("a field is called what its name says, without the unit that it is shown in, or what the table says") {
    CHECK(title_of(text("payee.sort_code", 0, 1)) == "Payee sort code");
    CHECK(title_of(pence("amount_pence", 0)) == "Amount");
    CHECK(title_of(id("person_id", "person")) == "Person");
    CHECK(title_of(text("bid_reference", 0, 1)) == "Bid reference");
    CHECK(title_of(day("born_on").called("Date of birth")) == "Date of birth");
    CHECK(title_of(text("id", 0, 1)) == "ID");
}

TEST_CASE("a value says what its code says, or what the table says; what is no code stays as it is") {
    CHECK(words_of("advice_given") == "Advice given");
    CHECK(words_of("dfe") == "Department for Education");
    CHECK(words_of("council_tax") == "Council Tax");
    CHECK(words_of("vat_number") == "VAT number");
    CHECK(words_of("2020/21") == "2020/21");
}

TEST_CASE("kinds of record have names for one and for several") {
    CHECK(title_of(nouns::named("ppe_item")) == "PPE item");
    CHECK(plural_of(nouns::named("ppe_item")) == "PPE items");
    CHECK(plural_of(nouns::named("council_tax_account")) == "Council Tax accounts");
    CHECK(title_of(nouns::named("external_funding")) == "External funding");
    CHECK(title_of(nouns::named("staff")) == "Member of staff");
}

}  // namespace tideover::wording_test
