// What the council recorded, team by team.
#include "tests/support/council.hpp"

#include "db/ledger/ledger.hpp"
#include "db/verify/state.hpp"
#include "domain/aid/nouns.hpp"
#include "domain/community/nouns.hpp"
#include "domain/council_tax/nouns.hpp"
#include "domain/figures/nouns.hpp"
#include "domain/finance/nouns.hpp"
#include "domain/grants/nouns.hpp"
#include "domain/helpline/nouns.hpp"
#include "domain/parties/nouns.hpp"

namespace tideover::testing {

Council::Council() : officer_(scratch_, "officer"), approver_(scratch_, "approver") {
    parties();
    merges();
    grants();
    council_tax();
    supplies();
    food();
    calls_and_community();
}

void Council::seal_and_fold() const {
    db::Connection connection{scratch_.app()};
    db::ledger::seal(connection, home);
    db::ledger::fold(connection, home);
}

db::Verification Council::verified() const {
    db::Connection connection{scratch_.owner()};
    return db::verify(connection, home);
}

std::string Council::state() const {
    db::Connection connection{scratch_.owner()};
    return db::state_hash(connection, home);
}

pqxx::result Council::ask(const std::string& sql) const {
    db::Connection connection{scratch_.owner()};
    return connection.run(sql);
}

void Council::tamper(const std::string& sql) const {
    db::Connection connection{scratch_.owner()};
    connection.run("SET session_replication_role = replica; " + sql);
}

void Council::merge(const std::string& kind, const std::string& from, const std::string& into) {
    ids_["merge " + from] = officer_.record(
        nouns::merge, {{"kind", kind}, {"from_id", id(from)}, {"into_id", id(into)}, {"reason", "same name"}});
}

void Council::part(const std::string& from) {
    officer_.step(nouns::merge, id("merge " + from), "reversals", {{"reversal_reason", "a brother"}});
}

std::string Council::publish(const std::string& name, const std::string& as_at) {
    return ids_[name] = officer_.record(nouns::publication, {{"title", name}, {"as_at", as_at}});
}

void Council::make_another_entry() {
    keep("another call", nouns::call,
         {{"direction", "inbound"}, {"started_at", "2020-05-30T09:00:00Z"}, {"outcome", "referred"}});
}

std::string Council::award(const std::string& name, const std::string& scheme, const Values& party) {
    auto values = party;
    values.insert(values.end(), {{"scheme", scheme},
                                 {"received_on", "2020-04-01"},
                                 {"payee.name", "Payee"},
                                 {"declarations", "{meets_criteria}"},
                                 {"payee.sort_code", "010203"},
                                 {"payee.account_number", "01234567"}});
    const auto application = ids_[name + " application"] = officer_.record(nouns::application, values);
    officer_.step(nouns::application, application, "assessments",
                  {{"recommendation", "award"}, {"band", "any"}, {"amount_pence", "1000000"}, {"reason", "eligible"}});
    approver_.step(nouns::application, application, "decisions",
                   {{"decision", "approve"}, {"decided_on", "2020-04-20"}, {"reason", "eligible"}});
    return ids_[name] = officer_.read(nouns::application, application).text(by_name("award_id"));
}

std::string Council::paid(const std::string& name, const std::string& award, const std::string& day) {
    ids_[name] = approver_.record(nouns::payment, {{"award_id", award}, {"instructed_on", "2020-04-21"}});
    officer_.step(nouns::payment, id(name), "settlements", {{"entry_day", day}});
    return id(name);
}

void Council::keep(const std::string& name, const Noun& noun, const Values& values) {
    ids_[name] = officer_.record(noun, values);
}

void Council::parties() {
    using namespace nouns;
    keep("hub", organisation, {{"name", "The hub"}, {"code", "ppe-hub"}, {"kind", "partner"}});
    keep("homes", organisation, {{"name", "Homes"}, {"code", "stockport-homes"}, {"kind", "partner"}});
    keep("school", organisation, {{"name", "A school"}, {"kind", "school"}});
    keep("group", organisation,
         {{"name", "A group"},
          {"kind", "voluntary_group"},
          {"identifiers", R"([{"kind": "charity_number", "value": "1"}])"}});
    for (const std::string name : {"Mill", "Lane", "Brow"}) {
        keep("household " + name, household,
             {{"address", "1 " + name}, {"postcode", "SK1 1AA"}, {"ward", name}, {"people", "3"}});
        keep("person " + name, person, {{"name", name}, {"household_id", id("household " + name)}, {"ward", name}});
        keep("business " + name, business, {{"name", name}, {"legal_form", "company"}, {"ward", name}});
        keep("premises " + name, premises,
             {{"business_id", id("business " + name)},
              {"address", "2 " + name},
              {"postcode", "SK1 1AB"},
              {"ward", name},
              {"use", "retail"},
              {"reliefs", "{expanded_retail}"}});
    }
}

void Council::merges() {
    merge("person", "person Lane", "person Mill");
    part("person Lane");
    merge("business", "business Brow", "business Lane");
}

void Council::open_scheme(const std::string& code, const std::string& kind, const std::string& key,
                          const Values& terms) {
    keep(code, nouns::scheme, {{"code", code}, {"title", "Scheme " + code}, {"kind", kind}});
    Values values{{"scheme", code},
                  {"opens_on", "2020-03-11"},
                  {"uniqueness_key", key},
                  {"funding", "full"},
                  {"council_is", "agent"},
                  {"source", "the guidance"},
                  {"declarations",
                   R"([{"declaration": "meets_criteria", "wording_version": 1, "wording": "We meet the criteria."}])"},
                  {"periods", R"([{"period": "once"}])"},
                  {"amounts", R"([{"period": "once", "band": "any", "least_pence": 1000000, "most_pence": 1000000}])"}};
    values.insert(values.end(), terms.begin(), terms.end());
    keep("terms of " + code, nouns::scheme_version, values);
    approver_.step(nouns::scheme_version, id("terms of " + code), "publications", {{"published_on", "2020-03-10"}});
}

void Council::grants() {
    using namespace nouns;
    open_scheme("sbgf", "business", "premises");
    open_scheme("community-support", "community", "business", {{"allocation_pence", "5000000"}});
    for (const std::string name : {"Mill", "Lane", "Brow"}) {
        award("award " + name, "sbgf",
              {{"business_id", id("business " + name)}, {"premises_id", id("premises " + name)}});
        paid("payment " + name, id("award " + name), "2020-05-01");
    }
    officer_.step(payment, id("payment Mill"), "returns", {{"returned_on", "2020-05-04"}, {"return_code", "5"}});
    paid("payment again", id("award Mill"), "2020-06-02");
    award("award group", "community-support", {{"organisation_id", id("group")}});
    paid("payment group", id("award group"), "2020-05-01");
    keep("funding", external_funding,
         {{"organisation_id", id("group")},
          {"funder", "A fund"},
          {"amount_pence", "900000"},
          {"secured_on", "2020-07-01"},
          {"evidence", "a letter"},
          {"bid_reference", "BID-1"},
          {"partners", R"([{"organisation_id": ")" + id("school") + R"("}])"}});
}

void Council::council_tax() {
    using namespace nouns;
    keep("fund", council_tax_fund,
         {{"code", "hardship_2020_21"}, {"title", "Hardship Fund"}, {"financial_year", "2020/21"}});
    keep("account", council_tax_account, {{"account_reference", "70000001"}, {"ward", "Mill"}});
    const Values posting{{"account_reference", "70000001"},
                         {"fund", "hardship_2020_21"},
                         {"reason", "automatic"},
                         {"amount_pence", "15000"},
                         {"effective_on", "2020-06-01"}};
    auto award = posting, reversal = posting;
    award.insert(award.end(), {{"kind", "award"}, {"basis", "automatic"}});
    keep("posting", council_tax_posting, award);
    reversal.emplace_back("kind", "reversal");
    reversal.emplace_back("reverses_id", id("posting"));
    keep("reversal", council_tax_posting, reversal);
    keep("second posting", council_tax_posting, award);
}

void Council::supplies() {
    using namespace nouns;
    keep("gloves", ppe_item, {{"code", "gloves"}, {"title", "Pairs of gloves"}, {"items_per_unit", "200"}});
    const Values movement{
        {"item", "gloves"}, {"organisation_id", id("school")}, {"moved_on", "2020-05-05"}, {"hub", "ppe-hub"}};
    auto issue = movement, back = movement;
    issue.insert(issue.end(), {{"kind", "issue"}, {"units", "10"}});
    keep("issue", ppe_movement, issue);
    back.insert(back.end(), {{"kind", "return"}, {"units", "3"}, {"issue_id", id("issue")}});
    keep("return", ppe_movement, back);
    for (const std::string tag : {"TAB-1", "TAB-2"}) {
        keep(tag, device,
             {{"asset_tag", tag},
              {"kind", "tablet"},
              {"source", "dfe"},
              {"supplied_on", "2020-09-01"},
              {"holder_kind", "school_pupil"},
              {"organisation_id", id("school")}});
    }
    officer_.step(device, id("TAB-1"), "handovers", {{"handed_on_on", "2020-09-10"}});
    officer_.correct(device, id("TAB-2"), {{"supplied_on", "2020-09-02"}, {"kind", "laptop"}});
}

void Council::food() {
    using namespace nouns;
    const Values wanted{{"children", "2"},           {"value_pence", "3000"},
                        {"purpose", "holiday_food"}, {"holiday_period", "winter-2020"},
                        {"channel", "email"},        {"requested_on", "2020-12-01"}};
    for (const std::string name : {"Mill", "Lane"}) {
        auto values = wanted;
        values.emplace_back("household_id", id("household " + name));
        keep("voucher " + name, voucher, values);
        officer_.step(voucher, id("voucher " + name), "sends", {{"sent_on", "2020-12-10"}});
    }
    officer_.step(voucher, id("voucher Mill"), "redemptions", {{"redeemed_on", "2020-12-20"}});
    officer_.step(voucher, id("voucher Lane"), "reissues", {{"happened_on", "2020-12-15"}, {"reason", "lost"}});
    ids_["voucher again"] = officer_.read(voucher, id("voucher Lane")).text(by_name("replaced_by_id"));
    keep("parcel", parcel,
         {{"household_id", id("household Mill")},
          {"people", "3"},
          {"kind", "emergency"},
          {"referred_at", "2020-04-01T09:00:00Z"},
          {"promised_by", "2020-04-02"},
          {"delivered_by", "stockport-homes"}});
    officer_.step(parcel, id("parcel"), "attempts", {{"outcome", "no_answer"}, {"attempted_on", "2020-04-01"}});
    officer_.step(parcel, id("parcel"), "attempts", {{"outcome", "delivered"}, {"attempted_on", "2020-04-02"}});
    keep(
        "shop", food_shop,
        {{"household_id", id("household Mill")}, {"vulnerability_basis", "shielding"}, {"requested_on", "2020-04-01"}});
    officer_.step(food_shop, id("shop"), "completions", {{"completed_on", "2020-04-03"}});
}

void Council::calls_and_community() {
    using namespace nouns;
    // Half past eleven in the evening by UTC is the next day in London.
    keep("call in", call,
         {{"direction", "inbound"},
          {"started_at", "2020-03-30T23:30:00Z"},
          {"outcome", "referred"},
          {"purpose", "help_request"},
          {"reasons", "{food,medicine}"}});
    keep("call out", call,
         {{"direction", "outbound"},
          {"started_at", "2020-04-30T09:00:00Z"},
          {"outcome", "no_answer"},
          {"purpose", "welfare"},
          {"vulnerability_basis", "vulnerable"},
          {"person_id", id("person Mill")}});
    keep("mistake", call, {{"direction", "inbound"}, {"started_at", "2020-04-30T09:00:00Z"}, {"outcome", "referred"}});
    officer_.make_void(call, id("mistake"));
    keep("neighbours", mutual_aid_group, {{"name", "Neighbours"}, {"established_on", "2020-03-20"}, {"ward", "Mill"}});
    officer_.step(mutual_aid_group, id("neighbours"), "confirmations", {{"confirmed_on", "2020-04-20"}});
    for (const std::string name : {"Mill", "Lane"}) {
        keep("volunteer " + name, volunteer, {{"person_id", id("person " + name)}, {"registered_on", "2020-03-25"}});
    }
}

std::string told(const db::Verification& verification) {
    std::string out;
    for (const auto& difference : verification.first) out += difference.kind + " " + difference.where + "\n";
    return out;
}

std::string told_after(const Council& council, const std::string& sql) {
    council.tamper(sql);
    return told(council.verified());
}

}  // namespace tideover::testing
