# verify: what fifty times as many publications cost whoever proves that all of them still hold. Sourced by run.sh.
# shellcheck shell=bash

VERIFY_ROUNDS=3
PUBLICATIONS=100

# Leaves the seconds that `tideoverd verify` takes in VERIFY_SECONDS.
time_verify() { # DATABASE
    local began=$EPOCHREALTIME
    TIDEOVER_OWNER_DATABASE=$(owner_of "$1") "$BINARY" verify --authority "$AUTHORITY" >"$WORK/log/verify.out" ||
        spoil "verify found differences: $(tail -n 1 "$WORK/log/verify.out")"
    VERIFY_SECONDS=$(calculate "$EPOCHREALTIME - $began" 3)
}

# Publishes until there are so many: each on a seal of its own, in turns as at one day and as at one that moves on.
publish_until() { # NUMBER TOKEN
    for ((PUBLISHED++; PUBLISHED <= $1; PUBLISHED++)); do
        PAUSE_MS=250 load 1 1 calls.lua "$URL"
        wait_for 60 is_folded bench_replay || spoil "the calls were not folded"
        post_publication "no-$PUBLISHED" "$2" \
            "$(date -u -d "2020-06-01 + $((PUBLISHED % 2 ? 244 : 2 * PUBLISHED)) days" +%F)" >/dev/null
    done
    PUBLISHED=$1
}

measure_verify() {
    local round publisher few many=()
    if [[ $(ask postgres "SELECT 1 FROM pg_database WHERE datname = 'bench_replay'") ]]; then
        start_server bench_replay
    else
        play_year
    fi
    TOKEN=$(make_token bench_replay)
    export TOKEN
    publisher=$(make_publisher bench_replay)
    PUBLISHED=2 # the year publishes twice
    for ((round = 1; round <= VERIFY_ROUNDS; round++)); do
        time_verify bench_replay
        many+=("$VERIFY_SECONDS")
    done
    few=$(median "${many[@]}") many=()
    say "verify: $few s with $PUBLISHED publications"
    publish_until "$PUBLICATIONS" "$publisher"
    for ((round = 1; round <= VERIFY_ROUNDS; round++)); do
        time_verify bench_replay
        many+=("$VERIFY_SECONDS")
        say "verify $round/$VERIFY_ROUNDS: $VERIFY_SECONDS s with $PUBLISHED publications"
    done
    figure verify "$(calculate "$(median "${many[@]}") / $few")" "<=1.5"
}
