# slow-clients: how much longer the others wait while 2,000 slow clients are connected. Sourced by run.sh.
# shellcheck shell=bash

SLOW_ROUNDS=3
SLOW_SECONDS=5
SLOW_CLIENTS=2000
# slowhttptest's ways: headers, bodies and reading, each a little at a time.
declare -A SLOW_WAYS=(
    [headers]='-H -i 2 -x 24'
    [bodies]='-B -i 2 -x 24 -s 60000'
    [reading]='-X -w 256 -y 512 -n 2 -z 32 -k 3'
)

connected() { # COUNT
    local now
    now=$(curl -s -m 5 "$URL/metrics" | awk '/^tideover_connections / {print int($2)}')
    ((${now:-0} >= $1))
}

# Leaves the 99th percentile in P99_US. Sixteen clients record calls, each twenty times a second at most.
others() {
    PAUSE_MS=50 load "$SLOW_SECONDS" 16 calls.lua "$URL"
    if ((FAILED > 0)); then spoil "$FAILED of $REQUESTS requests of others failed"; fi
}

with_slow_clients() { # WAY
    local attack words
    read -ra words <<<"${SLOW_WAYS[$1]}"
    if [[ $1 == reading ]]; then words+=(-u "$URL/docs"); else words+=(-u "$URL/v1/calls"); fi
    (
        ulimit -n 8192
        exec slowhttptest -c "$SLOW_CLIENTS" -r 1000 -l 60 -p 5 -v 0 "${words[@]}"
    ) >"$WORK/log/slow-$1.log" 2>&1 &
    attack=$!
    SERVERS+=("$attack")
    wait_for 30 connected "$((SLOW_CLIENTS * 3 / 4))" || spoil "the slow clients did not connect ($1)"
    others
    stop_server "$attack"
    wait_for 60 fewer_than 10 || spoil "the slow clients are still connected ($1)"
}
fewer_than() { ! connected "$1"; }

measure_slow() {
    local way round before ratios medians=()
    make_database bench_slow
    TOKEN=$(make_token bench_slow)
    export TOKEN
    start_server bench_slow
    load 2 16 calls.lua "$URL"
    for way in headers bodies reading; do
        ratios=()
        for ((round = 1; round <= SLOW_ROUNDS; round++)); do
            others
            before=$P99_US
            with_slow_clients "$way"
            ratios+=("$(calculate "$P99_US / $before" 3)")
            say "slow $way $round/$SLOW_ROUNDS: 99th percentile $(calculate "$before / 1000") ms," \
                "beside $SLOW_CLIENTS slow clients $(calculate "$P99_US / 1000") ms"
        done
        medians+=("$(median "${ratios[@]}")")
    done
    figure slow-clients "$(largest "${medians[@]}")" "<=2"
}
