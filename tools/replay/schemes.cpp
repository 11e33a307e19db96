// Scheme rows. Amounts are what was published, in pounds: 27 days were paid as 28, and nothing is computed here.
#include "tools/replay/schemes.hpp"

#include <array>
#include <stdexcept>

#include "tools/replay/plan.hpp"

namespace tideover::year {
namespace {

// clang-format off
constexpr auto sbgf = std::to_array<Amount>({
    {"once", "any", 10'000, 10'000},
});
constexpr auto rhlgf = std::to_array<Amount>({
    {"once", "small",  10'000, 10'000},
    {"once", "medium", 25'000, 25'000},
});
constexpr auto ladgf = std::to_array<Amount>({
    {"phase-1", "discretionary", 2'500, 25'000},
    {"phase-2", "discretionary", 2'500, 25'000},
    {"phase-3", "discretionary", 2'500, 25'000},
    {"phase-4", "discretionary", 2'500, 25'000},
});
constexpr auto closed_v1 = std::to_array<Amount>({
    {"9-sep-to-29-sep-2020", "small",  1'000, 1'000},
    {"9-sep-to-29-sep-2020", "medium", 1'000, 1'000},
    {"9-sep-to-29-sep-2020", "large",  1'500, 1'500},
});
constexpr auto fortnights = std::to_array<Amount>({
    {"2-dec-to-15-dec-2020",  "small",  667,   667},
    {"2-dec-to-15-dec-2020",  "medium", 1'000, 1'000},
    {"2-dec-to-15-dec-2020",  "large",  1'500, 1'500},
    {"16-dec-to-29-dec-2020", "small",  667,   667},
    {"16-dec-to-29-dec-2020", "medium", 1'000, 1'000},
    {"16-dec-to-29-dec-2020", "large",  1'500, 1'500},
});
constexpr auto open = std::to_array<Amount>({
    {"25-sep-to-22-oct-2020", "small",  1, 934},
    {"25-sep-to-22-oct-2020", "medium", 1, 1'400},
    {"25-sep-to-22-oct-2020", "large",  1, 2'100},
});
constexpr auto addendum = std::to_array<Amount>({
    {"5-nov-to-1-dec-2020", "small",  1'334, 1'334},
    {"5-nov-to-1-dec-2020", "medium", 2'000, 2'000},
    {"5-nov-to-1-dec-2020", "large",  3'000, 3'000},
});
constexpr auto tier_4 = std::to_array<Amount>({
    {"31-dec-2020-to-4-jan-2021", "small",  238, 238},
    {"31-dec-2020-to-4-jan-2021", "medium", 357, 357},
    {"31-dec-2020-to-4-jan-2021", "large",  536, 536},
});
constexpr auto christmas = std::to_array<Amount>({
    {"once", "any", 1'000, 1'000},
});
constexpr auto closed_5_jan = std::to_array<Amount>({
    {"5-jan-to-15-feb-2021", "small",  2'001, 2'001},
    {"5-jan-to-15-feb-2021", "medium", 3'000, 3'000},
    {"5-jan-to-15-feb-2021", "large",  4'500, 4'500},
});
constexpr auto clbp = std::to_array<Amount>({
    {"once", "small",  4'000, 4'000},
    {"once", "medium", 6'000, 6'000},
    {"once", "large",  9'000, 9'000},
});
constexpr auto arg = std::to_array<Amount>({
    {"market-place-and-underbanks", "discretionary", 3'000, 3'000},
    {"hospitality-boost",           "discretionary", 5'000, 5'000},
    {"strategic-firms",             "discretionary", 1,     150'000},
});
constexpr auto community = std::to_array<Amount>({
    {"round-1", "discretionary", 100, 2'000},
    {"round-2", "discretionary", 100, 2'000},
});
// clang-format on

// clang-format off
constexpr auto schemes = std::to_array<Scheme>({
    // code                  title                                                                    kind         funding          opens             closes            allocation amounts
    {"sbgf",                 "Small Business Grants Fund",                                            "business",  "full",          on(2020, 3, 11),  on(2020, 8, 28),  0,         sbgf},
    {"rhlgf",                "Retail, Hospitality and Leisure Grant Fund",                            "business",  "full",          on(2020, 3, 11),  on(2020, 8, 28),  0,         rhlgf},
    {"ladgf",                "Local Authority Discretionary Grants Fund",                             "business",  "capped",        on(2020, 5, 29),  on(2020, 8, 7),   3'300'000, ladgf},
    {"lrsg-closed-v1",       "Local Restrictions Support Grant (Closed), 3 weeks",                    "business",  "full",          on(2020, 9, 9),   on(2021, 3, 31),  0,         closed_v1},
    {"lrsg-closed-v2",       "Local Restrictions Support Grant (Closed), 14 days",                    "business",  "full",          on(2020, 10, 23), on(2021, 3, 31),  0,         fortnights},
    {"lrsg-open",            "Local Restrictions Support Grant (Open)",                               "business",  "discretionary", on(2020, 8, 1),   on(2021, 3, 31),  900'000,   open},
    {"lrsg-sector",          "Local Restrictions Support Grant (Sector)",                             "business",  "full",          on(2020, 11, 1),  on(2021, 3, 31),  0,         fortnights},
    {"lrsg-closed-addendum", "Local Restrictions Support Grant (Closed) Addendum",                    "business",  "full",          on(2020, 11, 5),  on(2021, 3, 31),  0,         addendum},
    {"lrsg-tier-4",          "Local Restrictions Support Grant (Closed) Addendum: Tier 4",            "business",  "full",          on(2020, 12, 31), on(2021, 3, 31),  0,         tier_4},
    {"christmas-support",    "Christmas Support Payment for wet-led pubs",                            "business",  "full",          on(2020, 12, 2),  on(2021, 2, 28),  0,         christmas},
    {"lrsg-closed-5-jan",    "Local Restrictions Support Grant (Closed) Addendum: 5 January onwards", "business",  "full",          on(2021, 1, 5),   on(2021, 3, 31),  0,         closed_5_jan},
    {"clbp",                 "Closed Businesses Lockdown Payment",                                    "business",  "full",          on(2021, 1, 5),   on(2021, 3, 31),  0,         clbp},
    {"arg",                  "Additional Restrictions Grant",                                         "business",  "capped",        on(2020, 10, 14), on(2021, 2, 28),  5'800'000, arg},
    {"community-support",    "Covid Community Support Grants",                                        "community", "discretionary", on(2020, 4, 6),   on(2020, 12, 31), 60'000,    community},
});
// clang-format on

}  // namespace

const Scheme& scheme_of(std::string_view code) {
    for (const auto& scheme : schemes) {
        if (scheme.code == code) return scheme;
    }
    throw std::logic_error("no scheme " + std::string{code});
}

void plan_schemes(Plan& plan) {
    for (const auto& scheme : schemes) {
        plan.before([&scheme](Desk& desk) {
            auto amounts = Body::array();
            for (const auto& amount : scheme.amounts) {
                amounts.push_back({{"period", amount.period},
                                   {"band", amount.band},
                                   {"least_pence", amount.least_pounds * 100},
                                   {"most_pence", amount.most_pounds * 100}});
            }
            Body body{{"code", scheme.code},
                      {"title", scheme.title},
                      {"kind", scheme.kind},
                      {"funding", scheme.funding},
                      {"opens_on", format(scheme.opens)},
                      {"closes_on", format(scheme.closes)},
                      {"amounts", std::move(amounts)}};
            if (scheme.allocation_pounds > 0) body["allocation_pence"] = scheme.allocation_pounds * 100;
            desk.create(Member::admin, "schemes", "scheme-" + std::string{scheme.code}, body);
        });
    }
}

}  // namespace tideover::year
