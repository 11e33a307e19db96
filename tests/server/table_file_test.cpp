// Tables as files, at the ends of what a spreadsheet holds.
#include "server/formats/table_file.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>

namespace table_file_test {

using namespace tideover;

namespace {

const std::string folder = std::filesystem::temp_directory_path().string();

std::string content(const SpoolFile& file) {
    std::string out(file.bytes(), '\0');
    CHECK(::pread(file.descriptor(), out.data(), out.size(), 0) == static_cast<ssize_t>(out.size()));
    return out;
}

/// What `unzip` prints of a workbook with these arguments.
std::string unzipped(const SpoolFile& file, const std::string& options, const std::string& part) {
    const auto name = folder + "/tideover-" + std::to_string(::getpid()) + ".xlsx";
    std::ofstream{name, std::ios::binary} << content(file);
    std::string out;
    auto* pipe = ::popen(("unzip " + options + " " + name + " " + part).c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::array<char, 4096> buffer{};
    for (std::size_t count = 0; (count = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
        out.append(buffer.data(), count);
    }
    CHECK(::pclose(pipe) == 0);
    std::filesystem::remove(name);
    return out;
}

}  // namespace

TEST_CASE("a workbook goes on in another sheet where one is full, with the same names") {
    constexpr int rows = 1'048'576;  // one more than stand below the names of a sheet
    SpoolFile file{folder};
    const auto table = workbook_file({{"n", Kind::count}}, file, "calls", folder);
    for (int i = 1; i <= rows; ++i) {
        const auto text = std::to_string(i);
        table->row(std::array{Cell{text}});
    }
    table->finish();
    const auto second = unzipped(file, "-p", "xl/worksheets/sheet2.xml");
    CHECK(second.find(">n</") != std::string::npos);
    CHECK(second.find("<c r=\"A2\"><v>1048576</v></c>") != std::string::npos);
    CHECK(second.find("A3") == std::string::npos);
    CHECK(unzipped(file, "-p", "xl/workbook.xml").find("name=\"calls 2\"") != std::string::npos);
}

TEST_CASE("a cell says where it was cut, between two characters; days before a spreadsheet's own are texts") {
    SpoolFile file{folder};
    const auto table =
        workbook_file({{"note"}, {"born_on", Kind::day}, {"kept", Kind::pence}}, file, "persons", folder);
    std::string longest;
    while (longest.size() <= 40'000) longest += "é";
    table->row(std::array{Cell{longest}, Cell{"1900-02-28"}, Cell{"-5"}});
    table->row(std::array{Cell{}, Cell{"1900-03-01"}, Cell{"9223372036854775807"}});
    table->finish();
    const auto sheet = unzipped(file, "-p", "xl/worksheets/sheet1.xml");
    CHECK(sheet.find("é … (cut: a cell holds no more; the CSV has all of it)</t>") != std::string::npos);
    CHECK(sheet.find(">1900-02-28</t>") != std::string::npos);
    CHECK(sheet.find("<v>61</v>") != std::string::npos);
    CHECK(sheet.find("<v>-0.05</v>") != std::string::npos);
    CHECK(sheet.find(">9223372036854775807</t>") != std::string::npos);  // more than a cell counts exactly
}

TEST_CASE("a JSON object is a row by its names, dotted or nested; what it lacks is empty") {
    SpoolFile file{folder};
    const std::vector<Column> columns{{"id"},  {"payee.name"},  {"codes"},         {"rows"},
                                      {"a.b"}, {"missing.too"}, {"n", Kind::count}};
    const auto table = csv_file(columns, file);
    add_json(
        *table, columns,
        R"({"id": "07", "payee": {"name": "A, B"}, "codes": ["x", "y"], "rows": [{"k": 1}], "a.b": null, "missing": 1, "n": -3})");
    table->finish();
    CHECK(content(file) ==
          "\xEF\xBB\xBFid,payee.name,codes,rows,a.b,missing.too,n\r\n'07,\"A, B\",x; y,\"[{\"\"k\"\":1}]\",,,-3\r\n");
}

TEST_CASE("a spool file leaves no name in its folder") {
    const auto own = folder + "/tideover-spool-" + std::to_string(::getpid());
    std::filesystem::create_directory(own);
    {
        SpoolFile file{own};
        file.append("something");
        CHECK(file.bytes() == 9);
        CHECK(std::filesystem::is_empty(own));
    }
    std::filesystem::remove(own);
    CHECK_THROWS_AS(SpoolFile{own}, std::system_error);
}

}  // namespace table_file_test
