# search: what people type, over 300,000 persons and 1,000,000 calls, divided by the best SQL for the same answer. Sourced
# by run.sh.
# shellcheck shell=bash

SEARCH_PERSONS=300000
SEARCH_CALLS=1000000
SEARCH_ROUNDS=5
SEARCH_QUESTIONS=200

percentile_99() { # of the numbers on stdin
    sort -g | awk '{v[NR] = $1} END {print v[int(NR * 0.99 + 0.999999)]}'
}

# How many of the answers in a folder name the person that was looked for.
found_in() { # FOLDER
    local n reference found=0
    while IFS='|' read -r n reference; do
        grep -qF "\"$reference\"" "$1/$n.json" && found=$((found + 1))
    done < <(ask bench_search "SELECT n, reference FROM bench_typed ORDER BY n")
    printf '%s' "$found"
}

# A connection that is kept asks one question after the other. Prints milliseconds.
search_over_http() { # CONFIGURATION
    curl -sf -K "$1" -w '%{time_total}\n' | awk '{print $1 * 1000}'
}
# Its names with a slip are two statements, which count as one question.
search_over_socket() { # SCRIPT
    psql -X -qtA -v ON_ERROR_STOP=1 "$(owner_of bench_search)" -f "$1" |
        awk '/^Time: / {sum += $2} /^end of question$/ {print sum; sum = 0}'
}

measure_search() {
    local round found over_http over_socket ratios=() token config=$WORK/search.curl bare=$WORK/search_bare.sql all=$WORK/search.ms
    mkdir -p "$WORK/answers"
    make_database bench_search
    token=$(make_token bench_search)
    say "search: $SEARCH_PERSONS persons, $SEARCH_CALLS calls"
    psql -X -q -v ON_ERROR_STOP=1 -v authority="$AUTHORITY" -v persons="$SEARCH_PERSONS" -v calls="$SEARCH_CALLS" \
        -f "$BENCH/search_names.sql" -f "$BENCH/search_people.sql" "$(owner_of bench_search)"
    ask bench_search "VACUUM ANALYZE"
    start_server bench_search
    {
        printf 'header = "Authorization: Bearer %s"\n' "$token"
        ask bench_search "SELECT format(E'url = \"$URL/v1/search?q=%s\"\noutput = \"$WORK/answers/%s.json\"',
            replace(replace(typed, '+', '%2B'), ' ', '+'), n) FROM bench_typed ORDER BY n"
    } >"$config"
    {
        printf '\\timing on\n'
        psql -X -qtA -v ON_ERROR_STOP=1 -v authority="$AUTHORITY" -f "$BENCH/search_bare.sql" "$(owner_of bench_search)"
    } >"$bare"
    : >"$all"
    for ((round = 0; round <= SEARCH_ROUNDS; round++)); do
        search_over_http "$config" >"$all.http"
        search_over_socket "$bare" >"$all.socket"
        for way in http socket; do
            (($(wc -l <"$all.$way") == SEARCH_QUESTIONS)) || spoil "not all questions were answered over $way"
        done
        over_http=$(percentile_99 <"$all.http") over_socket=$(percentile_99 <"$all.socket")
        say "search $round/$SEARCH_ROUNDS: $over_http ms over HTTP, $over_socket ms in SQL"
        if ((round == 0)); then continue; fi # warms both up
        cat "$all.http" >>"$all"
        ratios+=("$(calculate "$over_http / $over_socket" 3)")
    done
    found=$(found_in "$WORK/answers")
    say "search: of $SEARCH_QUESTIONS persons $found are in the answer"
    ((found >= SEARCH_QUESTIONS * 98 / 100)) || spoil "of $SEARCH_QUESTIONS persons only $found are in the answer"
    figure search "$(calculate "$(median "${ratios[@]}")")" "<=2"
    figure search-ms "$(percentile_99 <"$all" | awk '{printf "%.0f", $1}')" "<100"
    rm -rf "$WORK/answers" "$config" "$bare" "$all" "$all.http" "$all.socket"
}
