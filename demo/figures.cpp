// The figures beside what the plan says, and the way from what was known between the waves to what is known now.
#include <cstdint>
#include <cstdio>

#include "demo/headlines.hpp"
#include "demo/remembered.hpp"
#include "demo/replay.hpp"
#include "demo/stopped.hpp"
#include "demo/table.hpp"
#include "domain/core/money.hpp"

namespace tideover {
namespace {

using namespace year;
using nlohmann::json;

std::string text(const json& object, const char* name) {
    return object.at(name).get<std::string>();
}

/// "+1,234", and nothing for nil.
std::string change(std::int64_t by, const std::string& unit) {
    if (by == 0) return "";
    return (by > 0 ? "+" : "") + display(by, unit);
}

std::string verdict(const json& figure) {
    return figure.at("verdict").is_null() ? "–" : text(figure, "verdict");
}

/// One row without the way to it, or with it where `known_at` is an instant.
std::vector<std::string> row(Connection& connection, const json& figure, const std::string& known_at) {
    const auto unit = text(figure, "unit");
    std::vector<std::string> cells{text(figure, "title"),
                                   figure.at("claim").is_null() ? "–" : text(figure.at("claim"), "text")};
    if (known_at.empty()) {
        cells.push_back(text(figure, "display"));
    } else {
        const auto way = get(connection, "/v1/headlines/" + text(figure, "code") + "/bridge?opening=" + known_at);
        cells.push_back(display(way.at("opening").at("value").get<std::int64_t>(), unit));
        for (const auto* part : {"late_records", "corrections", "merges"}) {
            cells.push_back(change(way.at(part).get<std::int64_t>(), unit));
        }
        cells.push_back(text(figure, "display"));
    }
    cells.push_back(verdict(figure));
    return cells;
}

std::vector<Column> columns(bool with_way) {
    std::vector<Column> out{{"Figure", false, 40}, {"The plan says", false, 16}};
    if (with_way) {
        out.push_back({"Known at K", true, 14});
        for (const auto* part : {"Late records", "Corrections", "Merges"}) out.push_back({part, true, 14});
    }
    out.push_back({"Now", true, 14});
    out.push_back({"Verdict", false, 10});
    return out;
}

void print(Connection& connection, const std::string& known_at) {
    const auto answer = get(connection, "/v1/headlines");
    std::vector<std::vector<std::string>> rows;
    std::string reasons;
    std::size_t matching = 0;
    for (const auto& figure : answer.at("headlines")) {
        rows.push_back(row(connection, figure, known_at));
        if (verdict(figure) == "matches") ++matching;
        if (figure.contains("reason") && figure["reason"].is_string()) {
            reasons += "  " + text(figure, "title") + ": " + text(figure, "reason") + "\n";
        }
    }
    std::fputs(table(columns(!known_at.empty()), rows).c_str(), stdout);
    std::printf("\n%sAs at %s%s\n%zu of %zu match\n", reasons.c_str(), text(answer, "as_at").c_str(),
                known_at.empty() ? "" : (", K = " + known_at).c_str(), matching, rows.size());
}

}  // namespace

int print_figures(const std::string& url, const std::string& state_file) {
    try {
        Connection connection{address_of(url)};
        const auto state = state_file.empty() ? std::nullopt : recall(state_file);
        print(connection, state ? state->known_at : std::string{});
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "figures: %s\n", failure.what());
        return 1;
    }
}

}  // namespace tideover
