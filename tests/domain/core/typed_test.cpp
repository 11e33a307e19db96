// What people type, read in every way in which it may be meant.
#include "domain/core/typed.hpp"

#include <doctest/doctest.h>

#include <string>

#include "domain/core/ranking.hpp"

namespace tideover::typed_test {
namespace {

std::string phone(std::string_view text) {
    return typed::phone_part(text).value_or("(none)");
}

std::string references(std::string_view text) {
    std::string out;
    for (const auto& one : typed::references_in(text))
        out += (out.empty() ? "" : ", ") + one.prefix + "|" + one.rest + (one.whole ? " whole" : "");
    return out;
}

ranking::Typed words(std::initializer_list<const char*> all) {
    ranking::Typed out{};
    for (const auto* word : all) out.words.push_back({word, {}});
    return out;
}

const std::vector<ranking::Shown> jo{{"name", "Jo Bloggs", ranking::By::words, {"jo", "bloggs"}},
                                     {"address", "1 Jo Street", ranking::By::words, {"1", "jo", "street"}},
                                     {"phone", "0161 496 0000", ranking::By::phone, {"01614960000"}},
                                     {"identifiers.urn", "10-01", ranking::By::identifier, {"1001"}}};

}  // namespace

TEST_CASE("a telephone number is read as it stands in records, whole or in part") {
    for (const auto* text :
         {"01614960000", "0161 496 0000", "+44 161 496 0000", "+44 (0)161 496 0000", "0044 161 496 0000",
          "(0161) 496-0000", "0161.496.0000", "tel 0161 496 0000", "0161 496 0000 ext 12", "44 161 496 0000"})
        CHECK_MESSAGE(phone(text) == "01614960000", text);
    CHECK(phone("496 0000") == "4960000");
    CHECK(phone("+353 1 234") == "+3531234");
    CHECK(phone("00353 1 234") == "+3531234");
    CHECK(phone("4400") == "4400");
    for (const auto* text : {"", "161", "12 High Street", "SK1 3XE", "jo", "0161 496 0000 0161 496 0000 01614", "+44"})
        CHECK_MESSAGE(phone(text) == "(none)", text);
}

TEST_CASE("a reference is read with its kind and without, whole or how it begins, in the letters that it can have") {
    CHECK(references("PE-82W1CJB-P") == "PE|82W1CJB-P whole");
    CHECK(references("pe 82w1cjb p") == "PE|82W1CJB-P whole");
    CHECK(references("82W1CJB-P") == "|82W1CJB-P whole");
    CHECK(references("PE-82W") == "PE|82W");
    CHECK(references("PE82W1") == "PE|82W1, |PE82W1");
    CHECK(references("PE-O2WLCJB-O") == "PE|02W1CJB-O whole");
    for (const auto* text : {"", "PE", "PE-1", "82W", "PE-82W1CJB-PX", "PE-82W1U", "jo@example.org", "PE_82W1"})
        CHECK_MESSAGE(references(text).empty(), text);
}

TEST_CASE("a slip is a letter more, less or other, or two that changed places; short words bear fewer") {
    CHECK(typed::edits("bloggs", "bloggs", 3) == 0);
    CHECK(typed::edits("bloggs", "blogs", 3) == 1);
    CHECK(typed::edits("bloggs", "bolggs", 3) == 1);
    CHECK(typed::edits("bloggs", "bl\xC3\xB6ggs", 3) == 1);
    CHECK(typed::edits("ca", "abc", 3) == 3);
    CHECK(typed::edits("smith", "jones", 2) == 3);
    CHECK(typed::edits("", "jones", 2) == 3);
    CHECK(typed::may_mean("jon", "john"));
    CHECK(!typed::may_mean("jon", "jane"));
    CHECK(!typed::may_mean("jo", "joe"));
    CHECK(typed::may_mean("thistelthwait", "thistlethwaite"));
    CHECK(!typed::may_mean("smith", "jones"));
}

TEST_CASE("of many words that are like the typed one the nearest are meant, whatever their order") {
    const std::vector<std::string> like{"selpenden", "selinda",  "salinden",  "sellinden",
                                        "selin",     "selinden", "selindens", "jones"};
    CHECK(typed::nearest("selinden", like, 3) == std::vector<std::string>{"salinden", "selindens", "sellinden"});
    CHECK(typed::nearest("selinden", like, 9) ==
          std::vector<std::string>{"salinden", "selindens", "sellinden", "selinda", "selpenden"});
    CHECK(typed::nearest("mar", {"margaret", "mark", "car", "max"}, 3) ==
          std::vector<std::string>{"car", "max", "mark"});
    CHECK(typed::nearest("jo", {"jon", "joan", "bo"}, 3) == std::vector<std::string>{"jon", "joan"});
}

TEST_CASE("all words must answer, each by its best field; a surer reading goes before words") {
    const auto exact = ranking::rank(words({"jo", "bloggs"}), "PE", "PE-82W1CJB-P", jo);
    CHECK(exact.weight == doctest::Approx(1));
    REQUIRE(exact.why.size() == 1);
    CHECK(exact.why[0].field == "name");
    CHECK(ranking::rank(words({"jo", "smith"}), "PE", "PE-82W1CJB-P", jo).why.empty());
    CHECK(ranking::rank(words({}), "PE", "PE-82W1CJB-P", jo).why.empty());
    const auto begun = ranking::rank(words({"blog"}), "PE", "PE-82W1CJB-P", jo);
    auto slip = words({"bloggz"});
    slip.words[0].meant = {"bloggs"};
    const auto slipped = ranking::rank(slip, "PE", "PE-82W1CJB-P", jo);
    CHECK(exact.weight > begun.weight);
    CHECK(begun.weight > slipped.weight);
    CHECK(slipped.weight > 0);
    const auto street = ranking::rank(words({"street", "bloggs"}), "PE", "PE-82W1CJB-P", jo);
    CHECK(street.why.size() == 2);
    CHECK(street.weight < exact.weight);

    ranking::Typed by_number{};
    by_number.phone = by_number.packed = "4960000";
    const auto part = ranking::rank(by_number, "PE", "PE-82W1CJB-P", jo);
    by_number.phone = by_number.packed = "01614960000";
    const auto whole = ranking::rank(by_number, "PE", "PE-82W1CJB-P", jo);
    CHECK(part.weight > exact.weight);
    CHECK(whole.weight > part.weight);
    CHECK(whole.certain);
    CHECK(!part.certain);
    by_number.phone = by_number.packed = "1001";
    CHECK(ranking::rank(by_number, "PE", "PE-82W1CJB-P", jo).why.at(0).field == "identifiers.urn");
    // How a telephone number begins goes before what stands in the middle of a shorter number.
    by_number.phone = by_number.packed = "0161";
    const std::vector<ranking::Shown> middle{{"identifiers.uprn", "100161123", ranking::By::identifier, {"100161123"}}};
    CHECK(ranking::rank(by_number, "PE", "PE-82W1CJB-P", jo).weight >
          ranking::rank(by_number, "PR", "PR-1", middle).weight);

    ranking::Typed quoted{};
    quoted.references = typed::references_in("PE-82W1CJB-P");
    CHECK(ranking::rank(quoted, "PE", "PE-82W1CJB-P", jo).weight > whole.weight);
    CHECK(ranking::rank(quoted, "HH", "HH-82W1CJB-P", jo).why.empty());
}

}  // namespace tideover::typed_test
