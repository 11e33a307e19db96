#!/usr/bin/env bash
# ./tideover test [SUITE…] [--list] [--long]
#
# Runs every test, or the named suites alone with just what they need built, on database clusters and ports of its own, so
# that a running `up` goes on undisturbed. --list names the suites; --long adds those that take longer. What each suite
# printed is in var/log/test/. The last line is "N passed, N failed".
set -euo pipefail
# shellcheck source=tools/common.sh
source "$TIDEOVER_ROOT/tools/common.sh"
# shellcheck source=tools/packages.sh
source "$TIDEOVER_ROOT/tools/packages.sh"
# shellcheck source=tools/build.sh
source "$TIDEOVER_ROOT/tools/build.sh"
# shellcheck source=tools/cluster.sh
source "$TIDEOVER_ROOT/tools/cluster.sh"

# The table of suites: its name, how its results are counted, what it needs built (presets and their targets), the
# function that runs it. "built" counts as one, runs alone and ends the run when it fails, because nothing after it means
# anything; named suites have builds of their own in the place of these. What stands between two builds runs side by side,
# the longest first.
suites=(
    # name            counted    needs                                  command
    'scripts        | as_one   |                                      | lint_scripts'
    'layout         | as_one   |                                      | lint_layout'
    'build-release  | built    |                                      | build_all release'
    'domain         | doctest  | release:test_domain                  | domain_tests'
    'hardening      | as_one   | release:tideoverd                    | hardened_release'
    'schema         | tap      | release:tideoverd                    | schema_tests'
    'build-asan     | built    |                                      | build_asan'
    'build-faults   | built    |                                      | build_faults'
    'build-fuzz     | built    |                                      | build_fuzz'
    'api-asan       | doctest  | asan:tideoverd release:test_api      | against asan test_api'
    'faults         | tap      | faults:tideoverd release:faults      | faults faults --histories 12 --seed 1'
    'db             | doctest  | release:tideoverd,test_db            | unit_tests release test_db'
    'mutation       | tap      | release:tideoverd,mutation           | mutation'
    'planted        | tap      | faults:tideoverd release:faults      | planted_faults'
    'door           | tap      | release:tideoverd,tideover-demo      | door_tests'
    'http-asan      | doctest  | asan:tideoverd release:test_http     | against asan test_http'
    'fuzz           | tap      | fuzz:fuzz                            | bash tests/fuzz/run.sh 10'
    'restarts       | tap      | faults:tideoverd release:faults      | restarts'
    'casework       | doctest  | release:tideoverd,test_casework      | unit_tests release test_casework'
    'browser        | tap      | release:tideoverd                    | browser_tests'
    'openapi        | as_one   | release:tideoverd                    | lint_openapi'
    'server-asan    | doctest  | asan:test_server                     | unit_tests asan test_server'
    'golden         | as_one   | release:tideoverd                    | golden_files'
    'failpoints     | as_one   | release:tideoverd faults:tideoverd   | no_failpoints'
)
# What takes longer: the same tests under more watchers, without any, and for longer. Each is done in a quarter of an hour.
long_suites=(
    'server         | doctest  | release:test_server                  | unit_tests release test_server'
    'http           | doctest  | release:tideoverd,test_http          | unit_tests release test_http'
    'api            | doctest  | release:tideoverd,test_api           | unit_tests release test_api'
    'build-asan-all | built    |                                      | build_all asan'
    'db-asan        | doctest  | asan:tideoverd,test_db               | unit_tests asan test_db'
    'casework-asan  | doctest  | asan:tideoverd,test_casework         | unit_tests asan test_casework'
    'faults-asan    | tap      | asan:tideoverd release:faults        | faults asan --histories 10 --seed 100 --no-failpoints'
    'build-tsan     | built    |                                      | build_all tsan'
    'server-tsan    | doctest  | tsan:test_server                     | unit_tests tsan test_server'
    'db-tsan        | doctest  | tsan:tideoverd,test_db               | unit_tests tsan test_db'
    'casework-tsan  | doctest  | tsan:tideoverd,test_casework         | unit_tests tsan test_casework'
    'http-tsan      | doctest  | tsan:tideoverd release:test_http     | against tsan test_http'
    'api-tsan       | doctest  | tsan:tideoverd release:test_api      | against tsan test_api'
    'faults-tsan    | tap      | tsan:tideoverd release:faults        | faults tsan --histories 10 --seed 100 --no-failpoints'
)
for room in domain db server demo; do
    long_suites+=("static-$room | as_one | | static_analysis $room")
