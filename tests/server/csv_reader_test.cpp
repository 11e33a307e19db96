// CSV from outside: every spelling of a table that spreadsheets write, and what is no table.
#include "server/formats/csv_reader.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "server/formats/csv.hpp"

namespace csv_reader_test {

using namespace tideover;
using Cells = std::vector<std::string>;

/// A source that gives so many bytes at a time.
ByteSource in_parts(std::string text, std::size_t size) {
    return [text = std::move(text), size, at = std::size_t{0}](std::string& more) mutable {
        if (at == text.size()) return false;
        more.append(text, at, size);
        at = std::min(at + size, text.size());
        return true;
    };
}

/// All rows; a faulty one is its fault.
std::vector<Cells> rows_of(const std::string& text, std::size_t part = 7, char delimiter = '\0') {
    CsvReader reader{in_parts(text, part), delimiter};
    std::vector<Cells> out;
    for (SourceRow row; reader.next(row);) {
        out.push_back(row.fault.empty() ? row.cells : Cells{"!" + std::string{row.fault}});
    }
    return out;
}

TEST_CASE("a table reads the same with any line end, delimiter and byte-order mark, in parts of any size") {
    const std::vector<Cells> wanted{{"name", "note"}, {"Ann", "a \"b\", c"}, {"", "two\nlines"}, {"Bo", ""}};
    for (const std::string end : {"\n", "\r\n", "\r"}) {
        for (const std::string between : {",", ";", "\t", "|"}) {
            for (const std::string mark : {"", "\xEF\xBB\xBF"}) {
                const auto text = mark + "name" + between + "note" + end + "Ann" + between + "\"a \"\"b\"\", c\"" +
                                  end + between + "\"two\nlines\"" + end + "Bo" + between + end;
                for (std::size_t part = 1; part < 9; ++part) CHECK(rows_of(text, part) == wanted);
                CHECK(rows_of(text, 1000) == wanted);
                CHECK(rows_of(text.substr(0, text.size() - end.size()), 5) == wanted);
            }
        }
    }
    CHECK(rows_of("sep=;\r\na;b,c\r\n") == std::vector<Cells>{{"a", "b,c"}});
    CHECK(rows_of("a;b,c;d\n", 3, ',') == std::vector<Cells>{{"a;b", "c;d"}});
    CHECK(rows_of("").empty());
    CHECK(rows_of("\n\r\n\n").empty());
    CHECK(rows_of("\"\"\n") == std::vector<Cells>{});
}

TEST_CASE("rows are numbered as a spreadsheet numbers them, blank ones and all") {
    CsvReader reader{in_parts("a,b\n\n1,2\n\n\n3,4", 3)};
    std::vector<std::int64_t> numbers;
    for (SourceRow row; reader.next(row);) numbers.push_back(row.number);
    CHECK(numbers == std::vector<std::int64_t>{1, 3, 6});
}

TEST_CASE("what cannot be read costs one row, and the next is read as if it were not there") {
    CHECK(rows_of("a,b\n1,\"2\n3,4\n5,6\n") ==
          std::vector<Cells>{{"a", "b"}, {"!unclosed_quote"}, {"3", "4"}, {"5", "6"}});
    CHECK(rows_of(std::string{"a,b\n1,\0\n3,4\n", 12}) ==
          std::vector<Cells>{{"a", "b"}, {"!null_character"}, {"3", "4"}});
    CHECK(rows_of("a,b\n1,caf\xE9\n3,caf\xC3\xA9\n") == std::vector<Cells>{{"a", "b"}, {"!not_utf8"}, {"3", "café"}});
    CHECK(rows_of("a,b\n\xED\xA0\x80,\xC0\xAF\n") == std::vector<Cells>{{"a", "b"}, {"!not_utf8"}});
    const std::string line(10 << 20, 'x');
    CHECK(rows_of("a,b\n" + line + "\n3,4\n", 65536) == std::vector<Cells>{{"a", "b"}, {"!row_too_long"}, {"3", "4"}});
    CHECK(rows_of("a,b\n" + line, 65536) == std::vector<Cells>{{"a", "b"}, {"!row_too_long"}});
    CHECK(rows_of("a,b\n1,\"" + line + "\n3,4\n", 65536).size() == 3);
    CHECK(rows_of("a,5\" pipe\n") == std::vector<Cells>{{"a", "5\" pipe"}});
}

TEST_CASE("a text full of quotes that nobody closes is given up, and soon") {
    std::string text = "a,b\n";
    for (int i = 0; i < 100'000; ++i) text += "\"x,y\n\"\n";
    CsvReader reader{in_parts(text + "\"", 65536)};
    int rows = 0;
    for (SourceRow row; reader.next(row);) ++rows;
    CHECK(rows > 1);
    std::string worse = "a,b\n";
    for (int i = 0; i < 200'000; ++i) worse += i % 2 == 0 ? "\"x,y\n" : "z\"q,\n";
    CsvReader other{in_parts(worse, 65536)};
    int faults = 0;
    for (SourceRow row; other.next(row);) faults += row.fault.empty() ? 0 : 1;
    CHECK(faults <= CsvReader::unclosed_max);
}

TEST_CASE("what our own CSV writes is read back") {
    CHECK(rc::check([](const std::vector<std::string>& cells) {
        std::string line;
        Cells wanted;
        for (const auto& cell : cells) {
            std::string plain;
            for (const char c : cell) plain += c > ' ' && c < 127 && c != '\'' ? c : ',';
            plain = "x" + plain;
            wanted.push_back(plain);
            line += (line.empty() ? "" : ",") + csv_cell(plain);
        }
        RC_PRE(!wanted.empty());
        RC_ASSERT(rows_of(line + "\r\n", 3, ',') == std::vector<Cells>{wanted});
    }));
}

}  // namespace csv_reader_test
