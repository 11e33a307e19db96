// A table of wards from outside: read as it is meant, or refused with the line that is wrong.
#include "server/formats/ward_table.hpp"

#include <doctest/doctest.h>

namespace ward_table_test {

using namespace tideover;

namespace {

/// "SK1 3XE Manor|…", or what is wrong.
std::string read(std::string_view csv) {
    const auto table = read_ward_table(csv);
    if (const auto* wrong = std::get_if<std::string>(&table)) return *wrong;
    std::string out;
    for (const auto& row : std::get<0>(table)) out += (out.empty() ? "" : "|") + row.postcode + " " + row.ward;
    return out;
}

}  // namespace

TEST_CASE("columns are found by their names, and other columns left out") {
    CHECK(read("pcds,ward\nSK1 3XE,Manor\n") == "SK1 3XE Manor");
    CHECK(read("pcd,pcds,osward,ward\r\nSK1 3XE,SK1 3XE,E05000793,\"Marple South, High Lane\"\r\n") ==
          "SK1 3XE Marple South, High Lane");
    CHECK(read("\xEF\xBB\xBFward,pcds\nManor,sk13xe\n\"The \"\"Heatons\"\"\",SK4 1AA") ==
          "SK1 3XE Manor|SK4 1AA The \"Heatons\"");
}

TEST_CASE("a file that cannot be understood is refused with the line that is wrong") {
    CHECK(read("") == "line 0: the header must name pcds and ward");
    CHECK(read("postcode,ward\nSK1 3XE,Manor\n") == "line 1: the header must name pcds and ward");
    CHECK(read("pcds,ward\n") == "line 1: there is no postcode in it");
    CHECK(read("pcds,ward\nSK1 3XE,Manor\nSK1,Manor\n") == "line 3: 'SK1' is no postcode");
    CHECK(read("pcds,ward\nSK1 3XE\n") == "line 2: it has another number of cells than the header");
    CHECK(read("pcds,ward\nSK1 3XE,\n") == "line 2: a ward's name has 1 to 60 characters");
    CHECK(read("pcds,ward\nSK1 3XE,Manor\nsk1 3xe,Offerton\n") == "line 3: SK1 3XE stands twice");
    CHECK(read("pcds,ward\n\"SK1 3XE,Manor\n").find("a quote is not closed") != std::string::npos);
    CHECK(read("pcds,ward\nSK1 3XE,Man\"or\n") == "line 2: a quote is not closed, or stands inside a cell");
}

}  // namespace ward_table_test
