// Lines of JSON from outside, as rows of a table.
#include "server/formats/ndjson_reader.hpp"

#include <doctest/doctest.h>

namespace ndjson_reader_test {

using namespace tideover;
using Cells = std::vector<std::string>;

NdjsonReader reader_of(std::string text, std::size_t part, Cells names = {}) {
    return NdjsonReader{[text = std::move(text), part, at = std::size_t{0}](std::string& more) mutable {
                            if (at == text.size()) return false;
                            more.append(text, at, part);
                            at = std::min(at + part, text.size());
                            return true;
                        },
                        std::move(names)};
}

Cells row_of(const std::string& line, Cells names = {}) {
    auto reader = reader_of(line, 3, std::move(names));
    SourceRow row;
    REQUIRE(reader.next(row));
    if (!row.fault.empty()) return {"!" + std::string{row.fault}, row.cells.at(0)};
    for (const auto& [column, fault] : row.cell_faults)
        row.cells.push_back("!" + std::to_string(column) + std::string{fault});
    return row.cells;
}

TEST_CASE("each line is a row with the columns of all, in parts of any size") {
    const std::string text =
        "\xEF\xBB\xBF{\"name\":\"Ann\",\"household\":{\"uprn\":\"100\"}}\r\n\n"
        "{\"age\":7,\"ok\":true,\"name\":null,\"list\":[\"a\",\"b\"]}\n{\"name\":\"Bo\\nBa\"}";
    for (std::size_t part = 1; part < 40; ++part) {
        auto reader = reader_of(text, part);
        std::vector<SourceRow> rows;
        for (SourceRow row; reader.next(row);) rows.push_back(row);
        REQUIRE(rows.size() == 3);
        CHECK(reader.names() == Cells{"household.uprn", "name", "age", "list", "ok"});
        CHECK(rows[0].cells == Cells{"100", "Ann"});
        CHECK(rows[1].number == 3);
        CHECK(rows[1].cells == Cells{"", "", "7", "[\"a\",\"b\"]", "true"});
        CHECK(rows[2].cells == Cells{"", "Bo\nBa"});
    }
    CHECK(row_of("{\"b\":\"2\"}", {"a", "b"}) == Cells{"", "2"});
}

TEST_CASE("a line that is no object is a row at fault, with its beginning to be seen") {
    CHECK(row_of("{\"a\":1") == Cells{"!malformed_json", "{\"a\":1"});
    CHECK(row_of("[1]") == Cells{"!malformed_json", "[1]"});
    CHECK(row_of("{} {}")[0] == "!malformed_json");
    CHECK(row_of("{\"a\":1,\"a\":2}")[0] == "!duplicate_key");
    CHECK(row_of("{\"a\":{\"b\":1},\"a.b\":2}")[0] == "!duplicate_key");
    CHECK(row_of("{\"a\":\"\\u0000\"}")[0] == "!null_character");
    CHECK(row_of("{\"a\":\"\xFF\"}")[0] == "!not_utf8");
    CHECK(row_of("{\"a\":12.5,\"b\":1}") == Cells{"12.5", "1", "!0not_whole"});
    auto reader = reader_of("{\"a\":\"" + std::string(row_max, 'x') + "\"}\n{\"a\":1}", 1000);
    SourceRow row;
    REQUIRE(reader.next(row));
    CHECK(row.fault == row_too_long);
    CHECK(row.cells[0].size() == row_shown_max);
    REQUIRE(reader.next(row));
    CHECK(row.cells == Cells{"1"});
    CHECK_FALSE(reader.next(row));
}

}  // namespace ndjson_reader_test
