// A route: what it does, for whom, and what answers it. Routes are listed by room in server/api/routes/.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "db/reports/report.hpp"
#include "domain/nouns.hpp"
#include "server/http/message.hpp"

namespace tideover {

struct Call;
using Handler = Response (*)(Call&);

enum class Action : std::uint8_t {
    record,   // POST: a new record of its noun
    list,     // GET: records of its noun
    count,    // GET: how many there are of each sort
    read,     // GET: one of them
    step,     // POST: its step of one
    correct,  // POST: a correction of one
    upload,   // POST: a file, in the media types of its shape
    act,      // POST, DELETE: something about what is no record, with the body of its shape
    report,   // GET: a question about many records
    page,     // GET: something for people, or their browsers, to read
    probe,    // GET: what operators and tools ask
};

/// What a route that is about no one noun takes and answers.
struct Shape {
    std::span<const Field> parameters{};
    std::string_view schema{};                  // of its JSON: the name of a component; empty: it answers no JSON
    bool paged = false;                         // it takes `limit` and `cursor`, and answers a page of such items
    bool sorted = false;                        // it takes `sort`
    bool csv = false;                           // it answers CSV to who wants that
    std::string_view media{};                   // what it answers otherwise
    std::span<const std::string_view> takes{};  // the media types of a file
    std::span<const Field> body{};              // of an act
    int status = 200;
    bool keyless = false;  // of an act: repeating it does no harm, so that it needs no Idempotency-Key
};

struct Route {
    Action action;
    Verb verb;
    std::string path;
    Roles roles;
    Handler handler;
    std::string summary;
    const Noun* noun = nullptr;  // of record, list, count, read, step, correct
    const Step* step = nullptr;
    Shape shape{};                       // of report, page and probe
    const db::Report* report = nullptr;  // where a table says all of it
    bool counts = false;  // it may count everything there is: those without a token have a lane of their own for it
};

/// The noun of whose records the path names one; null where it names none.
[[nodiscard]] const Noun* noun_in_path(const Route& route);

/// The roles by their names, with commas between them; the public has none.
[[nodiscard]] std::string names_of(Roles roles);

/// The query parameters that a route takes.
[[nodiscard]] std::vector<std::string> parameters_of(const Route& route);

}  // namespace tideover
