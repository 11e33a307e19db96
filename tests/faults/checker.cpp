// The sets, and what else must hold after every history.
#include "tests/faults/checker.hpp"

#include <fstream>
#include <map>
#include <pqxx/pqxx>
#include <set>
#include <sstream>

#include "tests/faults/process.hpp"
#include "tests/faults/recount.hpp"

namespace tideover::faults {
namespace {

constexpr std::size_t complaints_max = 12;

/// What the journals say of one intent.
struct Meant {
    std::string target, expect, etag;
    long long sent_at = 0, answered_at = 0;
    bool answered_first = false;
    int status = 0;  // 0: not answered
    std::string hash, kind, record;
    int version = 0;
    std::set<std::string> answers{};  // every answer it was given: status and hash
    std::string key;
};

struct Read {
    std::map<std::string, Meant> meant{};
    std::map<std::string, std::string> seals{};  // instant to hash
    std::vector<std::pair<long long, long long>> unreplicated{};
    std::vector<std::string> suspects{};
    std::vector<std::string> complaints{};
    std::map<std::string, long> files{};  // how many calls have notes that begin so
    long long audit_before = 0;
};

void read_answer(std::istringstream& words, Meant& meant, bool first) {
    words >> meant.status >> meant.hash >> meant.kind >> meant.record >> meant.version >> meant.answered_at;
    meant.answered_first = first;
    meant.answers.insert(std::to_string(meant.status) + " " + meant.hash);
}

void read_line(const std::string& line, Read& out) {
    std::istringstream words{line};
    std::string what, id, word;
    words >> what >> id;
    if (what == "I") {
        Meant meant;
        words >> meant.key >> word >> meant.target >> word >> meant.etag >> word >> meant.expect >> meant.sent_at;
        if (!out.meant.emplace(id, meant).second) out.complaints.push_back("the journal names an intent twice: " + id);
    } else if (what == "O" || what == "S") {
        read_answer(words, out.meant.at(id), what == "O");
    } else if (what == "D") {
        std::string status, hash;
        words >> status >> hash;
        out.meant.at(id).answers.insert(status + " " + hash);
    } else if (what == "H") {
        words >> out.seals[id];
    } else if (what == "P") {
        out.suspects.push_back(id);
    } else if (what == "L") {
        words >> out.files[id];
    } else if (what == "N") {
        out.audit_before = std::stoll(id);
    } else if (what == "F" && id == "unreplicated") {
        long long at = 0;
        words >> word >> at;
        if (word == "begin") out.unreplicated.emplace_back(at, at);
        if (word == "end" && !out.unreplicated.empty()) out.unreplicated.back().second = at;
    } else if (what == "B") {
        int sent = std::stoi(id), refused = 0, room = 0;
        words >> refused >> room;
        if (refused < sent - room) {
            out.complaints.push_back("of " + id + " at once only " + std::to_string(refused) +
                                     " were refused, with room for " + std::to_string(room));
        }
    } else if (what == "R" && std::stoll(id) > 2000) {
        out.complaints.push_back("a server that was killed was ready again only after " + id + " ms");
    }
}

Read read(const std::vector<std::string>& files) {
    Read out;
    for (const auto& file : files) {
        std::ifstream in{file};
        for (std::string line; std::getline(in, line);) read_line(line, out);
    }
    return out;
}

/// One audit line: what was done under an intent.
struct Done {
    std::string kind, record;
    int version;
};

class Checker {
public:
    explicit Checker(const Evidence& evidence)
        : evidence_(evidence),
          read_(read(evidence.journals)),
          connection_(evidence.conninfo + " application_name=checker"),
          session_(connection_) {
        session_.exec("SET default_transaction_read_only = on");
        for (const auto& complaint : read_.complaints) complain(complaint);
        for (const auto& row : session_.exec(
                 "SELECT request_id, record_kind, record_id, version FROM audit WHERE id > " +
                 std::to_string(read_.audit_before) + " AND request_id NOT IN (SELECT 'job/' || id FROM import)")) {
            done_[row[0].as<std::string>()].push_back(
                {row[1].as<std::string>(), row[2].as<std::string>(), row[3].as<int>()});
        }
    }

