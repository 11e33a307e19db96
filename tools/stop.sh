# Stops whatever of the service is alive, in order, however much of it a crash left. Sourced, not run.
# shellcheck shell=bash

# Expects cluster_at. The keeper stops its server and the database; what is left without a keeper is stopped from here.
stop_service() {
    end_process keeper 100
    end_process server 30
    cluster_down
    rm -f "$STATE/keeper.pid" "$STATE/server.pid"
}
service_is_alive() { live_pid keeper >/dev/null || live_pid server >/dev/null || postmaster_pid >/dev/null; }
