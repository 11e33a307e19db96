#!/usr/bin/env bash
# ./tideover up [--port N] [--bind ADDRESS] [--tls-cert FILE --tls-key FILE] [--behind-proxy HOPS] [--detach] [--no-replay]
# ./tideover up --empty --authority CODE --name NAME [--admin NAME] [--port N] [--bind ADDRESS] [--detach]
#
# From a clean clone to a running council: installs the Debian packages it needs, builds, starts a private PostgreSQL
# under var/, applies the schema, starts the server, plays the demo year through its API the first time, and prints
# the figures, the addresses, the demo tokens and a request to try. Ctrl-C stops it all and keeps the data. Running it
# again is safe at any moment.
#   --port N        this port or none (without it: that of last time, at first 8080, or the next free one; 0: any free one)
#   --bind ADDRESS  listen there instead of on 127.0.0.1; demo tokens are refused anywhere but on loopback, and so is
#                   plain HTTP, unless one of these is given:
#   --tls-cert FILE --tls-key FILE  speak TLS with this chain of certificates and its key (PEM)
#   --behind-proxy HOPS             addresses or networks, with commas between, of the proxies that do; only they are let in
#   --detach        return once everything is ready; ./tideover down stops it
#   --no-replay     start without the demo year
#   --empty         begin a council of its own, without any demo data; from then on plain `up` serves it
#   --authority CODE  its ONS code; --name NAME: what it is called
#   --admin NAME    the first administrator (without it: Administrator), whose token is printed once
set -euo pipefail
# shellcheck source=tools/common.sh
source "$TIDEOVER_ROOT/tools/common.sh"
# shellcheck source=tools/packages.sh
source "$TIDEOVER_ROOT/tools/packages.sh"
# shellcheck source=tools/build.sh
source "$TIDEOVER_ROOT/tools/build.sh"
# shellcheck source=tools/cluster.sh
source "$TIDEOVER_ROOT/tools/cluster.sh"
# shellcheck source=tools/stop.sh
source "$TIDEOVER_ROOT/tools/stop.sh"
# shellcheck source=tools/port.sh
source "$TIDEOVER_ROOT/tools/port.sh"
# shellcheck source=tools/demo.sh
source "$TIDEOVER_ROOT/tools/demo.sh"

port='' bind='' door=() detach='' replay=yes
empty='' authority='' name='' admin=Administrator first_token=''
url='' keeper='' ours='' figures='' POSTGRES_NEWS=''

parse() {
    while (($#)); do
        case $1 in
            --port=* | --bind=* | --tls-cert=* | --tls-key=* | --behind-proxy=* | --authority=* | --name=* | --admin=*) set -- "${1%%=*}" "${1#*=}" "${@:2}"; continue ;;
            --port)
                port=${2:-}
                valid_port "$port" || die "--port wants a number up to 65535" "./tideover up --port 8080"
                shift
                ;;
            --bind)
                bind=${2:-}
                [[ $bind ]] || die "--bind wants an address" "./tideover up --bind 127.0.0.1"
                shift
                ;;
            --tls-cert | --tls-key)
                [[ -r ${2:-} ]] || die "$1 wants a file that can be read" "./tideover up --help"
                door+=("$1" "$(realpath "$2")")
                shift
                ;;
            --behind-proxy)
                [[ ${2:-} ]] || die "--behind-proxy wants addresses" "./tideover up --behind-proxy 10.0.0.7"
                door+=("$1" "$2")
                shift
                ;;
            --empty) empty=yes ;;
            --authority | --name | --admin)
                [[ ${2:-} ]] || die "$1 wants a value" "./tideover up --help"
                case $1 in --authority) authority=$2 ;; --name) name=$2 ;; --admin) admin=$2 ;; esac
                shift
                ;;
            --detach) detach=yes ;;
            --no-replay) replay='' ;;
            --help | -h) help_of "$0"; exit ;;
            *) die "up has no option '$1'" "./tideover up --help" ;;
        esac
        shift
    done
}

# One folder holds one council: the demo one, or one of its own.
choose_council() {
    if [[ $empty ]]; then
        [[ $authority =~ ^[A-Z][0-9]{8}$ && $name ]] ||
            die "--empty wants the council's ONS code and its name" "./tideover up --empty --authority E08000009 --name Trafford"
        if [[ -e $STATE/authority ]]; then
            [[ $AUTHORITY == "$authority" ]] ||
                die "$VAR holds the council $AUTHORITY" "TIDEOVER_VAR=/another/folder ./tideover up $words"
        elif [[ -e $VAR/pg || -e $TOKENS ]]; then
            die "$VAR holds the demo council" "TIDEOVER_VAR=/another/folder ./tideover up $words"
        else
            printf '%s\n' "$authority" >"$STATE/authority"
        fi
        export TIDEOVER_AUTHORITY=$authority AUTHORITY=$authority
    elif [[ $authority || $name ]]; then
        die "--authority and --name go with --empty" "./tideover up --empty --authority CODE --name NAME"
    fi
    if [[ -e $STATE/authority ]]; then replay='' empty=${empty:-there}; fi
}

