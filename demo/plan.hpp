// The year as a list of jobs: each is a chain of requests that depend on each other, and independent of all others.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "demo/api_client.hpp"
#include "demo/calendar.hpp"
#include "demo/dice.hpp"
#include "demo/known_records.hpp"
#include "demo/schemes.hpp"

namespace tideover::year {

struct Job {
    Day day;
    int requests;  // about how many it will need, for the progress shown
    std::function<void(ApiClient&)> act;
    std::size_t kind = 0;
};
using Jobs = std::vector<Job>;

/// What is known at the instant K is told in `first`; most of what comes late or was wrong in `second`.
/// Bodies depend on the seed and on ordinals only: neither on replies, except for ids, nor on the clock.
struct Plan {
    std::uint64_t seed;
    KnownRecords& notebook;
    const Catalogue& catalogue;
    const std::vector<Body>& definitions;  // of figures
    Jobs groundwork{};                     // what all else refers to
    Jobs first{};
    Jobs closing{};  // what comes at the end of that, when the rest of it is there
    Jobs second{};
    std::size_t kind = 0;  // of aid that is being planned

    [[nodiscard]] Dice dice(std::string_view stream, int ordinal) const {
        return Dice{seed, stream, static_cast<std::uint64_t>(ordinal)};
    }

    void before(std::function<void(ApiClient&)> act) { groundwork.push_back({first_day, 1, std::move(act), kind}); }
    void known(Day day, int requests, std::function<void(ApiClient&)> act) {
        first.push_back({day, requests, std::move(act), kind});
    }
    void at_its_end(Day day, int requests, std::function<void(ApiClient&)> act) {
        closing.push_back({day, requests, std::move(act), kind});
    }
    void late(Day day, int requests, std::function<void(ApiClient&)> act) {
        second.push_back({day, requests, std::move(act), kind});
    }
};

/// A record's name in the notebook, from which its keys are made: "call-17".
[[nodiscard]] inline std::string named(std::string_view kind, int ordinal) {
    return std::string{kind} + "-" + std::to_string(ordinal);
}

/// Puts jobs into the order in which they are done: each kind of aid in the order of its year, and all kinds
/// side by side from beginning to end. One after the other they would queue for the same rows: all approvals of a
/// scheme add to one sum.
void put_in_order(Jobs& jobs);

// One function for each kind of aid. The groundwork comes before all of them.
void plan_organisations(Plan& plan);
void plan_schemes(Plan& plan);
void plan_definitions(Plan& plan);
void plan_business_grants(Plan& plan);
void plan_community_grants(Plan& plan);
void plan_external_funding(Plan& plan);
void plan_council_tax(Plan& plan);
void plan_ppe(Plan& plan);
void plan_vouchers(Plan& plan);
void plan_parcels(Plan& plan);
void plan_food_shops(Plan& plan);
void plan_devices(Plan& plan);
void plan_calls_received(Plan& plan);
void plan_calls_made(Plan& plan);
void plan_mutual_aid(Plan& plan);
void plan_volunteers(Plan& plan);

}  // namespace tideover::year
