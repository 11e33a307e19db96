# many: recording a list of calls through casework, with entries and an audit line each, beside the INSERT … SELECT of
# the same finished rows under the same constraints. Sourced by run.sh.
# shellcheck shell=bash

MANY=100000
MANY_ROUNDS=3

# The statement that puts the finished rows of a table into it, with what the database fills by itself left out.
insert_finished() { # DATABASE TABLE
    ask "$1" "SELECT format('INSERT INTO %1\$I (%2\$s) SELECT %2\$s FROM finished_%1\$s;', '$2',
                            string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position))
              FROM information_schema.columns
              WHERE table_schema = 'public' AND table_name = '$2' AND is_generated = 'NEVER' AND is_identity = 'NO'"
}

# Leaves the seconds of the floor in FLOOR: the rows that `many` stored, stored again.
time_floor() { # DATABASE
    local table statements='' began
    for table in call entry audit; do
        statements+=$(insert_finished "$1" "$table")
        ask "$1" "CREATE TABLE finished_$table AS TABLE $table"
    done
    ask "$1" "SET session_replication_role = replica; TRUNCATE call, entry, audit CASCADE"
    ask "$1" "VACUUM ANALYZE"
    began=$EPOCHREALTIME
    ask "$1" "BEGIN; SELECT begin_writing('$AUTHORITY'); $statements COMMIT" >/dev/null
    FLOOR=$(calculate "$EPOCHREALTIME - $began" 3)
    [[ $(ask "$1" "SELECT count(*) FROM call") == "$MANY" ]] || spoil "the floor did not store $MANY calls"
}

measure_many() {
    local round took token ratios=()
    for ((round = 1; round <= MANY_ROUNDS; round++)); do
        make_database "bench_many_$round"
        token=$(make_token "bench_many_$round")
        took=$("$(dirname "$BINARY")/bench_many" "$(service_of "bench_many_$round")" "$AUTHORITY" "$token" "$MANY") ||
            spoil "not every call of the list was stored"
        TIDEOVER_OWNER_DATABASE=$(owner_of "bench_many_$round") "$BINARY" verify --authority "$AUTHORITY" >&2 ||
            spoil "the totals do not agree with the records"
        time_floor "bench_many_$round"
        ratios+=("$(calculate "$FLOOR / $took" 3)")
        say "many $round/$MANY_ROUNDS: $MANY calls in $took s; their finished rows in $FLOOR s"
        ask postgres "DROP DATABASE bench_many_$round"
    done
    figure many "$(median "${ratios[@]}")" ">=0.4"
}
