# start: from the start of the program to its word that it is ready, on a migrated database; and what a connection that
# asks for nothing costs. Sourced by run.sh.
# shellcheck shell=bash

START_ROUNDS=9
IDLE_CLIENTS=1000

# Leaves the time in MILLISECONDS: the server says that it is ready into a pipe that we read.
time_of_start() { # DATABASE
    local pipe=$WORK/ready.pipe line began
    rm -f "$pipe"
    mkfifo "$pipe"
    began=$(date +%s%N)
    TIDEOVER_DATABASE=$(service_of "$1") TIDEOVER_OWNER_DATABASE=$(owner_of "$1") \
        "$BINARY" serve --port 0 --authority "$AUTHORITY" >"$pipe" 2>>"$WORK/log/$1.log" &
    SERVERS+=($!)
    read -r line <"$pipe"
    MILLISECONDS=$(calculate "($(date +%s%N) - $began) / 1000000" 0)
    [[ $line == ready* ]] || spoil "the server did not start"
    stop_server "${SERVERS[-1]}"
}

# shellcheck disable=SC2153 # start_server sets it
resident_kib() { awk '/^VmRSS:/ {print $2}' "/proc/$SERVER/status"; }
idle_connected() { (($(curl -s -m 5 "$URL/metrics" | awk '/^tideover_connections / {print int($2)}') >= IDLE_CLIENTS)); }

measure_start() {
    local round times=() before idle
    make_database bench_start
    for ((round = 1; round <= START_ROUNDS; round++)); do
        time_of_start bench_start
        times+=("$MILLISECONDS")
    done
    say "start: ${times[*]} ms"
    figure start-ms "$(median "${times[@]}")" "<200"
    TOKEN=$(make_token bench_start)
    export TOKEN
    start_server bench_start
    load 2 128 calls.lua "$URL" # so that what is kept for later is there already
    before=$(resident_kib)
    wrk --threads 1 --connections "$IDLE_CLIENTS" --duration 15 --script "$BENCH/idle.lua" "$URL" >/dev/null 2>&1 &
    idle=$!
    SERVERS+=("$idle")
    wait_for 10 idle_connected || spoil "the idle clients did not connect"
    figure idle-kib "$(calculate "($(resident_kib) - $before) / $IDLE_CLIENTS" 1)" "<=20"
    stop_server "$idle"
}
