#!/usr/bin/env bash
# Tries ./tideover up and down in a throw-away copy: twice, with a busy port, half-made, killed in every part. Prints TAP.
# Needs TIDEOVER_BINARY, so that nothing is built here; the demo year is left out.
# shellcheck disable=SC2317 # check and until_true reach the functions
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
place=$(mktemp -d)
copy=$place/copy
number=0 failures=0

result() { # CODE NAME
    local word='ok'
    if (($1 != 0)); then word='not ok' failures=$((failures + 1)); fi
    printf '%s %s - %s\n' "$word" "$((++number))" "$2"
    if (($1 != 0)) && [[ -s $place/out ]]; then sed 's/^/# /' "$place/out" "$place/err"; fi
}
check() { # NAME COMMAND…
    local name=$1
    shift
    "$@"
    result $? "$name"
}

door() { "${as[@]}" "$copy/tideover" "$@" >"$place/out" 2>"$place/err" </dev/null; }
up() { door up --detach --no-replay --port 0; }
said() { grep -qF -- "$1" "$place/err"; }
address() { sed -n 's,^Public page *\(.*\)/$,\1,p' "$place/out"; }
answers() { [[ $(curl -s -o /dev/null -w "%{http_code}" -m 5 "$1/v1/headlines") == 200 ]]; }
silent() { ! curl -s -o /dev/null -m 5 "$1/"; }
pid_of() { cut -d' ' -f1 "$copy/var/state/$1.pid"; }
postmaster() { head -n 1 "$data/postmaster.pid"; }
nothing_left() {
    local file words
    for file in /proc/[0-9]*/cmdline; do
        mapfile -d '' -t words 2>/dev/null <"$file" || continue
        if [[ ${words[*]} == *"$place"* ]]; then return 1; fi
    done
}
until_true() { # CONDITION…
    local tries=300
    until "$@"; do
        ((tries-- > 0)) || return 1
        sleep 0.1
    done
}
# What a printed line to paste is answered.
pasted() { # WHAT-IT-HOLDS STATUS
    local line
    line=$(grep '^curl ' "$place/out" | grep -F "$1") &&
        eval "$line -o /dev/null -w '%{http_code}\\n'" >"$place/code" && grep -qx "$2" "$place/code"
}
records_a_call() { pasted /v1/calls 201; }
finds_by_number() { pasted '/v1/search?q=' 200; }

refuses_former() {
    local code
    code=$(curl -s -o /dev/null -w '%{http_code}' -m 5 -H "Authorization: Bearer $former" "$(address)/v1/calls")
    [[ $code == 401 ]]
}

clean() {
    door down --wipe --yes
    rm -rf "$place"
}
trap clean EXIT
trap 'exit 1' INT TERM

fresh_copy() {
    mkdir "$copy"
    cp -R "$here/tideover" "$here/tools" "$here/schema" "$copy/"
    rm -rf "$copy/tools/openapi-lint"
    install -m 755 "${TIDEOVER_BINARY:?names the tideoverd to try}" "$place/tideoverd"
}
fresh_copy
export TIDEOVER_BINARY=$place/tideoverd
# Programs of PostgreSQL that a test may change, and that nobody brings up to date meanwhile.
mkdir -p "$place/usr/lib/postgresql" "$place/usr/share/postgresql"
cp -R /usr/lib/postgresql/15 "$place/usr/lib/postgresql/"
cp -R /usr/share/postgresql/15 "$place/usr/share/postgresql/"
export TIDEOVER_POSTGRES_BIN=$place/usr/lib/postgresql/15/bin
unset TIDEOVER_VAR
as=()

# --- The folder is closed to others: root runs the database in a user namespace -------------------------------------------
up
result $? "up succeeds in a fresh copy whose parent is closed"
first=$(address)
data=$("$copy/tideover" psql -qtAc 'show data_directory')
check "the database keeps its files where it says" test -s "$data/postmaster.pid"
check "the server answers" answers "$first"
check "the printed curl line records a call" records_a_call
check "another finds by half a telephone number" finds_by_number
mode=$(stat -c %a "$copy/var/state/demo-tokens.tsv")
check "the demo tokens are closed to others" test "$mode" = 600

former=$(awk -F '\t' '$1 == "helpline" {print $5}' "$copy/var/state/demo-tokens.tsv")
up
result $? "a second up succeeds"
check "and finds the first one's server" test "$(address)" = "$first"
check "which the printed curl line reaches" records_a_call
check "while the tokens that were printed before are refused" refuses_former

door up --port "$((10#${first##*:} + 1))"
check "a second up on another port refuses" test $? = 1
check "and names the next command" said "next: ./tideover down"

TIDEOVER_VAR=$place/other door up --detach --no-replay --port "${first##*:}"
check "a port in use is refused" test $? = 1
check "with the name of its holder" said "is held by process $(pid_of server)"
TIDEOVER_VAR=$place/other door down --wipe --yes
check "and leaves no database behind" test ! -e "$place/other"

