// A JSON object as a row of a table.
#include <nlohmann/json.hpp>

#include "server/formats/csv.hpp"
#include "server/formats/table_file.hpp"

namespace tideover {

void add_json(TableFile& table, std::span<const Column> columns, const std::string& object) {
    const auto row = nlohmann::ordered_json::parse(object);
    std::vector<std::string> texts(columns.size());
    std::vector<Cell> cells(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto* value = &row;
        for (std::string_view name = columns[i].name; value != nullptr;) {
            // A name is whole, or it leads into an object.
            if (const auto found = value->find(name); found != value->end()) {
                value = &*found;
                break;
            }
            const auto dot = name.find('.');
            const auto found = dot == std::string_view::npos ? value->end() : value->find(name.substr(0, dot));
            value = found == value->end() || !found->is_object() ? nullptr : &*found;
            name.remove_prefix(std::min(dot + 1, name.size()));
        }
        if (value == nullptr || value->is_null()) continue;
        texts[i] = plain_text(*value);
        cells[i] = texts[i];
    }
    table.row(cells);
}

}  // namespace tideover
