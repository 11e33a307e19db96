#!/usr/bin/env bash
# A council of its own, from its first token to the day its machine is lost: begun empty, backed up while people work,
# and restored from the backup with everything that was acknowledged. Prints TAP. Needs TIDEOVER_BINARY.
# shellcheck disable=SC2317 # check and until_true reach the functions
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
place=$(mktemp -d)
copy=$place/copy
number=0 failures=0 writer=''

result() { # CODE NAME
    local word='ok'
    if (($1 != 0)); then word='not ok' failures=$((failures + 1)); fi
    printf '%s %s - %s\n' "$word" "$((++number))" "$2"
    if (($1 != 0)) && [[ -s $place/out || -s $place/err ]]; then sed 's/^/# /' "$place/out" "$place/err"; fi
}
check() { # NAME COMMAND…
    local name=$1
    shift
    "$@"
    result $? "$name"
}
until_true() { # CONDITION…
    local tries=600
    until "$@"; do
        ((tries-- > 0)) || return 1
        sleep 0.1
    done
}

door() { "$copy/tideover" "$@" >"$place/out" 2>"$place/err" </dev/null; }
printed() { grep -qF -- "$1" "$place/out"; }
said() { grep -qF -- "$1" "$place/err"; }
url() { sed -n 's,^ready ,,p' "$TIDEOVER_VAR/state/server.out"; }
pid_of() { cut -d' ' -f1 "$TIDEOVER_VAR/state/$1.pid"; }
sql() { "$copy/tideover" psql -qtAc "$1"; }

post() { # TOKEN PATH KEY BODY: the answer, with its status in the last line
    curl -sS -m 30 -w '\n%{http_code}' "$(url)$2" -H "Authorization: Bearer $1" -H "Idempotency-Key: $3" \
        -H 'Content-Type: application/json' -d "$4"
}
text_of() { grep -oE "\"$1\" ?: ?\"[^\"]*" <<<"$2" | head -n 1 | cut -d'"' -f4; } # FIELD JSON

