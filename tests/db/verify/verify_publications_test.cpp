// `tideover verify` on what a small council published: altered by nobody, and counted again from the ledger.
#include "db/verify/verify_publications.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "domain/community/nouns.hpp"
#include "tests/support/council.hpp"

namespace tideover::verify_publications_test {

using testing::Council;
using testing::told;
using testing::told_after;

TEST_CASE("a published figure that cannot be counted again is named, even where all its copies agree") {
    Council council;
    council.seal_and_fold();
    const auto published = council.publish("Plan");
    council.merge("household", "household Mill", "household Brow");
    council.officer().correct(nouns::external_funding, council.id("funding"), {{"amount_pence", "950000"}});
    council.seal_and_fold();
    CHECK(told(council.verified()) == "");
    // PPE: 10 units came, 3 went back, at 200 items each.
    CHECK(told_after(council, R"sql(
        UPDATE publication_figure SET value = 1401 WHERE code = 'ppe-items';
        UPDATE publication_document SET document = replace(document, '"value":1400', '"value":1401');
        UPDATE publication p SET digest = 'sha256:' || encode(sha256(convert_to(d.document, 'UTF8')), 'hex')
        FROM publication_document d WHERE d.publication_id = p.id)sql") ==
          "publication-not-recomputed publication " + published + " ppe-items\n");
}

TEST_CASE("an entry that was slipped in under a published seal shows in the digests of what counts it") {
    Council council;
    council.seal_and_fold();
    const auto published = council.publish("Plan");
    council.make_another_entry();
    const auto found = told_after(council, "UPDATE entry SET seq = -1 WHERE seq = (SELECT max(seq) FROM entry)");
    CHECK(found.find("publication-not-recomputed publication " + published + " helpline-calls-received\n") !=
          std::string::npos);
    CHECK(found.find("publication-altered") == std::string::npos);
}

TEST_CASE(
    "publications of many seals, as at days that go on and back, through merges and reversals, are each counted "
    "again") {
    Council council;
    std::vector<std::string> ids;
    const auto publish = [&](const std::string& as_at) {
        council.seal_and_fold();
        ids.push_back(council.publish("No. " + std::to_string(ids.size()), as_at));
    };
    publish("2020-12-12");
    publish("2021-01-31");
    council.merge("business", "business Mill", "business Lane");
    publish("2021-01-31");
    publish("2020-05-03");
    council.make_another_entry();
    publish("2020-12-31");
    council.part("business Mill");
    publish("2020-05-03");
    council.officer().correct(nouns::external_funding, council.id("funding"), {{"amount_pence", "950000"}});
    publish("2021-01-31");
    CHECK(told(council.verified()) == "");
    for (const auto& id : ids) {
        for (const std::string code :
             {"business-grants-businesses", "helpline-calls-received", "business-grants-paid"}) {
            CAPTURE(code);
            const auto more = [&](const std::string& sign) {
                return "UPDATE publication_figure SET value = value " + sign + " 1 WHERE code = '" + code +
                       "' AND publication_id = '" + id + "'";
            };
            const auto place = " publication " + id + " " + code + "\n";
            CHECK(told_after(council, more("+")) ==
                  "publication-not-recomputed" + place + "publication-altered" + place);
            council.tamper(more("-"));
        }
    }
}

TEST_CASE("a published document, a row beside it or a record of it that was altered is named") {
    const auto alter = [](const std::string& sql) {
        Council council;
        council.seal_and_fold();
        const auto id = council.publish("Plan");
        auto found = told_after(council, sql);
        for (auto at = found.find(id); at != std::string::npos; at = found.find(id)) {
            found.replace(at, id.size(), "Plan");
        }
        return found;
    };
    CHECK(alter("UPDATE publication_document SET document = document || ' '") ==
          "publication-altered publication Plan\n");
    CHECK(alter("DELETE FROM publication_figure WHERE code = 'ppe-items'") ==
          "publication-altered publication Plan ppe-items\n");
    CHECK(alter("UPDATE publication_figure SET verdict = 'matches' WHERE code = 'ppe-items'") ==
          "publication-altered publication Plan ppe-items\n");
    CHECK(alter("UPDATE publication SET published_by = 'Somebody else'") == "publication-altered publication Plan\n");
    CHECK(alter("UPDATE publication SET as_at = '2021-02-01'") == "publication-altered publication Plan\n");
}

}  // namespace tideover::verify_publications_test
