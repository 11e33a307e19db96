#!/usr/bin/env bash
# Runs the server and, when it ends for whatever reason, stops the database. Started by `up` in a session of its own,
# so that Ctrl-C at the terminal reaches only `up`, and the order stays: stop accepting, finish requests, stop database.
# shellcheck disable=SC2317 # the handlers below are reached by signals
set -euo pipefail
# shellcheck source=tools/common.sh
source "$TIDEOVER_ROOT/tools/common.sh"
# shellcheck source=tools/cluster.sh
source "$TIDEOVER_ROOT/tools/cluster.sh"

server='' asked=''

# Knows its child by number, not by its record, which somebody may have removed with the folder. A drain that hangs is
# cut after half a minute. Errors must not end a handler half-way.
server_gone() { ! start_time "$server" >/dev/null; }
stop_server() {
    set +e
    asked=yes
    if [[ $server ]] && kill -TERM "$server" 2>/dev/null; then
        wait_for 30 server_gone || kill -KILL "$server"
    fi
}
finish() {
    trap '' TERM INT HUP
    if ! server_gone; then stop_server; fi
    set +e
    cluster_down
    rm -f "$STATE/server.pid" "$STATE/keeper.pid"
}

server_ended() {
    wait "$server" && code=0 || code=$?
    ! kill -0 "$server" 2>/dev/null
}

cd "$TIDEOVER_ROOT"
cluster_at "$VAR"
database_environment
trap finish EXIT
trap stop_server TERM INT HUP
exec 8>>"$LOG/server.log" # what it says before it has its log
"$BINARY" serve --log "$LOG/server.log" --bind "$1" --port "$2" --authority "$AUTHORITY" "${@:3}" </dev/null >"$STATE/server.out" 2>&8 &
server=$!
record_pid server "$server"
until server_ended; do :; done
if [[ $asked ]]; then exit 0; fi
printf '%s the server ended by itself with exit code %s\n' "$(date -u +%FT%TZ)" "$code"
exit "$((code == 0 ? 1 : code))"