# --- The steps --------------------------------------------------------------------------------------------------------
packages() {
    step 1/6 packages
    ensure_packages build run
    ok "$PACKAGES_NEWS"
}

build() {
    local began=$SECONDS
    step 2/6 build
    if [[ ${TIDEOVER_BINARY:-} ]]; then ok "none: TIDEOVER_BINARY names $BINARY"; return; fi
    build_preset release "$LOG/build.log" tideoverd tideover-demo
    ok "ok, $((SECONDS - began)) s"
}

database() {
    step 3/6 database
    cluster_at "$VAR"
    ours=yes
    # A server whose keeper was killed: its requests are finished, and the new one takes over.
    end_process server 30
    newest_postgres
    cluster_up
    if [[ $CLUSTER_NEWS == made ]]; then forget_demo; fi
    database_environment
    case $CLUSTER_NEWS in
        made) ok "made a private cluster in ${PGDIR#"$ROOT"/}, on a socket only$POSTGRES_NEWS" ;;
        started) ok "started ${PGDIR#"$ROOT"/}$POSTGRES_NEWS" ;;
        adopted) ok "running already, taken over" ;;
        restarted) ok "its program was upgraded under it; started anew" ;;
    esac
}

schema() {
    local news audit_key found=''
    step 4/6 schema
    news=$("$BINARY" migrate 2>"$LOG/migrate.log" 9>&-) ||
        die "the schema was not applied: $(tail -n 1 "$LOG/migrate.log")" "cat $LOG/migrate.log"
    audit_key=$("$BINARY" audit key 2>"$LOG/migrate.log" 9>&-) ||
        die "$(tail -n 1 "$LOG/migrate.log")" "ls -l $TIDEOVER_AUDIT_KEY"
    printf '%s\n' "$audit_key" >"$STATE/audit.pub"
    if [[ $news == *$'\n'* ]]; then
        printf '%s\n' "$news" >"$LOG/findings.log"
        found="; what a new rule would refuse: cat $LOG/findings.log"
    fi
    news=${news%%$'\n'*}
    ok "${news#schema: }$found"
}

council() {
    if [[ $empty == yes ]]; then
        "$BINARY" council create --name "$name" 2>"$LOG/migrate.log" 9>&- ||
            die "$(tail -n 1 "$LOG/migrate.log")" "./tideover up --help"
    fi
}

# A council's first administrator, unless anybody can sign in already. Their token is printed and nowhere kept, so it is
# made when nothing can come between any more.
first_administrator() {
    if [[ $empty && -z $("$BINARY" token list 9>&-) ]]; then
        first_token=$("$BINARY" token create --role admin --name "$admin" 9>&-)
    fi
}

server() {
    step 5/6 server
    if [[ $replay ]] && ! takes_demo; then demo_through_loopback; fi
    choose_port
    start_keeper "$bind" "$port" "${door[@]}"
    printf '%s\n' "${url##*:}" >"$STATE/port"
    ok "ready at $url"
}

