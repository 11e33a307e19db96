// faults: seeded fault histories against a cluster and a server of their own.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>

#include "tests/faults/fault.hpp"
#include "tests/faults/history.hpp"
#include "tests/support/root.hpp"

namespace {

using namespace tideover::faults;

struct Options {
    Settings settings;
    int histories = 20;
    unsigned seed = 1;
    bool until_red = false;
    bool names = false;
};

struct Sum {
    int histories = 0, red = 0, faults = 0;
    Outcome all{};
    std::map<std::string, int> by_kind{};
};

void add(Sum& sum, const Outcome& one) {
    ++sum.histories;
    sum.red += one.complaints.empty() ? 0 : 1;
    sum.all.acknowledged += one.acknowledged;
    sum.all.refused += one.refused;
    sum.all.forbidden += one.forbidden;
    sum.all.unknown += one.unknown;
    sum.all.settled += one.settled;
    sum.all.repeats += one.repeats;
    sum.all.cut += one.cut;
    sum.all.lost += one.lost;
    sum.all.doubled += one.doubled;
    sum.all.open += one.open;
    sum.all.unanswered += one.unanswered;
    sum.all.slowest_ready_ms = std::max(sum.all.slowest_ready_ms, one.slowest_ready_ms);
    for (const auto& fault : one.struck) {
        ++sum.by_kind[fault];
        sum.faults += fault.find(' ') == std::string::npos ? 1 : 0;
    }
}

void print(const Outcome& one, double seconds) {
    std::cout << (one.complaints.empty() ? "ok" : "not ok") << " " << one.seed << " - " << one.acknowledged
              << " acknowledged, " << one.refused << " refused, " << one.forbidden << " forbidden, " << one.unknown
              << " unknown (" << one.unanswered << " had taken effect), " << one.settled << " settled, " << one.repeats
              << " repeats, " << one.lost << " lost, " << one.doubled << " doubled, "
              << static_cast<int>(seconds * 10) / 10.0 << " s\n#  ";
    for (const auto& fault : one.struck) std::cout << " " << fault;
    std::cout << "\n";
    for (const auto& complaint : one.complaints) std::cout << "#   ! " << complaint << "\n";
    std::cout.flush();
}

/// A folder that was not there: a process id comes again, and with it the journals of an earlier run would.
std::string fresh_folder() {
    std::string name{"/tmp/tideover-faults-XXXXXX"};
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder can be made in /tmp");
    return name;
}

int run(const Options& options, const std::string& cluster_folder) {
    if (options.names) {
        for (const auto& fault : all_faults()) std::cout << fault.name << "\n";
        return 0;
    }
    Sum sum;
    {
        Cluster cluster{cluster_folder};
        if (!cluster.mounted()) std::cout << "# not root, or may not mount: full disks are skipped\n";
        const auto council = found(cluster, options.settings.binary);
        for (int i = 0; i < options.histories; ++i) {
            const auto began = now_us();
            History history{cluster, council, options.settings, options.seed + static_cast<unsigned>(i)};
            const auto outcome = history.run();
            add(sum, outcome);
            print(outcome, static_cast<double>(now_us() - began) / 1e6);
            if (options.until_red && sum.red > 0) break;
        }
    }
    for (const auto& [kind, count] : sum.by_kind) std::cout << "# " << count << " " << kind << "\n";
    std::cout << "# slowest from killed to ready: " << sum.all.slowest_ready_ms
              << " ms; replies cut short: " << sum.all.cut << "; took effect unanswered: " << sum.all.unanswered
              << "\n";
    std::cout << "faults: " << sum.histories << " histories from seed " << options.seed << ", " << sum.faults
              << " faults, " << sum.all.acknowledged << " acknowledged, " << sum.all.unknown << " unknown, "
              << sum.all.settled << " settled, " << sum.all.lost << " lost, " << sum.all.doubled << " doubled, "
              << sum.red << " red\n";
    return sum.red == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    Options options;
    const char* given = std::getenv("TIDEOVER_BINARY");
    options.settings.binary = given != nullptr ? given : tideover::testing::root() + "/build/faults/tideoverd";
    options.settings.schema = tideover::testing::root() + "/schema";
    CLI::App app{"Seeded fault histories, checked", "faults"};
    app.add_option("--histories", options.histories, "How many")->check(CLI::PositiveNumber)->capture_default_str();
    app.add_option("--seed", options.seed, "The first; each history has the next")->capture_default_str();
    app.add_option("--faults", options.settings.faults, "In each history")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    app.add_option("--writes", options.settings.writes, "Acknowledged in each history, at least")
        ->capture_default_str();
    app.add_option("--clients", options.settings.clients, "At once")->capture_default_str();
    app.add_option("--only", options.settings.only, "Only faults whose name begins so; --names lists them");
    app.add_option("--plant", options.settings.plant, "Plant this error, which is to be found");
    app.add_option("--binary", options.settings.binary, "The tideoverd to try, built with TIDEOVER_FAILPOINTS");
    app.add_flag("!--no-failpoints", options.settings.failpoints, "The program to try has no failpoints: do without");
    app.add_option("--journals", options.settings.folder,
                   "Where journals and logs go (default: a new folder in /tmp, gone if all was well)");
    app.add_flag("--until-red", options.until_red, "Stop at the first history that is not as it must be");
    app.add_flag("--names", options.names, "List the kinds of fault");
    try {
        app.parse(argc, argv);
        const auto folder = fresh_folder();
        const bool ours = options.settings.folder.empty();
        if (ours) options.settings.folder = folder;
        std::filesystem::create_directories(options.settings.folder);
        const int code = run(options, folder + ".cluster");
        if (!ours || code == 0) std::filesystem::remove_all(folder);
        if (code != 0) std::cout << "# journals and logs: " << options.settings.folder << "\n";
        return code;
    } catch (const CLI::ParseError& e) {
        return app.exit(e);
    } catch (const std::exception& e) {
        std::cerr << "faults: " << e.what() << "\n";
        return 2;
    }
}
