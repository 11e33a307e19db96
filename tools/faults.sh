#!/usr/bin/env bash
# ./tideover faults [--histories N] [--seed S] [--only KIND] [--names] …
#
# Seeded fault histories: clients write through the API while the server, PostgreSQL, the network, disks and clocks fail
# under them; then all is healed and settled, and an independent checker looks. Prints what was acknowledged, unknown,
# settled, lost and doubled. A red history is repeated with --histories 1 --seed ITS-SEED. Everything runs on a cluster of
# its own in /tmp; a running `up` goes on undisturbed. Full disks need root, who may mount.
set -euo pipefail
# shellcheck source=tools/common.sh
source "$TIDEOVER_ROOT/tools/common.sh"
# shellcheck source=tools/packages.sh
source "$TIDEOVER_ROOT/tools/packages.sh"
# shellcheck source=tools/build.sh
source "$TIDEOVER_ROOT/tools/build.sh"

case ${1:-} in
    --help | -h)
        help_of "$0"
        if [[ -x $ROOT/build/release/tests/faults ]]; then "$ROOT/build/release/tests/faults" --help; fi
        exit
        ;;
esac
cd "$ROOT"
prepare_folders
step 1/2 packages
ensure_packages build run test
ok "$PACKAGES_NEWS"
step 2/2 'build with failpoints'
build_preset release "$LOG/build.log" faults
build_preset faults "$LOG/build-faults.full.log" tideoverd
ok 'build/faults'
exec build/release/tests/faults "$@"
