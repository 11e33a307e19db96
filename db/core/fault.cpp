// Tells from SQLSTATE and constraint what kind of trouble it was: one table.
#include "db/core/fault.hpp"

#include <algorithm>
#include <array>
#include <pqxx/pqxx>
#include <string_view>

namespace tideover::db {
namespace {

struct Row {
    std::string_view sqlstate;
    Trouble trouble;
};
// clang-format off
constexpr auto table = std::to_array<Row>({
    {"23505", Trouble::conflict},
    {"23P01", Trouble::conflict},
    {"23503", Trouble::unknown_reference},
    {"23514", Trouble::broken_rule},
    {"22021", Trouble::bad_text},
    {"22P05", Trouble::bad_text},
    {"55P03", Trouble::busy},
    {"57014", Trouble::busy},
    {"53300", Trouble::busy},
    {"40001", Trouble::busy},
    {"40P01", Trouble::busy},
    {"25006", Trouble::in_doubt},
    {"57P01", Trouble::in_doubt},
    {"57P02", Trouble::in_doubt},
    {"08006", Trouble::in_doubt},
    {"40003", Trouble::in_doubt},
    {"08003", Trouble::lost},
    {"08000", Trouble::lost},
    {"08001", Trouble::lost},
    {"08004", Trouble::lost},
    {"57P03", Trouble::lost},
    {"25P03", Trouble::lost},
    {"53100", Trouble::busy},
    {"53200", Trouble::busy},
    {"58030", Trouble::busy},
    {"58P01", Trouble::unfit},
    {"58000", Trouble::unfit},
    {"XX001", Trouble::unfit},
    {"XX002", Trouble::unfit},
});
// clang-format on

/// The name in `… constraint "name"` of the server's message: the only place where libpqxx 6 keeps it.
std::string constraint_in(std::string_view message) {
    constexpr std::string_view mark = "constraint \"";
    const auto from = message.find(mark);
    if (from == std::string_view::npos) return {};
    const auto start = from + mark.size();
    return std::string{message.substr(start, message.find('"', start) - start)};
}

/// The sentence in `ERROR:  sentence: constraint "name"`, as our triggers raise it.
std::string said_in(std::string_view message) {
    constexpr std::string_view begins = "ERROR:  ";
    const auto until = message.find(": constraint \"");
    if (until == std::string_view::npos || !message.starts_with(begins)) return {};
    return std::string{message.substr(begins.size(), until - begins.size())} + ".";
}

/// What PostgreSQL says of a library that is not of the program that runs (src/backend/utils/fmgr/dfmgr.c): some of it
/// has the SQLSTATE of an unknown function, some none of its own.
bool is_of_another_program(std::string_view message) {
    constexpr std::array<std::string_view, 4> signs{"could not load library", "incompatible library",
                                                    "could not access file", "could not find function"};
    return std::any_of(signs.begin(), signs.end(),
                       [&](std::string_view sign) { return message.find(sign) != std::string_view::npos; });
}

}  // namespace

Fault fault_in_flight(bool committing) {
    try {
        throw;
    } catch (const pqxx::sql_error& e) {
        if (is_of_another_program(e.what())) return {Trouble::unfit, {}, e.what()};
        for (const auto& row : table) {
            if (row.sqlstate == e.sqlstate())
                return {row.trouble, constraint_in(e.what()), e.what(), said_in(e.what())};
        }
        return {Trouble::ours, constraint_in(e.what()), e.sqlstate() + " " + e.what()};
    } catch (const pqxx::serialization_failure& e) {
        return {Trouble::busy, {}, e.what()};
    } catch (const pqxx::broken_connection& e) {
        return {committing ? Trouble::in_doubt : Trouble::lost, {}, e.what()};
    } catch (const pqxx::in_doubt_error& e) {
        return {Trouble::in_doubt, {}, e.what()};
    } catch (const std::exception& e) {
        return {Trouble::ours, {}, e.what()};
    }
}

}  // namespace tideover::db
