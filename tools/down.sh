#!/usr/bin/env bash
# ./tideover down [--wipe [--yes]]
#
# Stops the server, which first finishes its requests, and then its database. The data stays.
#   --wipe   removes the data, logs and tokens as well, after you typed "wipe"
#   --yes    does not ask, for scripts
set -euo pipefail
# shellcheck source=tools/common.sh
source "$TIDEOVER_ROOT/tools/common.sh"
# shellcheck source=tools/cluster.sh
source "$TIDEOVER_ROOT/tools/cluster.sh"
# shellcheck source=tools/stop.sh
source "$TIDEOVER_ROOT/tools/stop.sh"

confirm_wipe() {
    local answer=''
    if [[ $yes ]]; then return; fi
    [[ -e $VAR/.tideover ]] || die "$VAR was not made by Tideover, so nothing is removed" "ls $VAR"
    read -r -p "This removes every record in $VAR. Type wipe to go on: " answer || true
    [[ $answer == wipe ]] || die "nothing was removed" "./tideover down --wipe, and type wipe"
}

# An `up` still at work would go on after us, so it is ended first.
end_running_up() {
    local up
    exec 9>>"$STATE/up.lock"
    if flock -n 9; then return; fi
    if up=$(live_pid up); then terminate_tree "$up"; fi
    flock -w 120 9 || die "an ./tideover up does not end" "ps ax | grep tideover"
}

# Only what we made goes; a folder that holds anything else stays.
remove_everything() {
    exec 6>>"$VAR/test.lock"
    flock -n 6 || die "a ./tideover test is running in $VAR" "wait for it, then ./tideover down --wipe"
    cluster_remove
    rm -rf "$LOG" "$VAR/test" "$VAR/bench" "$VAR/test.lock" "$VAR/.tideover" "$STATE"
    rmdir "$VAR" 2>/dev/null || say "$VAR holds files that are not ours; they stay"
}

wipe='' yes=''
for word in "$@"; do
    case $word in
        --wipe) wipe=yes ;;
        --yes) yes=yes ;;
        --help | -h) help_of "$0"; exit ;;
        *) die "down has no option '$word'" "./tideover down --help" ;;
    esac
done
if [[ ! -d $STATE ]]; then say "nothing is running and there is no data in $VAR"; exit; fi
if [[ $wipe ]]; then confirm_wipe; fi
end_running_up
cluster_at "$VAR"
if service_is_alive; then
    say "stopping: first the requests, then the database"
    stop_service
    say "stopped"
else
    say "nothing was running"
fi
if [[ $wipe ]]; then
    remove_everything
    say "wiped $VAR"
fi
