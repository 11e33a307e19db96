# The private PostgreSQL 15 cluster: made, started, adopted after a crash, stopped. Sourced, not run.
# It listens on a socket only its owner can reach (and root): no port, no password, nothing shared with other clusters.
# shellcheck shell=bash disable=SC2034

POSTGRES_BIN=${TIDEOVER_POSTGRES_BIN:-/usr/lib/postgresql/15/bin}

# Names the cluster that the functions below work on; "quick" gives up surviving a power cut, for tests.
cluster_at() { # FOLDER [durable|quick]
    CLUSTER_FOLDER=$1 CLUSTER_KIND=${2:-durable} CLUSTER_LOG=$1/log
    choose_runner
    PGDIR=$CLUSTER_HOME/pg
    SOCKETS=$CLUSTER_HOME/run
    # A socket's whole path must stay below 108 bytes, and libpq gives commas, quotes and blanks a meaning.
    if ((${#SOCKETS} > 80)) || [[ $SOCKETS == *[!A-Za-z0-9/._+-]* ]]; then
        SOCKETS=/tmp/tideover-run-$(name_of "$CLUSTER_HOME")
    fi
}
name_of() { printf '%s-%s' "$EUID" "$(cksum <<<"$1" | cut -d' ' -f1)"; }

# PostgreSQL refuses to run as root. So root runs it
#   owner      as the user who owns the files (at first: postgres), where that user can reach the folder;
#   mapped     or in place, inside a user namespace where root carries the number 1000 (a clone under /root);
#   elsewhere  or, where a container forbids namespaces, as postgres with the files under /var/tmp.
# Anybody else runs it as themselves.
choose_runner() {
    local elsewhere candidate
    elsewhere=/var/tmp/tideover-$(name_of "$CLUSTER_FOLDER")
    CLUSTER_HOME=$CLUSTER_FOLDER OWNER=$EUID RUNNER=self
    ((EUID == 0)) || return 0
    if [[ -d $elsewhere/pg && ! -d $CLUSTER_FOLDER/pg ]]; then CLUSTER_HOME=$elsewhere; fi
    RUNNER=owner
    for candidate in "$(stat -c %u "$CLUSTER_HOME/pg" 2>/dev/null || true)" "$(id -u postgres 2>/dev/null || true)"; do
        OWNER=$candidate
        if [[ $OWNER && $OWNER != 0 ]] && can_reach "$CLUSTER_HOME"; then return; fi
    done
    RUNNER=mapped OWNER=0
    if as_owner true 2>/dev/null; then return; fi
    RUNNER=owner OWNER=$(id -u postgres) CLUSTER_HOME=$elsewhere
    [[ -d $elsewhere ]] || mkdir -m 711 "$elsewhere"
    [[ ! -L $elsewhere && $(stat -c %u "$elsewhere") == 0 ]] ||
        die "$elsewhere belongs to somebody else" "rm -r $elsewhere"
}
can_reach() { (cd / && as_owner test -x "$1"); }

as_owner() {
    case $RUNNER in
        self) "$@" ;;
        mapped) unshare -U --map-user=1000 --map-group=1000 -- "$@" ;;
        owner) setpriv --reuid="$OWNER" --regid="$(id -g "$OWNER" 2>/dev/null || echo "$OWNER")" --clear-groups -- "$@" ;;
    esac
}

connection() { # USER DATABASE
    printf 'host=%s port=5432 user=%s dbname=%s' "$SOCKETS" "$1" "$2"
}
database_environment() {
    TIDEOVER_OWNER_DATABASE=$(connection tideover tideover)
    TIDEOVER_DATABASE=$(connection tideover_app tideover)
    export TIDEOVER_OWNER_DATABASE TIDEOVER_DATABASE
}

