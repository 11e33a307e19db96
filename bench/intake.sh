# intake: accepted calls a second over HTTP, divided by what pgbench does with the same rows. Sourced by run.sh.
# shellcheck shell=bash

INTAKE_ROUNDS=3
INTAKE_SECONDS=6

# 128 connections of pgbench need more room than the service does. Nothing else differs from its settings.
allow_connections() {
    cluster_at "$WORK"
    ask postgres "ALTER SYSTEM SET max_connections = 160"
    cluster_down
    start_cluster
}

# Both leave calls a second in RATE.
over_http() {
    start_server bench_service
    load 2 128 calls.lua "$URL"
    ACCEPTED=$((ACCEPTED + REQUESTS - FAILED))
    load "$INTAKE_SECONDS" 128 calls.lua "$URL"
    stop_server "$SERVER"
    if ((FAILED > 0)); then spoil "$FAILED of $REQUESTS requests were not accepted"; fi
    ACCEPTED=$((ACCEPTED + REQUESTS - FAILED))
    RATE=$(calculate "$REQUESTS * 1000000 / $TOOK_US" 0)
}
over_socket() { # CONNECTIONS
    local out
    out=$("$POSTGRES_BIN/pgbench" --no-vacuum --protocol=prepared --jobs=2 --client="$1" --time="$INTAKE_SECONDS" \
        --file="$BENCH/call.sql" --define=authority="$AUTHORITY" --define=staff="$STAFF" --define=token="$TOKEN_ID" \
        --define=answer="$ANSWER" "$(service_of bench_floor)" 2>"$WORK/log/pgbench.log") ||
        die "pgbench failed: $(tail -n 1 "$WORK/log/pgbench.log")" "less $WORK/log/pgbench.log"
    RATE=$(awk '/^tps = / {printf "%.0f", $3}' <<<"$out")
}

# The floor writes in the name of such a member of staff as the service's, and stores an answer that the service gave.
prepare_intake() {
    allow_connections
    make_database bench_service
    make_database bench_floor
    TOKEN=$(make_token bench_service)
    export TOKEN
    start_server bench_service
    load 1 1 calls.lua "$URL"
    stop_server "$SERVER"
    ANSWER=$(ask bench_service "SELECT body FROM idempotency LIMIT 1")
    make_token bench_floor >/dev/null
    IFS='|' read -r STAFF TOKEN_ID < <(ask bench_floor "SELECT staff_id, id FROM api_token")
    ACCEPTED=$REQUESTS
}

# What was accepted is there, and every total agrees with it.
check_intake() {
    local rows
    rows=$(ask bench_service "SELECT count(*) FROM call")
    if ((rows < ACCEPTED)); then spoil "$ACCEPTED calls were accepted, and $rows are there"; fi
    TIDEOVER_OWNER_DATABASE=$(owner_of bench_service) "$BINARY" verify --authority "$AUTHORITY" >&2 ||
        spoil "the service's totals do not agree with its records"
}

measure_intake() {
    local round connections best service=()
    local -A floor=()
    prepare_intake
    for ((round = 1; round <= INTAKE_ROUNDS; round++)); do
        over_http
        service+=("$RATE")
        say "intake $round/$INTAKE_ROUNDS: service, 128 clients: $RATE calls a second"
        for connections in 8 32 128; do
            over_socket "$connections"
            floor[$connections]+=" $RATE"
            say "intake $round/$INTAKE_ROUNDS: pgbench, $connections connections: $RATE calls a second"
        done
    done
    check_intake
    # shellcheck disable=SC2086 # numbers, one a round
    best=$(largest "$(median ${floor[8]})" "$(median ${floor[32]})" "$(median ${floor[128]})")
    figure intake "$(calculate "$(median "${service[@]}") / $best")" ">=1.3"
}
