// The one form in which a code, a number or an address is compared, whatever spelling it was typed in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tideover {

enum class Form : std::uint8_t {
    none,            // any text
    code,            // "Community Support" → "community-support": codes and names of periods, stored in this form
    fund,            // "Hardship 2020-21" → "hardship_2020_21": a Council Tax fund's code, stored in this form
    account,         // "778552381x" → "778552381X": letters and digits, stored in this form
    tag,             // "dfe-0042" → "DFE0042": what others issued, stored as it was typed
    ward,            // a ward: in the spelling in which it is known already, which the database looks up
    company_number,  // "646 0420" → "00646420", "sc123456" → "SC123456"
    charity_number,  // "sco12345" → "SC012345"
    vat_number,      // "GB 123 4567 82" → "123456782"
    nhs_number,      // "943 476 5919" → "9434765919"
    uprn,            // "010001234" → "10001234"
    rates_account,   // letters and digits
    urn,             // likewise
    email,           // small letters
    phone,           // "+44 (0)161 496 0000 ext 12" → "01614960000 ext 12", "+353 1 234 5678" → "+35312345678"
    postcode,        // "sk13xe" → "SK1 3XE"
};

/// The canonical form of a text without blanks around it; nothing where the text cannot be one, a wrong check digit
/// included. The schema's canonical_form(form, value) gives the same for whatever this accepts.
[[nodiscard]] std::optional<std::string> canonical_form(Form form, std::string_view text);

/// What a person is told who typed something else.
[[nodiscard]] std::string_view words_of(Form form);

/// Whether a record keeps the text as it was typed, so that only comparisons go by the form.
[[nodiscard]] constexpr bool kept_as_typed(Form form) {
    return form != Form::code && form != Form::fund && form != Form::account && form != Form::phone &&
           form != Form::postcode;
}

/// The form of an identifier of this kind; none for other kinds.
[[nodiscard]] Form form_of_identifier(std::string_view kind);

}  // namespace tideover
