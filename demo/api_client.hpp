// A desk at which records are made and changed, each in the name of a member, each with a key of its own.
#pragma once

#include <atomic>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "demo/connection.hpp"
#include "demo/known_records.hpp"
#include "demo/members.hpp"

namespace tideover::year {

using Body = nlohmann::json;
using Lines = std::vector<Body>;

class ApiClient {
public:
    /// Everything given by reference outlives the desk.
    ApiClient(const Address& address, const Tokens& tokens, std::uint64_t seed, const std::atomic<bool>& stopping,
              std::atomic<std::uint64_t>& answered);

    /// Creates a record; `name` must be unique in the year.
    Filed create(Member member, std::string_view path, std::string name, const Body& body);

    /// Moves a record on by one of its steps.
    void step(Member member, Filed& record, std::string_view step, const Body& body);

    /// The same, for a step that makes another record: the id that the reply gives under `names`.
    std::string step_for(Member member, Filed& record, std::string_view step, const Body& body, std::string_view names);

    void correct(Member member, Filed& record, std::string_view reason, const Body& changes);

    /// Marks a record as recorded by mistake.
    void take_back(Member member, Filed& record, std::string_view reason);

    /// Has a file read whose lines are such bodies, and waits until all of them are recorded: their ids, in the order
    /// of the lines. Throws Stopped where one is at fault.
    std::vector<std::string> import_lines(Member member, std::string_view kind, std::string name, const Lines& lines);

    /// The same of a table, whose first line has the columns' names and whose rows are steps of records.
    void import_table(Member member, std::string_view kind, std::string name, const std::string& csv);

private:
    std::string imported(Member member, std::string_view kind, const std::string& name, std::string_view media,
                         const std::string& file);
    Body ask(Member member, const std::string& path);
    Reply post(Member member, const std::string& path, const std::string& key, int version, const std::string& body);
    Reply post(const Request& request);
    Reply change(Member member, Filed& record, std::string_view step, const Body& body);

    Connection connection_;
    const Tokens& tokens_;
    std::string key_prefix_;
    const std::atomic<bool>& stopping_;
    std::atomic<std::uint64_t>& answered_;
};

}  // namespace tideover::year