done
for target in "$ROOT"/tests/fuzz/corpus/*/; do
    target=$(basename "$target")
    long_suites+=("fuzz-$target | tap | fuzz:fuzz | bash tests/fuzz/run.sh 600 $target")
done
for part in {1..17}; do
    long_suites+=("faults-$part | tap | faults:tideoverd release:faults | many_histories $part")
done

# --- The suites: each prints what it likes and fails when something is wrong -------------------------------------------
lint_scripts() {
    local scripts
    mapfile -t scripts < <(existing tideover .ci/run tools/*.sh tests/*/*.sh bench/*.sh)
    shellcheck -x "${scripts[@]}"
}

lint_layout() {
    local folders
    mapfile -t folders < <(existing domain db server demo tests)
    find "${folders[@]}" \( -name '*.cpp' -o -name '*.hpp' \) -not -path '*/node_modules/*' -print0 |
        xargs -0 -r clang-format --dry-run -Werror
    every_room_has_a_page
    misspelt_fields_do_not_build
}

# The README says all in 150 lines, each room what lives there and how to add one in 20.
every_room_has_a_page() {
    local room lines
    while read -r room; do
        lines=$(wc -l <"$room/README.md") || return
        if ((lines > 20)); then
            say "$room/README.md has $lines lines: 20 are enough to say what lives there and how to add one"
            return 1
        fi
    done < <(sed -n 's/^\([a-z][^:]*\):.*/\1/p' tools/rooms; printf '%s\n' schema tests tools)
    if (($(wc -l <README.md) > 150)); then
        say "README.md has more than 150 lines: what is looked up has pages of its own"
        return 1
    fi
}

# A rule that names a field which its table does not have is an error of the compiler.
misspelt_fields_do_not_build() { names_field award_id && ! names_field awrad_id; }
names_field() { # FIELD
    g++ -std=c++20 -I. -fsyntax-only -x c++ - <<EOF
#include "domain/core/record.hpp"
#include "domain/finance/payment.hpp"
constexpr tideover::Fields its{tideover::nouns::payment_table::fields};
bool has(const tideover::Record& payment) { return payment.has(its["$1"]); }
EOF
}

static_analysis() { # ROOM
    cmake --preset tidy >/dev/null
    bash tools/tidy.sh "$1"
}

build_all() { build_preset "$1" "$LOG/test/build-$1.full.log"; } # PRESET
build_named() { build_preset "$1" "$LOG/test/build-$1.full.log" "${@:2}"; } # PRESET TARGET…

hardened_release() { bash tools/hardening.sh build/release/tideoverd build/release/compile_commands.json; }
# What always runs under a sanitiser: everything that hostile bytes can reach.
build_asan() { build_preset asan "$LOG/test/build-asan.full.log" tideoverd test_server; }
build_faults() { build_preset faults "$LOG/test/build-faults.full.log" tideoverd; }
build_fuzz() { build_preset fuzz "$LOG/test/build-fuzz.full.log" fuzz; }

# What can be made to die or to err on purpose is in the build for fault tests and nowhere else.
no_failpoints() {
    local words='TIDEOVER_PLANT|TIDEOVER_FAILPOINT|before_commit|after_reply|reply-before-commit|role-leaked|fold-past-open'
    grep -aqE "$words" build/faults/tideoverd
    if grep -aoE "$words" build/release/tideoverd; then return 1; fi
}

