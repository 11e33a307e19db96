// How files of one origin are read: the fields of a profile, by names that others use.
#pragma once

#include <array>

#include "domain/core/field.hpp"

namespace tideover::nouns::import_profile_table {

/// How days are written; without a word, 31/12/2020 or 2020-12-31, which is taken beside any of these.
inline constexpr std::array<std::string_view, 5> day_manners{"month_first", "two_digit_years", "compact", "serial",
                                                             "day_first"};
/// What a plain number is, in a column of money; without a word, pence where it has neither sign nor point.
inline constexpr std::array<std::string_view, 2> money_manners{"pence", "pounds"};
inline constexpr std::array<std::string_view, 2> other_columns{"refused", "left_out"};

inline constexpr std::array column_fields{
    text("header", 1, 200).needed().says("The column's name in the file, in any spelling of case and blanks."),
    text("field", 1, 100)
        .says(
            "The field that it holds, as in 'payee.name' or 'household.uprn'; without one, it is left out. Columns of "
            "one field are joined, in this order."),
    choice("days", day_manners)
        .says("12/31/2020, 31/12/20, 20201231, or a spreadsheet's number of a day; otherwise 31/12/2020."),
    choice("money", money_manners).says("What 1334 is. With a pound sign or a point, it is pounds anyway."),
};
inline constexpr std::array constant_fields{
    text("field", 1, 100).needed(),
    text("value", 1, 300).needed().says("What every row has there, unless it says something itself."),
};
inline constexpr std::array meaning_fields{
    text("header", 1, 200).needed(),
    text("said", 1, 200).needed().says("What a cell says, in any case."),
    text("means", 0, 300).says("What is read instead; without it, nothing."),
};
inline constexpr std::array skip_fields{
    text("header", 1, 200).needed(),
    text("said", 1, 200).says("Rows that say this there are not wanted; without it, rows that say anything."),
};
inline constexpr std::array need_fields{
    text("columns", 1, 1000).needed().says("Names of columns, with commas between them, that all say something."),
};

inline constexpr Rows columns{"import_profile_column", "import_profile_id", column_fields};
inline constexpr Rows constants{"import_profile_constant", "import_profile_id", constant_fields};
inline constexpr Rows meanings{"import_profile_meaning", "import_profile_id", meaning_fields};
inline constexpr Rows skips{"import_profile_skip", "import_profile_id", skip_fields};
inline constexpr Rows needs{"import_profile_need", "import_profile_id", need_fields};

inline constexpr std::array fields{
    text("code", 3, 60)
        .needed()
        .filter()
        .search()
        .tells()
        .never_corrected()
        .in_form(Form::code)
        .says("What an import calls it: 'ons-postcodes'."),
    text("title", 3, 200).needed().search().tells(),
    text("kind", 1, 60).needed().filter().says("What its rows are: the path of an import, such as 'premises'."),
    text("sheet", 1, 100).says("Of a workbook: the sheet's name."),
    count("header_row", 1, 1000).says("The number of the row with the columns' names."),
    choice("others", other_columns)
        .otherwise("refused")
        .says("What becomes of columns that it does not name: a name of a field is that field anyway."),
    rows("columns", columns, 100),
    rows("constants", constants, 50),
    rows("meanings", meanings, 200),
    rows("skips", skips, 20).says("Rows that are left out, and counted."),
    rows("needs", needs, 20)
        .says("Where there are any: rows that have all of none of these are left out, and counted."),
    text("note", 0, 1000).of_lines().says("Whose file it is, and where its columns are described."),
};

}  // namespace tideover::nouns::import_profile_table
