// Records are hashed in the order in which they can refer to each other, so that a reference is replaced by
// the hash of what it names. Where a reference goes to a record of the same kind or of a later one (a voucher's
// replacement, an application's award) the two hashes together are hashed apart from either, as a link. The
// state is the sorted list of all these hashes.
#include "db/verify/state.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <unordered_map>
#include <vector>

#include "db/core/ids.hpp"
#include "db/records/record_sql.hpp"
#include "db/verify/verify.hpp"
#include "domain/figures/nouns.hpp"
#include "domain/nouns.hpp"

namespace tideover::db {
namespace {

using Hashes = std::unordered_map<std::string, std::string>;  // by id

/// Values one after another, each with its length, so that no two lists of values read the same.
void append(std::string& out, std::string_view value) {
    out.append(std::to_string(value.size())).append(":").append(value);
}

void append(std::string& out, const pqxx::field& value) {
    if (value.is_null()) {
        out += '-';
    } else {
        append(out, std::string_view{value.c_str(), value.size()});
    }
}

std::string column_text(const Field& field) {
    const auto name = "t." + records::column(field.name);
    return field.kind == Kind::instant ? "wire(" + name + ")" : name + "::text";
}

/// What no two runs have the same: an instant of a clock, and a hash over ids.
bool differs_anyway(const Noun& noun, const Field& field) {
    return noun.name == nouns::publication.name && (field.name == "known_at" || field.name == "digest");
}

/// A table of small rows below a record: a list among its fields, or the steps it keeps.
struct Below {
    std::string_view table;
    std::string parent;
    std::span<const Field> fields;
    bool corrected = false;  // its rows may have been replaced by others
};

std::vector<Below> below(const Noun& noun) {
    std::vector<Below> out;
    for (const auto& field : noun.fields) {
        if (field.kind != Kind::rows) continue;
        out.push_back(
            {field.rows->table, std::string{field.rows->parent}, field.rows->fields, is_correctable_list(field)});
    }
    for (const auto& step : noun.steps) {
        const bool known =
            std::any_of(out.begin(), out.end(), [&](const Below& b) { return b.table == step.step_table; });
        if (!step.step_table.empty() && !known)
            out.push_back({step.step_table, std::string{noun.name} + "_id", step.fields});
    }
    return out;
}

class State {
public:
    State(Connection& connection, const std::string& authority) : connection_(connection), authority_(authority) {}

    std::string hash() {
        each("SELECT id, key FROM staff t WHERE t.authority_id = $1",
             [&](const pqxx::row& row) { hashes_[row[0].c_str()] = std::string{"staff "} + row[1].c_str(); });
        for (const auto* noun : nouns::all()) {
            if (!noun->about_access) take_records(*noun);
        }
        take_links();
        take_ledger();
        take_merges();
        return ids::sha256_hex(summary_);
    }

private:
    /// A reference from one record to one that is hashed no earlier.
    struct Link {
        std::string from, to;  // ids
        std::string_view noun, field;
    };

    /// Rows in portions, so that memory does not grow with the ledger. The authority is `$1`.
    void each(const std::string& sql, const std::function<void(const pqxx::row&)>& take) {
        Statement declare;
        declare << "DECLARE state_rows NO SCROLL CURSOR FOR " << sql;
        static_cast<void>(declare.bind(authority_, "text"));
        connection_.run(declare);
        for (;;) {
            const auto rows = connection_.run("FETCH 10000 FROM state_rows");
            if (rows.empty()) break;
            for (const auto& row : rows) take(row);
        }
        connection_.run("CLOSE state_rows");
    }

    void append_reference(std::string& out, const pqxx::field& id) {
        if (id.is_null()) {
            out += '-';
            return;
        }
        const auto known = hashes_.find(id.c_str());
        append(out, known == hashes_.end() ? std::string_view{"unknown"} : std::string_view{known->second});
    }

    void append_value(std::string& out, const Field& field, const pqxx::field& value) {
        if (field.kind == Kind::id) {
            append_reference(out, value);
        } else {
            append(out, value);
        }
    }

    /// Adds the multiset to the summary under a name of its own.
    void settle(std::string_view name, std::vector<std::string> set) {
        std::sort(set.begin(), set.end());
        std::string all;
        for (const auto& hash : set) append(all, hash);
        summary_.append(name).append(" ").append(std::to_string(set.size())).append(" ").append(ids::sha256_hex(all));
        summary_ += '\n';
    }

