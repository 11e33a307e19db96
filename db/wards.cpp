// One statement clears, one fills.
#include "db/wards.hpp"

namespace tideover::db::wards {
namespace {

const Query fill{"wards_fill", R"(
INSERT INTO postcode_ward (authority_id, postcode, ward)
SELECT $1, x.postcode, x.ward FROM unnest($2::text[], $3::text[]) AS x(postcode, ward))"};

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
    }
    connection.run("COMMIT");
}

}  // namespace tideover::db::wards
