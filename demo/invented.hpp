// People, businesses, places and numbers that do not exist and say so. Telephone numbers come from the ranges that
// Ofcom keeps free for drama, postcodes end in letters that Royal Mail never uses, sort codes begin with 00, and
// company, charity and rates numbers have forms that no register issues.
#pragma once

#include <string>
#include <string_view>

#include "demo/dice.hpp"

namespace tideover::year {

struct Place {
    std::string address;
    std::string postcode;
    std::string ward;
};

/// Where people live who need help, and where businesses trade: the same wards, weighted apart.
[[nodiscard]] Place home(Dice& dice);
[[nodiscard]] Place premises_place(Dice& dice);

[[nodiscard]] std::string person_name(Dice& dice);
/// "Fableton Bakery 0017 (invented)".
[[nodiscard]] std::string invented_name(Dice& dice, std::string_view trade, int ordinal);
[[nodiscard]] std::string phone(Dice& dice);
[[nodiscard]] std::string email(std::string_view kind, int ordinal);
[[nodiscard]] std::string born_on(Dice& dice, int youngest, int oldest);

/// "007" for (7, 3).
[[nodiscard]] std::string numbered(int ordinal, int width);

}  // namespace tideover::year
