# public-load: what 48 clients without a token, on the routes that count the most, cost those who log calls. Sourced by
# run.sh.
# shellcheck shell=bash

PUBLIC_ROUNDS=5
PUBLIC_SECONDS=4

public_is_there() { curl -s "$URL/metrics" | awk '/^tideover_connections / {exit !($2 >= 48)} END {if (!NR) exit 1}'; }

measure_public() {
    local round alone asking paths publisher first second opening ratios=() publics=$WORK/log/public.out
    fill bench_public 200000 20000
    stop_server "$SERVER"
    start_server bench_public --dear-request 1
    TOKEN=$(make_token bench_public)
    export TOKEN
    publisher=$(make_publisher bench_public)
    first=$(post_publication first "$publisher" 2021-01-31)
    opening=$(ask bench_public "SELECT wire(at) FROM seal ORDER BY at LIMIT 1")
    load 1 4 calls.lua "$URL"
    wait_for 60 is_folded bench_public || spoil "the calls were not folded"
    second=$(post_publication second "$publisher" 2021-01-31 ",\"supersedes_id\":\"$first\"")
    paths="/v1/publications/$second/restatement /v1/headlines/new-volunteers/wards /v1/headlines/holiday-vouchers/wards"
    paths+=" /v1/headlines/helpline-calls-received/bridge?opening=$opening /v1/headlines /"
    for ((round = 1; round <= PUBLIC_ROUNDS; round++)); do
        load "$PUBLIC_SECONDS" 4 calls.lua "$URL"
        if ((FAILED > 0)); then spoil "calls failed"; fi
        alone=$P99_US
        PATHS=$paths TOKEN='' wrk --threads 1 --connections 48 --duration $((PUBLIC_SECONDS + 2)) --timeout 10 \
            --script "$BENCH/reads.lua" "$URL" >"$publics" &
        asking=$! # a process substitution in load() takes its place
        wait_for 5 public_is_there || spoil "the public did not connect"
        load "$PUBLIC_SECONDS" 4 calls.lua "$URL"
        wait "$asking"
        if ((FAILED > 0)); then spoil "calls failed beside the public"; fi
        if ! grep -q '^result [1-9][0-9]* [0-9]* 0 ' "$publics"; then spoil "the public was refused: $(tail -n 1 "$publics")"; fi
        ratios+=("$(calculate "$P99_US / $alone" 3)")
        say "public-load $round/$PUBLIC_ROUNDS: $alone us alone, $P99_US us beside 48 public clients ($(awk '/^result/ {print $2}' "$publics") answers)"
    done
    figure public-load "$(calculate "$(median "${ratios[@]}")")" "<=2"
}
