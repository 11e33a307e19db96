// Workbooks from outside: each cell is what a spreadsheet shows of it, and what cannot be read says why.
#include "server/formats/workbook_reader.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>

#include "server/formats/number_format.hpp"
#include "tests/support/workbook.hpp"

namespace workbook_reader_test {

using namespace tideover;
using testing::workbook;
using Cells = std::vector<std::string>;

RandomBytes bytes_of(std::string book) {
    RandomBytes out{.size = book.size()};
    out.read = [book = std::move(book)](std::uint64_t from, char* to, std::size_t most) {
        const auto count = std::min<std::size_t>(most, std::min<std::size_t>(1000, book.size() - from));
        std::memcpy(to, book.data() + from, count);
        return count;
    };
    return out;
}

std::vector<SourceRow> rows_of(const std::string& book, const std::string& sheet = {}) {
    WorkbookReader reader{bytes_of(book), sheet};
    std::vector<SourceRow> out;
    for (SourceRow row; reader.next(row);) out.push_back(row);
    return out;
}

/// The cells of the only row; "!" and its faults where it has some.
Cells row_of(const std::string& cells, const std::string& styles = {}, const std::string& shared = {},
             const std::string& properties = {}) {
    const auto rows = rows_of(workbook({.sheet = "<sheetData><row r=\"1\">" + cells + "</row></sheetData>",
                                        .shared = shared,
                                        .styles = styles,
                                        .book_properties = properties}));
    REQUIRE(rows.size() == 1);
    auto out = rows[0].cells;
    if (!rows[0].fault.empty()) out = {"!" + std::string{rows[0].fault}};
    for (const auto& [column, fault] : rows[0].cell_faults)
        out.push_back("!" + std::to_string(column) + std::string{fault});
    return out;
}

/// Why a workbook is not read.
std::string refusal(const std::string& book, const std::string& sheet = {}) {
    try {
        static_cast<void>(rows_of(book, sheet));
    } catch (const BadArchive& wrong) {
        return wrong.what();
    }
    return {};
}

TEST_CASE("a sheet that a library wrote is read as it was written, in parts of any size") {
    const std::vector<Cells> table{
        {"name", "note"}, {"Ann", "a, \"b\" & <c>\ntwo lines"}, {"", "é ☃"}, {"=1+1", "0123"}};
    std::vector<Cells> got;
    for (const auto& row : rows_of(testing::workbook_of(table))) got.push_back(row.cells);
    CHECK(got == table);
}

TEST_CASE("rows are numbered as the sheet numbers them, cells stand where they say, and blank rows are none") {
    const auto rows = rows_of(workbook(
        {.sheet =
             "<sheetData><row r=\"3\"><c r=\"B3\" t=\"str\"><v>b</v></c><c t=\"str\"><v>c</v></c></row><row r=\"4\"/>"
             "<row r=\"5\"><c r=\"A5\" s=\"0\"/></row><row><c "
             "t=\"inlineStr\"><is><t>in</t><t>line</t></is></c></row></sheetData>"}));
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].number == 3);
    CHECK(rows[0].cells == Cells{"", "b", "c"});
    CHECK(rows[1].number == 6);
    CHECK(rows[1].cells == Cells{"inline"});
    const auto backwards = rows_of(workbook({.sheet = "<sheetData><row r=\"3\"><c t=\"str\"><v>x</v></c></row><row "
                                                      "r=\"2\"><c t=\"str\"><v>y</v></c></row></sheetData>"}));
    REQUIRE(backwards.size() == 2);
    CHECK(backwards[1].fault == rows_out_of_order);
    CHECK(backwards[1].number == 4);
}

TEST_CASE("shared texts are read with all their runs, and without what says how they are pronounced") {
    CHECK(row_of("<c t=\"s\"><v>1</v></c><c t=\"s\"><v>0</v></c><c t=\"s\"><v>7</v></c>", {},
                 "<si><t>one</t></si><si><r><t>t</t></r><r><t xml:space=\"preserve\">w "
                 "o</t></r><rPh><t>sound</t></rPh></si>") == Cells{"tw o", "one"});
    CHECK(row_of("<c t=\"str\"><v>a_x000A_b_x005F_x000A_</v></c>") == Cells{"a\nb_x000A_"});
}

