// What a noun's rules check in other records, and change there, beyond what its table in domain/ says. A rule is asked
// about a list of proposals at once; a single record is a list of one. Each noun's rules are a file in its room.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "db/records/revision.hpp"
#include "domain/nouns.hpp"
#include "server/casework/outcome.hpp"

namespace tideover::casework {

/// A change that somebody proposes: a new record, a step or a correction.
struct Proposal {
    std::optional<Record> before;  // nothing: the record is new
    Record after;                  // what would be stored; a rule may fill fields
    const Record* said = nullptr;  // what a step was sent with
    std::optional<Outcome> objection{};

    void refuse(Refusal why, std::string detail = {}, std::vector<Other> others = {}) {
        objection = Refused{why, std::move(detail), std::move(others)};
    }
    void fault(Handle field, std::string code, std::string detail);
    /// Of one of the values of a list.
    void fault(Handle field, std::size_t row, std::string code, std::string detail);
    /// The field names a record that is not there, or cannot be seen.
    void unknown(Handle field) { fault(field, "unknown_reference", "There is no such record."); }
    [[nodiscard]] bool unchanged(Handle field) const { return before && before->at(field) == after.at(field); }

private:
    void fault_at(std::string pointer, std::string code, std::string detail);
};

/// Proposals of one noun that nobody objected to so far, on their way through one transaction.
class Proposals {
public:
    Proposals(db::Tx& its_tx, std::vector<Proposal*> all) : tx(its_tx), all_(std::move(all)) {}

    [[nodiscard]] Actor actor() const { return {tx.principal().staff_id}; }
    [[nodiscard]] bool empty() const { return all_.empty(); }
    [[nodiscard]] std::size_t size() const { return all_.size(); }
    [[nodiscard]] Proposal& operator[](std::size_t i) const { return *all_[i]; }
    [[nodiscard]] auto begin() const { return all_.begin(); }
    [[nodiscard]] auto end() const { return all_.end(); }

    template <class Holds>
    [[nodiscard]] Proposals where(const Holds& holds) const {
        std::vector<Proposal*> some;
        for (auto* one : all_) {
            if (!one->objection && holds(*one)) some.push_back(one);
        }
        return {tx, std::move(some)};
    }
    [[nodiscard]] Proposals standing() const {
        return where([](const Proposal&) { return true; });
    }

    /// The records as they would be, and as they are and would be.
    [[nodiscard]] db::records::Records after() const;
    [[nodiscard]] std::vector<db::records::Revision> revisions() const;

    db::Tx& tx;

private:
    std::vector<Proposal*> all_;
};

using Rule = void (*)(const Proposals&);

inline constexpr std::size_t rules_max = 4, steps_max = 8;

/// In order; those that a rule objects to do not come before the next.
struct StepRules {
    std::string_view event;
    Rule rules[rules_max];
};
struct Rules {
    const Noun* noun;
    Rule record[rules_max]{};
    StepRules steps[steps_max]{};
    Rule correct[rules_max]{};
    bool one_by_one = false;  // what is stored decides what comes after it: lists are stored one after the other
};

/// The rules of all nouns that have any.
[[nodiscard]] std::span<const Rules* const> all_rules();
/// Those of a noun; of one that has none, no rules.
[[nodiscard]] const Rules& rules_of(const Noun& noun);
[[nodiscard]] std::span<const Rule> rules_of_event(const Noun& noun, std::string_view event);

/// Puts the proposals before the rules, one rule after the other.
void judge(std::span<const Rule> rules, const Proposals& proposals);

}  // namespace tideover::casework
