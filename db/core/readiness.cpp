// Does what a write needs, on a connection of its own.
#include "db/core/readiness.hpp"

#include "db/core/connection.hpp"
#include "db/core/fault.hpp"

namespace tideover::db::readiness {

int try_write(const std::string& conninfo) {
    try {
        Connection connection{with_session_settings(conninfo), answer_deadline};
        // A transaction of its own: the answer comes after what it wrote is on the disk.
        return connection.run("SELECT would_write()")[0][0].as<int>();
    } catch (const Fault&) {
        throw;
    } catch (const std::exception&) {
        throw fault_in_flight(false);
    }
}

}  // namespace tideover::db::readiness
