#!/usr/bin/env bash
# The measurements, called by ./tideover bench on a fresh cluster. Prints a line a figure, "name value target ok|short",
# on stdout and how it goes on stderr; exits 1 where any is short. README.md says how each is measured.
#   run.sh [intake | many | headlines | csv | import | register | search | replay | verify | start | slow | overload | public]…
set -euo pipefail
# shellcheck source=tools/common.sh
source "$TIDEOVER_ROOT/tools/common.sh"
# shellcheck source=tools/cluster.sh
source "$TIDEOVER_ROOT/tools/cluster.sh"
# shellcheck source=bench/common.sh
source "$ROOT/bench/common.sh"
# shellcheck source=bench/intake.sh
source "$BENCH/intake.sh"
# shellcheck source=bench/many.sh
source "$BENCH/many.sh"
# shellcheck source=bench/headlines.sh
source "$BENCH/headlines.sh"
# shellcheck source=bench/lists.sh
source "$BENCH/lists.sh"
# shellcheck source=bench/import.sh
source "$BENCH/import.sh"
# shellcheck source=bench/register.sh
source "$BENCH/register.sh"
# shellcheck source=bench/search.sh
source "$BENCH/search.sh"
# shellcheck source=bench/replay.sh
source "$BENCH/replay.sh"
# shellcheck source=bench/start.sh
source "$BENCH/start.sh"
# shellcheck source=bench/slow.sh
source "$BENCH/slow.sh"
# shellcheck source=bench/overload.sh
source "$BENCH/overload.sh"
# shellcheck source=bench/public.sh
source "$BENCH/public.sh"
# shellcheck source=bench/verify.sh
source "$BENCH/verify.sh"

trap stop_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
if (($# == 0)); then set -- intake many headlines csv import register search replay verify start slow overload public; fi
for name in "$@"; do
    [[ $name =~ ^(intake|many|headlines|csv|import|register|search|replay|start|slow|overload|public|verify)$ ]] || die "there is no measurement '$name'" "./tideover bench intake"
done
mkdir -p "$WORK/log"
for name in "$@"; do
    SPOILT=''
    "measure_$name"
    stop_all
    SERVERS=()
done
if [[ $SHORT ]]; then exit 1; fi
