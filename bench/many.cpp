// Records a list of calls through casework in one change, and prints the seconds that it took.
#include <chrono>
#include <iostream>
#include <string>

#include "db/access/tokens.hpp"
#include "db/core/ids.hpp"
#include "domain/helpline/nouns.hpp"
#include "server/casework/records.hpp"

using namespace tideover;

namespace {

Record a_call(int i) {
    Record call{nouns::call.fields};
    call.set(by_name("direction"), "inbound");
    call.set(by_name("outcome"), i % 3 == 0 ? "advice_given" : "referred");
    call.set(by_name("started_at"), "2020-04-" + std::to_string(10 + i % 20) + "T09:00:00Z");
    call.set(by_name("duration_s"), std::to_string(30 + i % 600));
    call.set(by_name("caller.name"), "Caller " + std::to_string(i));
    call.set(by_name("reasons"), "{food,medicine}");
    return call;
}

}  // namespace

// many DATABASE AUTHORITY TOKEN NUMBER
int main(int, char** argv) {
    // A list of this length takes longer than an answer to anybody who waits for one.
    db::Database database{db::with_session_settings(argv[1], 300'000), std::chrono::minutes{10}};
    const auto holder = db::tokens::find(database, db::ids::sha256_hex(argv[3]));
    if (!holder) return 1;
    std::vector<Record> drafts;
    const int many = std::stoi(argv[4]);
    for (int i = 0; i < many; ++i) drafts.push_back(a_call(i));
    const db::Intent intent{holder->principal, "bench many", db::ids::fresh(), db::ids::sha256_hex(""), "bench"};
    std::size_t stored = 0;
    const auto began = std::chrono::steady_clock::now();
    database.write(intent, [&](db::Tx& tx) {
        const auto outcomes = casework::record_many(tx, nouns::call, std::move(drafts));
        for (const auto& outcome : outcomes) stored += std::holds_alternative<casework::Stored>(outcome) ? 1U : 0U;
        return db::Accepted{.status = 200, .body = "{}"};
    });
    std::cout << std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count() << "\n";
    return stored == static_cast<std::size_t>(many) ? 0 : 1;
}