# --- Alive or not -----------------------------------------------------------------------------------------------------
# The pid file alone proves nothing after a crash: the number may be somebody else's by now. The working folder proves it.
postmaster_pid() {
    local pid
    pid=$(head -n 1 "$PGDIR/postmaster.pid" 2>/dev/null) || return 1
    [[ $pid =~ ^[0-9]+$ && /proc/$pid/cwd -ef $PGDIR ]] && printf '%s' "$pid"
}
no_postmaster() { ! postmaster_pid >/dev/null; }
accepts() { "$POSTGRES_BIN/pg_isready" -q -t 1 -h "$SOCKETS" -p 5432; }
# Whether the package was upgraded under the running database: its program is no longer the file that it was started from.
program_changed() {
    local pid
    pid=$(postmaster_pid) && [[ ! /proc/$pid/exe -ef $POSTGRES_BIN/postgres ]]
}
cluster_processes() {
    local folder
    for folder in /proc/[0-9]*/cwd; do
        if [[ $folder -ef $PGDIR ]]; then basename "$(dirname "$folder")"; fi
    done
}
no_processes() { [[ -z $(cluster_processes) ]]; }

# --- Making -----------------------------------------------------------------------------------------------------------
# Built aside and moved into place whole: a run that was killed half-way leaves nothing that looks finished.
make_cluster() {
    local making=$CLUSTER_HOME/pg.making sync=()
    if [[ $CLUSTER_KIND == quick ]]; then sync=(--no-sync); fi
    rm -rf "$making"
    mkdir -m 700 "$making"
    chown "$OWNER" "$making"
    (cd "$CLUSTER_HOME" && as_owner "$POSTGRES_BIN/initdb" -D "$making" -U tideover -A trust --data-checksums \
        -E UTF8 --locale=C.UTF-8 --lc-collate=C "${sync[@]}") >"$CLUSTER_LOG/initdb.log" 2>&1 ||
        die "initdb failed: $(tail -n 1 "$CLUSTER_LOG/initdb.log")" "cat $CLUSTER_LOG/initdb.log"
    as_owner tee -a "$making/postgresql.conf" >/dev/null <<<"include_if_exists 'tideover.conf'"
    mv -T "$making" "$PGDIR"
}

# Written at every start, so that a moved clone or a newer version of this list takes effect.
settings() {
    cat <<CONF
listen_addresses = ''
port = 5432
unix_socket_directories = '$SOCKETS'
unix_socket_permissions = 0700
max_connections = 60
shared_buffers = 128MB
min_wal_size = 128MB
max_wal_size = 1GB
full_page_writes = on
timezone = 'UTC'
log_timezone = 'UTC'
jit = off

# A table that fills for the first time gets its statistics soon: until then plans are made for empty tables.
autovacuum_naptime = 10s
autovacuum_analyze_scale_factor = 0.5

# No statement, value or row of a resident's may reach the log.
log_error_verbosity = terse
log_statement = none
log_min_error_statement = panic
log_min_duration_statement = -1
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
logging_collector = off
CONF
    case $CLUSTER_KIND in
        durable) printf 'fsync = on\nsynchronous_commit = on\narchive_mode = on\n' && archive_settings ;;
        quick) printf 'fsync = off\nsynchronous_commit = on\n' ;;
    esac
}

# Once ./tideover backup named a folder, each piece of the log is copied there: compressed, whole or not at all, and
# never over another one. After a crash a piece may be handed over twice.
archive_settings() {
    local to piece
    if ! to=$(cat "$CLUSTER_FOLDER/state/backup" 2>/dev/null); then
        printf "archive_command = '/bin/true'\n"
        return
    fi
    piece=$to/wal/%f.gz
    printf 'archive_timeout = 60\n'
    printf "archive_command = 'if test -e %s; then gunzip -c %s | cmp -s - %%p; " "$piece" "$piece"
    printf "else gzip -1 -c %%p > %s.part && sync %s.part && mv %s.part %s && sync %s/wal; fi'\n" \
        "$piece" "$piece" "$piece" "$piece" "$to"
}