    Verdict run() {
        compare_sets();
        count_files();
        look_for_records();
        compare_kept_answers();
        count_versions();
        look_at_policy();
        for (const auto& complaint : recount(session_, evidence_.port, evidence_.authorization, read_.seals))
            complain(complaint);
        ask_verify();
        return std::move(verdict_);
    }

    int unanswered() const {
        int out = 0;
        for (const auto& [id, meant] : read_.meant) out += meant.status == 0 && done_.contains(id) ? 1 : 0;
        return out;
    }

private:
    void complain(const std::string& what) {
        if (verdict_.complaints.size() < complaints_max) verdict_.complaints.push_back(what);
    }

    /// The lines that are the intent's own effect: of the record it works on or, where it makes one, of that kind.
    /// An approval also makes an award, a reissue a second voucher: those lines stand beside it.
    static std::string record_of(const Meant& meant) {
        const auto end = meant.target.rfind('/');
        const auto from = meant.target.rfind('/', end - 1);
        return meant.etag == "-" ? std::string{} : meant.target.substr(from + 1, end - from - 1);
    }

    void compare_sets() {
        for (const auto& [id, meant] : read_.meant) {
            const auto found = done_.find(id);
            const auto own = found == done_.end() ? 0 : own_lines(found->second, meant);
            if (meant.status == 0) {
                complain(id + " was never settled");
            } else if (meant.status < 300 && own == 0) {
                ++verdict_.lost;
                complain(id + " was acknowledged and is not there");
            } else if (meant.status >= 300 && found != done_.end()) {
                complain(id + " was refused and is there");
            }
            if (own > 1) {
                ++verdict_.doubled;
                complain(id + " took effect " + std::to_string(own) + " times");
            }
            if (meant.status != 0 && meant.status < 300 && meant.expect == "forbidden")
                complain(id + " was let in, and is not allowed");
            if (meant.status >= 300 && meant.expect == "lawful") {
                complain(id + " is lawful and was refused: " + std::to_string(meant.status) + " " + meant.kind +
                         " at " + meant.target);
            }
            if (meant.answers.size() > 1) complain(id + " was answered in two ways");
        }
        for (const auto& [id, lines] : done_) {
            if (!read_.meant.contains(id)) complain("nobody meant " + id + ", and it is there");
        }
    }

    /// Each row of each file is a call, once, that one import alone says it recorded first.
    void count_files() {
        for (const auto& [note, rows] : read_.files) {
            const auto row = session_.exec("SELECT count(*), count(DISTINCT note) FROM call WHERE note LIKE " +
                                           session_.quote(note + "%"))[0];
            const auto there = row[0].as<long>(), different = row[1].as<long>();
            if (different < rows) verdict_.lost += static_cast<int>(rows - different);
            if (there > different) verdict_.doubled += static_cast<int>(there - different);
            if (there != rows || different != rows) {
                complain("the file of " + std::to_string(rows) + " calls " + note + " came to " +
                         std::to_string(there) + ", " + std::to_string(different) + " of them different");
            }
        }
        const auto noted = session_.exec(
            "SELECT count(*) FROM import i WHERE i.recorded <> (SELECT count(*) FROM import_row r WHERE r.import_id = "
            "i.id "
            "AND r.outcome = 'recorded')");
        if (noted[0][0].as<long>() != 0) complain("an import counts other rows than it noted");
    }

    static long own_lines(const std::vector<Done>& lines, const Meant& meant) {
        const auto record = record_of(meant);
        long out = 0;
        std::string kind = record.empty() ? lines.front().kind : "";
        for (const auto& line : lines) out += (record.empty() ? line.kind == kind : line.record == record) ? 1 : 0;
        return out;
    }

