// Two publications: nothing about the first changes when the second takes its place.
#include "demo/publications.hpp"

namespace tideover::year {
namespace {

constexpr auto title = "Council Plan 2021/22: our response to Covid-19";
constexpr auto as_at = "2021-01-31";

}  // namespace

std::string publish_plan(ApiClient& desk, const std::string& known_at) {
    const Body body{{"title", title},
                    {"note", "As known when the plan was drafted; records that came in later are restated."},
                    {"as_at", as_at},
                    {"known_at", known_at}};
    return desk.create(Member::finance, "publications", "publication-plan", body).id;
}

void publish_restatement(ApiClient& desk, const std::string& former) {
    const Body body{{"title", title},
                    {"note", "With late records, corrections and merges. The former figures stand beside it."},
                    {"as_at", as_at},
                    {"supersedes_id", former}};
    desk.create(Member::finance, "publications", "publication-restated", body);
}

}  // namespace tideover::year
