// Somebody who works at a council of a test's own, and does what the service does, without HTTP.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "db/core/transaction.hpp"
#include "domain/core/noun.hpp"
#include "server/casework/records.hpp"
#include "tests/support/database.hpp"

namespace tideover::testing {

inline const std::string home = "E08000007";  // the council that they work at

/// Names of fields, and values in their stored form.
using Values = std::vector<std::pair<std::string, std::string>>;

[[nodiscard]] Record record_of(std::span<const Field> fields, const Values& values);

/// What came of something, in words: "stored", "wrong_state It is void.", "/ward required", "not found", "at version
/// 2".
[[nodiscard]] std::string told(const casework::Outcome& outcome);

class Member {
public:
    Member(const ScratchDatabase& scratch, const std::string& key, Role role = Role::admin);

    /// Does the work in one transaction.
    void change(const std::function<void(db::Tx&)>& work);
    /// The same where the work may accept nothing.
    void attempt(const std::function<std::optional<db::Accepted>(db::Tx&)>& work);

    /// `key`: what makes it safe to repeat; a new one where none is given.
    casework::Outcome try_record(const Noun& noun, const Values& values, const std::string& key = {});
    casework::Outcome try_step(const Noun& noun, const std::string& id, std::string_view path, const Values& values);
    casework::Outcome try_correct(const Noun& noun, const std::string& id, const Values& changes);
    casework::Outcome try_void(const Noun& noun, const std::string& id);

    /// The same where it has to succeed; of what is recorded the id.
    std::string record(const Noun& noun, const Values& values);
    void step(const Noun& noun, const std::string& id, std::string_view path, const Values& values);
    void correct(const Noun& noun, const std::string& id, const Values& changes);
    void make_void(const Noun& noun, const std::string& id);

    /// The record as it stands.
    [[nodiscard]] Record read(const Noun& noun, const std::string& id);
    [[nodiscard]] const std::string& staff() const { return principal_.staff_id; }

private:
    [[nodiscard]] casework::Target target(const Noun& noun, const std::string& id);

    db::Database database_;
    db::Principal principal_{};
};

/// The noun's step with that path.
[[nodiscard]] const Step& step_at(const Noun& noun, std::string_view path);

}  // namespace tideover::testing
