# replay: the plan's year through the API, and what the server holds in memory afterwards. Sourced by run.sh.
# shellcheck shell=bash

measure_replay() {
    local started resident
    make_database bench_replay
    TIDEOVER_OWNER_DATABASE=$(owner_of bench_replay) "$BINARY" token demo --authority "$AUTHORITY" >"$WORK/demo-tokens.tsv"
    rm -f "$WORK/replay.json"
    start_server bench_replay
    started=$(date +%s%N)
    "$BINARY" replay --to "$URL" --tokens "$WORK/demo-tokens.tsv" --state "$WORK/replay.json" ||
        spoil "the replay did not complete"
    figure replay-seconds "$(calculate "($(date +%s%N) - $started) / 1000000000" 1)" "<120"
    resident=$(awk '/^VmRSS:/ {print $2}' "/proc/$SERVER/status")
    figure server-rss-mb "$(calculate "$resident / 1024" 0)" "<100"
    rm -f "$WORK/demo-tokens.tsv"
}
