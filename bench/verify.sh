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
        wait_for 60 is_folded bench_verify || spoil "the calls were not folded"
        post_publication "no-$PUBLISHED" "$2" \
            "$(date -u -d "2020-06-01 + $((PUBLISHED % 2 ? 244 : 2 * PUBLISHED)) days" +%F)" >/dev/null
    done
    PUBLISHED=$1
}

measure_verify() {
    local round publisher few many ratios=()
    fill bench_verify 200000 20000
    TOKEN=$(make_token bench_verify)
    export TOKEN
    publisher=$(make_publisher bench_verify)
    PUBLISHED=0
    publish_until 2 "$publisher"
    few=()
    for ((round = 1; round <= VERIFY_ROUNDS; round++)); do time_verify bench_verify && few+=("$VERIFY_SECONDS"); done
    say "verify: $(median "${few[@]}") s with 2 publications"
    publish_until "$PUBLICATIONS" "$publisher"
    for ((round = 1; round <= VERIFY_ROUNDS; round++)); do
        time_verify bench_verify
        ratios+=("$(calculate "$VERIFY_SECONDS / $(median "${few[@]}")" 3)")
        say "verify $round/$VERIFY_ROUNDS: $VERIFY_SECONDS s with $PUBLICATIONS"
    done
    figure verify "$(calculate "$(median "${ratios[@]}")")" "<=1.5"
}
