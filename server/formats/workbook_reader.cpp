// A workbook's parts are found by their relations; a sheet is read twice: first for what of it is merged, which stands
// behind the rows.
#include "server/formats/workbook_reader.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <utility>

#include "server/formats/number_format.hpp"
#include "server/formats/xml_parser.hpp"

namespace tideover {
namespace {

constexpr std::size_t part_max = 4 << 20;    // bytes of what says where the rest is
constexpr std::size_t columns_max = 16'384;  // of a sheet
constexpr std::size_t merges_max = 10'000;
constexpr std::size_t open_max = 1'000;  // that a row is part of

/// Reads all of an entry through a handler.
void parse(ByteSource bytes, XmlParser::Handler handler) {
    XmlParser parser{std::move(handler)};
    try {
        for (std::string part; bytes(part); part.clear()) parser.feed(part);
        parser.finish();
    } catch (const MalformedXml& wrong) {
        throw BadArchive{"The workbook is damaged (" + std::string{wrong.what()} + "): save it again."};
    }
}

template <class Number>
std::optional<Number> number_of(std::string_view text) {
    Number out{};
    const auto end = std::from_chars(text.data(), text.data() + text.size(), out);
    if (text.empty() || end.ec != std::errc{} || end.ptr != text.data() + text.size()) return std::nullopt;
    return out;
}

struct Place {
    std::int64_t row = 0;
    std::size_t column = 0;  // from nought
};
/// "C5"; nothing where it is none.
std::optional<Place> place_of(std::string_view text) {
    std::size_t column = 0, at = 0;
    while (at < text.size() && text[at] >= 'A' && text[at] <= 'Z' && column <= columns_max)
        column = column * 26 + static_cast<std::size_t>(text[at++] - 'A') + 1;
    const auto row = number_of<std::int64_t>(text.substr(at));
    if (column == 0 || column > columns_max || !row || *row < 1) return std::nullopt;
    return Place{*row, column - 1};
}

/// The path of a part that another one names.
std::string resolved(std::string_view of, std::string_view target) {
    if (target.starts_with('/')) return std::string{target.substr(1)};
    auto folder = std::string{of.substr(0, of.rfind('/') + 1)};
    while (target.starts_with("../") && !folder.empty()) {
        target.remove_prefix(3);
        folder.erase(folder.size() > 1 ? folder.rfind('/', folder.size() - 2) + 1 : 0);
    }
    return folder + std::string{target};
}

/// The parts that one is related to: the target of each id, and of each kind's last word ("sharedStrings").
struct Relations {
    std::map<std::string, std::string, std::less<>> by_id, by_kind;
};
Relations relations_of(const ZipArchive& zip, const std::string& part) {
    const auto slash = part.rfind('/') + 1;
    const auto name = part.substr(0, slash) + "_rels/" + part.substr(slash) + ".rels";
    Relations out;
    if (!zip.has(name)) return out;
    const auto text = zip.text(name, part_max);
    parse(
        [text, given = false](std::string& more) mutable {
            if (std::exchange(given, true)) return false;
            more += text;
            return true;
        },
        {.begins = [&](std::string_view element, const XmlAttributes& of) {
            if (element != "Relationship" || of["TargetMode"] == "External") return;
            const auto target = resolved(part, of["Target"]);
            const auto kind = of["Type"];
            out.by_id.emplace(of["Id"], target);
            out.by_kind.emplace(kind.substr(kind.rfind('/') + 1), target);
        }});
    return out;
}

/// "_x000D_" is a character that XML does not hold.
std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i, 2) == "_x" && i + 6 < text.size() && text[i + 6] == '_') {
            unsigned code = 0;
            const auto hex = text.substr(i + 2, 4);
            const auto end = std::from_chars(hex.data(), hex.data() + 4, code, 16);
            if (end.ec == std::errc{} && end.ptr == hex.data() + 4 && code < 0x80 && code > 0) {
                out += static_cast<char>(code);
                i += 6;
                continue;
            }
        }
        out += text[i];
    }
    return out;
}

/// Texts that cells share: one string and where each begins, since there may be a million.
struct SharedTexts {
    std::string all;
    std::vector<std::uint32_t> ends;

    [[nodiscard]] std::optional<std::string> operator[](std::size_t index) const {
        if (index >= ends.size()) return std::nullopt;
        const auto from = index == 0 ? 0 : ends[index - 1];
        return unescaped(std::string_view{all}.substr(from, ends[index] - from));
    }
};

