// Meaning, writing ahead, sending, and settling.
#include "tests/faults/writer_client.hpp"

#include <algorithm>

#include "db/core/ids.hpp"
#include "domain/grants/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "server/api/resources/records.hpp"
#include "tests/faults/process.hpp"

namespace tideover::faults {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;

constexpr milliseconds patience{4000};
constexpr std::size_t own_max = 120, answered_max = 40;
constexpr int forbidden_percent = 2, repeat_percent = 5, change_percent = 35, retry_percent = 50;

/// A record that another body needs is not there yet: it is made first.
struct Missing {
    const Noun* noun;
};

}  // namespace

WriterClient::WriterClient(const Council& council, const std::string& name, unsigned seed, unsigned short port,
                           const std::string& journal, Tally& tally, bool forgetful)
    : Recipes(name + "-"),
      council_(council),
      name_(name),
      random_(seed),
      caller_(port, patience),
      journal_(journal),
      tally_(tally),
      forgetful_(forgetful) {}

const json& WriterClient::one(std::string_view noun) {
    return council_.ones.find(noun)->second;
}

json WriterClient::another(const Noun& noun) {
    auto& spare = spare_[noun.name];
    if (spare.empty()) throw Missing{&noun};
    auto record = std::move(spare.front());
    spare.pop_front();
    return record;
}

Intent WriterClient::creation(const Route& route) {
    return {.id = {},
            .key = {},
            .target = std::string{route.path},
            .body = body(*route.noun).dump(),
            .etag = {},
            .role = testing::one_of(route.roles),
            .noun = route.noun};
}

/// A step or a correction of a record of its own, which nobody else touches; nothing where there is none to make.
std::optional<Intent> WriterClient::change(Own own) {
    const auto& noun = *own.noun;
    const auto id = own.record.at("id").get<std::string>();
    Intent out{.noun = own.noun, .record = id};
    out.etag = testing::etag_of(own.record);
    std::vector<const Move*> moves;
    const auto state = own.record.value("state", std::string{});
    for (const auto& move : noun.moves) {
        if (move.from == state) moves.push_back(&move);
    }
    const auto* correcting =
        noun.corrected_in.empty() || noun.corrected_in == state ? testing::correcting(noun) : nullptr;
    if (!moves.empty() && (correcting == nullptr || chance(75))) {
        const auto event = moves[pick(moves.size())]->event;
        const auto& step = testing::step_making(noun, event);
        const auto& route = testing::stepping(noun, step);
        out.target = testing::target_of(route, id);
        out.role = testing::one_of(route.roles);
        out.body = body(noun, step, event).dump();
        return out;
    }
    if (correcting == nullptr || own.corrected) return std::nullopt;
    out.target = testing::target_of(*correcting, id);
    out.role = testing::one_of(correcting->roles);
    out.body = correction(noun).dump();
    return out;
}

Intent WriterClient::mean() {
    Intent out;
    if (chance(change_percent) && !own_.empty()) {
        const auto at = pick(own_.size());
        auto own = own_[at];
        own_.erase(own_.begin() + static_cast<std::ptrdiff_t>(at));  // it comes back with the answer
        if (auto intent = change(std::move(own))) out = std::move(*intent);
    }
    static const auto creating = [] {
        std::vector<const Route*> routes;
        for (const auto& route : tideover::routes()) {
            // A secret is answered and kept nowhere: what it was cannot be compared afterwards.
            if (testing::creates(route) && route.noun->secret.empty()) routes.push_back(&route);
        }
        return routes;
    }();
    const auto* route = creating[pick(creating.size())];
    while (out.noun == nullptr) {
        try {
            out = creation(*route);
        } catch (const Missing& missing) {
            // An award is made by an approval: more applications lead to it.
            const bool award = missing.noun->name == nouns::award.name;
            route = testing::creating(award ? nouns::application : *missing.noun);
        }
    }
    if (chance(forbidden_percent)) out.role = Role::auditor, out.lawful = false;
    out.id = out.key = name_ + "-" + std::to_string(++meant_);
    return out;
}

/// Terms are published by somebody other than who wrote them.
const std::string& WriterClient::token(const Intent& intent) const {
    const bool drafted = intent.noun->field("drafted_by") != nullptr && intent.role == Role::admin;
    return drafted && !intent.target.ends_with("/publications") ? council_.drafting : council_.tokens.at(intent.role);
}

