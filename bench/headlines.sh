# headlines: what a hundred times as many entries and subjects cost whoever asks for the figures. Sourced by run.sh.
# shellcheck shell=bash

HEADLINES_ROUNDS=7
HEADLINES_SECONDS=2
BATCHES=4

is_folded() { # DATABASE
    [[ $(ask "$1" "SELECT (SELECT max(seq) FROM entry) <= coalesce((SELECT max(seq) FROM fold), 0)") == t ]]
}

# Starts a server on a database with so many entries, which it has sealed and folded batch by batch.
fill() { # DATABASE ENTRIES SUBJECTS
    local batch size=$(($2 / BATCHES))
    make_database "$1"
    start_server "$1"
    for ((batch = 0; batch < BATCHES; batch++)); do
        say "headlines: $1, batch $((batch + 1)) of $BATCHES"
        psql -X -q -o /dev/null -v ON_ERROR_STOP=1 -v authority="$AUTHORITY" -v first=$((batch * size + 1)) \
            -v last=$(((batch + 1) * size)) -v subjects="$3" -f "$BENCH/entries.sql" "$(owner_of "$1")"
        wait_for 600 is_folded "$1" || die "the entries were not folded in ten minutes" "tail $WORK/log/$1.log"
    done
    ask "$1" "VACUUM ANALYZE"
}

# The figures as at so many days that no answer is still there when its turn comes again. All are past the last entry.
days_to_ask() { # ADDRESS
    seq 0 999 | sed 's/.*/2021-02-01 + & days/' | date -u -f - "+$1"
}
ALL_FIGURES='/v1/headlines?as_at=%F'
BY_MONTH='/v1/headlines/helpline-calls-received/parts?by=month&as_at=%F'  # of a year and more
SUBJECTS_BY_MONTH='/v1/headlines/food-shop-households/parts?by=month&as_at=%F'

# Leaves the median latency in MEDIAN_US. One client asks, again and again; another writes four calls a second, so that
# there is always a tail after the last fold, and a fold each second.
read_headlines() { # DATABASE URL TOKEN ADDRESS
    local writer
    TOKEN=$3 PAUSE_MS=250 wrk --threads 1 --connections 1 --duration $((HEADLINES_SECONDS + 1)) \
        --script "$BENCH/calls.lua" "$2" >"$WORK/log/writer.out" &
    writer=$!
    sleep 0.5
    PATHS=$(days_to_ask "$4") TOKEN=$3 load "$HEADLINES_SECONDS" 1 reads.lua "$2"
    wait "$writer"
    if ((FAILED > 0)) || ! grep -q '^result [1-9][0-9]* [0-9]* 0 ' "$WORK/log/writer.out"; then
        spoil "requests to $1 failed"
    fi
}

compare_headlines() { # NAME TARGET ADDRESS-FEW ADDRESS-MANY
    local round few ratios=()
    for ((round = 1; round <= HEADLINES_ROUNDS; round++)); do
        read_headlines bench_few "$FEW_URL" "$FEW_TOKEN" "$3"
        few=$MEDIAN_US
        read_headlines bench_many "$MANY_URL" "$MANY_TOKEN" "$4"
        ratios+=("$(calculate "$MEDIAN_US / $few" 3)")
        say "$1 $round/$HEADLINES_ROUNDS: $(calculate "$few / 1000") ms of 10,000 entries," \
            "$(calculate "$MEDIAN_US / 1000") ms of 1,000,000"
    done
    figure "$1" "$(calculate "$(median "${ratios[@]}")")" "$2"
}

middle_seal() { # DATABASE
    ask "$1" "SELECT '&known_at=' || wire(at) FROM seal ORDER BY at OFFSET $((BATCHES / 2 - 1)) LIMIT 1"
}

measure_headlines() {
    local few_past many_past
    fill bench_few 10000 1000
    FEW_URL=$URL FEW_TOKEN=$(make_token bench_few) few_past=$(middle_seal bench_few)
    fill bench_many 1000000 100000
    MANY_URL=$URL MANY_TOKEN=$(make_token bench_many) many_past=$(middle_seal bench_many)
    compare_headlines headlines "<=1.3" "$ALL_FIGURES" "$ALL_FIGURES"
    compare_headlines headlines-past "<=3" "$ALL_FIGURES$few_past" "$ALL_FIGURES$many_past"
    compare_headlines headlines-by-month "<=1.5" "$BY_MONTH" "$BY_MONTH"
    compare_headlines subjects-by-month "<=1.5" "$SUBJECTS_BY_MONTH" "$SUBJECTS_BY_MONTH"
}