SharedTexts shared_texts(const ZipArchive& zip, const std::string& part) {
    SharedTexts out;
    int sounds = 0;  // within what says how a text is pronounced
    bool inside = false;
    parse(zip.open(part), {.begins =
                               [&](std::string_view name, const XmlAttributes&) {
                                   if (name == "rPh") ++sounds;
                                   if (name == "t") inside = true;
                               },
                           .ends =
                               [&](std::string_view name) {
                                   if (name == "rPh") --sounds;
                                   if (name == "t") inside = false;
                                   if (name == "si") out.ends.push_back(static_cast<std::uint32_t>(out.all.size()));
                               },
                           .text =
                               [&](std::string_view text) {
                                   if (inside && sounds == 0) out.all += text;
                                   if (out.all.size() + out.ends.size() * 4 > WorkbookReader::shared_max)
                                       throw BadArchive{"The workbook has too much text: save the sheet as CSV."};
                               }});
    return out;
}

/// How numbers are shown, by the style of their cells.
std::vector<NumberFormat> styles_of(const ZipArchive& zip, const std::string& part) {
    std::map<int, NumberFormat> own;
    std::vector<NumberFormat> out;
    bool inside = false;
    parse(zip.open(part), {.begins =
                               [&](std::string_view name, const XmlAttributes& of) {
                                   const auto number = number_of<int>(of["numFmtId"]).value_or(0);
                                   if (name == "numFmt") own[number] = number_format(of["formatCode"]);
                                   if (name == "cellXfs") inside = true;
                                   if (name != "xf" || !inside) return;
                                   const auto found = own.find(number);
                                   out.push_back(found == own.end() ? built_in_format(number) : found->second);
                               },
                           .ends =
                               [&](std::string_view name) {
                                   if (name == "cellXfs") inside = false;
                               }});
    return out;
}

/// A block of cells of which the first stands for all.
struct Merge {
    Place first, last;
};
std::vector<Merge> merges_of(const ZipArchive& zip, const std::string& part) {
    std::vector<Merge> out;
    parse(zip.open(part), {.begins = [&](std::string_view name, const XmlAttributes& of) {
              if (name != "mergeCell") return;
              const auto block = of["ref"];
              const auto colon = block.find(':');
              if (colon == std::string_view::npos) return;
              const auto first = place_of(block.substr(0, colon)), last = place_of(block.substr(colon + 1));
              if (first && last) out.push_back({*first, *last});
              if (out.size() > merges_max)
                  throw BadArchive{"More than " + std::to_string(merges_max) +
                                   " blocks of cells are merged: unmerge them."};
          }});
    std::sort(out.begin(), out.end(), [](const Merge& a, const Merge& b) { return a.first.row < b.first.row; });
    return out;
}

}  // namespace

struct WorkbookReader::Sheet {
    Sheet(RandomBytes archive, const std::string& sheet, Extent extent) : zip(std::move(archive)) {
        const auto book = find_book();
        const auto parts = relations_of(zip, book);
        part = find_sheet(book, parts, sheet);
        const auto at = [&](const char* kind) -> const std::string* {
            const auto found = parts.by_kind.find(kind);
            return found != parts.by_kind.end() && zip.has(found->second) ? &found->second : nullptr;
        };
        if (const auto* texts = at("sharedStrings")) shared = shared_texts(zip, *texts);
        if (const auto* looks = at("styles")) styles = styles_of(zip, *looks);
        if (extent == Extent::whole) merges = merges_of(zip, part);
        source = zip.open(part);
    }

    [[nodiscard]] std::string find_book() const {
        const auto parts = relations_of(zip, "");
        const auto found = parts.by_kind.find("officeDocument");
        if (found == parts.by_kind.end() || !found->second.ends_with(".xml")) {
            throw BadArchive{
                "It is no workbook (.xlsx) that is known: save it as .xlsx, which neither .xlsb, .ods nor a zip of "
                "files "
                "is, or as CSV."};
        }
        return found->second;
    }

    /// The part with the sheet of that name, or the first that is not hidden.
    std::string find_sheet(const std::string& book, const Relations& parts, const std::string& wanted) {
        std::string names;
        std::optional<std::string> id;
        parse(zip.open(book), {.begins = [&](std::string_view name, const XmlAttributes& of) {
                  if (name == "workbookPr") of_1904 = of["date1904"] == "1" || of["date1904"] == "true";
                  if (name != "sheet") return;
                  names += (names.empty() ? "" : ", ") + std::string{of["name"]};
                  const bool is_it =
                      wanted.empty() ? of["state"].empty() || of["state"] == "visible" : of["name"] == wanted;
                  if (is_it && !id) id = of["id"];
              }});
        const auto found = id ? parts.by_id.find(*id) : parts.by_id.end();
        if (found == parts.by_id.end())
            throw BadArchive{
                (wanted.empty() ? "No sheet of the workbook can be seen" : "The workbook has no such sheet") +
                std::string{". There are: "} + names.substr(0, 500) + "."};
        return found->second;
    }

    XmlParser::Handler handler() {
        return {.begins = [this](std::string_view name, const XmlAttributes& of) { begins(name, of); },
                .ends = [this](std::string_view name) { ends(name); },
                .text =
                    [this](std::string_view text) {
                        if (!in_value || sounds > 0) return;
                        row_bytes += text.size();
                        if (row_bytes <= row_max) value += text;
                    }};
    }

