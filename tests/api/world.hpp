// A small council made through the API. From the route and field tables it makes, for any POST, a request that is
// lawful as it stands: what the tests then spoil, one thing at a time.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "domain/nouns.hpp"
#include "server/api/router.hpp"
#include "tests/support/recipes.hpp"
#include "tests/support/service.hpp"

namespace tideover::testing {

/// A POST that the service accepts, until it is spoilt.
struct Lawful {
    Role role = Role::everyone;
    std::string target;
    nlohmann::json body;
    std::string etag{};  // empty where a record is made
    std::string id{};    // the record it works on; empty where one is made
};

/// Where a body may hold a value.
struct Place {
    std::string pointer;
    const Field* field = nullptr;
    const Field* list = nullptr;  // the list of rows it stands in the first row of, if any
};

/// A field that names a record, of a record that is made by that route.
struct Naming {
    const Noun* noun = nullptr;
    const Route* route = nullptr;
    const Field* field = nullptr;
};

class World : public Recipes {
public:
    explicit World(Service& service, std::string authority = "E08000007");
    World(const World&) = delete;
    World& operator=(const World&) = delete;
    ~World() override = default;

    [[nodiscard]] Service& service() { return service_; }
    [[nodiscard]] const std::string& authority() const { return authority_; }
    /// The headers that sign a member of that role in; none for the public.
    [[nodiscard]] Headers signed_in(Role role);

    Answer get(Role role, const std::string& target, Headers headers = {});
    /// With a fresh key and this Content-Type, unless `headers` have their own.
    Answer post(Role role, const std::string& target, const std::string& body, const std::string& etag = {},
                Headers headers = {});
    Answer send(const Lawful& request, Headers headers = {});

    /// A new record, as the service answered, but for its warnings. `more` is merged into the body.
    nlohmann::json fresh(const Noun& noun, const nlohmann::json& more = nlohmann::json::object());
    nlohmann::json fresh_in(const Noun& noun, std::string_view state,
                            const nlohmann::json& more = nlohmann::json::object());
    /// A new scheme with one published version; `scheme` and `terms` are merged into the bodies.
    /// An address of a GET that leads somewhere, and what it has to be asked.
    std::string readable(const Route& route);
    /// The id of an import that the partner sent in: one row, and it is done.
    const std::string& imported();

    nlohmann::json open_scheme(const nlohmann::json& scheme = nlohmann::json::object(),
                               const nlohmann::json& terms = nlohmann::json::object());
    /// The headers that sign in the administrator who drafts what another one publishes, so that another one publishes
    /// them.
    [[nodiscard]] Headers drafting();
    /// Tries the move with a member of a role that may; `more` is merged into the body.
    Answer attempt(const Noun& noun, const nlohmann::json& record, std::string_view event,
                   const nlohmann::json& more = nlohmann::json::object());
    /// Makes the move; the record afterwards.
    nlohmann::json take(const Noun& noun, const nlohmann::json& record, std::string_view event,
                        const nlohmann::json& more = nlohmann::json::object());
    /// Tries a correction with a member of a role that may.
    Answer correct(const Noun& noun, const nlohmann::json& record, const nlohmann::json& changes);
    Answer make_void(const Noun& noun, const nlohmann::json& record);
    /// The one record of a noun that others refer to, made when first asked for.
    const nlohmann::json& one(std::string_view noun) override;
    nlohmann::json another(const Noun& noun) override { return fresh(noun); }
    void seal_something() override;
    /// Until it has ended.
    void wait_for_job(const std::string& id);
    /// Sends a file of such records; the import, once it has ended.
    nlohmann::json import_file(Role role, const std::string& kind, const std::string& csv, const Headers& headers = {});

    /// Precondition: the route is a POST.
    [[nodiscard]] Lawful lawful(const Route& route);
    /// The same one each time, for tests that only send it spoilt.
    [[nodiscard]] const Lawful& unspent(const Route& route);

    /// The single value of a statement run as the owner of the database.
    std::string sql(const std::string& statement);
    /// A line that changes whenever anything is stored.
    std::string stored();

private:
    Answer post_correction(const Noun& noun, const nlohmann::json& record, const nlohmann::json& body);
    nlohmann::json awarded();

    Service& service_;
    std::string authority_;
    db::Connection owner_;
    std::map<std::string, nlohmann::json, std::less<>> ones_;
    std::map<const Route*, Lawful> unspent_;
    std::string imported_;
};

/// Bodies as the rows of a file to import.
[[nodiscard]] std::string csv_of(const std::vector<nlohmann::json>& bodies);

/// One council for all tests that mind neither what others recorded nor that others see what they record.
[[nodiscard]] World& shared_world();

/// Every field that a role may fill, when it makes a record, with the id of one of that noun.
[[nodiscard]] std::vector<Naming> naming(const Noun& other, Role role);

/// Every value that a POST's body may hold.
[[nodiscard]] std::vector<Place> places(const Route& route);

/// The body with another value in that place.
[[nodiscard]] nlohmann::json with(World& world, const nlohmann::json& body, const Place& place,
                                  const nlohmann::json& value);
/// The body without that place.
[[nodiscard]] nlohmann::json without(World& world, const nlohmann::json& body, const Place& place);

/// Asks that one record be counted as another of its kind.
Answer merge(World& world, const nlohmann::json& from_id, const nlohmann::json& into_id,
             const std::string& kind = "person", Role role = Role::helpline);

[[nodiscard]] inline std::string id_of(const nlohmann::json& record) {
    return record.at("id").get<std::string>();
}

/// "201", or "422 invalid-fields"; says so where a problem is not shaped as one.
[[nodiscard]] std::string outcome(const Answer& answer);
[[nodiscard]] std::int64_t how_many(const std::vector<Answer>& answers, const std::string& outcome);
/// The codes of the faults at a pointer, joined by commas.
[[nodiscard]] std::string fault_at(const Answer& answer, const std::string& pointer);

}  // namespace tideover::testing
