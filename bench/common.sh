# What the measurements share: databases, servers, load, arithmetic, and the line that a figure is printed on. Sourced.
# shellcheck shell=bash disable=SC2034

BENCH=$ROOT/bench
WORK=$VAR/bench
SERVERS=() # process ids

# --- Figures ---------------------------------------------------------------------------------------------------------
calculate() { awk "BEGIN {printf \"%.${2:-2}f\", $1}"; }
median() {
    printf '%s\n' "$@" | sort -g |
        awk '{v[NR] = $1} END {print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2}'
}
largest() { printf '%s\n' "$@" | sort -g | tail -n 1; }

SHORT=''
# What makes a figure worthless, however good it looks.
spoil() {
    say "bench: $*"
    SPOILT=yes
}
figure() { # NAME VALUE TARGET, such as ">=0.7" or "<120"
    local verdict=ok
    if [[ ${SPOILT:-} ]] || ! awk "BEGIN {exit !($2 $3)}"; then verdict=short SHORT=yes; fi
    printf '%s %s %s %s\n' "$1" "$2" "$3" "$verdict"
}

# --- Databases: each is a copy of one that was migrated and holds nothing else ------------------------------------------
owner_of() { printf '%s dbname=%s' "$TIDEOVER_TEST_CLUSTER" "$1"; }
service_of() { printf '%s dbname=%s' "${TIDEOVER_TEST_CLUSTER/user=tideover/user=tideover_app}" "$1"; }
ask() { psql -X -qtA -v ON_ERROR_STOP=1 "$(owner_of "$1")" -c "$2"; }

make_database() { # NAME
    if [[ ! $(ask postgres "SELECT 1 FROM pg_database WHERE datname = 'bench_empty'") ]]; then
        ask postgres "CREATE DATABASE bench_empty"
        TIDEOVER_OWNER_DATABASE=$(owner_of bench_empty) "$BINARY" migrate --schema "$ROOT/schema" >/dev/null
    fi
    ask postgres "CREATE DATABASE $1 TEMPLATE bench_empty"
}
make_token() { # DATABASE
    TIDEOVER_OWNER_DATABASE=$(owner_of "$1") "$BINARY" token create --role helpline --name "Hal Pline (bench)" \
        --authority "$AUTHORITY"
}

# --- Servers ---------------------------------------------------------------------------------------------------------
# Leaves its address in URL and its process id in SERVER.
start_server() { # DATABASE [FLAG…]
    local database=$1 out=$WORK/log/$1.out
    shift
    : >"$out"
    # All load comes from one address and with one token or two: the limits are for anybody else.
    TIDEOVER_DATABASE=$(service_of "$database") TIDEOVER_OWNER_DATABASE=$(owner_of "$database") \
        "$BINARY" serve --bind 127.0.0.1 --port 0 --authority "$AUTHORITY" --connections 4000 \
        --connections-per-address 4000 --requests-per-second 1000000 "$@" >"$out" 2>>"$WORK/log/$database.log" &
    SERVER=$!
    SERVERS+=("$SERVER")
    wait_for 30 grep -q '^ready ' "$out" || die "the server did not start" "tail $WORK/log/$database.log"
    URL=$(sed -n 's/^ready //p' "$out")
}
stop_server() { # PROCESS
    kill -TERM "$1" 2>/dev/null || true
    wait "$1" 2>/dev/null || true
}
stop_all() {
    local server
    for server in "${SERVERS[@]}"; do stop_server "$server"; done
}

# --- Publications ----------------------------------------------------------------------------------------------------
make_publisher() { # DATABASE
    TIDEOVER_OWNER_DATABASE=$(owner_of "$1") "$BINARY" token create --role admin --name "Ada Minton (bench)" \
        --staff bench-admin --authority "$AUTHORITY"
}
post_publication() { # TITLE TOKEN DAY [FIELD…]; prints its id
    curl -sf -o "$WORK/publication.json" -H "Authorization: Bearer $2" -H "Idempotency-Key: $1" \
        -H 'Content-Type: application/json' --data "{\"title\":\"$1\",\"as_at\":\"$3\"${4:-}}" "$URL/v1/publications" ||
        die "no publication was made" "ls $WORK/log"
    sed -n 's/.*"id" *: *"\([^"]*\)".*/\1/p' "$WORK/publication.json" | head -n 1
}

# --- Load ------------------------------------------------------------------------------------------------------------
# Runs a script of wrk and leaves what it found in REQUESTS, TOOK_US, FAILED, MEDIAN_US and P99_US.
load() { # SECONDS CLIENTS SCRIPT URL
    local threads=$(($2 > 1 ? 2 : 1)) out
    out=$(wrk --threads "$threads" --connections "$2" --duration "$1" --timeout 10 --script "$BENCH/$3" "$4") ||
        die "wrk failed: $(tail -n 1 <<<"$out")" "wrk --version"
    read -r _ REQUESTS TOOK_US FAILED MEDIAN_US P99_US < <(grep '^result ' <<<"$out")
}
