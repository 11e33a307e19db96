// The replay from beginning to end: groundwork, what was known at the instant K, and what came in after it.
#include "demo/replay.hpp"

#include <array>
#include <atomic>
#include <cstdio>
#include <numeric>

#include "demo/definitions.hpp"
#include "demo/headlines.hpp"
#include "demo/job_runner.hpp"
#include "demo/plan.hpp"
#include "demo/publications.hpp"
#include "demo/remembered.hpp"
#include "demo/stopped.hpp"
#include "domain/core/money.hpp"

namespace tideover {
namespace {

using namespace year;

constexpr std::array kinds{plan_organisations,    plan_schemes,          plan_definitions, plan_business_grants,
                           plan_community_grants, plan_external_funding, plan_council_tax, plan_ppe,
                           plan_vouchers,         plan_parcels,          plan_food_shops,  plan_devices,
                           plan_calls_received,   plan_calls_made,       plan_mutual_aid,  plan_volunteers};

void make_plan(Plan& plan) {
    for (const auto kind : kinds) {
        kind(plan);
        ++plan.kind;
    }
    put_in_order(plan.first);
    put_in_order(plan.second);
}

std::uint64_t requests(const Jobs& jobs) {
    return std::accumulate(jobs.begin(), jobs.end(), std::uint64_t{0}, [](std::uint64_t sum, const Job& job) {
        return sum + static_cast<std::uint64_t>(job.requests);
    });
}

/// What an earlier run left, or a beginning.
Remembered so_far(const ReplayOptions& options) {
    const auto found = recall(options.state_file);
    if (!found) return {.seed = options.seed};
    if (found->seed != options.seed) {
        throw Stopped("the state file " + options.state_file + " is of seed " + std::to_string(found->seed) +
                      ", not of seed " + std::to_string(options.seed));
    }
    return *found;
}

void record_the_year(const ReplayOptions& options, Remembered state) {
    const auto address = address_of(options.url);
    const auto tokens = read_tokens(options.tokens_file);
    KnownRecords notebook;
    const Catalogue catalogue{options.schemes_folder};
    const auto definitions = read_definitions(options.figures_folder);
    Plan plan{.seed = options.seed, .notebook = notebook, .catalogue = catalogue, .definitions = definitions};
    make_plan(plan);
    Progress progress{requests(plan.groundwork) + requests(plan.first) + requests(plan.closing) +
                      requests(plan.second)};
    JobRunner crew{address, tokens, options.seed, progress};
    Connection asking{address};
    const std::atomic<bool> never_stopped{false};
    std::atomic<std::uint64_t> publications{0};
    ApiClient press{address, tokens, options.seed, never_stopped, publications};
    try {
        crew.carry_out(std::move(plan.groundwork));
        crew.carry_out(std::move(plan.first));
        crew.carry_out(std::move(plan.closing));
        if (state.known_at.empty()) {
            state.known_at = sealed_instant(asking);
            remember(options.state_file, state);  // before anything is recorded after it
        }
        progress.leave();
        std::fprintf(stderr, "replay  the first wave is known at K = %s\n", state.known_at.c_str());
        const auto published = publish_plan(press, state.known_at);
        crew.carry_out(std::move(plan.second));
        (void)sealed_instant(asking);
        publish_restatement(press, published);
    } catch (...) {
        progress.leave();
        throw;
    }
    state.completed = true;
    remember(options.state_file, state);
    progress.leave();
    std::fprintf(stderr, "replay  complete: %s requests in %.0f s\n",
                 grouped(static_cast<std::int64_t>(crew.answered())).c_str(), progress.seconds());
}

}  // namespace

int replay(const ReplayOptions& options) {
    try {
        const auto state = so_far(options);
        if (state.completed) {
            std::puts("replay: already there");
            return 0;
        }
        record_the_year(options, state);
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "replay: %s\n", failure.what());
        return 1;
    }
}

}  // namespace tideover
