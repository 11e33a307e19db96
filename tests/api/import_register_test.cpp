// Registers: what is theirs alone says whether a row is new, the same as its record, or changes it.
#include <doctest/doctest.h>

#include "domain/parties/nouns.hpp"
#include "tests/api/imported.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::import_register_test {

using nlohmann::json;

TEST_CASE("a register is refreshed: by what is theirs alone rows are new, the same or changed, and none is doubled") {
    auto& world = shared_world();
    const std::string top = "name,legal form,company number,email\r\n";
    const auto first = world.import_file(
        Role::grants_officer, "businesses?name=register.csv",
        top + "Alpha Ltd,company,SC200001,a@example.org\r\nBeta Ltd,company,SC200002,b@example.org\r\n");
    INFO(first.dump());
    CHECK(first.at("rows") == rows(3, 2, 0));
    const auto again = world.import_file(
        Role::grants_officer, "businesses?name=register.csv",
        top +
            "Alpha Ltd,company,sc 200001,\r\nBeta (Stockport) Ltd,company,SC200002,b@example.org\r\nGamma "
            "Ltd,company,SC200003,\r\nGamma Ltd,company,SC200003,c@example.org\r\n");
    INFO(again.dump());
    CHECK(again.at("rows") == rows(5, 1, 0, 1, 2));
    CHECK(world.sql("SELECT string_agg(b.name || ' ' || b.version, ', ' ORDER BY i.canonical) FROM business b JOIN "
                    "business_identifier i ON i.business_id = b.id AND i.to_version IS NULL WHERE i.canonical IN "
                    "('SC200001', 'SC200002', 'SC200003')") == "Alpha Ltd 1, Beta (Stockport) Ltd 2, Gamma Ltd 2");
    CHECK(world.sql("SELECT a.reason FROM audit a JOIN business b ON b.id = a.record_id WHERE a.action = 'correct' AND "
                    "b.name = "
                    "'Beta (Stockport) Ltd'") == "Import of register.csv, row 3");
    const auto records = world.get(Role::grants_officer, again.at("records").get<std::string>()).json();
    std::string outcomes;
    for (const auto& one : records.at("items")) outcomes += one.at("outcome").get<std::string>() + " ";
    CHECK(outcomes == "same changed recorded changed ");
    // Beside them is what the register no longer has.
    const auto less = world.import_file(Role::grants_officer, "businesses", top + "Alpha Ltd,company,SC200001,\r\n");
    auto gone = world.get(Role::grants_officer, "/v1/imports/" + less.at("id").get<std::string>() + "/gone?limit=200");
    REQUIRE(outcome(gone) == "200");
    CHECK(gone.body.find("Beta (Stockport) Ltd") != std::string::npos);
    CHECK(gone.body.find("Gamma Ltd") != std::string::npos);
    CHECK(gone.body.find("Alpha Ltd") == std::string::npos);
    // The keys of two records in one row are a fault.
    const auto two = world.import_file(Role::grants_officer, "businesses",
                                       "name,legal form,company number,VAT number\r\nDelta "
                                       "Ltd,company,,GB123456782\r\nNobody,company,SC200001,123456782\r\n");
    CHECK(faults_of(two) == "3  ambiguous_reference");
}

TEST_CASE(
    "a long register of which little changed: what is the same is only noted, and rows about one record come in turn") {
    auto& world = shared_world();
    const std::string top = "name,legal form,company number\r\n";
    const auto row = [](int n, const std::string& name) {
        return name + ",company,SC3" + std::to_string(10'000 + n) + "\r\n";
    };
    std::string all = top, refreshed = top;
    for (int n = 0; n < 400; ++n) all += row(n, "Long " + std::to_string(n));
    CHECK(world.import_file(Role::grants_officer, "businesses", all).at("rows") == rows(401, 400, 0));
    for (int n = 0; n < 400; ++n) {
        if (n == 300) refreshed += row(n, "Changed for one row");
        refreshed += row(n, n == 350 ? "Changed" : "Long " + std::to_string(n));
    }
    refreshed += row(400, "New") + "Nothing at all\r\n" + row(401, "Newer");
    const auto again = world.import_file(Role::grants_officer, "businesses", refreshed);
    CHECK(again.at("rows") == rows(405, 2, 1, 398, 3));
    const auto of = [&](int n) {
        return world.sql(
            "SELECT b.name || ' ' || b.version FROM business b JOIN business_identifier i ON i.business_id = b.id AND "
            "i.to_version IS NULL WHERE i.canonical = 'SC3" +
            std::to_string(10'000 + n) + "'");
    };
    CHECK(of(299) == "Long 299 1");
    CHECK(of(300) == "Long 300 3");
    CHECK(of(350) == "Changed 2");
    CHECK(of(401) == "Newer 1");
    CHECK(world.sql("SELECT string_agg(number::text, ' ' ORDER BY number) FROM import_row WHERE outcome <> 'same' AND "
                    "import_id = '" +
                    again.at("id").get<std::string>() + "'") == "302 303 353 403 404 405");
    CHECK(world.sql("SELECT count(DISTINCT record_id) || ' ' || count(*) FROM import_row WHERE import_id = '" +
                    again.at("id").get<std::string>() + "'") == "402 404");
}

}  // namespace tideover::testing::import_register_test
