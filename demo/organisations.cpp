// Partners, schools, care homes and voluntary groups, entered before the year begins.
#include "demo/organisations.hpp"

#include <array>

#include "demo/invented.hpp"
#include "demo/plan.hpp"

namespace tideover::year {
namespace {

struct Partner {
    const char* code;
    const char* name;
};
// clang-format off
constexpr auto partners = std::to_array<Partner>({
    {partner::housing,            "Stockport Homes"},
    {partner::ppe_hub,            "PPE Hub (invented)"},
    {partner::volunteer_hub,      "Volunteer Hub (invented)"},
    {partner::devices,            "Schools ICT Service (invented)"},
    {partner::food_network,       "Neighbourhood Food Network (invented)"},
    {partner::volunteer_register, "Borough Volunteer Register (invented)"},
});
// clang-format on

constexpr std::array<std::string_view, 8> causes{"Pantry",    "Youth Club",   "Befrienders",      "Lunch Club",
                                                 "Gardeners", "Carers Group", "Community Centre", "Transport Scheme"};

Body organisation(Dice& dice, std::string name, std::string_view kind) {
    const auto place = home(dice);
    return {{"name", std::move(name)},    {"kind", kind},       {"address", place.address},
            {"postcode", place.postcode}, {"ward", place.ward}, {"phone", phone(dice)}};
}

}  // namespace

std::string school_code(int ordinal) {
    return ordinal == 0 ? partner::school : "primary-" + numbered(ordinal, 2) + "-invented";
}

void plan_organisations(Plan& plan) {
    for (const auto& one : partners) {
        plan.before([&plan, one](ApiClient& desk) {
            auto dice = plan.dice(one.code, 0);
            auto body = organisation(dice, one.name, "partner");
            body["code"] = one.code;
            plan.notebook.keep(desk.create(Member::admin, "organisations", named(one.code, 0), body));
        });
    }
    const auto several = [&plan](std::string_view kind, std::string_view noted, int many, auto name, auto complete) {
        for (int i = 0; i < many; ++i) {
            plan.before([&plan, kind, noted, i, name, complete](ApiClient& desk) {
                auto dice = plan.dice(noted, i);
                auto body = organisation(dice, name(dice, i), kind);
                complete(body, i);
                plan.notebook.keep(desk.create(Member::admin, "organisations", named(noted, i), body));
            });
        }
    };
    const auto as_it_is = [](Body&, int) {};
    several(
        "school", "school", schools,
        [](Dice& dice, int i) {
            return i == 0 ? std::string{"Bridge Hall Primary School"} : invented_name(dice, "Primary School", i);
        },
        [](Body& body, int i) { body["code"] = school_code(i); });
    several(
        "care_home", "care-home", care_homes,
        [](Dice& dice, int i) { return invented_name(dice, "House Care Home", i); }, as_it_is);
    several(
        "voluntary_group", "group", voluntary_groups,
        [](Dice& dice, int i) { return invented_name(dice, causes[static_cast<std::size_t>(i) % causes.size()], i); },
        [](Body& body, int i) {
            if (i % 3 != 0) return;
            body["identifiers"] =
                Body::array({{{"kind", "charity_number"}, {"value", "99" + numbered(i, 5)}, {"source", "invented"}}});
        });
    several(
        "other", "care-provider", care_providers, [](Dice& dice, int i) { return invented_name(dice, "Home Care", i); },
        as_it_is);
    several(
        "other", "leaving-care-team", 1, [](Dice&, int) { return std::string{"Leaving Care Team"}; }, as_it_is);
}

}  // namespace tideover::year