call='{"direction":"inbound","started_at":"2020-04-02T10:15:00Z","outcome":"advice_given"}'
# Records calls until told to stop; what was acknowledged is written down before the next one.
keep_recording() { # TOKEN
    local i answer
    for ((i = 1; ; i++)); do
        if [[ -e $place/stop ]]; then break; fi
        answer=$(post "$1" /v1/calls "work-$i" "$call") || break
        if [[ ${answer##*$'\n'} == 201 ]]; then printf '%s %s\n' "work-$i" "$(text_of id "$answer")" >>"$place/acknowledged"; fi
    done
}
acknowledged() { wc -l <"$place/acknowledged"; }
more_than() { (($(acknowledged) > $1)); }
stop_writer() {
    : >"$place/stop"
    if [[ $writer ]]; then wait "$writer"; fi
    writer=''
}

clean() {
    local var
    stop_writer
    for var in "$place"/var*; do TIDEOVER_VAR=$var door down --wipe --yes; done
    rm -rf "$place"
}
trap clean EXIT
trap 'exit 1' INT TERM

chmod 755 "$place"
mkdir "$copy"
cp -R "$here/tideover" "$here/tools" "$here/schema" "$copy/"
rm -rf "$copy/tools/openapi-lint"
install -m 755 "${TIDEOVER_BINARY:?names the tideoverd to try}" "$place/tideoverd"
export TIDEOVER_BINARY=$place/tideoverd TIDEOVER_VAR=$place/var
: >"$place/acknowledged"

# --- Begun empty ------------------------------------------------------------------------------------------------------
door up --empty --detach --port 0
check "a council without a code is not begun" said "wants the council's ONS code"
door up --empty --authority E08000009 --name 'Trafford & Sons' --admin 'Ida Min' --detach --port 0
result $? "a council of its own is begun"
check "it says what is there" printed "Trafford & Sons (E08000009): 1 staff, 1 valid tokens, 0 records, 0 ledger entries"
check "and that nothing differs" printed "verify: 0 differences"
admin=$(grep -o 'tdo_[A-Za-z0-9_-]*' "$place/out")
check "it prints the first administrator's token" test "${#admin}" -gt 40
check "which is kept nowhere" test -z "$(grep -rlF -- "$admin" "$TIDEOVER_VAR" 2>/dev/null)"
check "there are no figures of another council" test "$(curl -sS "$(url)/v1/headlines" | grep -c Stockport)" = 0
door up --detach
result $? "a second up finds it"
check "and says what is there" printed "Trafford & Sons (E08000009): 1 staff"
check "without another token" test "$(grep -c tdo_ "$place/out")" = 0
door up --empty --authority E08000001 --name Bolton --detach
check "another council is not begun in the same folder" said "holds the council E08000009"

person=$(post "$admin" /v1/staff person-1 '{"key":"payroll-1001","name":"Nadia Khan"}')
check "the administrator adds a member of staff" test "${person##*$'\n'}" = 201
minted=$(post "$admin" /v1/tokens token-1 "{\"staff_id\":\"$(text_of id "$person")\",\"role\":\"helpline\"}")
check "and makes them a token" test "${minted##*$'\n'}" = 201
helper=$(text_of token "$minted")

# --- Backed up while people work --------------------------------------------------------------------------------------
keep_recording "$helper" &
writer=$!
check "calls are recorded" until_true more_than 20
door backup "$TIDEOVER_VAR/inside"
check "a backup inside the folder that it saves is refused" said "would be lost with it"
door backup "$place/backup"
result $? "a backup is made while calls are recorded"
before=$(acknowledged)
check "and recording goes on" until_true more_than "$((before + 50))"
stop_writer
cp "$place"/backup/state/checkpoint-*.json "$place/kept.json"
last=$(sql 'select pg_walfile_name(pg_switch_wal())')
check "the log reaches the backup" until_true test -e "$place/backup/wal/$last.gz"
door audit verify --checkpoint "$place/kept.json"
result $? "the chain agrees with the checkpoint"

# --- The machine is lost ----------------------------------------------------------------------------------------------
data=$(sql 'show data_directory')
kill -KILL "$(pid_of keeper)" "$(pid_of server)" "$(head -n 1 "$data/postmaster.pid")"
door restore "$place/backup"
check "nothing is restored over a council that is there" said "holds a council already"
export TIDEOVER_VAR=$place/var-two
door restore "$place/backup"
result $? "it is restored into a fresh folder"
check "verify finds nothing" printed "verify: 0 differences"
check "the audit's chain holds, up to the checkpoint and beyond" printed "lines, 0 faults"
door up --detach --port 0
result $? "up serves it"
check "as the council it was" printed "Trafford & Sons (E08000009): 2 staff, 2 valid tokens, $(acknowledged) records"
ids=$(awk '{printf "%s(\x27%s\x27::uuid)", sep, $2; sep = ","}' "$place/acknowledged")
check "nothing that was acknowledged is lost ($(acknowledged) calls)" \
    test "$(sql "select count(*) from (values $ids) a(id) where exists (select from call c where c.id = a.id)")" = "$(acknowledged)"
again=$(post "$helper" /v1/calls work-1 "$call")
check "a repeat from before gets its first answer" test "$(text_of id "$again")" = "$(head -n 1 "$place/acknowledged" | cut -d' ' -f2)"
fresh=$(post "$helper" /v1/calls fresh-1 "$call")
check "and work goes on" test "${fresh##*$'\n'}" = 201
door backup "$place/backup"
result $? "the backup goes on where it was"

# --- Somebody with the database's own login tampers -------------------------------------------------------------------
sql "set session_replication_role = replica; update audit set action = 'nothing' where id = (select min(id) from audit)" >/dev/null
door audit verify
check "an edit by the database's owner is found" test $? = 1
check "with its place" printed "link 1: its head is not that of audit lines 1 to"

printf '1..%s\n' "$number"
exit "$((failures > 0))"
