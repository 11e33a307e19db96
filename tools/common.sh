# What every verb shares: where things are, how to speak, how to fail, who is alive. Sourced, not run.
# shellcheck shell=bash disable=SC2034

ROOT=${TIDEOVER_ROOT:?is set by ./tideover}
VAR=$(realpath -m "${TIDEOVER_VAR:-$ROOT/var}")
STATE=$VAR/state # locks, process ids, demo tokens, replay progress: closed to others
LOG=$VAR/log
BINARY=${TIDEOVER_BINARY:-$ROOT/build/release/tideoverd}
DEMO=${TIDEOVER_DEMO:-$ROOT/build/release/tideover-demo} # the demo year, a client of it
# The demo council, unless `up --empty` began another one here.
AUTHORITY=$(cat "$STATE/authority" 2>/dev/null || printf E08000007)
export TIDEOVER_AUTHORITY=$AUTHORITY
export TIDEOVER_AUDIT_KEY=${TIDEOVER_AUDIT_KEY:-$STATE/audit.key} # signs the audit's checkpoints

# A PGPORT or PGHOST of the caller's would send our programs to somebody else's database.
unset "${!PG@}"
export LC_ALL=C.UTF-8

say() { printf '%s\n' "$*" >&2; }

# Every failure is one cause and one next command.
die() {
    end_line
    printf 'tideover: %s\n    next: %s\n' "$1" "$2" >&2
    exit 1
}

# Prints the comment at the head of a verb's file, which is its help.
help_of() { awk 'NR > 1 && !/^#/ {exit} NR > 1 {sub(/^# ?/, ""); print}' "$1"; }

# --- Steps: one line each, redrawn in place on a terminal, plain lines elsewhere ------------------------------------
STEP_LABEL='' STEP_OPEN=''
DOTS=' ............................'

step() { # NUMBER/OF NAME
    STEP_LABEL="[$1] $2"
    STEP_LABEL+=${DOTS:0:$((29 - ${#STEP_LABEL}))}
    progress ''
}
progress() {
    if [[ -t 2 ]]; then
        printf '\r%s %s\e[K' "$STEP_LABEL" "$1" >&2
        STEP_OPEN=yes
    elif [[ $1 && $SECONDS -ge ${NEXT_PLAIN:-0} ]]; then
        say "$STEP_LABEL $1"
        NEXT_PLAIN=$((SECONDS + 20))
    fi
}
ok() {
    if [[ $STEP_OPEN ]]; then printf '\r%s %s\e[K\n' "$STEP_LABEL" "$*" >&2; else say "$STEP_LABEL $*"; fi
    STEP_OPEN=''
}
end_line() {
    if [[ $STEP_OPEN ]]; then printf '\n' >&2; fi
    STEP_OPEN=''
}

# --- Waiting and locks ----------------------------------------------------------------------------------------------
wait_for() { # SECONDS CONDITION…
    local tries=$(($1 * 10))
    shift
    until "$@"; do
        ((tries-- > 0)) || return 1
        sleep 0.1
    done
}

# Takes FILE's lock on descriptor 9, which everything that outlives us must close. Asks again when the file was wiped
# while we waited for it, because a lock on a removed file keeps nobody out.
take_lock() { # FILE MESSAGE-WHEN-BUSY
    while exec 9>>"$1"; do
        if ! flock -n 9; then
            say "$2"
            flock 9
        fi
        if [[ /proc/self/fd/9 -ef $1 ]]; then return; fi
        prepare_folders
    done
}
free_lock() { exec 9>&-; }

prepare_folders() {
    if ! { mkdir -p "$VAR" "$LOG" "$STATE" && chmod 700 "$STATE" && touch "$VAR/.tideover"; } 2>/dev/null; then
        die "$VAR cannot be written by $(id -un)" "sudo chown -R $(id -un) $(printf %q "$VAR")"
    fi
}

# A log that grew past 10 MB starts again; one old copy is kept.
rotate() {
    if [[ -f $1 && $(stat -c %s "$1") -gt 10000000 ]]; then mv -f "$1" "$1.1"; fi
}

# --- Who is alive: a number and its start time, so that a number used again is not mistaken ---------------------------
start_time() {
    local stat fields
    stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
    read -ra fields <<<"${stat##*) }"
    [[ ${fields[0]} != Z ]] && printf '%s' "${fields[19]}"
}
record_pid() { printf '%s %s\n' "$2" "$(start_time "$2")" >"$STATE/$1.pid"; }
live_pid() { # NAME: prints the process id while that very process lives
    local pid started
    read -r pid started 2>/dev/null <"$STATE/$1.pid" || return 1
    [[ $started && $(start_time "$pid") == "$started" ]] && printf '%s' "$pid"
}
is_gone() { ! live_pid "$1" >/dev/null; }

# Ends a recorded process: asks, waits, then insists.
end_process() { # NAME SECONDS
    local pid
    pid=$(live_pid "$1") || return 0
    kill -TERM "$pid" 2>/dev/null || return 0
    wait_for "$2" is_gone "$1" || kill -KILL "$pid" 2>/dev/null || true
}

# Asks a process and all it started to end, the parent first, so that it does not take its child's end for a failure.
terminate_tree() {
    local child children
    children=$(cat "/proc/$1/task/$1/children" 2>/dev/null) || return 0
    kill -TERM "$1" 2>/dev/null || true
    for child in $children; do terminate_tree "$child"; done
}

# --- The server ------------------------------------------------------------------------------------------------------
saved_url() {
    live_pid server >/dev/null && sed -n 's/^ready //p' "$STATE/server.out" 2>/dev/null | grep -m1 .
}
# New tokens of the demo council, whose former ones end: lines of key, role, name, partner and token, with tabs between.
demo_tokens() {
    local staff key role name partner token of=()
    staff=$("$DEMO" staff) || return
    "$BINARY" token revoke --demo || return
    while IFS=$'\t' read -r key role name partner; do
        of=()
        if [[ $partner != - ]]; then of=(--partner "$partner"); fi
        token=$("$BINARY" token create --demo --staff "demo:$key" --name "$name" --role "$role" "${of[@]}") || return
        printf '%s\t%s\t%s\t%s\t%s\n' "$key" "$role" "$name" "$partner" "$token"
    done <<<"$staff"
}

built_or_die() { # PROGRAM
    [[ -x $1 ]] || die "$(basename "$1") is not built yet" "./tideover up --detach"
}
