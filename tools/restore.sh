#!/usr/bin/env bash
# ./tideover restore FROM
#
# Brings a council back from what ./tideover backup put into the folder FROM, into this clone's var/, which must be
# empty: the newest base copy, then every piece of the log after it. Then it counts everything anew (verify), recomputes
# the audit's chain against the newest checkpoint in FROM, and stops the database again; ./tideover up serves it.
# FROM is only read. Run ./tideover backup again afterwards: the restored database does not write to FROM.
set -euo pipefail
# shellcheck source=tools/common.sh
source "$TIDEOVER_ROOT/tools/common.sh"
# shellcheck source=tools/packages.sh
source "$TIDEOVER_ROOT/tools/packages.sh"
# shellcheck source=tools/build.sh
source "$TIDEOVER_ROOT/tools/build.sh"
# shellcheck source=tools/cluster.sh
source "$TIDEOVER_ROOT/tools/cluster.sh"

sql() { psql -X -qtA -v ON_ERROR_STOP=1 "$(connection tideover postgres)" -c "$1"; }
newest() { find "$from" "$from/state" -maxdepth 1 -name "$1" 2>/dev/null | sort | tail -n 1; }

find_backup() {
    from=$(realpath "$1" 2>/dev/null) || die "there is no folder $1" "./tideover restore /srv/backup"
    base=$(newest 'base-*')
    [[ $base && -d $from/wal ]] || die "$from holds no backup" "./tideover backup $from, where the council runs"
    [[ ! -e $PGDIR ]] || die "$VAR holds a council already" "TIDEOVER_VAR=/a/fresh/folder ./tideover restore $1"
}

prepare() {
    ensure_packages build run
    if [[ ! ${TIDEOVER_BINARY:-} ]]; then build_preset release "$LOG/build.log" tideoverd tideover-demo; fi
}

# Made aside and moved into place whole, as a new cluster is. The log is read by the database's user, whoever that is here.
place_base() {
    local making=$CLUSTER_HOME/pg.making
    rm -rf "$making"
    cp -R "$base" "$making"
    chmod 700 "$making"
    if ((EUID == 0)); then chown -R "$OWNER" "$making"; fi
    as_owner test -r "$from/wal" || die "the database's user cannot read $from/wal" "chown -R $OWNER $from"
    as_owner tee -a "$making/postgresql.auto.conf" >/dev/null <<<"restore_command = 'gunzip -c \"$from/wal/%f.gz\" > \"%p\"'"
    as_owner touch "$making/recovery.signal"
    mv -T "$making" "$PGDIR"
}

recovered() { [[ $(sql 'select pg_is_in_recovery()' 2>/dev/null) == f ]]; }

recover() {
    cluster_up
    wait_for 3600 recovered || die "the log was not read to its end" "tail -n 20 $LOG/postgres.log"
    sql 'alter system reset restore_command' >/dev/null
}

prove() {
    local checkpoint
    "$BINARY" verify
    checkpoint=$(newest 'checkpoint-*.json')
    "$BINARY" audit verify ${checkpoint:+--checkpoint "$checkpoint"}
}

case ${1:-} in
    --help | -h) help_of "$0"; exit ;;
    '' | -*) die "restore wants a folder" "./tideover restore /srv/backup" ;;
esac
(($# == 1)) || die "restore takes one folder" "./tideover restore --help"
prepare_folders
cluster_at "$VAR"
find_backup "$1"
take_lock "$STATE/up.lock" "an ./tideover up is at work; waiting for it"
prepare
place_base
for file in authority replay.json; do
    if [[ -e $from/state/$file ]]; then cp "$from/state/$file" "$STATE/$file"; fi
done
if [[ -e $STATE/authority ]]; then TIDEOVER_AUTHORITY=$(cat "$STATE/authority"); fi
trap 'cluster_down' EXIT
recover
database_environment
prove
printf 'restored from %s; ./tideover up serves it\n' "$base"
