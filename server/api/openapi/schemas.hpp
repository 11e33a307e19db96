// JSON schemas of fields, records and reports.
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>

#include "db/reports/report.hpp"
#include "domain/nouns.hpp"

namespace tideover::openapi_document {

using Json = nlohmann::ordered_json;

[[nodiscard]] Json schema_of(const Field& field);
/// The names of the roles.
[[nodiscard]] Json role_list(Roles roles);
/// The states that the noun's records can be in: a text with their words.
[[nodiscard]] Json state_schema(const Noun& noun);
/// The same with nothing filled in where it is not said: what a correction does not name stays.
[[nodiscard]] Json without_defaults(Json schema);
/// "CouncilTaxAccount", of "council_tax_account".
[[nodiscard]] std::string type_name(std::string_view noun);
[[nodiscard]] Json nullable(Json schema);
[[nodiscard]] Json ref(const std::string& kind, const std::string& name);

/// Properties by name, with groups where names have dots; the names of those that are needed are added to `required`.
[[nodiscard]] Json properties(std::span<const Field> fields, bool derived_too, Json& required);
/// What somebody sends: nothing besides.
[[nodiscard]] Json object_of(std::span<const Field> fields);
/// A record as it is read: all of it is there, though it may be null; but for what not every reader sees.
[[nodiscard]] Json record_schema(const Noun& noun);
/// The steps of one kind that a record took: what was said, by whom and when.
[[nodiscard]] Json taken_schema(const Step& step);
/// Numbers by the fields that somebody asked for.
[[nodiscard]] Json counts_schema(const Noun& noun);
/// A row of a report: everything is there, and null where it is not needed.
[[nodiscard]] Json row_schema(const db::Report& report);

}  // namespace tideover::openapi_document
