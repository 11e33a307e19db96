# replay: the plan's year through the API, and what the server holds in memory afterwards. Sourced by run.sh.
# shellcheck shell=bash

# Plays the year into the database bench_replay, whose server then runs, and leaves the seconds that it took in YEAR_SECONDS.
play_year() {
    local began
    make_database bench_replay
    TIDEOVER_OWNER_DATABASE=$(owner_of bench_replay) TIDEOVER_AUTHORITY=$AUTHORITY demo_tokens >"$WORK/demo-tokens.tsv"
    rm -f "$WORK/replay.json"
    start_server bench_replay
    began=$EPOCHREALTIME
    "$DEMO" replay --to "$URL" --tokens "$WORK/demo-tokens.tsv" --state "$WORK/replay.json" ||
        spoil "the replay did not complete"
    YEAR_SECONDS=$(calculate "$EPOCHREALTIME - $began" 1)
    rm -f "$WORK/demo-tokens.tsv"
}

measure_replay() {
    local resident
    play_year
    figure replay-seconds "$YEAR_SECONDS" "<120"
    resident=$(awk '/^VmRSS:/ {print $2}' "/proc/$SERVER/status")
    figure server-rss-mb "$(calculate "$resident / 1024" 0)" "<100"
}
