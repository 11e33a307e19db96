// One shape for what is kept and for a profile, so that the one is a part of the other.
#include "server/formats/table_reading.hpp"

#include <nlohmann/json.hpp>

#include "server/formats/text.hpp"

namespace tideover {
namespace {

using nlohmann::json;

std::string text_at(const json& of, const char* name) {
    const auto found = of.find(name);
    return found == of.end() || found->is_null() ? std::string{} : found->get<std::string>();
}

/// Each object of a list, if there is one.
template <class Take>
void each(const json& of, const char* name, const Take& take) {
    const auto found = of.find(name);
    if (found == of.end() || found->is_null()) return;
    for (const auto& one : *found) take(one);
}

}  // namespace

std::vector<std::string> names_between_commas(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t from = 0; from <= text.size();) {
        const auto end = std::min(text.find(',', from), text.size());
        if (auto name = cleaned(text.substr(from, end - from)).text; !name.empty()) out.push_back(std::move(name));
        from = end + 1;
    }
    return out;
}

std::string json_of(const TableReading& reading) {
    auto out = json::object();
    const auto put = [](json& in, const char* name, const std::string& value) {
        if (!value.empty()) in[name] = value;
    };
    put(out, "profile", reading.profile);
    put(out, "sheet", reading.sheet);
    put(out, "from", reading.from);
    if (reading.header_row != 1) out["header_row"] = reading.header_row;
    if (!reading.left_out.empty()) out["leave_out"] = reading.left_out;
    if (reading.others_left_out) out["others"] = "left_out";
    for (const auto& [column, field, days, money] : reading.columns) {
        auto& one = out["columns"].emplace_back(json{{"header", column}});
        put(one, "field", field), put(one, "days", days), put(one, "money", money);
    }
    for (const auto& [field, value] : reading.constants)
        out["constants"].push_back({{"field", field}, {"value", value}});
    for (const auto& [column, said, means] : reading.meanings) {
        auto& one = out["meanings"].emplace_back(json{{"header", column}, {"said", said}});
        put(one, "means", means);
    }
    for (const auto& [column, said] : reading.skips)
        put(out["skips"].emplace_back(json{{"header", column}}), "said", said);
    for (const auto& need : reading.needs) {
        std::string names;
        for (const auto& name : need) names += (names.empty() ? "" : ", ") + name;
        out["needs"].push_back({{"columns", names}});
    }
    return out.dump();
}

TableReading reading_of(const json& said) {
    TableReading out{.profile = text_at(said, "profile"), .sheet = text_at(said, "sheet")};
    if (const auto row = said.find("header_row"); row != said.end() && !row->is_null()) out.header_row = *row;
    out.from = text_at(said, "from");
    each(said, "leave_out", [&](const json& one) { out.left_out.push_back(one); });
    out.others_left_out = text_at(said, "others") == "left_out";
    each(said, "columns", [&](const json& one) {
        out.columns.push_back(
            {text_at(one, "header"), text_at(one, "field"), text_at(one, "days"), text_at(one, "money")});
    });
    each(said, "constants", [&](const json& one) {
        out.constants.push_back({text_at(one, "field"), text_at(one, "value")});
    });
    each(said, "meanings", [&](const json& one) {
        out.meanings.push_back({text_at(one, "header"), text_at(one, "said"), text_at(one, "means")});
    });
    each(said, "skips", [&](const json& one) { out.skips.push_back({text_at(one, "header"), text_at(one, "said")}); });
    each(said, "needs", [&](const json& one) { out.needs.push_back(names_between_commas(text_at(one, "columns"))); });
    return out;
}

}  // namespace tideover
