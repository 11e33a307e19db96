// The council is made by the API suite's own world, once a run.
#include "tests/faults/council.hpp"

#include <csignal>
#include <cstdlib>
#include <stdexcept>

#include "domain/grants/nouns.hpp"
#include "tests/api/world.hpp"

namespace tideover::faults {

Council found(const Cluster& cluster, const std::string& binary) {
    Council council{.database = "council"};
    ::setenv("TIDEOVER_TEST_CLUSTER", cluster.words().c_str(), 1);
    ::setenv("TIDEOVER_BINARY", binary.c_str(), 1);
    testing::Service service{{"--workers", "2"}};
    std::string made;
    {
        testing::World world{service};
        for (const auto& route : routes()) {
            if (testing::creates(route)) council.ones[std::string{route.noun->name}] = world.one(route.noun->name);
        }
        council.ones[std::string{nouns::award.name}] = world.one(nouns::award.name);
        for (const auto role : testing::every_role()) {
            council.tokens[role] = world.signed_in(role).front().second;
        }
        council.drafting = world.drafting().front().second;
        made = service.database().name();
    }
    service.signal(SIGTERM);
    if (service.wait() != 0) throw std::runtime_error("the server did not end as it should");
    cluster.ask("postgres", "CREATE DATABASE " + council.database + " TEMPLATE " + made);
    return council;
}

}  // namespace tideover::faults
