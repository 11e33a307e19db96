// What a posting's triggers look at costs the same however many postings its fund has.
#include <doctest/doctest.h>

#include <string>

#include "tests/support/database.hpp"

namespace tideover::testing::council_tax_test {

TEST_CASE("the looks for an automatic award and for a balance read the account's postings, and not the fund's") {
    ScratchDatabase scratch;
    auto owner = scratch.connect();
    owner.run(R"(
SET session_replication_role = replica;
CREATE FUNCTION pg_temp.id(n integer) RETURNS uuid LANGUAGE sql RETURN ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid;
INSERT INTO council_tax_posting (authority_id, id, reference, account_reference, account_id, fund, financial_year, kind, basis,
                                 amount_pence, credit_pence, effective_on, reason, recorded_at, recorded_by)
SELECT 'E08000007', pg_temp.id(n), 'CP-' || n, 'A' || n, pg_temp.id(10000 + n), 'hardship_2020_21', '2020/21', 'award',
       'automatic', 100, 100, '2020-06-01', 'as decided', now(), pg_temp.id(1)
FROM generate_series(1, 4000) n;
SET session_replication_role = origin)");
    owner.run("ANALYZE council_tax_posting");
    owner.run("BEGIN");
    const auto looked = owner.run(R"(
SELECT automatic_award('E08000007', pg_temp.id(10007), 'hardship_2020_21', '2020/21', pg_temp.id(1)),
       (SELECT count(*) FROM below_nothing('E08000007', pg_temp.id(10007), 'hardship_2020_21', '2020/21')))");
    CHECK(looked[0][0].as<std::string>() == "CP-7");
    CHECK(looked[0][1].as<int>() == 0);
    const auto read = owner.run(
        "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'council_tax_posting'");
    CHECK(read[0][0].as<int>() <= 4);
    owner.run("ROLLBACK");
}

}  // namespace tideover::testing::council_tax_test
