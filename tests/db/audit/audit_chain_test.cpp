// The audit's chain: whatever is changed behind it, and whoever changes it, the check says so.
#include "db/audit/audit_chain.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <thread>

#include "db/access/tokens.hpp"
#include "db/core/ids.hpp"
#include "db/ledger/ledger.hpp"
#include "tests/support/database.hpp"

namespace tideover::audit_chain_test {
namespace {

using namespace db::audit_chain;
using testing::ScratchDatabase;

const std::string council = "E08000007";

void work(db::Connection& connection, int from, int lines) {
    for (int i = from; i < from + lines; ++i) {
        connection.run("BEGIN; SELECT begin_writing('" + council + "'); " +
                       "INSERT INTO audit (authority_id, at, actor, token_id, action, record_kind, record_id, version, "
                       "reason, before, request_id) SELECT '" +
                       council + "', clock_timestamp(), id, id, 'correct', 'call', '" + db::ids::fresh() +
                       "', 2, 'reason " + std::to_string(i) + "', jsonb_build_object('version', 1, 'note', 'n" +
                       std::to_string(i) + "'), 'request-" + std::to_string(i) + "' FROM staff LIMIT 1; " +
                       "INSERT INTO entry (authority_id, id, measure, quantity, dims, happened_on, recorded_at, "
                       "record_kind, record_id, cause, request_id, actor) SELECT '" +
                       council + "', '" + db::ids::fresh() + "', 'call_received', " + std::to_string(i + 1) +
                       ", '{}', '2020-04-01', clock_timestamp(), 'call', '" + db::ids::fresh() +
                       "', 'record', 'request-" + std::to_string(i) + "', id FROM staff LIMIT 1; COMMIT");
    }
}

void merge(db::Connection& connection) {
    connection.run("BEGIN; SELECT begin_writing('" + council + "'); INSERT INTO merge_link (authority_id, from_id, " +
                   "into_id, linked) VALUES ('" + council + "', '" + db::ids::fresh() + "', '" + db::ids::fresh() +
                   "', true); COMMIT");
}

void chain(db::Connection& connection, int lines_max = link_lines_max) {
    Ends ends;
    db::ledger::seal(connection, council, &ends);
    extend(connection, council, ends, lines_max);
}

/// A council in which something was done, chained in several links.
struct Chained {
    ScratchDatabase scratch{};
    db::Connection owner = scratch.connect();

    explicit Chained(int lines, int lines_max) {
        static_cast<void>(db::tokens::create(
            owner, {.authority = council, .staff_key = "somebody", .staff_name = "Somebody", .role = Role::admin}));
        work(owner, 0, lines / 2);
        merge(owner);
        chain(owner, lines_max);
        work(owner, lines / 2, lines - lines / 2);
        chain(owner, lines_max);
    }
    [[nodiscard]] std::vector<Fault> faults(const std::optional<Kept>& kept = {}) {
        return check(owner, council, kept).faults;
    }
    [[nodiscard]] Kept kept() {
        const auto last = newest(owner, council);
        return {last.number, last.head};
    }
};

/// A chain and its lines in memory, as the statements of the check would find them.
struct Copy {
    std::vector<Link> links{};
    std::vector<Values> audit{}, ledger{};

    [[nodiscard]] static std::int64_t number(const Values& line) { return std::stoll(line.front().value()); }

