// One statement clears, one fills, one names.
#include "db/wards.hpp"

namespace tideover::db::wards {
namespace {

const Query fill{"wards_fill", R"(
INSERT INTO postcode_ward (authority_id, postcode, ward)
SELECT $1, x.postcode, x.ward FROM unnest($2::text[], $3::text[]) AS x(postcode, ward))"};

const Query name{"wards_name", R"(
INSERT INTO ward_name SELECT $1, canonical_form('ward', w), min(w) FROM unnest($2::text[]) AS x(w) GROUP BY 2
ON CONFLICT (authority_id, form) DO UPDATE SET name = excluded.name WHERE ward_name.name <> excluded.name)"};

}  // namespace

void replace(Connection& connection, const std::string& authority, const std::vector<Row>& rows) {
    std::vector<Params> pairs;
    pairs.reserve(rows.size());
    std::vector<const Params*> pointers;
    pointers.reserve(rows.size());
    for (const auto& row : rows) pointers.push_back(&pairs.emplace_back(Params{row.postcode, row.ward}));
    connection.run("BEGIN");
    connection.run("DELETE FROM postcode_ward WHERE authority_id = " + connection.quoted(authority));
    if (!rows.empty()) {
        auto arrays = as_arrays(pointers);
        arrays.insert(arrays.begin(), authority);
        connection.run(fill, arrays);
        connection.run(name, {arrays[0], arrays[2]});
    }
    connection.run("COMMIT");
}

}  // namespace tideover::db::wards
