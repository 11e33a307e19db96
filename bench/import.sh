# import: a file of 1,000,000 calls over HTTP until its job has ended, divided by what \copy takes for the finished rows with
# every key on; and what intake is like beside it. Sourced by run.sh.
# shellcheck shell=bash

IMPORT_CALLS=${IMPORT_CALLS:-1000000}
IMPORT_ROUNDS=3
IMPORT_CLIENTS=16
IMPORT_TABLES=(call entry audit import_row)

# Calls as a council's telephone system would write them, of people who call more than once.
write_calls() { # FILE COUNT
    awk -v count="$2" 'BEGIN {
        print "direction,line,counterparty,purpose,started_at,duration_s,caller.name,caller.phone,caller.postcode,outcome,reasons,note"
        split("referred,advice_given,resolved,callback_arranged,no_answer", outcomes, ",")
        for (n = 1; n <= count; ++n) {
            day = n % 28 + 1; month = n % 9 + 1
            printf "inbound,coronavirus,resident,help_request,%02d/%02d/2020 %02d:%02d,%d,Caller Invented %d,0161496%04d,SK1 3XE,%s,food;medicine,\"Shielding; nobody to shop for her, until Friday (%d).\"\n",
                day, month, n % 24, n % 60, n % 1800, n % 5000, n % 9000, outcomes[n % 5 + 1], n
        }
    }' >"$1"
}
# Until its job has ended.
import_file() { # DATABASE KIND FILE TOKEN
    local id
    id=$(curl -sf -H "Authorization: Bearer $4" -H 'Content-Type: text/csv' --data-binary "@$3" "$URL/v1/imports/$2" |
        sed -n 's/^{"id" : "\([^"]*\)".*/\1/p') || return
    wait_for 900 import_ended "$1" "$id"
}
import_ended() { [[ $(ask "$1" "SELECT ended_at IS NOT NULL FROM job WHERE id = '$2'") == t ]]; }
copy_rows() { # the tables' rows into another council's database, as they are
    local table
    for table in "${IMPORT_TABLES[@]}"; do
        psql -X -q -v ON_ERROR_STOP=1 "$(owner_of bench_copy)" -c "\\copy $table FROM '$WORK/$table.copy'" || return
    done
}

measure_import() {
    local table took_import token file=$WORK/calls.csv
    make_database bench_import
    token=$(make_token bench_import)
    say "import: $IMPORT_CALLS calls"
    write_calls "$file" "$IMPORT_CALLS"
    start_server bench_import
    timed import_file bench_import calls "$file" "$token"
    took_import=$TOOK
    say "import: $took_import s as a file"
    figure import-rss-mb "$(awk '/^VmHWM/ {printf "%.0f", $2 / 1024}' "/proc/$SERVER/status")" "<150"
    stop_server "$SERVER"
    [[ $(ask bench_import "SELECT recorded FROM import") == "$IMPORT_CALLS" ]] || spoil "not every row was recorded"

    # The same database before the import, and the rows that the import made.
    for table in "${IMPORT_TABLES[@]}"; do
        psql -X -q -v ON_ERROR_STOP=1 "$(owner_of bench_import)" -c "\\copy $table TO '$WORK/$table.copy'"
    done
    ask postgres "CREATE DATABASE bench_copy TEMPLATE bench_import"
    ask bench_copy "SET session_replication_role = replica; TRUNCATE $(IFS=,; echo "${IMPORT_TABLES[*]}") CASCADE" 2>/dev/null
    timed copy_rows
    say "import: $TOOK s by \\copy of the finished rows"
    figure import "$(calculate "$TOOK / $took_import")" ">=0.5"
    for table in "${IMPORT_TABLES[@]}"; do rm -f "$WORK/$table.copy"; done

    measure_import_beside "$token" "$file"
    rm -f "$file"
}

# In turns without an import and beside one that is long enough.
measure_import_beside() { # TOKEN FILE
    local round alone ratios=() id
    start_server bench_import
    for ((round = 1; round <= IMPORT_ROUNDS; round++)); do
        TOKEN=$1 load 10 "$IMPORT_CLIENTS" calls.lua "$URL"
        alone=$P99_US
        { cat "$2" && printf 'inbound,coronavirus,resident,enquiry,%02d/01/2020 10:00,1,Round %d,,,referred,,\n' 1 "$round"; } >"$2.$round"
        id=$(curl -sf -H "Authorization: Bearer $1" -H 'Content-Type: text/csv' --data-binary "@$2.$round" \
            "$URL/v1/imports/calls" | sed -n 's/^{"id" : "\([^"]*\)".*/\1/p')
        wait_for 60 import_moves "$id" || spoil "the import does not begin"
        TOKEN=$1 load 10 "$IMPORT_CLIENTS" calls.lua "$URL"
        import_ended bench_import "$id" && spoil "the import ended too soon"
        curl -sf -o /dev/null -H "Authorization: Bearer $1" -H "Idempotency-Key: cancel-$round" \
            -H 'Content-Type: application/json' --data '{}' "$URL/v1/jobs/$id/cancellations"
        wait_for 60 import_ended bench_import "$id"
        ratios+=("$(calculate "$P99_US / $alone" 3)")
        say "import-beside $round/$IMPORT_ROUNDS: 99th percentile $alone us alone, $P99_US us beside an import"
        rm -f "$2.$round"
    done
    figure import-beside "$(calculate "$(median "${ratios[@]}")")" "<=2"
}
import_moves() { (($(ask bench_import "SELECT done FROM job WHERE id = '$1'") > 1)); }