TEST_CASE("days, amounts and codes are what a spreadsheet shows") {
    const std::string styles =
        "<numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/><numFmt numFmtId=\"165\" "
        "formatCode=\"000000000000\"/>"
        "<numFmt numFmtId=\"166\" formatCode=\"&quot;£&quot;#,##0.00;[Red]-&quot;£&quot;#,##0.00\"/></numFmts>"
        "<cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs>"
        "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"22\"/><xf numFmtId=\"165\"/><xf "
        "numFmtId=\"166\"/><xf numFmtId=\"2\"/></cellXfs>";
    const auto shown = [&](const std::string& number, int style, const std::string& properties = {}) {
        const auto row =
            row_of("<c s=\"" + std::to_string(style) + "\"><v>" + number + "</v></c>", styles, {}, properties);
        return row.empty() ? std::string{} : row[0];
    };
    CHECK(shown("43922", 1) == "2020-04-01");
    CHECK(shown("42460", 1, "<workbookPr date1904=\"1\"/>") == "2020-04-01");
    CHECK(shown("43922.5", 1) == "2020-04-01 12:00:00");
    CHECK(shown("43922.427083333336", 2) == "2020-04-01 10:15:00");
    CHECK(shown("43890", 1) == "2020-02-29");
    CHECK(shown("61", 1) == "1900-03-01");
    CHECK(shown("59", 1) == "1900-02-28");
    CHECK(shown("-5", 1) == "-5");
    CHECK(shown("100024000123", 0) == "100024000123");
    CHECK(shown("1.00024000123E+11", 0) == "100024000123");
    CHECK(shown("1.2345678901234567E+18", 0) == "1.2345678901234567E+18");
    CHECK(shown("24000123", 3) == "000024000123");
    CHECK(shown("1334", 4) == "£1334.00");
    CHECK(shown("-12.5", 4) == "-£12.50");
    CHECK(shown("1333.9990000000001", 4) == "£1333.999");
    CHECK(shown("12.300000000000001", 5) == "12.30");
    CHECK(shown("12.300000000000001", 0) == "12.3");
    CHECK(shown("7", 99) == "7");
    CHECK(row_of("<c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c><c t=\"d\"><v>2020-04-01T10:15:00</v></c>") ==
          Cells{"true", "false", "2020-04-01 10:15:00"});
    for (const std::string day : {"d-mmm-yy", "[$-809]dd mmmm yyyy;@", "yyyy\\-mm\\-dd", "mmm-yy"})
        CHECK(number_format(day).shown == NumberFormat::Shown::day);
    CHECK(number_format("[$£-809]#,##0.00") == NumberFormat{.shown = NumberFormat::Shown::amount, .pounds = true});
    CHECK(number_format("dd/mm/yyyy hh:mm").shown == NumberFormat::Shown::instant);
    CHECK(number_format("[h]:mm").shown == NumberFormat::Shown::time);
    CHECK(number_format("0.0\" days\"").shown == NumberFormat::Shown::plain);
    CHECK(number_format("General") == NumberFormat{});
}

TEST_CASE("a formula is its value as it was saved; without one, and with an error, its cell is at fault") {
    CHECK(row_of("<c><f>A1+1</f><v>12</v></c><c t=\"str\"><f>\"a\"</f><v>a</v></c>") == Cells{"12", "a"});
    CHECK(row_of("<c><f>A1+1</f></c>") == Cells{"", "!0formula_without_value"});
    CHECK(row_of("<c><f>A1+1</f><v></v></c><c t=\"e\"><v>#N/A</v></c>") ==
          Cells{"", "#N/A", "!0formula_without_value", "!1formula_error"});
    CHECK(row_of("<c t=\"str\"><f>\"\"</f><v></v></c><c><v>1</v></c>") == Cells{"", "1"});
}

