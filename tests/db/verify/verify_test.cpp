// `tideover verify` on a small council: nothing to say while the work is done lawfully, and every planted
// difference called by its name.
#include "db/verify/verify.hpp"

#include <doctest/doctest.h>

#include "domain/aid/nouns.hpp"
#include "domain/community/nouns.hpp"
#include "tests/support/council.hpp"

namespace tideover::verify_test {

using testing::Council;
using testing::told;
using testing::told_after;

TEST_CASE("a council whose work went through the program has no differences") {
    Council council;
    const auto before = council.verified();
    CHECK(told(before) == "");
    CHECK(before.differences == 0);
    CHECK(before.records == 61);
    CHECK(before.entries == 33);

    council.seal_and_fold();
    council.merge("person", "person Lane", "person Brow");
    council.merge("household", "household Mill", "household Brow");
    council.officer().correct(nouns::external_funding, council.id("funding"), {{"amount_pence", "950000"}});
    council.officer().make_void(nouns::device, council.id("TAB-2"));
    council.seal_and_fold();
    council.part("person Lane");
    council.seal_and_fold();
    const auto after = council.verified();
    CHECK(told(after) == "");
    CHECK(after.seals == 3);
    CHECK(after.folded_totals > 0);
}

TEST_CASE("a line that the ledger lacks is a missing entry") {
    const Council council;
    CHECK(told_after(council, "DELETE FROM entry WHERE measure = 'voucher_redeemed'") ==
          "missing-entry voucher " + council.id("voucher Mill") + "\n");
}

TEST_CASE("a line that no record stands behind is an extra entry") {
    const Council council;
    CHECK(told_after(council,
                     "INSERT INTO entry (authority_id, id, measure, quantity, dims, happened_on, recorded_at, "
                     "record_kind, record_id, cause, request_id, actor) SELECT authority_id, gen_random_uuid(), "
                     "measure, 1, '{}', happened_on, clock_timestamp(), record_kind, record_id, 'event', 'x', actor "
                     "FROM entry WHERE measure = 'parcel_delivered'") ==
          "extra-entry parcel " + council.id("parcel") + "\n");
}

TEST_CASE("a line with another quantity, day, subject or dimension than its record says is named so") {
    const Council council;
    const auto told_of = [&](const std::string& change, const std::string& back) {
        const std::string update = "UPDATE entry SET ", which = " WHERE measure = 'external_funding_secured'";
        const auto found = told_after(council, update + change + which);
        council.tamper(update + back + which);
        return found;
    };
    const auto where = " external_funding " + council.id("funding") + "\n";
    CHECK(told_of("quantity = 900001", "quantity = 900000") == "wrong-quantity" + where);
    CHECK(told_of("happened_on = '2020-07-02'", "happened_on = '2020-07-01'") == "wrong-day" + where);
    CHECK(told_of("subject_id = '" + council.id("school") + "'", "subject_id = '" + council.id("group") + "'") ==
          "wrong-subject" + where);
    CHECK(told_of("subject_id = NULL", "subject_id = '" + council.id("group") + "'") == "wrong-subject" + where);
    CHECK(told_of(R"(dims = '{"funder": "Another"}')", R"(dims = '{"funder": "A fund"}')") ==
          "wrong-dimensions" + where);
    CHECK(told_of("happened_on = '2020-07-02', subject_id = NULL",
                  "happened_on = '2020-07-01', subject_id = '" + council.id("group") + "'") ==
          "missing-entry" + where + "extra-entry" + where);
    CHECK(council.verified().differences == 0);
}

TEST_CASE("what differs is said without what is known about a person") {
    const Council council;
    council.tamper(R"(UPDATE entry SET dims = dims || '{"vulnerability_basis": "shielding", "ward": "x"}'
                      WHERE measure = 'call_made')");
    const auto verification = council.verified();
    REQUIRE(verification.differences == 1);
    CHECK(verification.first[0].detail ==
          "call_made +1 on 2020-04-30 has other dimensions than its record: vulnerability_basis, ward.");
}

TEST_CASE("a quantity that is right but in too many entries is a split entry") {
    const Council council;
    CHECK(told_after(council,
                     "INSERT INTO entry (authority_id, id, measure, quantity, subject_id, dims, happened_on, "
                     "recorded_at, record_kind, record_id, cause, request_id, actor) SELECT authority_id, "
                     "gen_random_uuid(), measure, 400000, subject_id, dims, happened_on, recorded_at, record_kind, "
                     "record_id, cause, request_id, actor FROM entry WHERE measure = 'external_funding_secured'; "
                     "UPDATE entry SET quantity = 500000 WHERE quantity = 900000") ==
          "split-entry external_funding " + council.id("funding") + "\n");
}

TEST_CASE("an entry of a record that is not there is named once") {
    const Council council;
    CHECK(told_after(council,
                     "UPDATE entry SET record_id = '00000000-0000-7000-8000-000000000000' "
                     "WHERE measure = 'parcel_delivered'") ==
          "entry-without-record parcel 00000000-0000-7000-8000-000000000000\n"
          "missing-entry parcel " +
              council.id("parcel") + "\n");
}

TEST_CASE("a hash that is not that of its entry or merge is a wrong hash") {
    const Council council;
    council.tamper("ALTER TABLE entry ALTER hash DROP EXPRESSION; ALTER TABLE merge_link ALTER hash DROP EXPRESSION");
    CHECK(council.verified().differences == 0);
    CHECK(told_after(council,
                     "UPDATE entry SET hash = sha256('x') WHERE measure = 'parcel_delivered'; "
                     "UPDATE merge_link SET hash = sha256('x') WHERE NOT linked")
              .find("wrong-hash merge_link") != std::string::npos);
    CHECK(council.verified().differences == 2);
}

TEST_CASE("an entry that corrects an entry of another record is a stray correction") {
    const Council council;
    CHECK(told_after(council,
                     "UPDATE entry SET corrects = (SELECT id FROM entry WHERE measure = 'parcel_delivered') "
                     "WHERE measure = 'food_shop_provided'") ==
          "stray-correction food_shop " + council.id("shop") + "\n");
}

TEST_CASE("a party counted otherwise than the merges say is a wrong merge link") {
    const Council council;
    CHECK(told_after(council, "DELETE FROM merge_link WHERE NOT linked") ==
          "wrong-merge-link party " + council.id("person Lane") + "\n");
    CHECK(told_after(council, "DELETE FROM merge_link") ==
          "wrong-merge-link party " + council.id("business Brow") + "\n");
}

TEST_CASE("seals that do not follow each other, or end nowhere, are named") {
    Council council;
    council.seal_and_fold();
    council.make_another_entry();
    council.seal_and_fold();
    const std::string last = " WHERE seq = (SELECT max(seq) FROM seal)";
    CHECK(told_after(council, "UPDATE seal SET at = at - interval '1 day'" + last)
              .starts_with("seal-out-of-order seal "));
    CHECK(told_after(council, "UPDATE seal SET at = at + interval '1 day'" + last) == "");
    CHECK(told_after(council, "UPDATE seal SET seq = seq + 1" + last).starts_with("seal-without-entry seal "));
}

TEST_CASE("an entry that slipped behind a seal, or ahead of one, is outside its seal") {
    Council council;
    council.seal_and_fold();
    council.make_another_entry();
    const auto where = "entry-outside-its-seal call " + council.id("another call") + "\n";
    CHECK(told_after(council,
                     "UPDATE entry SET recorded_at = recorded_at - interval '1 day' "
                     "WHERE seq = (SELECT max(seq) FROM entry)") == where);
    council.seal_and_fold();
    CHECK(told_after(council,
                     "UPDATE entry SET recorded_at = recorded_at + interval '2 days' "
                     "WHERE seq = (SELECT max(seq) FROM entry)") == where);
}

TEST_CASE("a fold that ends at no seal is named") {
    const Council council;
    council.seal_and_fold();
    CHECK(told_after(council, "DELETE FROM seal").starts_with("fold-without-seal fold "));
}

TEST_CASE("a folded total that a plain count does not bear out is a wrong fold") {
    const Council council;
    council.seal_and_fold();
    const std::string parcels = " WHERE headline = 'emergency-parcels'";
    const std::string wrong = "wrong-fold emergency-parcels on 2020-04-02\n";
    CHECK(told_after(council, "UPDATE folded SET quantity = 2" + parcels) == wrong);
    CHECK(told_after(council, "UPDATE folded SET quantity = 1, l3 = l3 + 1" + parcels) == wrong);
    CHECK(told_after(council, "UPDATE folded SET l3 = l3 - 1" + parcels) == "");
    CHECK(told_after(council,
                     "UPDATE folded SET quantity = quantity + 1 WHERE headline = 'new-volunteers' AND bucket_kind IN "
                     "('d', 'm')") == "wrong-fold new-volunteers on 2020-03-25\n");
}

TEST_CASE("whom a distinct figure is folded to count within a period is held against its entries") {
    const Council council;
    council.seal_and_fold();
    const auto told = [&](const std::string& kind) {
        return told_after(council, "UPDATE folded SET quantity = 1 + (bucket_kind = '" + kind +
                                       "')::integer "
                                       "WHERE headline = 'food-shop-households'");
    };
    const std::string where = "wrong-fold food-shop-households on 2020-04-03";
    CHECK(told("M") == where + " within its month\n");
    CHECK(told("Q") == where + " within its quarter\n");
    CHECK(told("Y") == where + " within its financial year\n");
    CHECK(told("-") == "");
    CHECK(told_after(council,
                     "DELETE FROM folded WHERE headline = 'food-shop-households' AND bucket_kind = 'Y'; "
                     "DELETE FROM folded_bucket WHERE headline = 'food-shop-households' AND bucket_kind = 'Y'") ==
          where + " within its financial year\n");
}

TEST_CASE("a month that is not the sum of its days is a wrong month") {
    const Council council;
    council.seal_and_fold();
    CHECK(told_after(council,
                     "UPDATE folded SET entries = entries + 1 "
                     "WHERE headline = 'ppe-items' AND bucket_kind = 'm'") == "wrong-month ppe-items in 2020-05\n");
}

TEST_CASE("a folded total that the list of buckets lacks, or the other way round, is named") {
    const Council council;
    council.seal_and_fold();
    CHECK(told_after(council, "DELETE FROM folded_bucket WHERE headline = 'ppe-items' AND bucket_kind = 'm'") ==
          "wrong-bucket-list ppe-items on 2020-05-01 (m)\n");
    CHECK(told_after(council,
                     "INSERT INTO folded_bucket SELECT authority_id, code, 'm', '2020-05-01' FROM headline "
                     "WHERE code = 'ppe-items'; "
                     "INSERT INTO folded_bucket SELECT authority_id, code, 'd', '2022-02-02' FROM headline "
                     "WHERE code = 'ppe-items'") == "wrong-bucket-list ppe-items on 2022-02-02 (d)\n");
}

TEST_CASE("a record without its first audit line is named") {
    const Council council;
    CHECK(told_after(council, "DELETE FROM audit WHERE record_id = '" + council.id("call in") + "'") ==
          "no-first-audit-line call " + council.id("call in") + "\n");
}

TEST_CASE("a version without an audit line is named, whatever moved the record on") {
    const Council council;
    CHECK(told_after(council, "UPDATE call SET version = 2 WHERE id = '" + council.id("call in") + "'") ==
          "version-without-audit-line call " + council.id("call in") + "\n");
    council.tamper("UPDATE call SET version = 1 WHERE id = '" + council.id("call in") + "'");
    CHECK(told_after(council, "UPDATE ppe_movement SET version = 3 WHERE kind = 'issue'") ==
          "version-without-audit-line ppe_movement " + council.id("issue") + "\n");
    council.tamper("UPDATE ppe_movement SET version = 2 WHERE kind = 'issue'");
    CHECK(told_after(council, "DELETE FROM audit WHERE action = 'correct'") ==
          "version-without-audit-line device " + council.id("TAB-2") + "\n");
}

TEST_CASE("a record that was audited and is not there is named") {
    const Council council;
    CHECK(told_after(council, "DELETE FROM premises WHERE id = '" + council.id("premises Brow") + "'") ==
          "audit-line-without-record premises " + council.id("premises Brow") + "\n");
}

TEST_CASE("a state that no lawful move leads to is named") {
    const Council council;
    CHECK(told_after(council, "UPDATE parcel SET state = 'referred'") ==
          "unlawful-state parcel " + council.id("parcel") + "\n");
    council.tamper("UPDATE parcel SET state = 'delivered'");
    CHECK(told_after(council, "UPDATE voucher SET state = 'sent' WHERE id = '" + council.id("voucher again") + "'") ==
          "unlawful-state voucher " + council.id("voucher again") + "\n");
}

TEST_CASE("a scheme that says it committed another sum than its live awards is named") {
    const Council council;
    CHECK(told_after(council, "UPDATE scheme SET committed_pence = 1 WHERE code = 'sbgf'") ==
          "wrong-commitment scheme " + council.id("sbgf") + "\n");
}

TEST_CASE("bank details that are said to come from another than the audit shows are named") {
    const Council council;
    const auto application = council.id("award Mill application");
    CHECK(told_after(council, "UPDATE application SET payee_sort_code_by = decided_by WHERE id = '" + application +
                                  "'") == "wrong-payee-giver application " + application + "\n");
}

TEST_CASE("an award that was paid more than it is for is overpaid") {
    const Council council;
    CHECK(told_after(council, "UPDATE award SET amount_pence = 999999 WHERE id = '" + council.id("award Lane") +
                                  "'; UPDATE scheme SET committed_pence = committed_pence - 1 WHERE code = 'sbgf'") ==
          "overpaid-award award " + council.id("award Lane") + "\n");
}

TEST_CASE("an issue that says another number came back than its returns do is named") {
    const Council council;
    CHECK(told_after(council, "UPDATE ppe_movement SET taken_back_units = 4 WHERE kind = 'issue'") ==
          "wrong-taken-back ppe_movement " + council.id("issue") + "\n");
}

TEST_CASE("a record that says another thing than the newest that is known of a dated field is named") {
    const Council council;
    const auto fact = [&](const std::string& from, const std::string& people, const std::string& known_until) {
        return "INSERT INTO dated_fact SELECT authority_id, id, 'household', 'people', '" + from + "', '" + people +
               "', 1, recorded_at, " + known_until + " FROM household WHERE id = '" + council.id("household Mill") +
               "';";
    };
    CHECK(
        told_after(council, fact("-infinity", "9", "NULL") + fact("2020-02-01", "8", "now()") +
                                "INSERT INTO dated_fact SELECT authority_id, id, 'household', 'people', '2020-03-01', "
                                "to_jsonb(people), 1, recorded_at FROM household WHERE id = '" +
                                council.id("household Mill") + "'") == "");
    CHECK(told_after(council, fact("2020-04-01", "9", "NULL")) ==
          "wrong-dated-fact household " + council.id("household Mill") + "\n");
}

TEST_CASE("the first twenty differences are told, and all are counted") {
    const Council council;
    council.tamper("DELETE FROM audit");
    const auto verification = council.verified();
    CHECK(verification.first.size() == 20);
    CHECK(verification.differences > verification.records);
    CHECK(told(verification) == told(council.verified()));
}

}  // namespace tideover::verify_test