    [[nodiscard]] Source source() const {
        const auto from = [](const std::vector<Values>& all) {
            return [&all](std::int64_t after, std::int64_t upto, std::int64_t limit) {
                std::vector<Values> out;
                for (const auto& line : all) {
                    if (number(line) > after && number(line) <= upto) out.push_back(line);
                }
                std::stable_sort(out.begin(), out.end(),
                                 [](const Values& a, const Values& b) { return number(a) < number(b); });
                if (static_cast<std::int64_t>(out.size()) > limit) out.resize(static_cast<std::size_t>(limit));
                return out;
            };
        };
        const auto next = [this](std::int64_t after, int limit) {
            std::vector<Link> out;
            for (const auto& link : links) {
                if (link.number > after && static_cast<int>(out.size()) < limit) out.push_back(link);
            }
            std::sort(out.begin(), out.end(), [](const Link& a, const Link& b) { return a.number < b.number; });
            return out;
        };
        return {next, from(audit), from(ledger)};
    }
    [[nodiscard]] std::size_t faults(const std::optional<Kept>& kept = {}) const {
        return check(council, source(), kept).faults.size();
    }
    /// Makes every head anew over what stands there now, as somebody who holds the database can.
    void rewrite() {
        const auto all = source();
        for (std::size_t i = 0; i < links.size(); ++i) {
            const auto former = i == 0 ? Link{} : links[i - 1];
            auto& link = links[i];
            const auto lines = all.audit(former.audit_upto, link.audit_upto, 1'000'000);
            const auto entries = all.ledger(former.ledger_upto, link.ledger_upto, 1'000'000);
            link.audit_lines = former.audit_lines + static_cast<std::int64_t>(lines.size());
            link.ledger_lines = former.ledger_lines + static_cast<std::int64_t>(entries.size());
            link.head = head_of(council, former, link, lines, entries);
        }
    }
};

/// Reads a whole chain out of a database, through the statements of the check itself.
Copy copied(Chained& chained) {
    Copy copy;
    Link former;
    const auto text = [](const pqxx::field& value) {
        return value.is_null() ? std::nullopt : std::optional{value.as<std::string>()};
    };
    for (const auto& row : chained.owner.run("SELECT number, wire(at), audit_upto, audit_lines, ledger_upto, "
                                             "ledger_lines, encode(head, 'hex') FROM audit_link ORDER BY number")) {
        copy.links.push_back({row[0].as<std::int64_t>(), row[1].as<std::string>(), row[2].as<std::int64_t>(),
                              row[3].as<std::int64_t>(), row[4].as<std::int64_t>(), row[5].as<std::int64_t>(),
                              row[6].as<std::string>()});
    }
    for (const auto& row : chained.owner.run("SELECT id, wire(at), actor, token_id, action, record_kind, record_id, "
                                             "version, reason, before::text, request_id FROM audit ORDER BY id")) {
        auto& line = copy.audit.emplace_back();
        for (const auto& value : row) line.push_back(text(value));
    }
    for (const auto& row : chained.owner.run(
             "SELECT seq, 'entry', id, measure, quantity, subject_id, dims::text, to_char(happened_on, 'YYYY-MM-DD'), "
             "wire(recorded_at), record_kind, record_id, cause, corrects, request_id, actor, NULL, NULL FROM entry "
             "UNION ALL SELECT seq, 'merge_link', from_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, "
             "NULL, NULL, into_id, linked FROM merge_link ORDER BY 1")) {
        auto& line = copy.ledger.emplace_back();
        for (const auto& value : row) line.push_back(text(value));
    }
    return copy;
}

using Random = std::mt19937_64;

std::size_t below(Random& random, std::size_t many) {
    return std::uniform_int_distribution<std::size_t>{0, many - 1}(random);
}

/// Another value than the one that is there.
void spoil(Random& random, Values& line) {
    auto& value = line[below(random, line.size())];
    if (!value) {
        value = "";
    } else if (&value == &line.front()) {
        value = std::to_string(std::stoll(*value) + (below(random, 2) == 0 ? 1 : -1) * 1'000'000);
    } else if (value->empty() || below(random, 4) == 0) {
        value = below(random, 2) == 0 || value->empty() ? std::optional<std::string>{*value + "x"} : std::nullopt;
    } else {
        auto& c = (*value)[below(random, value->size())];
        c = static_cast<char>(c ^ static_cast<char>(1 + below(random, 127)));
    }
}

void spoil(Random& random, Link& link) {
    switch (below(random, 5)) {
        case 0:
            link.at.back() = 'z';
            break;
        case 1:
            link.audit_lines += 1 + static_cast<std::int64_t>(below(random, 9));
            break;
        case 2:
            link.ledger_lines -= 1 + static_cast<std::int64_t>(below(random, 9));
            break;
        case 3:
            link.audit_upto += 1 + static_cast<std::int64_t>(below(random, 9));
            break;
        default: {
            auto& digit = link.head[below(random, link.head.size())];
            digit = digit == '0' ? '1' : '0';
        }
    }
}

/// One tampering of a kind; says whether only a checkpoint kept elsewhere can show it.
bool tamper(Random& random, std::size_t kind, Copy& copy) {
    auto& lines = below(random, 2) == 0 ? copy.audit : copy.ledger;
    const auto at = below(random, lines.size()), other = below(random, lines.size() - 1);
    const auto link = below(random, copy.links.size());
    switch (kind) {
        case 0:
            spoil(random, lines[at]);
            return false;
        case 1:
            lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(at));
            return false;
        case 2:  // two lines change places
            std::swap(lines[at], lines[other < at ? other : other + 1]);
            std::swap(lines[at].front(), lines[other < at ? other : other + 1].front());
            return false;
        case 3:  // the last lines are cut off
            lines.resize(at);
            return false;
        case 4: {  // a line is put in
            auto fresh = lines[at];
            fresh.front() = std::to_string(Copy::number(lines[at]) - (below(random, 2) == 0 ? 0 : 1'000'000));
            lines.push_back(fresh);
            return false;
        }
        case 5:
            spoil(random, copy.links[link]);
            return false;
        case 6:  // a link that is not the last one is taken out
            copy.links.erase(copy.links.begin() + static_cast<std::ptrdiff_t>(below(random, copy.links.size() - 1)));
            return false;
        case 7:  // the chain is cut off, with its lines
            copy.links.resize(link);
            copy.audit.resize(link == 0 ? 0 : static_cast<std::size_t>(copy.links.back().audit_lines));
            return true;
        default: {  // a line is changed, and the whole chain is made anew
            auto& value = lines[at][4];
            value = value.value_or("") + "x";
            copy.rewrite();
            return true;
        }
    }
}

}  // namespace

