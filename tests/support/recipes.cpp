// The recipes of what no table says, and how a table's row becomes a value.
#include "tests/support/recipes.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>

#include "domain/community/nouns.hpp"
#include "domain/council_tax/nouns.hpp"
#include "domain/figures/nouns.hpp"
#include "domain/finance/nouns.hpp"
#include "domain/grants/nouns.hpp"
#include "domain/imports/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "server/api/resources/records.hpp"
#include "server/formats/record_json.hpp"

namespace tideover::testing {
namespace {

using nlohmann::json;

/// What a noun's body needs that its fields do not say.
struct Recipe {
    const Noun* noun;
    json (*more)(Recipes&);
};

json terms(Recipes&) {
    return {{"opens_on", "2020-03-01"},
            {"periods", json::array({{{"period", "once"}}})},
            {"amounts",
             json::array({{{"period", "once"}, {"band", "any"}, {"least_pence", 1}, {"most_pence", 1'000'000}}})},
            {"declarations", json::array({{{"declaration", "meets_criteria"},
                                           {"wording_version", 1},
                                           {"wording", "I declare that the business meets the criteria."}}})}};
}
json business_and_premises(Recipes& from) {
    return {{"scheme", from.one("scheme_version").at("scheme")},
            {"declarations", json::array({"meets_criteria"})},
            {"received_on", "2020-05-31"},
            {"business_id", from.one("business").at("id")},
            {"premises_id", from.another(nouns::premises).at("id")}};
}
json fresh_award(Recipes& from) {
    return {{"award_id", from.another(nouns::award).at("id")}};
}
json fresh_person(Recipes& from) {
    return {{"person_id", from.another(nouns::person).at("id")}};
}
json two_persons(Recipes& from) {
    return {{"from_id", from.another(nouns::person).at("id")}, {"into_id", from.another(nouns::person).at("id")}};
}
/// Only what was sealed can be published.
json something_sealed(Recipes& from) {
    from.seal_something();
    return json::object();
}
json bid(Recipes& from) {
    return {{"bid_reference", from.value(*nouns::external_funding.field("bid_reference"))}};
}

/// Of awards on application there may be several.
json on_application(Recipes&) {
    return {{"basis", "application"}};
}

/// A figure that counts nothing that another one does.
json figure_of_its_own(Recipes& from) {
    const auto scheme = from.value(*nouns::figure.field("code"));
    return {{"measure", "household_grant_paid"},
            {"aggregate", "count"},
            {"filter", {{{"dimension", "scheme"}, {"value", scheme}}}},
            {"claim", {{"text", "1"}, {"comparator", "exact"}, {"value", 1}, {"precision", 1}}}};
}

/// A postcode that no other record of ours has, nor anybody's: the last digits of a name of ours, and of its maker's,
/// count.
json postcode_of_its_own(Recipes& from) {
    constexpr int lanes = 11, each = 60'000;
    const auto made = from.value(*nouns::ward_postcode.field("ward")).get<std::string>();
    const auto dash = made.rfind('-');
    const char last = dash == 0 ? '-' : made[dash - 1];
    const int lane = last >= '0' && last <= '9' ? last - '0' : lanes - 1;
    int n = lane * each + std::stoi(made.substr(dash + 1)) % each;
    const auto take = [&n](int of) {
        const int digit = n % of;
        n /= of;
        return digit;
    };
    std::string out = " " + std::to_string(take(10));
    for (int i = 0; i < 2; ++i) out += static_cast<char>('A' + take(26));
    return {{"postcode", "ZZ" + std::to_string(1 + n) + out}};
}

/// A profile of a kind that files hold, with fields that it has.
json profile_of_persons(Recipes&) {
    return {{"kind", "persons"},
            {"columns", {{{"header", "Surname"}, {"field", "name"}}}},
            {"constants", {{{"field", "safe_contact"}, {"value", "ask first"}}}},
            {"meanings", {{{"header", "Surname"}, {"said", "n/k"}, {"means", "Unknown"}}}},
            {"skips", {{{"header", "Status"}, {"said", "left"}}}},
            {"needs", {{{"columns", "Surname"}}}}};
}

const std::array recipes{
    Recipe{&nouns::ward_postcode, postcode_of_its_own},
    Recipe{&nouns::import_profile, profile_of_persons},
    Recipe{&nouns::figure, figure_of_its_own},
    Recipe{&nouns::scheme_version, terms},
    Recipe{&nouns::application, business_and_premises},
    Recipe{&nouns::payment, fresh_award},
    Recipe{&nouns::volunteer, fresh_person},
    Recipe{&nouns::merge, two_persons},
    Recipe{&nouns::publication, something_sealed},
    Recipe{&nouns::external_funding, bid},
    Recipe{&nouns::council_tax_posting, on_application},
};

/// What a step's body needs besides its required fields.
struct StepRecipe {
    std::string_view noun, path;
    json more;
};
const std::array step_recipes{
    StepRecipe{"application", "assessments", {{"band", "any"}, {"amount_pence", 10'000}}},
    StepRecipe{"application", "decisions", {{"decided_on", "2020-05-31"}}},  // so that a payment's day can be corrected
    StepRecipe{"api_token", "role-changes", {{"role", "finance"}}},
};

}  // namespace

std::string Recipes::words(const Field& field) {
    auto out = prefix_ + std::to_string(++made_);
    while (static_cast<std::int64_t>(out.size()) < field.least) out += '-';
    return out;
}

std::string Recipes::code_of(std::string_view noun) {
    const auto& record = one(noun);
    const auto key = nouns::named(noun).key;
    return record.at(std::string{key.empty() ? "code" : key}).get<std::string>();
}

json Recipes::value(const Field& field) {
    switch (field.kind) {
        case Kind::choice:
            return field.choices.front();
        case Kind::choices:
            return json::array({field.choices.empty() ? std::string_view{"some_code"} : field.choices.front()});
        case Kind::pence:
        case Kind::count:
            return std::max<std::int64_t>(field.least, 1);
        case Kind::day:
            return past_day;
        case Kind::instant:
            return std::string{past_day} + "T09:00:00Z";
        case Kind::flag:
            return true;
        case Kind::id:
            return one(field.refers).at("id");
        case Kind::code:
            return code_of(field.refers);
        case Kind::postcode:
            return "SK1 3XE";
        case Kind::phone:
            return "01614960000";
        case Kind::email:
            return "somebody@example.org";
        case Kind::digits:
            return std::string(static_cast<std::size_t>(field.most), '1');
        case Kind::rows:
            return json::array({filled(field.rows->fields)});
        case Kind::text:
            break;
    }
    return words(field);
}

json Recipes::filled(std::span<const Field> fields) {
    auto out = json::object();
    for (const auto& field : fields) {
        const bool by_recipe = field.kind == Kind::id && field.refers.empty();
        if (field.required && !field.derived && !by_recipe) set_at(out, field.name, value(field));
    }
    return out;
}

json Recipes::body(const Noun& noun) {
    auto out = filled(noun.fields);
    if (!noun.owner.empty()) set_at(out, noun.owner, partner);
    for (const auto& recipe : recipes) {
        if (recipe.noun->name == noun.name) out.merge_patch(recipe.more(*this));
    }
    return out;
}

json Recipes::body(const Noun& noun, const Step& step, std::string_view event) {
    auto out = filled(step.fields);
    if (!step.chooser.empty()) set_at(out, step.chooser, event);
    for (const auto& recipe : step_recipes) {
        if (recipe.noun == noun.name && recipe.path == step.path) out.merge_patch(recipe.more);
    }
    return out;
}

json Recipes::correction(const Noun& noun) {
    const Field* chosen = nullptr;
    for (const auto kind : {Kind::text, Kind::count, Kind::pence, Kind::day}) {
        for (const auto& field : noun.fields) {
            if (chosen == nullptr && field.kind == kind && may_be_corrected(field) && !field.derived) chosen = &field;
        }
    }
    for (const auto& field : noun.fields) {  // what a step of another record said
        if (chosen == nullptr && field.kind == Kind::day && may_be_corrected(field)) {
            return {{"reason", "It was heard wrongly."}, {"changes", {{std::string{field.name}, past_day}}}};
        }
    }
    if (chosen == nullptr) throw std::runtime_error("Nothing of " + std::string{noun.title} + " can be corrected.");
    auto wanted = value(*chosen);
    if (wanted.is_number()) wanted = wanted.get<std::int64_t>() + 1;
    if (chosen->kind == Kind::day) wanted = "2020-05-31";
    json out{{"reason", "It was heard wrongly."}, {"changes", json::object()}};
    set_at(out["changes"], chosen->name, wanted);
    return out;
}

bool changes(const Route& route) {
    return route.verb == Verb::post && route.noun != nullptr;
}
bool creates(const Route& route) {
    return route.action == Action::record;
}
bool corrects(const Route& route) {
    return route.action == Action::correct;
}
bool steps(const Route& route) {
    return route.action == Action::step;
}
bool lists(const Route& route) {
    return route.action == Action::list;
}
bool counts(const Route& route) {
    return route.action == Action::count;
}
bool reads(const Route& route) {
    return route.action == Action::read;
}

namespace {

const Route* route_of(const Noun& noun, bool (*is_it)(const Route&)) {
    for (const auto& route : routes()) {
        if (is_it(route) && route.noun->name == noun.name) return &route;
    }
    return nullptr;
}

}  // namespace

const Route* creating(const Noun& noun) {
    return route_of(noun, creates);
}

const Route* correcting(const Noun& noun) {
    return route_of(noun, corrects);
}

const Route* reading(const Noun& noun) {
    return route_of(noun, reads);
}

const Route* listing(const Noun& noun) {
    return route_of(noun, lists);
}

const Route& stepping(const Noun& noun, const Step& step) {
    for (const auto& route : routes()) {
        if (steps(route) && route.noun->name == noun.name && route.step == &step) return route;
    }
    throw std::runtime_error("No route leads to the step " + std::string{noun.name} + " " + std::string{step.path});
}

std::vector<std::string_view> events(const Step& step) {
    if (step.chooser.empty()) return {step.event};
    for (const auto& field : step.fields) {
        if (field.name == step.chooser) return {field.choices.begin(), field.choices.end()};
    }
    throw std::logic_error("a chooser that is no field");
}

const Step& step_making(const Noun& noun, std::string_view event) {
    for (const auto& step : noun.steps) {
        const auto all = events(step);
        if (std::find(all.begin(), all.end(), event) != all.end()) return step;
    }
    throw std::runtime_error("No step of " + std::string{noun.name} + " makes the move " + std::string{event});
}

std::vector<std::string_view> states(const Noun& noun) {
    std::set<std::string_view> out;
    for (const auto& move : noun.moves) out.insert(move.from), out.insert(move.to);
    return {out.begin(), out.end()};
}

std::vector<Role> every_role() {
    std::vector<Role> out;
    for (std::size_t i = 1; i < role_names.size(); ++i) out.push_back(static_cast<Role>(i));
    return out;
}

Role one_of(Roles roles) {
    if (roles.has(Role::everyone)) return Role::everyone;
    for (const auto role : every_role()) {
        if (role != Role::partner && roles.has(role)) return role;
    }
    return Role::partner;
}

std::string target_of(const Route& route, const std::string& argument) {
    std::string out{route.path};
    const auto from = out.find('{');
    if (from != std::string::npos) out.replace(from, out.find('}') - from + 1, argument);
    return out;
}

std::string etag_of(const json& record) {
    return "\"" + std::to_string(record.at("version").get<int>()) + "\"";
}

}  // namespace tideover::testing
