// wards: which ward a postcode lies in, from a table of the ONS Postcode Directory.
#include "db/parties/wards.hpp"

#include <iostream>
#include <memory>
#include <set>

#include "server/cli/cli.hpp"
#include "server/formats/ward_table.hpp"

namespace tideover::cli {
namespace {

int import_wards(const Common& common, const std::string& name) {
    const auto table = read_ward_table(text_of(name));
    if (const auto* wrong = std::get_if<std::string>(&table)) {
        std::cerr << name << ", " << *wrong << "; nothing was imported\n";
        return 2;
    }
    std::vector<db::wards::Row> rows;
    for (const auto& [postcode, ward] : std::get<std::vector<WardRow>>(table)) rows.push_back({postcode, ward});
    auto connection = owner(common);
    db::wards::replace(connection, common.config.authority, rows);
    std::set<std::string_view> names;
    for (const auto& row : rows) names.insert(row.ward);
    std::cout << "wards: " << rows.size() << " postcodes in " << names.size() << " wards\n";
    return 0;
}

}  // namespace

void define_wards(CLI::App& app, Common& common, int& code) {
    auto file = std::make_shared<std::string>();
    auto* wards = app.add_subcommand("wards", "Which ward a postcode lies in")->require_subcommand(1);
    auto* import =
        wards->add_subcommand("import", "Put a CSV of postcodes (pcds) and wards (ward) in place of what was there");
    import->add_option("file", *file, "The CSV, UTF-8, with a header")->required();
    import->callback([&common, &code, file] { code = import_wards(common, *file);
});
}  // namespace tideover::cli

}  // namespace tideover::cli
