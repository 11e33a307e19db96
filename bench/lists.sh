# csv: a whole list of 1,000,000 calls over HTTP, divided by what \copy does with the same columns. Sourced by run.sh.
# shellcheck shell=bash

LISTS_CALLS=1000000
LISTS_ROUNDS=3

# The seconds that a command takes, in TOOK.
timed() {
    local began=$EPOCHREALTIME
    "$@" || spoil "$1 failed"
    TOOK=$(calculate "$EPOCHREALTIME - $began" 3)
}
list_over_http() {
    curl -sfo "$WORK/calls.csv" -H "Authorization: Bearer $1" -H 'Accept: text/csv' "$URL/v1/calls"
}
list_over_socket() {
    psql -X -q -v ON_ERROR_STOP=1 "$(owner_of bench_lists)" -f "$BENCH/calls_copy.sql" >"$WORK/copied.csv"
}

measure_csv() {
    local round rows over_http ratios=() token
    make_database bench_lists
    token=$(make_token bench_lists)
    say "csv: $LISTS_CALLS calls"
    psql -X -q -v ON_ERROR_STOP=1 -v authority="$AUTHORITY" -v calls="$LISTS_CALLS" -f "$BENCH/calls.sql" \
        "$(owner_of bench_lists)"
    ask bench_lists "VACUUM ANALYZE call"
    start_server bench_lists --spool "$WORK"
    for ((round = 1; round <= LISTS_ROUNDS; round++)); do
        timed list_over_http "$token"
        over_http=$TOOK
        timed list_over_socket
        ratios+=("$(calculate "$TOOK / $over_http" 3)")
        say "csv $round/$LISTS_ROUNDS: $over_http s over HTTP, $TOOK s by \\copy"
    done
    for file in calls copied; do
        rows=$(wc -l <"$WORK/$file.csv")
        ((rows == LISTS_CALLS + 1)) || spoil "$file.csv has $rows lines"
    done
    figure csv "$(calculate "$(median "${ratios[@]}")")" ">=0.5"
    figure csv-rss-mb "$(awk '/^VmHWM/ {printf "%.0f", $2 / 1024}' "/proc/$SERVER/status")" "<100"
    rm -f "$WORK/calls.csv" "$WORK/copied.csv"
}