    /// Whether records of that noun have their hash before those of this one.
    static bool earlier(std::string_view referred, const Noun& noun) {
        for (const auto* known : nouns::all()) {
            if (known == &noun) return referred.empty();  // staff, or a party of any kind
            if (known->name == referred) return true;
        }
        return false;
    }

    /// The rows below each record of the noun, in order.
    Hashes rows_below(const Noun& noun) {
        Hashes out;
        for (const auto& table : below(noun)) {
            std::string names;
            for (const auto& field : table.fields) names += ", " + column_text(field);
            each("SELECT t." + table.parent + names + " FROM " + std::string{table.table} +
                     " t WHERE t.authority_id = $1" + (table.corrected ? " AND t.to_version IS NULL" : "") +
                     " ORDER BY t." + table.parent + ", t.position",
                 [&](const pqxx::row& row) {
                     auto& text = out[row[0].c_str()];
                     append(text, table.table);
                     pqxx::row::size_type at = 1;
                     for (const auto& field : table.fields) append_value(text, field, row[at++]);
                 });
        }
        return out;
    }

    void take_records(const Noun& noun) {
        const auto rows = rows_below(noun);
        std::string names;
        for (const auto& field : noun.fields) {
            if (field.kind != Kind::rows) names += ", " + column_text(field);
        }
        std::vector<std::string> set;
        each("SELECT t.id, t.version, t.voided, " + std::string{noun.moves.empty() ? "''" : "t.state"} + names +
                 " FROM " + std::string{noun.name} + " t WHERE t.authority_id = $1",
             [&](const pqxx::row& row) {
                 const std::string id{row[0].c_str()};
                 std::string text{noun.name};
                 pqxx::row::size_type at = 1;
                 while (at < 4) append(text, row[at++]);
                 for (const auto& field : noun.fields) {
                     if (field.kind == Kind::rows) continue;
                     const auto value = row[at++];
                     if (differs_anyway(noun, field)) continue;
                     if (field.kind != Kind::id || earlier(field.refers, noun)) {
                         append_value(text, field, value);
                     } else if (!value.is_null()) {
                         links_.push_back({id, value.c_str(), noun.name, field.name});
                     }
                 }
                 if (const auto found = rows.find(id); found != rows.end()) append(text, found->second);
                 set.push_back(hashes_[id] = ids::sha256_hex(text));
             });
        settle(noun.name, std::move(set));
    }

    void take_links() {
        std::vector<std::string> set;
        for (const auto& link : links_) {
            std::string text;
            for (const auto part : {link.noun, link.field}) append(text, part);
            for (const auto* id : {&link.from, &link.to}) {
                const auto known = hashes_.find(*id);
                append(text, known == hashes_.end() ? std::string_view{"unknown"} : std::string_view{known->second});
            }
            set.push_back(ids::sha256_hex(text));
        }
        settle("links", std::move(set));
    }

    void take_ledger() {
        std::vector<std::string> set;
        each(
            "SELECT t.subject_id, t.record_id, t.measure, t.quantity, t.dims::text, t.happened_on, t.cause, "
            "t.record_kind, t.corrects IS NOT NULL FROM entry t WHERE t.authority_id = $1",
            [&](const pqxx::row& row) {
                std::string text;
                append_reference(text, row[0]);
                append_reference(text, row[1]);
                for (pqxx::row::size_type at = 2; at < row.size(); ++at) append(text, row[at]);
                set.push_back(ids::sha256_hex(text));
            });
        settle("ledger", std::move(set));
    }

    void take_merges() {
        std::vector<std::string> set;
        each("SELECT t.from_id, t.into_id, t.linked FROM merge_link t WHERE t.authority_id = $1",
             [&](const pqxx::row& row) {
                 std::string text;
                 append_reference(text, row[0]);
                 append_reference(text, row[1]);
                 append(text, row[2]);
                 set.push_back(ids::sha256_hex(text));
             });
        settle("merges", std::move(set));
    }

    Connection& connection_;
    std::string authority_;
    Hashes hashes_{};
    std::vector<Link> links_{};
    std::string summary_{};
};

}  // namespace

std::string state_hash(Connection& connection, const std::string& authority) {
    const Snapshot snapshot{connection};
    return State{connection, authority}.hash();
}

}  // namespace tideover::db