TEST_CASE("a cell for which another one stands is at fault, in each row of the block") {
    const auto rows = rows_of(workbook(
        {.sheet = "<sheetData><row r=\"1\"><c t=\"str\"><v>a</v></c><c t=\"str\"><v>b</v></c></row>"
                  "<row r=\"2\"><c t=\"str\"><v>c</v></c><c t=\"str\"><v>d</v></c></row>"
                  "<row r=\"3\"><c t=\"str\"><v>e</v></c></row><row r=\"4\"><c t=\"str\"><v>f</v></c></row></sheetData>"
                  "<mergeCells count=\"1\"><mergeCell ref=\"B2:B3\"/></mergeCells>"}));
    REQUIRE(rows.size() == 4);
    CHECK(rows[1].cell_faults.empty());
    REQUIRE(rows[2].cell_faults.size() == 1);
    CHECK(rows[2].cell_faults[0].column == 1);
    CHECK(rows[2].cell_faults[0].fault == merged_cells);
    CHECK(rows[3].cell_faults.empty());
}

TEST_CASE("the first sheet that can be seen is read, or the one that is named, hidden or not") {
    const auto book = workbook({.sheet = "<sheetData><row><c><v>5</v></c></row></sheetData>",
                                .others = {{"Notes", "hidden"}, {"Deep", "veryHidden"}}});
    CHECK(rows_of(book)[0].cells == Cells{"5"});
    CHECK(rows_of(book, "Data")[0].cells == Cells{"5"});
    CHECK(rows_of(book, "Notes")[0].cells == Cells{"another"});
    CHECK(refusal(book, "data").starts_with("The workbook has no such sheet. There are: Notes, Deep, Data."));
}

TEST_CASE("what is no workbook, is damaged or unfolds beyond measure says so") {
    CHECK(refusal("").starts_with("It is no workbook (.xlsx)"));
    CHECK(refusal("a,b\n1,2\n").starts_with("It is no workbook (.xlsx)"));
    CHECK(refusal(std::string{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8} + std::string(4096, 'x'))
              .starts_with("It is no workbook"));
    CHECK(refusal(testing::zipped({{"mimetype", "application/vnd.oasis"}}))
              .starts_with("It is no workbook (.xlsx) that"));
    const auto good = workbook({.sheet = "<sheetData><row><c><v>5</v></c></row></sheetData>"});
    for (std::size_t length = 0; length < good.size(); length += 37) CHECK(refusal(good.substr(0, length)) != "");
    CHECK(refusal(workbook({.sheet = "<sheetData><row>"})).starts_with("The workbook is damaged"));
    CHECK(refusal(workbook({.sheet = "<sheetData/>", .shared = "<si>"})).starts_with("The workbook is damaged"));
    const std::string bomb =
        "<sheetData><row><c t=\"str\"><v>" + std::string(std::size_t{8} << 20U, 'a') + "</v></c></row></sheetData>";
    CHECK(refusal(workbook({.sheet = bomb})).starts_with("The workbook unfolds to more than 200 times its bytes"));
    const auto lol = testing::zipped({{"_rels/.rels", "<!DOCTYPE a [<!ENTITY x \"y\">]><Relationships/>"}});
    CHECK(refusal(lol).find("a document type is not taken") != std::string::npos);
}

TEST_CASE("a row that is too long is at fault, and costs no other") {
    std::string long_row;
    for (int i = 0; i < 3000; ++i) {
        long_row += "<c t=\"str\"><v>";
        for (int j = 0; j < 40; ++j) long_row += std::to_string(i * 31 + j * 7919) + "x";
        long_row += "</v></c>";
    }
    const auto rows = rows_of(workbook({.sheet = "<sheetData><row>" + long_row + long_row + long_row +
                                                 "</row><row><c><v>5</v></c></row></sheetData>"}));
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].fault == row_too_long);
    CHECK(rows[1].cells == Cells{"5"});
}

}  // namespace workbook_reader_test