# They have clusters of their own, because they kill them. libfaketime shifts the program's clock, and is loaded before a
# sanitiser.
faults() { # PRESET OPTION…
    of_faults "$1" 900 build/release/tests/faults "${@:2}"
}
of_faults() { # PRESET SECONDS COMMAND…
    TIDEOVER_BINARY=$ROOT/build/$1/tideoverd ASAN_OPTIONS=$ASAN_OPTIONS:verify_asan_link_order=0 \
        timeout --foreground -k 30 "$2" "${@:3}"
}
restarts() { of_faults faults 300 build/release/tests/faults --histories 1 --only server-sigterm --faults 100 --writes 4000; }
planted_faults() { of_faults faults 900 bash tests/faults/planted.sh build/release/tests/faults; }
many_histories() { # PART
    of_faults faults 1800 build/release/tests/faults --seed "$((998 + 2 * $1))" --faults 31 --writes 6000 --histories 2
}
mutation() { of_faults release 1800 build/release/tests/mutation; }

unit_tests() { tests_of "$1" "$1" "$2"; } # PRESET PROGRAM
# The tests talk to the service from outside: the same ones go for each build of it.
against() { tests_of release "$1" "$2"; } # PRESET PROGRAM
tests_of() { # PRESET-OF-TESTS PRESET-OF-SERVICE PROGRAM
    own_cluster
    TIDEOVER_TEST_CLUSTER="$(cluster_words)" TIDEOVER_TEST_POSTGRES_LOG=$CLUSTER_LOG/postgres.log TIDEOVER_BINARY=$ROOT/build/$2/tideoverd \
        timeout --foreground -k 30 1500 "build/$1/tests/$3" --no-colors=true --duration=false
}

# They read the published tables of the modulus check.
domain_tests() {
    npm_packages tools/bank-tables
    unit_tests release test_domain
}

