// What is exported reads back as what it was, by a strict reader, and no cell is a formula to a spreadsheet.
#include "server/formats/csv.hpp"

#include <nlohmann/json.hpp>

#include "server/formats/spreadsheet.hpp"
#include "tests/fuzz/csv_reader.hpp"
#include "tests/fuzz/property.hpp"

using namespace tideover;
using tideover::fuzz::require;
using Json = nlohmann::ordered_json;

namespace {

bool is_formula(std::string_view text) {
    return !text.empty() && std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos;
}

/// A cell's text as it is expected back.
std::string guarded(const std::string& text) {
    return is_misread(text) ? "'" + text : text;
}

void check_cell(std::string_view text) {
    const auto rows = fuzz::read_csv(csv_cell(text) + "\r\n");
    require(rows && rows->size() == 1 && rows->front().size() == 1, "a cell is one cell");
    require(rows->front().front() == guarded(std::string{text}), "a cell reads back as itself");
    require(!is_formula(rows->front().front()), "no cell is a formula");
    const bool plain = !text.empty() && text.find_first_not_of("abcdghijklnoqrsvwxyz ") == std::string_view::npos;
    if (plain) require(rows->front().front() == text, "words stand as they are");
}

/// Rows with a column a name: the texts fill them one after the other. Row and column stand for what lists hand over.
void check_table(const std::vector<std::string>& texts, std::size_t columns) {
    std::vector<fuzz::CsvRow> expected(1);
    std::vector<std::string> json_rows;
    for (std::size_t i = 0; i < columns; ++i) expected[0].push_back((i % 2 == 0 ? "a" : "in.") + std::to_string(i));
    for (std::size_t from = 0; from < texts.size(); from += columns) {
        Json row = Json::object();
        auto& cells = expected.emplace_back();
        for (std::size_t i = 0; i < columns; ++i) {
            const auto text = from + i < texts.size() ? texts[from + i] : std::string{};
            cells.push_back(guarded(text));
            const auto key = std::to_string(i);
            if (i % 2 == 0) {
                row["a" + key] = text;
            } else {
                row["in." + key] = text;
            }
        }
        json_rows.push_back(row.dump());
    }
    require(fuzz::read_csv(to_csv(json_rows)) == expected, "a table reads back as itself");
}

/// As JSON would hand it over: whatever is no UTF-8 is replaced.
std::string as_text(std::string_view bytes) {
    const auto written = Json(std::string{bytes}).dump(-1, ' ', false, Json::error_handler_t::replace);
    return Json::parse(written).get<std::string>();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto bytes = fuzz::text_of(data, size);
    const auto columns = 1 + fuzz::take_byte(bytes) % 8;
    check_cell(bytes);
    std::vector<std::string> texts;
    fuzz::each_part(bytes, '\x1F', [&](std::string_view part) { texts.push_back(as_text(part)); });
    check_table(texts, columns);
    return 0;
}
