// Somebody who works at a council of a test's own, and does what the service does, without HTTP.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "db/core/transaction.hpp"
#include "domain/core/noun.hpp"
#include "tests/support/database.hpp"

namespace tideover::testing {

inline const std::string home = "E08000007";  // the council that they work at

using Values = std::vector<std::pair<std::string, std::string>>;

void set(Record& record, const Values& values);

/// Records within a change that does more; the new record's id.
std::string record_in(db::Tx& tx, const Noun& noun, const Values& values);

/// Takes a step within a change that does more. `besides`: what the step sets apart from its body.
void step_in(db::Tx& tx, const Noun& noun, const std::string& id, std::string_view path, const Values& values,
             const Values& besides = {});

class Member {
public:
    Member(const ScratchDatabase& scratch, const std::string& key);

    /// Does the work in one transaction.
    void change(const std::function<void(db::Tx&)>& work);

    std::string record(const Noun& noun, const Values& values);
    void step(const Noun& noun, const std::string& id, std::string_view path, const Values& values);
    void correct(const Noun& noun, const std::string& id, const Values& values);
    void make_void(const Noun& noun, const std::string& id);

    [[nodiscard]] const std::string& staff() const { return principal_.staff_id; }

private:
    db::Database database_;
    db::Principal principal_{};
};

}  // namespace tideover::testing