write_settings() {
    settings | as_owner tee "$PGDIR/tideover.conf" >/dev/null
    printf 'local all all trust\nlocal replication tideover trust\n' | as_owner tee "$PGDIR/pg_hba.conf" >/dev/null
}

prepare_socket_folder() {
    if [[ ! -d $SOCKETS ]]; then mkdir -m 700 "$SOCKETS"; fi
    # In /tmp anybody may have been there first.
    if [[ $SOCKETS == /tmp/tideover-run-* && (-L $SOCKETS || ! $(stat -c %u "$SOCKETS") =~ ^($EUID|$OWNER)$) ]] ||
        ! { chmod 700 "$SOCKETS" && chown "$OWNER" "$SOCKETS"; } 2>/dev/null; then
        die "the socket folder $SOCKETS belongs to somebody else" "sudo rm -r $SOCKETS"
    fi
}

# --- Starting and stopping --------------------------------------------------------------------------------------------
# What a crash leaves: backends still finishing, and lock files that may name a number in use again.
clear_leftovers() {
    wait_for 15 no_processes || cluster_processes | xargs -r kill -KILL || true
    wait_for 15 no_processes || die "old database processes do not end: $(cluster_processes | tr '\n' ' ')" "ps ax | grep postgres"
    rm -f "$PGDIR/postmaster.pid" "$SOCKETS/.s.PGSQL.5432" "$SOCKETS/.s.PGSQL.5432.lock"
}

start_cluster() {
    clear_leftovers
    [[ $(stat -c %u "$PGDIR") == "$OWNER" ]] || chown -R "$OWNER" "$PGDIR"
    prepare_socket_folder
    rotate "$CLUSTER_LOG/postgres.log"
    write_settings
    # The log is opened by us: its folder need not be reachable for the database's user.
    (cd "$CLUSTER_HOME" && as_owner "$POSTGRES_BIN/pg_ctl" -D "$PGDIR" -s -w -t 120 start) \
        9>&- </dev/null >>"$CLUSTER_LOG/postgres.log" 2>&1 ||
        die "PostgreSQL did not start: $(tail -n 1 "$CLUSTER_LOG/postgres.log")" "tail -n 20 $CLUSTER_LOG/postgres.log"
}

# Leaves the cluster running and says in CLUSTER_NEWS how it came to be so: made, started or adopted.
cluster_up() {
    CLUSTER_NEWS=started
    if program_changed; then
        cluster_down
        start_cluster
        CLUSTER_NEWS=restarted
    elif postmaster_pid >/dev/null; then
        CLUSTER_NEWS=adopted
        wait_for 60 accepts || die "the running PostgreSQL does not answer" "./tideover down"
    else
        if [[ ! -d $PGDIR ]]; then
            make_cluster
            CLUSTER_NEWS=made
        fi
        start_cluster
    fi
    ensure_database tideover
}
ensure_database() {
    local found
    found=$(psql -X -qtA "$(connection tideover postgres)" -c "select 1 from pg_database where datname = '$1'")
    [[ $found ]] || psql -X -q "$(connection tideover postgres)" -c "create database $1"
}

# SIGINT is PostgreSQL's "fast" stop: sessions end, everything is written, the next start needs no recovery.
cluster_down() {
    local pid
    pid=$(postmaster_pid) || return 0
    kill -INT "$pid"
    wait_for 60 no_postmaster || kill -QUIT "$pid" 2>/dev/null || true
    wait_for 10 no_postmaster
}

# Removes what we made and nothing else.
cluster_remove() {
    rm -rf "$CLUSTER_HOME/pg" "$CLUSTER_HOME/pg.making" "$SOCKETS"
    if [[ $CLUSTER_HOME != "$CLUSTER_FOLDER" ]]; then rmdir "$CLUSTER_HOME"; fi
}
