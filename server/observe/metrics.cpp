// Keeps the registry of metrics, and writes it for Prometheus.
#include "server/observe/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <atomic>
#include <map>
#include <mutex>

namespace tideover::metrics {
namespace {

struct Instruments {
    prometheus::Registry registry;
    prometheus::Family<prometheus::Counter>& requests = prometheus::BuildCounter()
                                                            .Name("tideover_requests_total")
                                                            .Help("Requests answered, by route and status.")
                                                            .Register(registry);
    prometheus::Histogram& duration =
        prometheus::BuildHistogram()
            .Name("tideover_request_duration_seconds")
            .Help("From the last byte of the request to the answer.")
            .Register(registry)
            .Add({}, prometheus::Histogram::BucketBoundaries{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1,
                                                             2.5});
    prometheus::Counter& busy = prometheus::BuildCounter()
                                    .Name("tideover_refused_busy_total")
                                    .Help("Requests told to come again because the queue was full.")
                                    .Register(registry)
                                    .Add({});
    prometheus::Family<prometheus::Counter>& refused =
        prometheus::BuildCounter()
            .Name("tideover_refused_total")
            .Help("Requests refused before a worker saw them, by problem.")
            .Register(registry);
    prometheus::Counter& turned_away = prometheus::BuildCounter()
                                           .Name("tideover_connections_turned_away_total")
                                           .Help("Connections closed at once, because there were too many.")
                                           .Register(registry)
                                           .Add({});
    prometheus::Gauge& open =
        prometheus::BuildGauge().Name("tideover_connections").Help("Open connections.").Register(registry).Add({});
    prometheus::Gauge& waiting = prometheus::BuildGauge()
                                     .Name("tideover_queue")
                                     .Help("Requests waiting for a worker.")
                                     .Register(registry)
                                     .Add({});
    prometheus::Family<prometheus::Counter>& seals = prometheus::BuildCounter()
                                                         .Name("tideover_seals_total")
                                                         .Help("Seals of the ledger tried, by outcome.")
                                                         .Register(registry);
    std::atomic<std::int64_t> answered = 0;
    std::mutex mutex;
    std::map<std::pair<std::string_view, int>, prometheus::Counter*> by_route;
};

Instruments& instruments() {
    static Instruments all;
    return all;
}

}  // namespace

void answered(std::string_view route, int status, std::int64_t duration_us) {
    auto& all = instruments();
    prometheus::Counter* counter = nullptr;
    {
        const std::scoped_lock lock{all.mutex};
        auto& slot = all.by_route[{route, status}];
        if (slot == nullptr)
            slot = &all.requests.Add({{"route", std::string{route}}, {"status", std::to_string(status)}});
        counter = slot;
    }
    counter->Increment();
    ++all.answered;
    all.duration.Observe(static_cast<double>(duration_us) / 1e6);
}

std::int64_t answered_so_far() {
    return instruments().answered;
}

void refused(std::string_view slug) {
    auto& all = instruments();
    if (slug == "busy") all.busy.Increment();
    all.refused.Add({{"problem", std::string{slug}}}).Increment();
}
void turned_away() {
    instruments().turned_away.Increment();
}
void connections(std::int64_t open) {
    instruments().open.Set(static_cast<double>(open));
}
void queued(std::int64_t waiting) {
    instruments().waiting.Set(static_cast<double>(waiting));
}
void sealed(bool ok) {
    instruments().seals.Add({{"outcome", ok ? "sealed" : "failed"}}).Increment();
}

std::string exposition() {
    return prometheus::TextSerializer{}.Serialize(instruments().registry.Collect());
}

}  // namespace tideover::metrics