    void begins(std::string_view name, const XmlAttributes& of) {
        if (name == "row") {
            const auto number = number_of<std::int64_t>(of["r"]).value_or(last + 1);
            row = {.number = std::max(number, last + 1)};
            if (number <= last) row.fault = rows_out_of_order;
            last = row.number, column = 0, row_bytes = 0;
        } else if (name == "c") {
            // A cell without a place is the next one.
            const auto at = place_of(of["r"]);
            if (at) column = at->column;
            type = of["t"], value.clear(), formula = false;
            style = number_of<std::size_t>(of["s"]).value_or(0);
        } else if (name == "f") {
            formula = true;
        } else if (name == "v" || name == "t") {
            in_value = true;
        } else if (name == "rPh") {
            ++sounds;
        }
    }

    void ends(std::string_view name) {
        if (name == "v" || name == "t") in_value = false;
        if (name == "rPh") --sounds;
        if (name == "c" && column < columns_max) end_cell();
        if (name == "row") end_row();
    }

    void end_cell() {
        const auto at = column++;
        std::string_view fault;
        if (type == "s") {
            value = shared[number_of<std::size_t>(value).value_or(shared.ends.size())].value_or("");
        } else if (type == "b") {
            value = value == "1" ? "true" : "false";
        } else if (type == "e") {
            fault = formula_error;
        } else if (type == "inlineStr" || type == "str") {
            value = unescaped(value);
        } else if (type == "d") {
            // A day as ISO 8601 writes it.
            const auto t = value.find('T');
            if (t != std::string::npos) value[t] = ' ';
        } else if (!value.empty()) {
            value = shown_number(value, style < styles.size() ? styles[style] : NumberFormat{}, of_1904);
        }
        if (formula && value.empty() && type != "str") fault = formula_without_value;
        if (value.find('\0') != std::string::npos) row.fault = null_character;
        if (value.empty() && fault.empty()) return;
        if (row.cells.size() <= at) row.cells.resize(at + 1);
        row.cells[at] = std::move(value);
        value.clear();
        if (!fault.empty()) row.cell_faults.push_back({at, fault});
    }

    void end_row() {
        if (row.cells.empty() && row.cell_faults.empty()) return;  // blank
        if (row_bytes > row_max) row.fault = row_too_long;
        if (!row.fault.empty()) {
            auto shown = row.cells.empty() ? std::string{} : row.cells.front().substr(0, row_shown_max);
            row.cells = {std::move(shown)}, row.cell_faults.clear();
        } else {
            mark_merged();
        }
        ready.push_back(std::move(row));
    }

    /// The cells for which another one stands.
    void mark_merged() {
        for (; next_merge < merges.size() && merges[next_merge].first.row <= row.number; ++next_merge)
            open.push_back(merges[next_merge]);
        if (open.size() > open_max) throw BadArchive{"Too many blocks of cells are merged: unmerge them."};
        std::erase_if(open, [&](const Merge& one) { return one.last.row < row.number; });
        for (const auto& [first, end] : open) {
            for (auto at = first.column; at <= end.column; ++at) {
                if (row.number != first.row || at != first.column) row.cell_faults.push_back({at, merged_cells});
            }
        }
    }

    ZipArchive zip;
    std::string part;
    bool of_1904 = false;
    SharedTexts shared;
    std::vector<NumberFormat> styles;
    std::vector<Merge> merges;
    std::size_t next_merge = 0;
    std::vector<Merge> open;
    ByteSource source;
    XmlParser parser{handler()};
    std::deque<SourceRow> ready;
    bool ended = false;
    // Of the row and the cell that are read.
    SourceRow row;
    std::int64_t last = 0;
    std::size_t column = 0, row_bytes = 0, style = 0;
    std::string type, value;
    bool formula = false, in_value = false;
    int sounds = 0;
};

WorkbookReader::WorkbookReader(RandomBytes bytes, const std::string& sheet, Extent extent)
    : sheet_(std::make_unique<Sheet>(std::move(bytes), sheet, extent)) {}
WorkbookReader::~WorkbookReader() = default;

bool WorkbookReader::next(SourceRow& row) {
    auto& sheet = *sheet_;
    try {
        for (std::string bytes; sheet.ready.empty() && !sheet.ended; bytes.clear()) {
            if (sheet.source(bytes)) {
                sheet.parser.feed(bytes);
            } else {
                sheet.parser.finish();
                sheet.ended = true;
            }
        }
    } catch (const MalformedXml& wrong) {
        throw BadArchive{"The sheet is damaged (" + std::string{wrong.what()} + "): save the workbook again."};
    }
    if (sheet.ready.empty()) return false;
    row = std::move(sheet.ready.front());
    sheet.ready.pop_front();
    return true;
}

}  // namespace tideover
