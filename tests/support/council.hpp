// A little council of a test's own, whose work went through the program.
#pragma once

#include <map>
#include <string>

#include "db/verify/verify.hpp"
#include "tests/support/database.hpp"
#include "tests/support/member.hpp"

namespace tideover::testing {

/// A little of everything that a council records, done by two people, and the ids of what was recorded.
class Council {
public:
    Council();
    [[nodiscard]] const std::string& id(const std::string& name) const { return ids_.at(name); }
    [[nodiscard]] Member& officer() { return officer_; }
    [[nodiscard]] Member& approver() { return approver_; }
    /// What a query of a test's own finds.
    [[nodiscard]] pqxx::result ask(const std::string& sql) const;
    /// As the owner of the database.
    [[nodiscard]] db::Connection connect() const { return scratch_.connect(); }
    void seal_and_fold() const;
    [[nodiscard]] db::Verification verified() const;
    [[nodiscard]] std::string state() const;

    /// Runs SQL that no trigger and no foreign key looks at.
    void tamper(const std::string& sql) const;
    void merge(const std::string& kind, const std::string& from, const std::string& into);
    void part(const std::string& from);

    /// Publishes the figures of the latest seal.
    std::string publish(const std::string& name, const std::string& as_at = "2021-01-31");
    void make_another_entry();

    /// A scheme with published terms: £10,000 once for each `key`.
    void open_scheme(const std::string& code, const std::string& kind, const std::string& key,
                     const Values& terms = {});
    /// From application to award by two people, and the scheme's allocation with it.
    std::string award(const std::string& name, const std::string& scheme, const Values& party);
    std::string paid(const std::string& name, const std::string& award, const std::string& day);

private:
    void keep(const std::string& name, const Noun& noun, const Values& values);
    void parties();
    void merges();
    void grants();
    void council_tax();
    void supplies();
    void food();
    void calls_and_community();

    ScratchDatabase scratch_{};
    Member officer_, approver_;
    std::map<std::string, std::string> ids_{};
};

/// The kinds of what was found, each followed by where, as one text.
std::string told(const db::Verification& verification);

/// What verify says of a council of which somebody changed one thing behind the program's back.
std::string told_after(const Council& council, const std::string& sql);

}  // namespace tideover::testing
