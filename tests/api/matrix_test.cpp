// Who may do what to whose record, and sees which of its fields: every cell of role × route × field × whose, read off
// the tables. The test counts the cells it should try and those it tried.
#include <doctest/doctest.h>

#include <set>

#include "db/records/record_sql.hpp"
#include "domain/parties/nouns.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::matrix_test {
namespace {

using nlohmann::json;

enum class Whose { own, other_partner, other_council };
constexpr std::array whose_all{Whose::own, Whose::other_partner, Whose::other_council};

std::string_view name_of(Whose whose) {
    return whose == Whose::own             ? "their own"
           : whose == Whose::other_partner ? "another partner's"
                                           : "another council's";
}

/// Where a partner asks, whose record it is matters to nouns that have an owner, and to people.
bool owned(const Route& route) {
    return route.noun != nullptr && (!route.noun->owner.empty() || route.noun->personal);
}

/// The cells of a route and a role: a record can be another partner's only for partners, and another council's only
/// where there is a record.
bool is_cell(const Route& route, Role role, Whose whose) {
    if (route.verb != Verb::get && !changes(route)) return false;  // it stands in the imports' own tests
    if (whose == Whose::own) return true;
    if (route.noun == nullptr || !route.roles.has(role)) return false;
    if (whose == Whose::other_council) return !creates(route);
    return role == Role::partner && owned(route) && !(creates(route) && route.noun->owner.empty());
}

/// What the tables say of a cell.
std::string expected(const Route& route, Role role, Whose whose) {
    if (!route.roles.has(role) && !route.roles.has(Role::everyone)) {
        return role == Role::everyone ? "401 unauthenticated" : "403 forbidden";
    }
    if (lists(route) || counts(route) || whose == Whose::own) return creates(route) ? "201" : "200";
    return creates(route) ? "403 not-yours" : "404 not-found";
}

std::vector<Role> everybody() {
    auto roles = every_role();
    roles.insert(roles.begin(), Role::everyone);
    return roles;
}

World& council() {
    return shared_world();
}
World& other_council() {
    static World world{shared_world().service(), "E08000003"};
    return world;
}

/// How somebody of the role signs in whose records these are not.
Headers signed_in(Role role, Whose whose) {
    if (whose == Whose::own) return council().signed_in(role);
    if (whose == Whose::other_council) return other_council().signed_in(role);
    static const auto other = council().fresh(nouns::organisation, {{"code", "matrix-partner"}, {"kind", "partner"}});
    return {
        {"Authorization", "Bearer " + council().service().token("partner", {}, other.at("code").get<std::string>())}};
}

/// The Authorization decides; a public route also answers who signs in.
Answer attempt(const Route& route, Role role, Whose whose) {
    auto headers = signed_in(role, whose);
    if (headers.empty()) headers.emplace_back("Authorization", "");
    if (route.verb == Verb::get) return council().get(role, council().readable(route), headers);
    const bool taken = expected(route, role, whose).front() == '2';
    return council().send(taken ? council().lawful(route) : council().unspent(route), headers);
}

/// What is stored once everything is there that a refused request needs.
std::string prepared(const Route& route, Role role, Whose whose) {
    if (route.verb == Verb::get) return {};
    static_cast<void>(council().unspent(route));
    static_cast<void>(signed_in(role, whose));
    return council().stored();
}

/// Dotted names of what an object shows; lists of rows by the names in their first row.
void names_in(const json& object, const std::string& prefix, std::set<std::string>& out) {
    for (const auto& [key, value] : object.items()) {
        const auto name = prefix + key;
        if (value.is_object()) {
            names_in(value, name + ".", out);
        } else {
            out.insert(name);
        }
    }
}

std::set<std::string> shown(const json& object) {
    std::set<std::string> out;
    names_in(object, {}, out);
    return out;
}

/// What the field table lets the role see of a record.
std::set<std::string> visible(const Noun& noun, Role role) {
    std::set<std::string> out{"id", "reference", "voided", "version", "recorded_at", "recorded_by"};
    if (!noun.moves.empty()) out.insert("state");
    if (noun.mergeable) out.insert("merged_into");
    for (const auto& field : noun.fields) {
        if (who_sees(field.privacy).has(role)) out.insert(std::string{field.name});
    }
    return out;
}

std::set<std::string> columns_of_csv(const std::string& csv) {
    std::set<std::string> out;
    std::string name;
    for (const char c : csv.substr(3, csv.find("\r\n") - 3) + ",") {  // behind the byte-order mark
        if (c != ',') {
            name += c;
            continue;
        }
        out.insert(name);
        name.clear();
    }
    return out;
}

/// Numbers show no record.
bool shows_records(const Route& route) {
    return route.noun != nullptr && !counts(route);
}

/// Every field of the noun against the role, in each way that the route shows it. Returns how many cells that was.
std::size_t check_fields(const Route& route, Role role, const Answer& answer) {
    auto wanted = visible(*route.noun, role);
    if (creates(route) && !route.noun->secret.empty()) wanted.insert("token");
    if (!lists(route)) {
        auto record = answer.json();
        record.erase("warnings");  // what it is like stands in its own tests
        CHECK(shown(record) == wanted);
        return route.noun->fields.size();
    }
    const auto items = answer.json().at("items");
    CHECK(!items.empty());
    for (const auto& item : items) CHECK(shown(item) == wanted);
    auto headers = council().signed_in(role);
    headers.emplace_back("Accept", "text/csv");
    CHECK(columns_of_csv(council().get(role, std::string{route.path}, headers).body) == wanted);
    return 2 * route.noun->fields.size();
}

/// A list never fails: it has what is theirs, and nothing else.
void check_items(const Route& route, Whose whose, const Answer& answer) {
    const auto& noun = *route.noun;
    const auto table = std::string{noun.name};
    const auto page = answer.json();
    for (const auto& item : page.at("items")) {
        const auto id = item.at("id").get<std::string>();
        const auto authority = council().sql("SELECT authority_id FROM " + table + " WHERE id = '" + id + "'");
        CHECK(authority == (whose == Whose::other_council ? other_council() : council()).authority());
        if (whose != Whose::other_partner) continue;
        CHECK_FALSE(noun.owner.empty());  // of people that nobody of theirs recorded or serves, there are none
        if (!noun.owner.empty()) CHECK(item.at(std::string{noun.owner}) == "matrix-partner");
    }
}

}  // namespace

