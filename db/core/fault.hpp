// What can go wrong below us, told apart by what the caller can do about it.
#pragma once

#include <exception>
#include <stdexcept>
#include <string>

namespace tideover::db {

enum class Trouble {
    conflict,           // 23505, 23P01: another record stands in the way; `constraint` says which rule
    unknown_reference,  // 23503: it names a record that does not exist
    broken_rule,        // 23514: a rule that the database guards; `constraint` says which
    bad_text,           // 22021, 22P05: bytes that PostgreSQL cannot store
    unfit,              // its program was changed while it ran, or it cannot read its own files
    busy,               // 55P03, 57014, 53300, 40001 or 40P01 after the last try: try again
    lost,               // no connection
    in_doubt,           // the connection went away while committing: repeat with the same key
    revoked,            // the token behind the request no longer holds
    ours,               // anything else is our own mistake
};

/// A fault of the database. `what()` is for our log and never leaves the house.
class Fault : public std::runtime_error {
public:
    Fault(Trouble trouble, std::string constraint, const std::string& message, std::string said = {})
        : std::runtime_error(message), trouble_(trouble), constraint_(std::move(constraint)), said_(std::move(said)) {}

    [[nodiscard]] Trouble trouble() const noexcept { return trouble_; }
    [[nodiscard]] const std::string& constraint() const noexcept { return constraint_; }
    /// What a trigger of ours says of the rule that it guards, as a sentence.
    [[nodiscard]] const std::string& said() const noexcept { return said_; }

private:
    Trouble trouble_;
    std::string constraint_, said_;
};

/// The fault behind the exception that is being handled. Precondition: called from a catch block.
[[nodiscard]] Fault fault_in_flight(bool committing);

}  // namespace tideover::db
