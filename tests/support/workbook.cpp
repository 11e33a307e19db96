#include "tests/support/workbook.hpp"

#include <xlsxwriter.h>
#include <zip.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace tideover::testing {
namespace {

/// What somebody writes into a file of that name, as bytes.
template <class Write>
std::string written(const Write& write) {
    auto folder = (std::filesystem::temp_directory_path() / "tideover-workbook-XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr) throw std::runtime_error("no folder for a workbook");
    const auto path = folder + "/book.xlsx";
    write(path);
    std::ifstream file{path, std::ios::binary};
    std::string out{std::istreambuf_iterator<char>{file}, {}};
    std::filesystem::remove_all(folder);
    return out;
}

}  // namespace

std::string zipped(const std::vector<std::pair<std::string, std::string>>& entries) {
    return written([&](const std::string& path) {
        int error = 0;
        auto* zip = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
        for (const auto& [name, text] : entries) {
            auto* source = zip_source_buffer(zip, text.data(), text.size(), 0);
            if (zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8) < 0) throw std::runtime_error("zip");
        }
        if (zip_close(zip) != 0) throw std::runtime_error("zip");
    });
}

std::string workbook(const WorkbookParts& parts) {
    const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    const std::string main = " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const std::string relations =
        head + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    const auto relation = [&](const std::string& id, const std::string& kind, const std::string& target) {
        return "<Relationship Id=\"" + id + "\" Type=\"" + office + "/" + kind + "\" Target=\"" + target + "\"/>";
    };
    std::vector<std::pair<std::string, std::string>> entries;
    std::string sheets, related;
    int number = 0;
    const auto add_sheet = [&](const std::string& name, const std::string& state, const std::string& data) {
        const auto id = std::to_string(++number);
        sheets += "<sheet name=\"" + name + "\" sheetId=\"" + id + "\" r:id=\"rId" + id + "\"" +
                  (state.empty() ? "" : " state=\"" + state + "\"") + "/>";
        related += relation("rId" + id, "worksheet", "worksheets/sheet" + id + ".xml");
        entries.emplace_back("xl/worksheets/sheet" + id + ".xml",
                             head + "<worksheet" + main + ">" + data + "</worksheet>");
    };
    for (const auto& [name, state] : parts.others)
        add_sheet(name, state, "<sheetData><row><c t=\"str\"><v>another</v></c></row></sheetData>");
    add_sheet("Data", "", parts.sheet);
    entries.emplace_back("_rels/.rels",
                         relations + relation("rId1", "officeDocument", "xl/workbook.xml") + "</Relationships>");
    if (!parts.shared.empty()) {
        related += relation("rIdS", "sharedStrings", "sharedStrings.xml");
        entries.emplace_back("xl/sharedStrings.xml", head + "<sst" + main + ">" + parts.shared + "</sst>");
    }
    if (!parts.styles.empty()) {
        related += relation("rIdT", "styles", "/xl/styles.xml");
        entries.emplace_back("xl/styles.xml", head + "<styleSheet" + main + ">" + parts.styles + "</styleSheet>");
    }
    entries.emplace_back("xl/workbook.xml", head + "<workbook" + main + " xmlns:r=\"" + office + "\">" +
                                                parts.book_properties + "<sheets>" + sheets + "</sheets></workbook>");
    entries.emplace_back("xl/_rels/workbook.xml.rels", relations + related + "</Relationships>");
    return zipped(entries);
}

std::string workbook_of(const std::vector<std::vector<std::string>>& rows) {
    return written([&](const std::string& path) {
        auto* book = workbook_new(path.c_str());
        auto* sheet = workbook_add_worksheet(book, nullptr);
        lxw_row_t at = 0;
        for (const auto& row : rows) {
            lxw_col_t column = 0;
            for (const auto& cell : row) worksheet_write_string(sheet, at, column++, cell.c_str(), nullptr);
            ++at;
        }
        if (workbook_close(book) != LXW_NO_ERROR) throw std::runtime_error("workbook");
    });
}

}  // namespace tideover::testing
