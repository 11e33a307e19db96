// What a spreadsheet shows of a number, by the number's format: a day, an amount with its decimals, a code with its
// noughts (ECMA-376 part 1, 18.8.30 and 18.8.31).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tideover {

/// How numbers of a format are shown, as far as it makes another value of them.
struct NumberFormat {
    enum class Shown { plain, day, instant, time, amount } shown = Shown::plain;
    bool pounds = false;     // amount: with the sign
    std::size_t digits = 0;  // plain: at least so many, with noughts in front

    friend bool operator==(const NumberFormat&, const NumberFormat&) = default;
};

/// By its code, such as "dd/mm/yyyy" or "£#,##0.00".
[[nodiscard]] NumberFormat number_format(std::string_view code);
/// By the number of one that every spreadsheet has, below 164.
[[nodiscard]] NumberFormat built_in_format(int number);

/// A number as the workbook has it ("43922.5", "1.00024E+11") as what is shown: "2020-04-01 12:00:00",
/// "100024000000". `of_1904`: whether its days are counted from 1904. A number that the format does not fit, or of more
/// digits than a workbook keeps, stays as it is.
[[nodiscard]] std::string shown_number(std::string_view number, const NumberFormat& format, bool of_1904);

}  // namespace tideover
