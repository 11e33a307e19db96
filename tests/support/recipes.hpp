// From the route and field tables: for every POST a body that the service accepts, and how to read the tables.
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/nouns.hpp"
#include "server/api/router.hpp"

namespace tideover::testing {

/// Makes bodies. Where they name other records, whoever derives from this knows which.
class Recipes {
public:
    /// The code of the organisation whose members sign in as role partner.
    static constexpr std::string_view partner = "world-partner";
    static constexpr std::string_view past_day = "2020-06-01";

    /// Texts begin with the prefix, so that those of two do not meet.
    explicit Recipes(std::string prefix) : prefix_(std::move(prefix)) {}
    Recipes(const Recipes&) = delete;
    Recipes& operator=(const Recipes&) = delete;
    virtual ~Recipes() = default;

    /// The one record of a noun that others refer to.
    virtual const nlohmann::json& one(std::string_view noun) = 0;
    /// A record of the noun that nothing refers to yet.
    virtual nlohmann::json another(const Noun& noun) = 0;
    /// Sees to it that the ledger has a seal. Where one is known to be there this is nothing.
    virtual void seal_something() {}

    /// A body with which one more record of the noun can be made, and no more in it than needed.
    [[nodiscard]] nlohmann::json body(const Noun& noun);
    [[nodiscard]] nlohmann::json body(const Noun& noun, const Step& step, std::string_view event);
    /// A correction that changes something.
    [[nodiscard]] nlohmann::json correction(const Noun& noun);
    /// A value that the field takes; text is another one each time.
    [[nodiscard]] nlohmann::json value(const Field& field);

private:
    nlohmann::json filled(std::span<const Field> fields);
    std::string code_of(std::string_view noun);
    std::string words(const Field& field);

    std::string prefix_;
    int made_ = 0;
};

// Reading the tables.
/// Whether the route changes records: every POST but those about files and jobs, which have tests of their own.
[[nodiscard]] bool changes(const Route& route);
[[nodiscard]] bool creates(const Route& route);
[[nodiscard]] bool corrects(const Route& route);
[[nodiscard]] bool steps(const Route& route);
[[nodiscard]] bool lists(const Route& route);
[[nodiscard]] bool counts(const Route& route);
[[nodiscard]] bool reads(const Route& route);
[[nodiscard]] const Route* creating(const Noun& noun);
[[nodiscard]] const Route* correcting(const Noun& noun);
[[nodiscard]] const Route* reading(const Noun& noun);
[[nodiscard]] const Route* listing(const Noun& noun);
[[nodiscard]] const Route& stepping(const Noun& noun, const Step& step);
/// The events of a step: one, or those that its body chooses from.
[[nodiscard]] std::vector<std::string_view> events(const Step& step);
[[nodiscard]] const Step& step_making(const Noun& noun, std::string_view event);
[[nodiscard]] std::vector<std::string_view> states(const Noun& noun);
/// One of the roles; staff rather than partners.
[[nodiscard]] Role one_of(Roles roles);
[[nodiscard]] std::vector<Role> every_role();
/// An address of a route, with the arguments of its path filled in.
[[nodiscard]] std::string target_of(const Route& route, const std::string& argument);

/// The ETag of a record as it was read.
[[nodiscard]] std::string etag_of(const nlohmann::json& record);

}  // namespace tideover::testing
