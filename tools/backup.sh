#!/usr/bin/env bash
# ./tideover backup TO
#
# Copies the running council into the folder TO while it goes on serving: a base copy of the database, checked against
# its manifest, and from then on every piece of its write-ahead log as it fills, at the latest a minute after it was
# written. Run it again, every night say: each run adds a base copy, brings the log up to this moment and puts a signed
# checkpoint of the audit beside it. ./tideover restore TO brings it all back. The key that signs stays where it is.
#
# TO holds everything that the council knows about people: keep it on another machine, encrypted.
set -euo pipefail
# shellcheck source=tools/common.sh
source "$TIDEOVER_ROOT/tools/common.sh"
# shellcheck source=tools/cluster.sh
source "$TIDEOVER_ROOT/tools/cluster.sh"

sql() { psql -X -qtA -v ON_ERROR_STOP=1 "$(connection tideover postgres)" -c "$1"; }

prepare_target() {
    to=$(realpath -m "$1")
    [[ $to != *[!A-Za-z0-9/._+-]* ]] || die "the folder's name may have letters, digits and / . _ + - only" "./tideover backup /srv/backup"
    [[ $to/ != "$VAR"/* ]] || die "a backup inside $VAR would be lost with it" "./tideover backup /srv/backup"
    { mkdir -p "$to/wal" "$to/state" && chmod 700 "$to"; } 2>/dev/null || die "$to cannot be written" "ls -ld $to"
    if ((EUID == 0)) && [[ $RUNNER == owner ]]; then chown "$OWNER" "$to" "$to/wal"; fi
    as_owner test -w "$to/wal" || die "the database's user cannot write to $to" "ls -ld $to"
    [[ ! -s $to/state/system || $(cat "$to/state/system") == "$system" ]] ||
        die "$to holds the backup of another database" "./tideover backup /another/folder"
    printf '%s\n' "$system" >"$to/state/system"
}

# From here on the database hands each finished piece of its log over, and a half-finished one every minute.
start_archive() {
    printf '%s\n' "$to" >"$STATE/backup"
    write_settings
    sql 'select pg_reload_conf()' >/dev/null
    [[ $(sql 'show archive_mode') == on ]] ||
        die "the database was started by an older ./tideover" "./tideover down && ./tideover up --detach, then this again"
}

base_copy() {
    base=$to/base-$(date -u +%Y%m%dT%H%M%SZ)
    rm -rf "$to"/base.making
    as_owner "$POSTGRES_BIN/pg_basebackup" -h "$SOCKETS" -p 5432 -U tideover -D "$to/base.making" -X stream \
        --checkpoint=fast --manifest-checksums=SHA256 >"$LOG/backup.log" 2>&1 ||
        die "the base copy failed: $(tail -n 1 "$LOG/backup.log")" "cat $LOG/backup.log"
    as_owner "$POSTGRES_BIN/pg_verifybackup" -q "$to/base.making" >>"$LOG/backup.log" 2>&1 ||
        die "the base copy is not what was read: $(tail -n 1 "$LOG/backup.log")" "cat $LOG/backup.log"
    mv -T "$to/base.making" "$base"
}

archived() { [[ -e $to/wal/$1.gz ]]; }

# Everything that was acknowledged before this line is in TO when it is done.
finish_log() {
    local last
    last=$(sql 'select pg_walfile_name(pg_switch_wal())')
    wait_for 120 archived "$last" || die "the log does not reach $to" "tail $LOG/postgres.log"
}

keep_state() {
    local file
    for file in authority replay.json; do
        if [[ -e $STATE/$file ]]; then cp "$STATE/$file" "$to/state/$file"; fi
    done
    "$BINARY" audit checkpoint >"$to/state/checkpoint.making"
    mv "$to/state/checkpoint.making" "$to/state/checkpoint-$(date -u +%Y%m%dT%H%M%SZ).json"
}

case ${1:-} in
    --help | -h) help_of "$0"; exit ;;
    '' | -*) die "backup wants a folder" "./tideover backup /srv/backup" ;;
esac
(($# == 1)) || die "backup takes one folder" "./tideover backup --help"
built_or_die "$BINARY"
prepare_folders
cluster_at "$VAR"
postmaster_pid >/dev/null || die "the database is not running" "./tideover up --detach"
database_environment
take_lock "$STATE/backup.lock" "another backup is at work; waiting for it"
system=$(sql 'select system_identifier from pg_control_system()')
prepare_target "$1"
start_archive
base_copy
keep_state
finish_log
printf 'backup: %s and the log up to now; the log goes on into %s\n' "$base" "$to/wal"
