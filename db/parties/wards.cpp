// One statement clears, one fills, the others keep how wards are spelt and when they were on the list.
#include "db/parties/wards.hpp"

namespace tideover::db::wards {
namespace {

const Query empty{"wards_empty", "DELETE FROM postcode_ward WHERE authority_id = $1"};

const Query writing{"wards_writing", "SELECT begin_writing($1)::text"};

const Query fill{"wards_fill", R"(
INSERT INTO postcode_ward (authority_id, postcode, ward)
SELECT $1, x.postcode, x.ward FROM unnest($2::text[], $3::text[]) AS x(postcode, ward))"};

const Query name{"wards_name", R"(
INSERT INTO ward_name SELECT $1, canonical_form('ward', w), min(w) FROM unnest($2::text[]) AS x(w) GROUP BY 2
ON CONFLICT (authority_id, form) DO UPDATE SET name = excluded.name WHERE ward_name.name <> excluded.name)"};

const Query delist{"wards_delist", R"(
UPDATE ward_listing l SET delisted_at = $2::timestamptz WHERE authority_id = $1 AND delisted_at IS NULL
AND NOT EXISTS (SELECT FROM postcode_ward w WHERE w.authority_id = $1 AND w.ward = l.ward))"};
const Query list{"wards_list", R"(
INSERT INTO ward_listing (authority_id, ward, listed_at) SELECT DISTINCT $1, ward, $2::timestamptz FROM postcode_ward w
WHERE authority_id = $1 AND NOT EXISTS (SELECT FROM ward_listing l WHERE l.authority_id = $1 AND l.ward = w.ward
                                        AND l.delisted_at IS NULL))"};

}  // namespace

void replace(Connection& connection, const std::string& authority, const std::vector<Row>& rows) {
    std::vector<Params> pairs;
    pairs.reserve(rows.size());
    std::vector<const Params*> pointers;
    pointers.reserve(rows.size());
    for (const auto& row : rows) pointers.push_back(&pairs.emplace_back(Params{row.postcode, row.ward}));
    connection.run("BEGIN");
    connection.run(empty, {authority});
    if (!rows.empty()) {
        auto arrays = as_arrays(pointers);
        arrays.insert(arrays.begin(), authority);
        connection.run(fill, arrays);
        connection.run(name, {arrays[0], arrays[2]});
    }
    // Sealing waits until this commits, so that a ward is listed after the seals before it and before those after it.
    const auto at = connection.run(writing, {authority})[0][0];
    for (const auto& query : {delist, list}) connection.run(query, {authority, at.as<std::string>()});
    connection.run("COMMIT");
}

}  // namespace tideover::db::wards