    /// Every record that a client was told of is there, once, and none that nobody was told of.
    void look_for_records() {
        std::map<std::string, std::set<std::string>> there;
        std::map<std::string, std::set<std::string>> told;
        for (const auto& [id, lines] : done_) {
            for (const auto& line : lines) told[line.kind].insert(line.record);
        }
        for (const auto& [kind, records] : told) {
            for (const auto& row : session_.exec("SELECT id, version FROM " + session_.conn().quote_name(kind))) {
                there[kind].insert(row[0].as<std::string>());
            }
        }
        for (const auto& [id, meant] : read_.meant) {
            if (meant.status == 0 || meant.status >= 300 || there[meant.kind].contains(meant.record)) continue;
            ++verdict_.lost;
            complain(id + ": its " + meant.kind + " " + meant.record + " is not there");
        }
        for (const auto& [kind, records] : told) {
            const auto unaudited = session_.exec("SELECT count(*) FROM " + session_.conn().quote_name(kind) +
                                                 " r WHERE NOT EXISTS (SELECT FROM audit a WHERE a.record_id = r.id)");
            if (unaudited[0][0].as<long>() != 0) complain("records of kind " + kind + " without any audit line");
        }
    }

    /// The answer that is kept for a key is the one that was given.
    void compare_kept_answers() {
        std::map<std::string, std::pair<int, std::string>> kept;
        for (const auto& row :
             session_.exec("SELECT key, count(*), min(encode(sha256(convert_to(body, 'UTF8')), 'hex')) "
                           "FROM idempotency GROUP BY key")) {
            kept[row[0].as<std::string>()] = {row[1].as<int>(), row[2].is_null() ? "" : row[2].as<std::string>()};
        }
        for (const auto& [id, meant] : read_.meant) {
            if (meant.status == 0 || meant.status >= 300) continue;
            const auto found = kept.find(meant.key);
            if (found == kept.end() || found->second.first != 1) {
                complain(id + ": its key is not kept once");
            } else if (found->second.second != meant.hash) {
                complain(id + ": the answer kept is not the one that was given");
            }
        }
    }

    /// One audit line a version, without a gap at the beginning, for what clients made themselves.
    void count_versions() {
        for (const auto& row :
             session_.exec("SELECT record_id FROM audit GROUP BY record_id HAVING min(version) <> 1 LIMIT 3")) {
            complain("the audit of " + row[0].as<std::string>() + " does not begin at version 1");
        }
        for (const auto& [id, meant] : read_.meant) {
            if (meant.status == 0 || meant.status >= 300) continue;
            const auto found = done_.find(id);
            bool lined = false;
            if (found == done_.end()) continue;  // lost: said already
            for (const auto& line : found->second)
                lined = lined || (line.record == meant.record && line.version == meant.version);
            if (!lined)
                complain(id + ": no audit line for version " + std::to_string(meant.version) + " of " + meant.record);
        }
    }

    /// What an outsider can see of rules inside: nothing acknowledged that no standby had, and a connection whose
    /// COMMIT ended in a warning is gone.
    void look_at_policy() {
        for (const auto& [id, meant] : read_.meant) {
            for (const auto& [begin, end] : read_.unreplicated) {
                if (meant.answered_first && meant.status < 300 && meant.sent_at > begin && meant.answered_at < end) {
                    complain(id + " was acknowledged although no standby had it");
                }
            }
        }
        for (const auto& pid : read_.suspects) {
            const auto alive =
                session_.exec("SELECT count(*) FROM pg_stat_activity WHERE usename = 'tideover_app' AND pid = " + pid);
            if (alive[0][0].as<int>() != 0)
                complain("the connection of process " + pid + " was used again after a COMMIT in doubt");
        }
    }

    void ask_verify() {
        const std::string log = evidence_.journals.front() + ".verify";
        Process verify{{.words = evidence_.verify, .log = log}};
        if (verify.wait(std::chrono::milliseconds{60'000}) == 0) return;
        std::ifstream in{log};
        std::string line;
        std::getline(in, line);
        complain("verify: " + line);
    }

    const Evidence& evidence_;
    Read read_;
    pqxx::connection connection_;
    pqxx::nontransaction session_;
    std::map<std::string, std::vector<Done>> done_;
    Verdict verdict_;
};

}  // namespace

Verdict check(const Evidence& evidence) {
    return Checker{evidence}.run();
}

int unanswered(const Evidence& evidence) {
    return Checker{evidence}.unanswered();
}

}  // namespace tideover::faults
