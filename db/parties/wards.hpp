// Puts a table of postcodes and their wards in the place of the one before.
#pragma once

#include <string>
#include <vector>

#include "db/core/connection.hpp"

namespace tideover::db::wards {

/// One postcode (in its stored form, "SK1 3XE") and the name of its ward.
struct Row {
    std::string postcode, ward;
};

/// Puts these in the place of all that the authority had, in one transaction. Needs the owner's login.
/// Precondition: no postcode stands twice.
void replace(Connection& connection, const std::string& authority, const std::vector<Row>& rows);

}  // namespace tideover::db::wards