std::optional<Answer> WriterClient::post(const Intent& intent, const std::string& key) {
    Headers headers{{"Authorization", token(intent)},
                    {"Content-Type", "application/json"},
                    {"Idempotency-Key", key},
                    {"X-Request-Id", intent.id}};
    if (!intent.etag.empty()) headers.emplace_back("If-Match", intent.etag);
    auto answer = caller_.send("POST", intent.target, headers, intent.body);
    if (!answer && caller_.cut()) ++tally_.cut;
    return answer;
}

void WriterClient::learn(const Intent& intent, const json& record) {
    const auto& noun = *intent.noun;
    const bool spared = noun.name == nouns::person.name || noun.name == nouns::premises.name;
    if (intent.record.empty() && spared && chance(70)) {
        spare_[noun.name].push_back(record);
        return;
    }
    const bool decided = !intent.target.ends_with("/corrections") && record.value("state", "") == "approved";
    if (noun.name == nouns::application.name && decided) {
        spare_[nouns::award.name].push_back({{"id", record.at("award_id")}});
    }
    if (own_.size() >= own_max) own_.erase(own_.begin() + static_cast<std::ptrdiff_t>(pick(own_.size())));
    own_.push_back({intent.noun, record, intent.target.ends_with("/corrections")});
}

/// An answer that settles the matter: done, or refused for good.
void WriterClient::take(const Intent& intent, const Answer& answer, const char* how) {
    const auto hash = db::ids::sha256_hex(answer.body);
    if (answer.status >= 300) {
        ++(intent.lawful ? tally_.refused : tally_.forbidden);
        journal_.line(false, how, intent.id, answer.status, hash, answer.problem(), "-", 0, now_us());
        return;
    }
    ++tally_.acknowledged;
    const auto record = answer.json();
    journal_.line(false, how, intent.id, answer.status, hash, intent.noun->name, record.at("id").get<std::string>(),
                  record.at("version").get<int>(), now_us());
    learn(intent, record);
    answered_.push_back({intent, hash});
    if (answered_.size() > answered_max) answered_.pop_front();
}

void WriterClient::repeat(const Answered& answered) {
    const auto answer = post(answered.intent, answered.intent.key);
    if (!answer || answer->status >= 500) return;
    ++tally_.repeats;
    journal_.line(false, "D", answered.intent.id, answer->status, db::ids::sha256_hex(answer->body));
}

void WriterClient::send(const Intent& intent) {
    journal_.line(true, "I", intent.id, intent.key, "POST", intent.target, name_of(intent.role),
                  intent.etag.empty() ? "-" : intent.etag, db::ids::sha256_hex(intent.body),
                  intent.lawful ? "lawful" : "forbidden", now_us());
    ++tally_.intents;
    auto answer = post(intent, intent.key);
    if (answer && answer->status < 500) return take(intent, *answer, "O");
    ++tally_.unknown;
    journal_.line(false, "U", intent.id, now_us());
    open_.push_back(intent);
    // Half of them ask again at once, as clients do, the rest when all is over.
    pause_for(milliseconds{10});
    if (!chance(retry_percent)) return;
    answer = post(intent, forgetful_ ? intent.key + "-again" : intent.key);
    if (!answer || answer->status >= 500) return;
    open_.pop_back();
    ++tally_.settled;
    take(intent, *answer, "S");
}

void WriterClient::write_once() {
    if (!answered_.empty() && chance(repeat_percent)) return repeat(answered_[pick(answered_.size())]);
    send(mean());
}

int WriterClient::settle(milliseconds patience) {
    auto until = std::chrono::steady_clock::now() + patience;
    while (!open_.empty() && std::chrono::steady_clock::now() < until) {
        const auto intent = open_.back();
        const auto answer = post(intent, forgetful_ ? intent.key + "-again" : intent.key);
        if (!answer || answer->status >= 500) {
            pause_for(milliseconds{50});
            continue;
        }
        open_.pop_back();
        ++tally_.settled;
        take(intent, *answer, "S");
        until = std::chrono::steady_clock::now() + patience;
    }
    return static_cast<int>(open_.size());
}

}  // namespace tideover::faults
