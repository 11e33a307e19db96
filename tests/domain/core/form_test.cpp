// Each form: the spellings that are one, and what is none.
#include "domain/core/form.hpp"

#include <doctest/doctest.h>

#include <array>
#include <initializer_list>
#include <string>

namespace tideover::form_test {
namespace {

std::string form(Form which, std::string_view text) {
    return canonical_form(which, text).value_or("(none)");
}

void same(Form which, const std::string& canonical, std::initializer_list<const char*> spellings) {
    for (const auto* spelling : spellings) {
        CAPTURE(spelling);
        CHECK(form(which, spelling) == canonical);
    }
    CHECK(form(which, canonical) == canonical);
}

void none(Form which, std::initializer_list<const char*> spellings) {
    for (const auto* spelling : spellings) {
        CAPTURE(spelling);
        CHECK(form(which, spelling) == "(none)");
    }
}

}  // namespace

TEST_CASE("a code is small, with a dash for blanks, dashes and underscores of any kind") {
    same(Form::code, "winter-2020", {"Winter 2020", "WINTER_2020", "winter  -  2020", "Winter–2020", "-winter-2020-"});
    same(Form::code, "sbgf", {"SBGF", "Sbgf"});
    same(Form::code, "été-1", {"été 1"});
    none(Form::code, {"-", "_ –"});
}

TEST_CASE("a fund's code is small, with an underscore for blanks, dashes and underscores") {
    same(Form::fund, "hardship_2020_21",
         {"Hardship 2020-21", "HARDSHIP_2020_21", "hardship  2020–21", "_hardship-2020 21_"});
    none(Form::fund, {"-", "_ –"});
}

TEST_CASE("an account is its letters and digits in capitals") {
    same(Form::account, "778552381X", {"778552381x", "778552381 X", "7785-5238-1X", "778552381.X"});
    none(Form::account, {"--", "77855238é"});
    same(Form::rates_account, "INV000123", {"inv 000123", "INV/000123"});
}

TEST_CASE("what others issued is one whatever its case, blanks and dashes") {
    same(Form::tag, "DFE0042", {"dfe-0042", "DfE 0042", "DFE_0042"});
    CHECK(form(Form::tag, "DFE/0042") != "DFE0042");
}

TEST_CASE("a company's number has eight characters, with its zeros or without, in any case") {
    same(Form::company_number, "06460420", {"6460420", "0646 0420", "06460420"});
    same(Form::company_number, "SC001234", {"sc1234", "SC 001234", "sc001234"});
    same(Form::company_number, "R0000012", {"r0 12", "r0000012"});
    same(Form::company_number, "NI012345", {"ni012345"});
    same(Form::company_number, "OC300001", {"oc 300001"});
    same(Form::company_number, "IP12345R", {"ip12345r"});
    none(Form::company_number,
         {"", "e", "0", "00000000", "123456789", "QQ123456", "SC1234567", "SC", "limited", "IPR12345"});
}

TEST_CASE("a charity's number is six or seven digits, or Scotland's or Northern Ireland's") {
    same(Form::charity_number, "1071527", {"1071527", "01071527", "107 1527"});
    same(Form::charity_number, "SC012345", {"sc012345", "SCO12345", "SC 012345"});
    same(Form::charity_number, "NIC100001", {"nic 100001"});
    same(Form::charity_number, "235825-1", {"235825-1"});
    none(Form::charity_number, {"1", "12345", "12345678", "SC12345", "NIC1", "235825-", "235825-x", "charity"});
}

TEST_CASE("a VAT number's check digits hold, in the old way or with 55 more") {
    same(Form::vat_number, "123456782", {"GB123456782", "gb 123 4567 82", "XI123456782", "123-4567-82"});
    same(Form::vat_number, "123456727", {"GB123456727"});
    same(Form::vat_number, "123456782001", {"GB 123 4567 82 001"});
    same(Form::vat_number, "GD123", {"gb gd 123", "GD123"});
    none(Form::vat_number, {"123456789", "GB777000100", "12345678", "1234567820", "000000000", "FR123456782", "HA12"});
}

TEST_CASE("an NHS number's last digit checks the others: every wrong digit is caught") {
    same(Form::nhs_number, "9434765919", {"943 476 5919", "943-476-5919"});
    const std::string right = "9434765919";
    for (std::size_t i = 0; i < right.size(); ++i) {
        for (char c = '0'; c <= '9'; ++c) {
            auto wrong = right;
            wrong[i] = c;
            CHECK((form(Form::nhs_number, wrong) == "(none)") == (wrong != right));
        }
    }
    none(Form::nhs_number, {"943476591", "94347659190", "0000000000", "943476591X"});
}

TEST_CASE("a UPRN is up to twelve digits, and zeros in front say nothing") {
    same(Form::uprn, "10001234", {"010001234", "000010001234", "1000 1234"});
    none(Form::uprn, {"0", "1234567890123", "UPRN10001234"});
}

TEST_CASE("a postcode has any blanks or none, in letters that Royal Mail uses") {
    same(Form::postcode, "SK1 3XE", {"sk13xe", "S K 1 3 X E", "SK1  3XE", "sk1\t3xe"});
    for (const auto* real : {"M1 1AA", "M60 1NW", "CR2 6XH", "DN55 1PT", "W1A 1HQ", "EC1A 1BB", "N1C 4AB", "BF1 2AA"}) {
        CHECK(form(Form::postcode, real) == real);
    }
    // Nobody's: those without an address in the NHS, and what is invented.
    same(Form::postcode, "ZZ99 3VZ", {"zz993vz"});
    CHECK(form(Form::postcode, "ZZ7 0CC") == "ZZ7 0CC");
    none(Form::postcode,
         {"SK1 3X", "1SK 3XE", "QK1 3XE", "VA1 3XE", "XK1 3XE", "SI1 3XE", "SJ1 3XE", "SZ1 3XE", "SK1 3CE", "SK1 3EI",
          "SK1 3KE", "SK1 3EM", "SK1 3OE", "SK1 3EV", "W1I 1HQ", "EC1C 1BB", "SK111 3XE"});
}

TEST_CASE("a telephone number is national, with an extension if need be, short, foreign or withheld") {
    same(Form::phone, "01614960000",
         {"0161 496 0000", "+44 (0)161 496 0000", "0044 (0)161 496 0000", "0044161 4960000", "44161 496 0000",
          "+441614960000", "(0161) 496-0000", "0161.496.0000", "0161/4960000"});
    same(Form::phone, "01614960000 ext 12",
         {"0161 496 0000 ext 12", "0161 496 0000 ext. 12", "01614960000x12", "0161 496 0000 Extension 12",
          "+44 161 496 0000 #12"});
    same(Form::phone, "+35312345678", {"+353 1 234 5678", "00353 1 234 5678"});
    same(Form::phone, "+12125550100", {"+1 (212) 555-0100"});
    same(Form::phone, "116123", {"116 123"});
    CHECK(form(Form::phone, "111") == "111");
    same(Form::phone, "withheld", {"Withheld", "NUMBER WITHHELD"});
    none(Form::phone, {"", "12", "4960000", "00161496000", "0016", "+0161 496 0000", "ask for Jo", "0161 496 0000 ext",
                       "0161 496 0000 ext 1234567", "+44 0044 0441234567", "0161 496 0000 or 0161 496 0001"});
}

TEST_CASE("no text of a few characters makes a form stumble") {
    for (int form = 0; form <= static_cast<int>(Form::postcode); ++form) {
        for (const char a : {'x', '0', ' ', '-', 'S', 'Z', '+', '\xC3'}) {
            for (const char b : {'x', '1', ' ', '-', 'C', 'Z', '#', '\xA9'}) {
                for (const std::size_t size : {0U, 1U, 2U, 3U, 4U, 5U, 6U, 9U}) {
                    std::string text;
                    while (text.size() < size) text += text.size() % 2 == 0 ? a : b;
                    const auto canonical = canonical_form(static_cast<Form>(form), text);
                    if (canonical) CHECK(canonical_form(static_cast<Form>(form), *canonical) == canonical);
                }
            }
        }
    }
}

TEST_CASE("an identifier has the form of its kind") {
    CHECK(form_of_identifier("nhs_number") == Form::nhs_number);
    CHECK(form_of_identifier("uprn") == Form::uprn);
    CHECK(form_of_identifier("other") == Form::none);
    CHECK(form_of_identifier("") == Form::none);
}

}  // namespace tideover::form_test
