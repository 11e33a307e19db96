# register: a register of 100,000 premises, of which a hundredth changed, refreshed over HTTP until its job has ended,
# divided by bare SQL that finds, changes, notes and audits the same. Sourced by run.sh, after import.sh.
# shellcheck shell=bash

REGISTER_PREMISES=${REGISTER_PREMISES:-100000}
REGISTER_ROUNDS=3

# Each hundredth of the premises has another rateable value in each round but the first, 0.
write_register() { # FILE ROUND
    awk -v count="$REGISTER_PREMISES" -v round="$2" 'BEGIN {
        print "UPRN,business.company_number,Address,Postcode,Use,Rateable value pence,Reliefs"
        for (n = 1; n <= count; ++n)
            printf "1000%08d,01234567,\"%d Invented Parade, Stockport\",SK1 3XE,retail,£%d.00,small_business\n",
                n, n, 12000 + n % 500 * 100 + (n % 100 == 7 ? round : 0)
    }' >"$1"
}
refresh_bare() { # FILE
    psql -X -q -v ON_ERROR_STOP=1 "$(owner_of bench_register)" -c "TRUNCATE staged" -c "\\copy staged FROM '$1' CSV HEADER" \
        -c "ANALYZE staged" -f "$BENCH/register_bare.sql"
}

measure_register() {
    local round token by_file ratios=() file=$WORK/register.csv
    make_database bench_register
    token=$(make_token bench_register)
    start_server bench_register
    curl -sf -o /dev/null -H "Authorization: Bearer $token" -H 'Idempotency-Key: owner' -H 'Content-Type: application/json' \
        --data '{"name":"Invented Estates","legal_form":"company","identifiers":[{"kind":"company_number","value":"01234567"}]}' \
        "$URL/v1/businesses" || spoil "no business was recorded"
    say "register: $REGISTER_PREMISES premises"
    write_register "$file" 0
    import_file bench_register premises "$file" "$token"
    ask bench_register "CREATE TABLE staged (uprn text, company_number text, address text, postcode text, use text, value text, reliefs text)"
    ask bench_register "VACUUM ANALYZE" >/dev/null
    for ((round = 1; round <= REGISTER_ROUNDS; round++)); do
        write_register "$file" $((2 * round - 1))
        timed import_file bench_register premises "$file" "$token"
        by_file=$TOOK
        write_register "$file" $((2 * round))
        timed refresh_bare "$file"
        ratios+=("$(calculate "$by_file / $TOOK" 3)")
        say "register $round/$REGISTER_ROUNDS: $by_file s as a file, $TOOK s by bare SQL"
    done
    [[ $(ask bench_register "SELECT count(*) FROM audit WHERE action = 'correct'") == $((REGISTER_ROUNDS * 2 * REGISTER_PREMISES / 100)) ]] ||
        spoil "not every change was recorded"
    figure register "$(calculate "$(median "${ratios[@]}")")" "<=3"
    stop_server "$SERVER"
    rm -f "$file"
}
