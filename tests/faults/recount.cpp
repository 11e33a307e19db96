// Plain loops over plain rows.
#include "tests/faults/recount.hpp"

#include <nlohmann/json.hpp>

#include "db/core/ids.hpp"
#include "tests/faults/caller.hpp"

namespace tideover::faults {
namespace {

using nlohmann::json;

struct Entry {
    std::string measure, subject, day;
    long long quantity;
    json dims;
};

struct Definition {
    std::string code, measure, aggregate, from, as_at;
    json filter;
};

/// Who is counted as whom.
class Merged {
public:
    void link(const std::string& from, const std::string& into, bool linked) {
        if (linked)
            into_[from] = into;
        else
            into_.erase(from);
    }
    std::string root(std::string party) const {
        for (auto found = into_.find(party); found != into_.end(); found = into_.find(party)) party = found->second;
        return party;
    }

private:
    std::map<std::string, std::string> into_;
};

std::vector<Entry> entries(pqxx::nontransaction& session) {
    std::vector<Entry> out;
    for (const auto& row : session.exec("SELECT measure, subject_id, happened_on, quantity, dims FROM entry")) {
        out.push_back({row[0].as<std::string>(), row[1].is_null() ? "" : row[1].as<std::string>(),
                       row[2].as<std::string>(), row[3].as<long long>(), json::parse(row[4].as<std::string>())});
    }
    return out;
}

std::vector<Definition> definitions(pqxx::nontransaction& session) {
    std::vector<Definition> out;
    // One without a day of its own is for the day on which it is read.
    for (const auto& row : session.exec("SELECT figure, measure, aggregate, from_day, coalesce(as_at, '9999-12-31'), "
                                        "filter FROM headline WHERE current")) {
        out.push_back({row[0].as<std::string>(), row[1].as<std::string>(), row[2].as<std::string>(),
                       row[3].as<std::string>(), row[4].as<std::string>(), json::parse(row[5].as<std::string>())});
    }
    return out;
}

bool counts(const Definition& definition, const Entry& entry) {
    if (entry.measure != definition.measure || entry.day < definition.from || entry.day > definition.as_at)
        return false;
    for (const auto& [name, choices] : definition.filter.items()) {
        if (!entry.dims.contains(name)) return false;
        bool one = false;
        for (const auto& choice : choices) one = one || choice == entry.dims.at(name);
        if (!one) return false;
    }
    return true;
}

long long value(const Definition& definition, const std::vector<Entry>& entries, const Merged& merged) {
    long long out = 0;
    std::map<std::string, long long> net;
    for (const auto& entry : entries) {
        if (!counts(definition, entry)) continue;
        if (definition.aggregate == "sum") out += entry.quantity;
        if (definition.aggregate == "count") out += entry.quantity > 0 ? 1 : -1;
        if (definition.aggregate == "distinct" && !entry.subject.empty())
            net[merged.root(entry.subject)] += entry.quantity;
    }
    for (const auto& [subject, quantity] : net) out += quantity > 0 ? 1 : 0;
    return out;
}

}  // namespace

std::vector<std::string> recount(pqxx::nontransaction& session, unsigned short port, const std::string& authorization,
                                 const std::map<std::string, std::string>& seals) {
    std::vector<std::string> out;
    Merged merged;
    for (const auto& row : session.exec("SELECT from_id, into_id, linked FROM merge_link ORDER BY seq")) {
        merged.link(row[0].as<std::string>(), row[1].as<std::string>(), row[2].as<bool>());
    }
    const auto ledger = entries(session);
    Caller caller{port, std::chrono::milliseconds{20'000}};
    const auto ask = [&](const std::string& target) {
        return caller.send("GET", target, {{"Authorization", authorization}}, {});
    };
    const auto published = ask("/v1/headlines");
    if (!published || published->status != 200) return {"/v1/headlines does not answer"};
    std::map<std::string, long long> shown;
    const auto note = [&](const auto& self, const json& here) -> void {
        if (here.is_object() && here.contains("code") && here.contains("value") && here.at("value").is_number()) {
            shown[here.at("code").get<std::string>()] = here.at("value").get<long long>();
        }
        if (here.is_structured()) {
            for (const auto& inner : here) self(self, inner);
        }
    };
    note(note, published->json());
    if (shown.empty()) out.push_back("/v1/headlines shows no value");
    for (const auto& definition : definitions(session)) {
        const auto found = shown.find(definition.code);
        if (found == shown.end()) continue;
        const auto counted = value(definition, ledger, merged);
        if (found->second != counted) {
            out.push_back(definition.code + " is shown as " + std::to_string(found->second) + " and counted as " +
                          std::to_string(counted));
        }
    }
    for (const auto& [known_at, hash] : seals) {
        const auto again = ask("/v1/headlines?known_at=" + known_at);
        if (!again || again->status != 200 || db::ids::sha256_hex(again->body) != hash) {
            out.push_back("the figures as known at " + known_at + " are no longer the same bytes");
        }
    }
    return out;
}

}  // namespace tideover::faults
