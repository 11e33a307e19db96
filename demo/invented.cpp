// The lists that invented people and places are put together from.
#include "demo/invented.hpp"

#include <array>
#include <numeric>

namespace tideover::year {
namespace {

struct Ward {
    std::string_view name;
    std::string_view outcode;
    int need;   // how much of the help goes there
    int trade;  // how many of the businesses are there
};

// The wards are Stockport's; need and trade are guesses.
// clang-format off
constexpr auto wards = std::to_array<Ward>({
    // name                         outcode need trade
    {"Bramhall North",              "ZZ7",  2,   4},
    {"Bramhall South and Woodford", "ZZ7",  2,   4},
    {"Bredbury and Woodley",        "ZZ6",  5,   6},
    {"Bredbury Green and Romiley",  "ZZ6",  5,   5},
    {"Brinnington and Central",     "ZZ1",  14,  15},
    {"Cheadle and Gatley",          "ZZ8",  4,   8},
    {"Cheadle Hulme North",         "ZZ8",  4,   4},
    {"Cheadle Hulme South",         "ZZ8",  3,   5},
    {"Davenport and Cale Green",    "ZZ3",  8,   5},
    {"Edgeley and Cheadle Heath",   "ZZ3",  9,   7},
    {"Hazel Grove",                 "ZZ7",  4,   7},
    {"Heald Green",                 "ZZ8",  3,   4},
    {"Heatons North",               "ZZ4",  4,   5},
    {"Heatons South",               "ZZ4",  4,   5},
    {"Manor",                       "ZZ2",  6,   3},
    {"Marple North",                "ZZ6",  3,   4},
    {"Marple South and High Lane",  "ZZ6",  3,   4},
    {"Offerton",                    "ZZ2",  8,   3},
    {"Reddish North",               "ZZ5",  8,   5},
    {"Reddish South",               "ZZ5",  6,   4},
    {"Stepping Hill",               "ZZ2",  5,   4},
});
// clang-format on

constexpr std::array<std::string_view, 40> given{
    "Ada",   "Amir",  "Bea",   "Ben",   "Carys", "Cyril", "Daisy", "Dev",   "Edith", "Elijah",
    "Farah", "Frank", "Grace", "Gus",   "Hana",  "Hugh",  "Iris",  "Isaac", "Joan",  "Jonah",
    "Kit",   "Kofi",  "Leila", "Lewis", "Maeve", "Mo",    "Nora",  "Noor",  "Olive", "Omar",
    "Pearl", "Piotr", "Rosa",  "Rafiq", "Sian",  "Stan",  "Tess",  "Tariq", "Una",   "Wilfred"};
constexpr std::array<std::string_view, 20> family{"Exampleton", "Sampleworth", "Fictionby", "Inventham",  "Pretendley",
                                                  "Fableton",   "Mockingham",  "Storyford", "Madeupton",  "Imagineham",
                                                  "Legendby",   "Wonderby",    "Specimen",  "Tallytale",  "Novelton",
                                                  "Dreamworth", "Parableby",   "Notionley", "Figmentson", "Supposeham"};
constexpr std::array<std::string_view, 16> streets{
    "Imaginary Row", "Fictional Street", "Invented Terrace", "Madeup Lane",       "Pretend Avenue", "Storybook Close",
    "Example Road",  "Sample Drive",     "Fable Court",      "Makebelieve Grove", "Figment Street", "Legend Walk",
    "Notional Way",  "Supposed Road",    "Wonder Place",     "Nowhere Lane"};

// There is no area ZZ, and inward codes never end in C, I, K, M, O or V: these postcodes cannot be anybody's.
constexpr std::string_view unused_letters = "CIKMOV";

template <class Weight>
const Ward& some_ward(Dice& dice, const Weight& weight) {
    int left = dice.below(
        std::accumulate(wards.begin(), wards.end(), 0, [&](int sum, const Ward& ward) { return sum + weight(ward); }));
    for (const auto& ward : wards) {
        if (left < weight(ward)) return ward;
        left -= weight(ward);
    }
    return wards.front();
}

Place place_in(Dice& dice, const Ward& ward) {
    auto address = std::to_string(dice.between(1, 180)) + " ";
    address += dice.pick(streets);
    auto postcode = std::string{ward.outcode} + " " + std::to_string(dice.below(10));
    postcode += dice.pick(unused_letters);
    postcode += dice.pick(unused_letters);
    return {std::move(address), std::move(postcode), std::string{ward.name}};
}

}  // namespace

Place home(Dice& dice) {
    return place_in(dice, some_ward(dice, [](const Ward& ward) { return ward.need; }));
}

Place premises_place(Dice& dice) {
    return place_in(dice, some_ward(dice, [](const Ward& ward) { return ward.trade; }));
}

std::string person_name(Dice& dice) {
    std::string name{dice.pick(given)};
    name += ' ';
    name += dice.pick(family);
    return name + " (invented)";
}

std::string invented_name(Dice& dice, std::string_view trade, int ordinal) {
    std::string name{dice.pick(family)};
    name += ' ';
    name += trade;
    return name + " " + numbered(ordinal, 2) + " (invented)";
}

std::string phone(Dice& dice) {
    static constexpr std::array<std::string_view, 3> ranges{"0161496", "07700900", "01632960"};
    const auto range = dice.below(3);
    return std::string{ranges[static_cast<std::size_t>(range)]} + (range == 0 ? "0" : "") +
           numbered(dice.below(1000), 3);
}

std::string email(std::string_view kind, int ordinal) {
    return std::string{kind} + "." + std::to_string(ordinal) + "@example.org";
}

std::string born_on(Dice& dice, int youngest, int oldest) {
    // One throw a statement: the order within an expression is the compiler's.
    auto text = std::to_string(2020 - dice.between(youngest, oldest)) + "-";
    text += numbered(dice.between(1, 12), 2) + "-";
    return text + numbered(dice.between(1, 28), 2);
}

std::string numbered(int ordinal, int width) {
    auto digits = std::to_string(ordinal);
    if (digits.size() < static_cast<std::size_t>(width))
        digits.insert(0, static_cast<std::size_t>(width) - digits.size(), '0');
    return digits;
}

}  // namespace tideover::year