# --- The port --------------------------------------------------------------------------------------------------------------
empty() { TIDEOVER_VAR=$place/own door up --detach --empty --authority E08000009 --name Trafford "$@"; }
empty --port "${first##*:}"
check "an empty council on a port in use is refused" test $? = 1
empty --port 0
check "and gets its first administrator's token once it stands" grep -q '^  tdo_' "$place/out"
own=$(cut -d' ' -f2 "$place/own/state/server.out")
kill -KILL "$(cut -d' ' -f1 "$place/own/state/keeper.pid")" "$(cut -d' ' -f1 "$place/own/state/server.pid")"
TIDEOVER_VAR=$place/own door up --detach
check "after a crash up takes the port that it had" test "$(cut -d' ' -f2 "$place/own/state/server.out")" = "$own"
TIDEOVER_VAR=$place/own door down
TIDEOVER_VAR=$place/own door up --detach
check "and after down" test "$(cut -d' ' -f2 "$place/own/state/server.out")" = "$own"
TIDEOVER_VAR=$place/own door down --wipe --yes

# --- PostgreSQL upgraded under it ------------------------------------------------------------------------------------------
before=$(postmaster)
for file in bin/postgres lib/plpgsql.so; do # as dpkg does: another file in its place
    cp "$TIDEOVER_POSTGRES_BIN/../$file" "$place/newer"
    mv "$place/newer" "$TIDEOVER_POSTGRES_BIN/../$file"
done
up
result $? "up succeeds after PostgreSQL was upgraded under it"
check "with the new program" test "$(postmaster)" != "$before" -a "/proc/$(postmaster)/exe" -ef "$TIDEOVER_POSTGRES_BIN/postgres"
check "and says so" said "PostgreSQL was upgraded under the service; starting both anew"
check "and the printed curl line records a call" records_a_call

# --- Every part killed ------------------------------------------------------------------------------------------------------
before=$(postmaster)
kill -KILL "$(pid_of keeper)"
up
result $? "up succeeds after its keeper was killed"
check "with the database that was left running" test "$(postmaster)" = "$before"
check "and the server answers" answers "$(address)"

kill -KILL "$(pid_of server)"
check "a killed server takes the database down with it" until_true nothing_left
up
result $? "up succeeds after the server was killed"

kill -KILL "$(postmaster)"
up
result $? "up succeeds after the database was killed"
check "and the server answers again" answers "$(address)"

kill -KILL "$(pid_of keeper)" "$(pid_of server)" "$(postmaster)"
up
result $? "up succeeds after everything was killed"
check "and the printed curl line works" records_a_call

door down
result $? "down succeeds"
check "and nothing is left running" until_true nothing_left
check "and the address is silent" silent "$(address)"
door down
result $? "a second down succeeds"

# --- Beyond loopback --------------------------------------------------------------------------------------------------------------
door up --detach --no-replay --port 0 --bind 0.0.0.0
check "plain HTTP beyond loopback is refused" test $? = 1
check "with what to do" said "--tls-cert FILE --tls-key FILE, or --behind-proxy ADDRESS"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost -keyout "$place/key.pem" -out "$place/cert.pem" 2>/dev/null
door up --detach --no-replay --port 0 --bind 0.0.0.0 --tls-cert "$place/cert.pem" --tls-key "$place/key.pem"
result $? "up with a certificate succeeds beyond loopback"
secure=$(address)
check "and says that it speaks TLS" test "${secure%%:*}" = https
check "which it does" curl -sf -o /dev/null -m 5 --cacert "$place/cert.pem" "https://localhost:${secure##*:}/v1/headlines"
door up --detach --no-replay --port 0
check "a second up finds it" test "$(address)" = "$secure"
door down
result $? "down ends it"

# --- Half-made ----------------------------------------------------------------------------------------------------------------
mv "$data" "$data.making"
rm "$data.making/PG_VERSION"
up
result $? "up makes a half-made cluster anew"
check "with tokens for the new one" records_a_call
door down --wipe --yes
result $? "down --wipe succeeds"
check "and removes var" test ! -e "$copy/var"

# --- Two at once, in a folder that is open to others: root runs the database as another user --------------------------------------
chmod 755 "$place"
"$copy/tideover" up --detach --no-replay --port 0 >"$place/twin" 2>&1 </dev/null &
twin=$!
up
result $? "one of two ups at once succeeds"
wait "$twin"
result $? "and so does the other"
check "at the same address" grep -qF "Public page  $(address)/" "$place/twin"
door down --wipe --yes

# --- In the foreground ----------------------------------------------------------------------------------------------------------------
foreground() { # The shell would have a background job ignore Ctrl-C.
    : >"$place/err"
    env --default-signal=INT "$copy/tideover" up --no-replay --port 0 >"$place/out" 2>"$place/err" </dev/null &
    front=$!
    until_true said "Ctrl-C stops it"
}
foreground
result $? "up in the foreground gets ready"
kill -INT "$front"
wait "$front"
result $? "Ctrl-C ends it well"
check "and nothing is left running" until_true nothing_left
check "and the data stays" test -s "$copy/var/pg/PG_VERSION"

foreground
kill -KILL "$(pid_of keeper)"
wait "$front"
check "up fails when its keeper is killed" test $? = 1
check "and stops the server and the database" until_true nothing_left

foreground
kill -KILL "$front"
wait "$front" 2>/dev/null
check "a killed up leaves a working server" answers "$(address)"
door down --wipe --yes
check "which down ends" until_true nothing_left

# --- As an ordinary user -----------------------------------------------------------------------------------------------------------------
if ((EUID == 0)); then
    as=(setpriv --reuid=65534 --regid=65534 --clear-groups env HOME="$place")
    chown -R 65534:65534 "$copy"
    up
    result $? "up succeeds as an ordinary user"
    check "and the printed curl line works" records_a_call
    door down --wipe --yes
    result $? "and down --wipe removes it all"
fi
printf '1..%s\n' "$number"
exit "$((failures > 0))"
