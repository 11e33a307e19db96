// The words for each fault of a row or a cell.
#include "server/formats/row_reader.hpp"

#include <array>
#include <utility>

namespace tideover {

std::string_view words_of(std::string_view fault) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 11> all{{
        {unclosed_quote, "A quotation mark opens a cell here, and none closes it."},
        {row_too_long, "A row has at most a mebibyte."},
        {not_utf8, "This row is not UTF-8, as others are: save the file as UTF-8."},
        {null_character, "U+0000 cannot be stored: take it out."},
        {malformed_json, "A line is one JSON object: this one is none."},
        {duplicate_key, "A name stands twice in this object: which of them is meant?"},
        {rows_out_of_order, "The row's number is not above that of the row before it: save the workbook again."},
        {not_whole, "A number with a point: amounts are whole pence, counts whole numbers."},
        {merged_cells, "The cell is merged with another: unmerge them, and fill in each."},
        {formula_without_value, "A formula whose value the file does not have: open it in a spreadsheet, and save it."},
        {formula_error, "A formula that came to an error."},
    }};
    for (const auto& [one, words] : all) {
        if (one == fault) return words;
    }
    return fault;
}

}  // namespace tideover
