#!/usr/bin/env bash
# ./tideover bench [NAME]
#
# Measures what the README states, on a durable cluster of its own under var/bench; a running `up` would disturb it.
# The measurements stand in bench/run.sh, which gets TIDEOVER_BINARY, TIDEOVER_TEST_CLUSTER (a libpq conninfo without a
# database) and PGBENCH.
set -euo pipefail
# shellcheck source=tools/common.sh
source "$TIDEOVER_ROOT/tools/common.sh"
# shellcheck source=tools/packages.sh
source "$TIDEOVER_ROOT/tools/packages.sh"
# shellcheck source=tools/build.sh
source "$TIDEOVER_ROOT/tools/build.sh"
# shellcheck source=tools/cluster.sh
source "$TIDEOVER_ROOT/tools/cluster.sh"

finish() {
    set +e
    trap '' INT TERM HUP
    cluster_down && cluster_remove
}

if [[ ${1:-} == --help || ${1:-} == -h ]]; then help_of "$0"; exit; fi
cd "$ROOT"
[[ -e bench/run.sh ]] || die "there is no bench/run.sh" "git status"
prepare_folders
step 1/3 packages
ensure_packages build run bench
ok "$PACKAGES_NEWS"
step 2/3 build
build_preset release "$LOG/build.log" tideoverd tideover-demo bench_many
ok "ok"
step 3/3 database
mkdir -p "$VAR/bench/log"
take_lock "$VAR/bench/lock" "another ./tideover bench is at work; waiting for it"
cluster_at "$VAR/bench"
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
cluster_down
cluster_remove
cluster_up
ok "a fresh durable cluster"
export TIDEOVER_BINARY=$BINARY PGBENCH=$POSTGRES_BIN/pgbench
TIDEOVER_TEST_CLUSTER="host=$SOCKETS port=5432 user=tideover" bash bench/run.sh "$@"