# In a database that went through every migration and nothing else.
schema_tests() {
    own_cluster
    psql -X -q "$(connection tideover postgres)" -c 'drop database if exists tideover_schema' -c 'create database tideover_schema'
    TIDEOVER_OWNER_DATABASE=$(connection tideover tideover_schema) build/release/tideoverd migrate
    psql -X -q "$(connection tideover tideover_schema)" -c 'create extension if not exists pgtap'
    pg_prove --verbose -h "$SOCKETS" -p 5432 -U tideover -d tideover_schema tests/schema/*.sql
}

lint_openapi() {
    build/release/tideoverd openapi >"$LOG/test/openapi.json"
    npm_packages tools/openapi-lint
    cd tools/openapi-lint
    REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true \
        node_modules/.bin/redocly lint --config redocly.yaml "$LOG/test/openapi.json"
    node_modules/.bin/openapi-typescript "$LOG/test/openapi.json" --output "$LOG/test/openapi.ts"
    # A client made from the document knows the type of every answer. Two names and all headers are the generator's own.
    # What stands in quotes is a value.
    if sed -E 's/"[^"]*"//g' "$LOG/test/openapi.ts" | grep -nE 'unknown|Record<string, never>|: object\b' |
        grep -vE '\[name: string\]: unknown;$|export type (webhooks|.defs) = '; then
        say "these answers have no type"
        return 1
    fi
}

browser_tests() {
    npm_packages tests/browser
    own_cluster
    TIDEOVER_TEST_CLUSTER="$(cluster_words)" TIDEOVER_BINARY=$ROOT/build/release/tideoverd \
        timeout --foreground -k 30 300 bash tests/browser/run.sh
}

# Made anew aside, so that a difference is shown without being accepted.
golden_files() {
    rm -rf "$LOG/test/golden"
    TIDEOVER_BINARY=$ROOT/build/release/tideoverd bash tools/golden.sh "$LOG/test/golden"
    diff -ru tests/golden "$LOG/test/golden"
}

door_tests() {
    local script failed=0
    for script in $(existing tests/up/*.sh); do
        TIDEOVER_BINARY=$ROOT/build/release/tideoverd TIDEOVER_DEMO=$ROOT/build/release/tideover-demo \
            timeout --foreground -k 30 900 bash "$script" || failed=1
    done
    return "$failed"
}

# --- What they stand on ---------------------------------------------------------------------------------------------------
existing() {
    local path
    for path in "$@"; do
        if [[ -e $path ]]; then printf '%s\n' "$path"; fi
    done
}
cluster_words() { printf 'host=%s port=5432 user=tideover' "$SOCKETS"; }

# Lanes side by side do not meet: each has a cluster, made when its first suite wants one.
lane_cluster() { cluster_at "$VAR/test/$1" quick; } # LANE
own_cluster() {
    mkdir -p "$VAR/test/$LANE/log"
    lane_cluster "$LANE"
    cluster_up
}
# What an interrupted run left goes too, so that every run begins with nothing.
drop_clusters() {
    local lane
    for lane in "$VAR"/test/[0-9]*; do
        if [[ -d $lane ]]; then (lane_cluster "$(basename "$lane")" && cluster_down && cluster_remove); fi
    done
}

# --- Counting -------------------------------------------------------------------------------------------------------------
# Each sets good and bad from the suite's exit code and log. A suite that failed without naming a test counts as one.
count_as_one() { good=$(($1 == 0)) bad=$(($1 != 0)); }
count_built() { count_as_one "$@"; }
count_doctest() {
    local summary
    summary=$(grep -a '^\[doctest\] test cases:' "$2" | tail -n 1) || true
    good=$(grep -oE '[0-9]+ passed' <<<"$summary" | cut -d' ' -f1) || good=0
    bad=$(grep -oE '[0-9]+ failed' <<<"$summary" | cut -d' ' -f1) || bad=0
}
count_tap() {
    good=$(grep -acE '^ok [0-9]+' "$2") || true
    bad=$(grep -acE '^not ok [0-9]+' "$2") || true
}

show_failure() { # LOG
    grep -anE '^not ok|ERROR:|error:|FAILED|^In .* line|^[-+@]|CRASHED|ERROR ' "$1" | cut -c1-200 | head -n 20 || true
    # A TAP test says why right after its name.
    awk '/^not ok/ {why = 12; next} why && /^#/ {print; why--; next} {why = 0}' "$1" | cut -c1-200 | head -n 40
    printf '  …\n'
    tail -n 15 "$1" | cut -c1-200
    printf '  the whole log: %s\n' "$1"
}

run_suite() { # ROW
    local name counted command code=0 good=0 bad=0 log began=$SECONDS
    IFS='|' read -r name counted _ command <<<"$1"
    read -r name <<<"$name"
    read -r counted <<<"$counted"
    log=$LOG/test/$(tr -c 'a-zA-Z0-9\n' '-' <<<"$name").log
    if [[ $LANE == alone ]]; then step "$(place_of_next)" "$name"; fi
    # Not before || nor inside if, where bash would ignore set -e. The lock stays ours: a server that a broken test
    # leaves behind must not hold it.
    set +e
    (
        set -e
        # shellcheck disable=SC2086 # the command's words
        $command
    ) >"$log" 2>&1 </dev/null 9>&-
    code=$?
    set -e
    "count_$counted" "$code" "$log"
    if ((code != 0 && bad == 0)); then bad=1; fi
    if ((code == 0 && good + bad == 0)); then bad=1; fi # a suite without a test proves nothing
    exec 8>>"$RESULTS.lock"
    flock 8
    if [[ $LANE != alone ]]; then step "$(place_of_next)" "$name"; fi
    printf '%s %s\n' "$good" "$bad" >>"$RESULTS"
    ok "$good passed, $bad failed ($((SECONDS - began)) s)"
    if ((bad > 0)); then show_failure "$log"; fi
    exec 8>&-
    if [[ $counted == built ]] && ((code != 0)); then return 1; fi
}
place_of_next() { printf '%s/%s' "$(($(wc -l <"$RESULTS") + 1))" "${#suites[@]}"; }

# --- Running --------------------------------------------------------------------------------------------------------------
# A suite waits for a database and a disk half of its time, so as many as there are cores run side by side. A build has
# all cores for itself.
RESULTS=$VAR/test/results QUEUE=$VAR/test/queue
LANE=alone lanes=()

run_all() {
    local row waiting=()
    for row in "${suites[@]}"; do
        if [[ $row =~ ^[^|]*\|\ *built ]]; then
            side_by_side "${waiting[@]}"
            waiting=()
            run_suite "$row" || return 0
        else
            waiting+=("$row")
        fi
    done
    side_by_side "${waiting[@]}"
}
side_by_side() { # ROW…
    local lane
    if (($# == 0)); then return; fi
    printf '%s\n' "$@" >"$QUEUE"
    set -m # each a process group of its own, which ends as one
    for ((lane = 1; lane <= ($# < $(nproc) ? $# : $(nproc)); ++lane)); do
        run_lane "$lane" </dev/null &
        lanes+=("$!")
    done
    set +m
    wait "${lanes[@]}"
    lanes=()
}
run_lane() { # LANE
    local row
    trap - EXIT INT TERM HUP
    LANE=$1
    while take_row; do run_suite "$row"; done
}
take_row() {
    exec 8>>"$QUEUE.lock"
    flock 8
    row=$(head -n 1 "$QUEUE")
    sed -i 1d "$QUEUE"
    exec 8>&-
    [[ $row ]]
}

finished=''
finish() {
    local passed failed lane
    set +e
    trap '' INT TERM HUP
    end_line
    for lane in "${lanes[@]}"; do kill -TERM -- "-$lane" 2>/dev/null; done
    wait
    drop_clusters
    read -r passed failed < <(awk '{passed += $1; failed += $2} END {print passed + 0, failed + 0}' "$RESULTS")
    # A lane that died took its suite with it, and nobody else says so.
    if ((failed == 0 && $(wc -l <"$RESULTS") < ${#suites[@]})); then
        say "$((${#suites[@]} - $(wc -l <"$RESULTS"))) suite(s) did not come to an end"
        finished=''
    fi
    if [[ ! $finished ]]; then failed=$((failed + 1)); fi
    printf '%s passed, %s failed\n' "$passed" "$failed"
    exit "$((failed > 0))"
}

# --- What was asked for ---------------------------------------------------------------------------------------------------
row_named() { # NAME
    local row
    for row in "${suites[@]}" "${long_suites[@]}"; do
        if [[ ${row%%[ |]*} == "$1" ]]; then printf '%s\n' "$row"; return; fi
    done
    die "there is no suite '$1'" "./tideover test --list"
}

# Rows that build what these rows need, a row a preset.
builds_for() { # ROW…
    local row needs need preset
    declare -A targets=()
    for row in "$@"; do
        IFS='|' read -r _ _ needs _ <<<"$row"
        for need in $needs; do targets[${need%%:*}]+=" ${need#*:}"; done
    done
    for preset in "${!targets[@]}"; do
        printf 'build-%s | built | | build_named %s%s\n' "$preset" "$preset" "${targets[$preset]//,/ }"
    done
}

named=() long=''
for word in "$@"; do
    case $word in
        --long) long=yes ;;
        --list)
            for row in "${suites[@]}"; do printf '%s\n' "${row%%[ |]*}"; done
            for row in "${long_suites[@]}"; do printf '%s (--long)\n' "${row%%[ |]*}"; done
            exit
            ;;
        --help | -h) help_of "$0"; exit ;;
        -*) die "test has no option '$word'" "./tideover test --help" ;;
        *) named+=("$(row_named "$word")") ;;
    esac
done
if [[ $long ]]; then suites+=("${long_suites[@]}"); fi
if ((${#named[@]} > 0)); then
    mapfile -t suites < <(builds_for "${named[@]}")
    suites+=("${named[@]}")
fi
cd "$ROOT"
# What is tried is somebody's first `up`: nothing of this clone's own council may reach it.
unset TIDEOVER_DATABASE TIDEOVER_OWNER_DATABASE TIDEOVER_BINARY TIDEOVER_DEMO TIDEOVER_VAR TIDEOVER_AUTHORITY TIDEOVER_AUDIT_KEY
prepare_folders
take_lock "$VAR/test.lock" "another ./tideover test is at work; waiting for it"
rm -rf "$LOG/test"
mkdir -p "$LOG/test" "$VAR/test"
: >"$RESULTS"
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
step "0/${#suites[@]}" packages
ensure_packages build run test
ok "$PACKAGES_NEWS"
export ASAN_OPTIONS=abort_on_error=0:strict_string_checks=1 LSAN_OPTIONS="suppressions=$ROOT/tests/lsan.txt:print_suppressions=0" TSAN_OPTIONS="halt_on_error=1:suppressions=$ROOT/tests/tsan.txt" UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
drop_clusters
run_all
finished=yes