# Demo tokens work on loopback only, and nowhere behind a proxy; the replay speaks plain HTTP.
takes_demo() { is_loopback "$bind" && ((${#door[@]} == 0)); }

# So a server that is to stand elsewhere gets its demo year from a passing one.
demo_through_loopback() {
    progress "playing the demo year on loopback first"
    start_keeper 127.0.0.1 0
    play_demo "$url"
    figures=$(print_figures "$url")
    stop_service
    cluster_up
}

demo_year() {
    step 6/6 'demo year'
    if [[ $empty ]]; then
        ok "none: this council is its own"
    elif [[ ! $replay ]]; then
        if takes_demo; then mint_tokens; fi
        ok "skipped, as asked"
    elif takes_demo; then
        play_demo "$url"
        ok "$DEMO_NEWS"
    else
        ok "played on loopback before"
    fi
}

# --- The server and its keeper ----------------------------------------------------------------------------------------
# Without --port the one of last time, which others know by now, or the next free one.
choose_port() {
    local wanted holder
    wanted=$(cat "$STATE/port" 2>/dev/null || printf 8080)
    if [[ $port ]]; then
        if [[ $port != 0 ]] && holder=$(port_holder "$port"); then
            die "port $port is held by $holder" "./tideover up (which takes a free port), or end that process"
        fi
        return
    fi
    for ((port = wanted; port < wanted + 100; port++)); do
        if ! holder=$(port_holder "$port"); then return; fi
        end_line
        say "      port $port is held by $holder; trying $((port + 1))"
    done
    die "ports $wanted to $port are all in use" "./tideover up --port N"
}

start_keeper() { # ADDRESS PORT [FLAG…]
    rotate "$LOG/server.log"
    rotate "$LOG/keeper.log"
    : >"$STATE/server.out"
    printf '%s\n' "$1" "${@:3}" >"$STATE/bind"
    setsid bash "$ROOT/tools/supervise.sh" "$@" 9>&- </dev/null >>"$LOG/keeper.log" 2>&1 &
    keeper=$!
    record_pid keeper "$keeper"
    wait_for 60 ready_or_gone || die "the server does not get ready" "tail $LOG/server.log"
    url=$(saved_url) || start_failed "$2"
}
ready_or_gone() { saved_url >/dev/null || is_gone keeper; }

start_failed() { # PORT
    local code=0 holder
    wait "$keeper" || code=$?
    if ((code == 4)) && holder=$(port_holder "$1"); then
        die "port $1 was taken meanwhile by $holder" "./tideover up"
    fi
    die "the server did not start: $(tail -n 1 "$LOG/server.log")" "tail $LOG/server.log $LOG/keeper.log"
}

# Healthy means all three: somebody keeps the server, the server said it is ready, the database answers.
already_serving() {
    live_pid keeper >/dev/null || return 1
    cluster_at "$VAR"
    if program_changed; then
        say "PostgreSQL was upgraded under the service; starting both anew"
    elif url=$(saved_url) && accepts; then
        database_environment
        return
    else
        say "a service is half alive; stopping the rest of it first"
    fi
    stop_service
    return 1
}

join_running() {
    local running flags
    { read -r running && mapfile -t flags; } <"$STATE/bind"
    if [[ $bind && $bind != "$running" || ${door[*]} && ${door[*]} != "${flags[*]}" || $port && $port != 0 && $port != "${url##*:}" ]]; then
        die "already serving at $url on $running" "./tideover down && ./tideover up${words:+ $words}"
    fi
    bind=$running door=("${flags[@]}")
    say "already serving at $url"
}

# --- From here on signals -----------------------------------------------------------------------------------------------
# What no step foresaw still says where it happened.
unforeseen() { # COMMAND LINE
    if ((BASH_SUBSHELL == 0)); then
        end_line
        say "tideover: '$1' failed (${BASH_SOURCE[1]##*/}, line $2)" $'\n'"    next: tail $LOG/*.log"
    fi
}

# Whatever ends us before the service is handed over, the server and the database end too.
clean_up() {
    local code=$?
    set +e
    trap - ERR
    trap '' INT TERM HUP
    end_line
    if [[ $ours ]]; then stop_service; fi
    rm -f "$STATE/up.pid"
    exit "$code"
}

keeper_ended() {
    wait "$keeper" 2>/dev/null && code=0 || code=$?
    is_gone keeper
}

hold() {
    local asked='' code
    trap 'asked=yes' INT TERM HUP
    until keeper_ended || [[ $asked ]]; do :; done
    if [[ $asked ]]; then
        say "stopping: first the requests, then the database"
        stop_service
        say "stopped; the data stays in ${VAR#"$ROOT"/}"
    elif ((code == 0)); then
        say "stopped by ./tideover down"
    else
        die "the server, or what keeps it, ended by itself with exit code $code" "tail $LOG/server.log $LOG/keeper.log"
    fi
}

words=$*
parse "$@"
if [[ $bind ]] && ! is_loopback "$bind" && ((${#door[@]} == 0)); then
    die "plain HTTP is served on loopback only" "./tideover up --bind $bind --tls-cert FILE --tls-key FILE, or --behind-proxy ADDRESS"
fi
cd "$ROOT"
prepare_folders
set -E
trap 'unforeseen "$BASH_COMMAND" "$LINENO"' ERR
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
choose_council
take_lock "$STATE/up.lock" "another ./tideover up is at work; waiting for it"
record_pid up $$
if already_serving; then
    join_running
else
    bind=${bind:-127.0.0.1}
    packages
    build
    database
    schema
    council
    server
fi
demo_year
first_administrator
if [[ $empty ]]; then
    report_council "$url" "$admin" "$first_token"
elif takes_demo; then
    report "$url" demo
else
    report "$url" '' "$figures"
fi
if [[ $detach || ! $keeper ]]; then
    say "It goes on in the background; ./tideover down stops it and keeps the data."
    ours=''
else
    say "Ctrl-C stops it; the data stays."
    free_lock
    hold
    ours=''
fi
