// Tells whether the database would take a write now.
#pragma once

#include <string>

namespace tideover::db::readiness {

/// Does what a write needs, on a connection of its own as a new one would be, and stores nothing. Returns the number of
/// the database's latest migration. Throws Fault: `unfit` where the database's program or files are at fault.
int try_write(const std::string& conninfo);

}  // namespace tideover::db::readiness