TEST_CASE("a chain that nobody touched has no fault, and numbers its lines without a gap") {
    Chained chained{60, 10};
    CHECK(chained.faults().empty());
    CHECK(chained.faults(chained.kept()).empty());
    const auto last = newest(chained.owner, council);
    CHECK(std::to_string(last.audit_lines) == chained.scratch.value("SELECT count(*) FROM audit"));
    CHECK(std::to_string(last.ledger_lines) ==
          chained.scratch.value("SELECT (SELECT count(*) FROM entry) + (SELECT count(*) FROM merge_link)"));
    CHECK(last.number >= 6);
    work(chained.owner, 60, 5);
    CHECK(chained.faults().empty());
    chain(chained.owner);
    CHECK(newest(chained.owner, council).audit_lines == last.audit_lines + 5);
    CHECK(chained.faults(Kept{last.number, last.head}).empty());
}

TEST_CASE("a change that counts nothing is chained too") {
    Chained chained{4, 10};
    const auto before = newest(chained.owner, council);
    const auto seals = chained.scratch.value("SELECT count(*) FROM seal");
    chained.owner.run(
        "INSERT INTO audit (authority_id, at, actor, token_id, action, record_kind, record_id, version, "
        "request_id) SELECT authority_id, clock_timestamp(), id, id, 'record', 'person', id, 7, 'r' FROM "
        "staff LIMIT 1");
    chain(chained.owner);
    CHECK(newest(chained.owner, council).audit_lines == before.audit_lines + 1);
    CHECK(chained.scratch.value("SELECT count(*) FROM seal") == seals);
    CHECK(chained.faults().empty());
}

TEST_CASE("no line slips in behind a link while writers and two sealers run together") {
    Chained chained{2, 10};
    std::vector<std::thread> threads;
    std::atomic<bool> writing{true};
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&, i] {
            auto connection = chained.scratch.connect();
            work(connection, i * 1000, 100);
        });
    }
    std::vector<std::thread> sealers;
    for (int i = 0; i < 2; ++i) {
        sealers.emplace_back([&] {
            db::Connection connection{chained.scratch.app()};
            while (writing) chain(connection, 7);
        });
    }
    for (auto& thread : threads) thread.join();
    writing = false;
    for (auto& thread : sealers) thread.join();
    chain(chained.owner);
    CHECK(chained.faults().empty());
    CHECK(std::to_string(newest(chained.owner, council).audit_lines) ==
          chained.scratch.value("SELECT count(*) FROM audit"));
}

