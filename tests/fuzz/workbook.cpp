// A workbook from outside, whatever bytes it is: an archive, or a sheet's XML within a good one, is read to rows of
// UTF-8 in their order, or refused in a sentence. Lines of JSON likewise.
#include <zip.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "server/formats/ndjson_reader.hpp"
#include "server/formats/workbook_reader.hpp"
#include "tests/fuzz/property.hpp"
#include "tests/fuzz/utf8.hpp"

using namespace tideover;
using tideover::fuzz::require;

namespace {

constexpr std::string_view relations =
    "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"b.xml\"/></Relationships>";
constexpr std::string_view book_relations =
    "<Relationships><Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"s.xml\"/>"
    "<Relationship Id=\"t\" Type=\"x/styles\" Target=\"t.xml\"/></Relationships>";
constexpr std::string_view book = "<workbook><sheets><sheet name=\"s\" id=\"a\"/></sheets></workbook>";
constexpr std::string_view styles =
    "<s><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/><xf numFmtId=\"44\"/></cellXfs></s>";

/// A workbook whose sheet is that XML.
std::string workbook_of(std::string_view sheet) {
    zip_error_t error;
    zip_error_init(&error);
    auto* buffer = zip_source_buffer_create(nullptr, 0, 0, &error);
    auto* zip = zip_open_from_source(buffer, ZIP_TRUNCATE, &error);
    const auto add = [&](const char* name, std::string_view text) {
        const auto at = zip_file_add(zip, name, zip_source_buffer(zip, text.data(), text.size(), 0), 0);
        zip_set_file_compression(zip, static_cast<zip_uint64_t>(at), ZIP_CM_STORE, 0);
    };
    add("_rels/.rels", relations);
    add("b.xml", book);
    add("_rels/b.xml.rels", book_relations);
    add("t.xml", styles);
    add("s.xml", sheet);
    zip_source_keep(buffer);
    zip_close(zip);
    zip_source_open(buffer);
    std::string out(1 << 20, '\0');
    out.resize(static_cast<std::size_t>(zip_source_read(buffer, out.data(), out.size())));
    zip_source_close(buffer);
    zip_source_free(buffer);
    return out;
}

void read(RowReader& reader) {
    std::int64_t last = 0;
    for (SourceRow row; reader.next(row);) {
        require(row.number > last, "rows are numbered");
        last = row.number;
        for (const auto& cell : row.cells) require(fuzz::is_utf8(cell), "every cell is UTF-8");
        for (const auto& one : row.cell_faults) require(words_of(one.fault) != one.fault, "every fault has words");
        require(row.fault.empty() || words_of(row.fault) != row.fault, "every fault has words");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto bytes = fuzz::text_of(data, size);
    const auto manner = fuzz::take_byte(bytes) % 4;
    if (manner == 0) {
        NdjsonReader lines{[bytes, given = false](std::string& more) mutable {
            if (std::exchange(given, true)) return false;
            more += bytes;
            return true;
        }};
        read(lines);
        return 0;
    }
    const auto archive = manner == 1 ? std::string{bytes} : workbook_of(bytes);
    const RandomBytes source{.size = archive.size(), .read = [&](std::uint64_t from, char* to, std::size_t most) {
                                 const auto count = std::min<std::size_t>(most, archive.size() - from);
                                 std::memcpy(to, archive.data() + from, count);
                                 return count;
                             }};
    try {
        WorkbookReader sheet{source, {}};
        read(sheet);
    } catch (const BadArchive& wrong) {
        require(std::strlen(wrong.what()) > 20, "a refusal is a sentence");
    }
    return 0;
}
