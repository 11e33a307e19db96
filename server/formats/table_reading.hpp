// How a table was asked to be read, beyond what its names say: what a profile of its origin says, and whoever sent it.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace tideover {

struct TableReading {
    struct Column {
        std::string column, field;  // field empty: left out
        std::string days, money;    // as import_profile_table has them; empty: as people mostly write
    };
    struct Constant {
        std::string field, value;
    };
    struct Meaning {
        std::string column, said, means;
    };
    struct Skip {
        std::string column, said;  // said empty: anything
    };

    std::string profile{};  // its code and version, for people; empty: none
    std::string sheet{};    // of a workbook; empty: the first that is not hidden
    std::int64_t header_row = 1;
    std::string from{};  // the day from which on dated fields of known records are so; empty: they are corrected
    std::vector<std::string> left_out{};
    bool others_left_out = false;  // columns that nothing names
    std::vector<Column> columns{};
    std::vector<Constant> constants{};
    std::vector<Meaning> meanings{};
    std::vector<Skip> skips{};
    std::vector<std::vector<std::string>> needs{};  // names of columns: a row needs all of one of these
};

/// As an import keeps it: what was said, and nothing of what was not.
[[nodiscard]] std::string json_of(const TableReading& reading);
/// From there, or from a profile as it is read.
[[nodiscard]] TableReading reading_of(const nlohmann::json& said);

/// What stands between commas, without blanks around it.
[[nodiscard]] std::vector<std::string> names_between_commas(std::string_view text);

}  // namespace tideover