TEST_CASE("each of 10,000 random tamperings is found") {
    Chained chained{48, 6};
    const auto whole = copied(chained);
    const auto kept = chained.kept();
    REQUIRE(whole.faults(kept) == 0);
    REQUIRE(chained.faults(kept).empty());
    Random random{20200323};
    std::size_t missed = 0, silent = 0;
    for (std::size_t i = 0; i < 10'000; ++i) {
        auto copy = whole;
        const auto kind = i % 9;
        const bool needs_checkpoint = tamper(random, kind, copy);
        if (!needs_checkpoint) {
            const bool found = copy.faults() > 0;
            if (!found) MESSAGE("not found: tampering " << i << " of kind " << kind);
            if (!found) ++missed;
        } else {
            if (copy.faults() == 0) ++silent;
            if (copy.faults(kept) == 0) ++missed;
        }
    }
    CHECK(missed == 0);
    // Those that only a checkpoint shows: the chain by itself looks right.
    CHECK(silent > 2'000);
}

TEST_CASE("each of 600 random tamperings in the database, by its superuser, is found and undone without a trace") {
    Chained chained{40, 5};
    const auto kept = chained.kept();
    auto& c = chained.owner;
    Random random{20210331};
    const auto one_of = [&](const std::string& table, const std::string& column) {
        return "(SELECT " + column + " FROM " + table + " ORDER BY " + column + " OFFSET " +
               std::to_string(below(random, 40)) + " LIMIT 1)";
    };
    const auto statement = [&](std::size_t kind) -> std::string {
        static const std::array<std::string, 9> changes{"at = at + interval '1 microsecond'",
                                                        "action = action || 'x'",
                                                        "reason = coalesce(reason, '') || '.'",
                                                        "version = version + 100",
                                                        "record_id = gen_random_uuid()",
                                                        "token_id = gen_random_uuid()",
                                                        "before = '{\"version\": 2}'",
                                                        "request_id = 'another'",
                                                        "record_kind = 'person'"};
        static const std::array<std::string, 7> entry_changes{"quantity = quantity + 1",
                                                              "happened_on = happened_on + 1",
                                                              "dims = '{\"a\": \"b\"}'",
                                                              "cause = 'event'",
                                                              "request_id = 'another'",
                                                              "subject_id = gen_random_uuid()",
                                                              "recorded_at = recorded_at - interval '1 second'"};
        switch (kind) {
            case 0:
                return "UPDATE audit SET " + changes[below(random, changes.size())] +
                       " WHERE id = " + one_of("audit", "id");
            case 1:
                return "DELETE FROM audit WHERE id = " + one_of("audit", "id");
            case 2:
                return "DELETE FROM audit WHERE id >= " + one_of("audit", "id");
            case 3:
                return "INSERT INTO audit (authority_id, id, at, actor, token_id, action, record_kind, record_id, "
                       "version, "
                       "request_id) OVERRIDING SYSTEM VALUE SELECT authority_id, id - 1000000, at, actor, token_id, "
                       "action, record_kind, gen_random_uuid(), version, request_id FROM audit WHERE id = " +
                       one_of("audit", "id");
            case 4:
                return "UPDATE entry SET " + entry_changes[below(random, entry_changes.size())] +
                       " WHERE seq = " + one_of("entry", "seq");
            case 5:
                return "DELETE FROM entry WHERE seq = " + one_of("entry", "seq");
            case 6:
                return "DELETE FROM merge_link; INSERT INTO merge_link SELECT authority_id, seq, into_id, from_id, "
                       "true "
                       "FROM merge_link WHERE false";
            case 7:
                return "DELETE FROM audit_link WHERE number = 1 + " + std::to_string(below(random, 8));
            default:
                return "UPDATE audit_link SET head = sha256(head) WHERE number = 1 + " +
                       std::to_string(below(random, 8));
        }
    };
    std::size_t missed = 0;
    for (std::size_t i = 0; i < 600; ++i) {
        const auto sql = statement(i % 9);
        // A check takes a snapshot of its own: the tampering is committed, and undone from a copy.
        c.run("SET session_replication_role = replica");
        c.run(
            "BEGIN; CREATE TEMP TABLE a AS TABLE audit; CREATE TEMP TABLE e AS TABLE entry; "
            "CREATE TEMP TABLE m AS TABLE merge_link; CREATE TEMP TABLE l AS TABLE audit_link; " +
            sql + "; COMMIT");
        if (chained.faults(kept).empty()) {
            ++missed;
            MESSAGE("not found: " << sql);
        }
        c.run(
            "BEGIN; DELETE FROM audit; DELETE FROM entry; DELETE FROM merge_link; DELETE FROM audit_link; "
            "INSERT INTO audit OVERRIDING SYSTEM VALUE TABLE a; INSERT INTO entry (authority_id, id, seq, measure, "
            "quantity, subject_id, dims, happened_on, recorded_at, record_kind, record_id, cause, corrects, "
            "request_id, "
            "actor) SELECT authority_id, id, seq, measure, quantity, subject_id, dims, happened_on, recorded_at, "
            "record_kind, record_id, cause, corrects, request_id, actor FROM e; INSERT INTO merge_link (authority_id, "
            "seq, from_id, into_id, linked) SELECT authority_id, seq, from_id, into_id, linked FROM m; INSERT INTO "
            "audit_link TABLE l; DROP TABLE a, e, m, l; COMMIT");
    }
    CHECK(missed == 0);
    CHECK(chained.faults(kept).empty());
}

TEST_CASE("the service's login can neither change, delete nor empty the audit and its chain") {
    Chained chained{4, 10};
    db::Connection app{chained.scratch.app()};
    for (const std::string table : {"audit", "audit_link"}) {
        for (const auto& sql : {"UPDATE " + table + " SET at = at", "DELETE FROM " + table, "TRUNCATE " + table,
                                "ALTER TABLE " + table + " DISABLE TRIGGER ALL"}) {
            INFO(sql);
            CHECK_THROWS_AS(app.run(sql), pqxx::insufficient_privilege);
            app.run("ROLLBACK");
        }
    }
}

}  // namespace tideover::audit_chain_test
