// Which texts a spreadsheet would run or show otherwise.
#include "server/formats/spreadsheet.hpp"

#include <doctest/doctest.h>

#include <string>

#include "server/formats/csv.hpp"

namespace spreadsheet_test {

using namespace tideover;

TEST_CASE("a text that a spreadsheet would run, round, shorten or take for a date is marked as text") {
    for (const std::string text : {"=1+1",        "+44 161 496 0000",
                                   "-1",          "@SUM(A1)",
                                   "\t=1",        "\r=1",
                                   "＝1+1",       "007",
                                   "07700900123", "00",
                                   "0161496",     "1234567890123456",
                                   "1.50",        "1.0",
                                   ".5",          "1e5",
                                   "12E3",        "1,000",
                                   "50%",         "£5",
                                   "$5",          "€5",
                                   "(5)",         "1-2",
                                   "01-02-03",    "10-11-12",
                                   "3/4",         "1 1/2",
                                   "1/2/2020",    "31.12.2020",
                                   "10:30",       "10:30 PM",
                                   "10 am",       "10:30pm",
                                   "9:05:00 am",  "MAR1",
                                   "1-Mar",       "May 2020",
                                   "2 September", "dec-20",
                                   "Sept 3",      "true",
                                   "FALSE",       "2020-1-2"}) {
        INFO(text);
        CHECK(is_misread(text));
        CHECK(csv_cell(text).find('\'') != std::string::npos);
    }
}

TEST_CASE("every other text stands as it is") {
    for (const std::string text : {"",
                                   "0",
                                   "7",
                                   "123456789012345",
                                   "2020-12-31",
                                   "2020-12-31T23:59:59Z",
                                   "07700 900123",
                                   "0161 496 0000",
                                   "M1 1AE",
                                   "1a",
                                   "e5",
                                   "CALL-2020-000017",
                                   "Marple",
                                   "May",
                                   "Mayfield 12",
                                   "12 May Street",
                                   "1 March Street",
                                   "1st",
                                   "No 5",
                                   "truest",
                                   "'07",
                                   "10 Downing Street",
                                   "3 / 4 of it",
                                   "Decoy 1",
                                   "a=b",
                                   "O'Neill",
                                   "日本 1-2",
                                   "1-2 Ltd"}) {
        INFO(text);
        CHECK_FALSE(is_misread(text));
    }
}

}  // namespace spreadsheet_test
