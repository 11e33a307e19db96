# overload: what is still done, and how soon the others are refused, when five times as many want something. Sourced by
# run.sh.
# shellcheck shell=bash

OVERLOAD_ROUNDS=3
OVERLOAD_SECONDS=5

# Leaves accepted calls a second in RATE.
accepted() { # CLIENTS
    load "$OVERLOAD_SECONDS" "$1" calls.lua "$URL"
    RATE=$(calculate "($REQUESTS - FAILED) * 1000000 / $TOOK_US" 0)
}

# One more client asks again and again; how long each 503 took, in milliseconds, goes to a file.
refusals() { # FILE
    curl -s -m "$OVERLOAD_SECONDS" -o /dev/null -H "Authorization: Bearer $TOKEN" -w '%{http_code} %{time_total}\n' \
        "$URL/v1/calls?limit=[1-200]" | awk '$1 == 503 {print $2 * 1000}' >>"$1" || true
}

measure_overload() {
    local round peak asking times=$WORK/refusals ratios=()
    make_database bench_overload
    TOKEN=$(make_token bench_overload)
    export TOKEN
    start_server bench_overload
    : >"$times"
    load 2 128 calls.lua "$URL"
    for ((round = 1; round <= OVERLOAD_ROUNDS; round++)); do
        accepted 128
        peak=$RATE
        refusals "$times" &
        asking=$!
        accepted 640
        wait "$asking"
        ratios+=("$(calculate "$RATE / $peak" 3)")
        say "overload $round/$OVERLOAD_ROUNDS: $peak calls a second from 128 clients, $RATE from 640"
    done
    if (($(wc -l <"$times") < 20)); then spoil "only $(wc -l <"$times") refusals were timed"; fi
    TIDEOVER_OWNER_DATABASE=$(owner_of bench_overload) "$BINARY" verify --authority "$AUTHORITY" >&2 ||
        spoil "the totals do not agree with the records"
    figure overload "$(calculate "$(median "${ratios[@]}")")" ">=0.8"
    figure refusal-ms "$(sort -g "$times" | awk '{v[NR] = $1} END {print NR ? v[int(NR * 0.99 + 0.99)] : 9999}')" "<50"
}