TEST_CASE("every cell of role, route, field and whose is as the tables say") {
    std::size_t cells = 0, should = 0, fields = 0, fields_should = 0;
    for (const auto& route : routes()) {
        if (route.noun != nullptr && lists(route)) static_cast<void>(council().one(route.noun->name));
        for (const auto role : everybody()) {
            const bool answers = route.roles.has(role);
            if (shows_records(route) && answers) fields_should += (lists(route) ? 2U : 1U) * route.noun->fields.size();
            for (const auto whose : whose_all)
                if (is_cell(route, role, whose)) ++should;
        }
    }
    for (const auto& route : routes()) {
        for (const auto role : everybody()) {
            for (const auto whose : whose_all) {
                if (!is_cell(route, role, whose)) continue;
                INFO(name_of(route.verb) << " " << route.path << " as " << tideover::name_of(role) << " on "
                                         << name_of(whose));
                const auto wanted = expected(route, role, whose);
                const auto before = wanted.front() == '4' ? prepared(route, role, whose) : std::string{};
                const auto answer = attempt(route, role, whose);
                // Who may look behind a figure is a matter of its purpose, and stands in the headlines' own tests.
                const bool by_purpose = route.path.ends_with("/records") || route.path.ends_with("/subjects") ||
                                        (route.path.ends_with("/errors.csv") || route.path.ends_with("/gone"));
                if (by_purpose && wanted == "200") {
                    CHECK((outcome(answer) == "200" || outcome(answer) == "403 forbidden"));
                } else {
                    CHECK(outcome(answer) == wanted);
                }
                if (!before.empty()) CHECK(council().stored() == before);
                ++cells;
                if (!shows_records(route) || wanted.front() != '2' || answer.status >= 300) continue;
                if (lists(route)) check_items(route, whose, answer);
                if (whose == Whose::own) fields += check_fields(route, role, answer);
            }
        }
    }
    MESSAGE(cells << " cells of role, route and whose; " << fields << " of these with a field");
    CHECK(cells == should);
    CHECK(fields == fields_should);
    CHECK(cells > 1000);
    CHECK(fields > 4500);
}

TEST_CASE("what the audit shows of a record is what its reader sees of it, for every noun and field") {
    auto& world = council();
    std::size_t cells = 0;
    for (const auto* noun : nouns::all()) {
        const auto* correction = correcting(*noun);
        if (correction == nullptr) continue;
        const auto request = world.lawful(*correction);
        REQUIRE(outcome(world.send(request)) == "200");
        for (const auto role : {Role::auditor, Role::admin}) {
            bool reads_it = false;
            for (const auto& route : routes()) {
                reads_it = reads_it || (reads(route) && route.noun->name == noun->name && route.roles.has(role));
            }
            const auto line = world.get(role, "/v1/audit?limit=1&record=" + request.id).json().at("items").at(0);
            INFO(noun->name << " to " << tideover::name_of(role));
            CHECK(line.at("before").is_null() == !reads_it);
            for (const auto& field : noun->fields) {
                if (field.kind == Kind::rows) continue;
                const bool seen = reads_it && who_sees(field.privacy).has(role);
                INFO(field.name);
                CHECK((line.at("before").is_object() && line.at("before").contains(db::records::column(field.name))) ==
                      seen);
                ++cells;
            }
        }
    }
    CHECK(cells > 300);
}

}  // namespace tideover::testing::matrix_test
