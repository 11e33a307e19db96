# Who listens on a TCP port, read from the kernel, so that no package is needed for it. Sourced, not run.
# shellcheck shell=bash

valid_port() { [[ $1 =~ ^[0-9]{1,5}$ ]] && ((10#$1 <= 65535)); }

# Prints who holds the port; fails when nobody listens on it.
port_holder() { # PORT
    local inode folder pid
    inode=$(awk -v port="$(printf ':%04X' "$((10#$1))")" \
        '$4 == "0A" && substr($2, length($2) - 4) == port {print $10; exit}' /proc/net/tcp /proc/net/tcp6 2>/dev/null) || true
    [[ $inode ]] || return 1
    folder=$(find /proc/[0-9]*/fd -lname "socket:\[$inode\]" -print -quit 2>/dev/null) || true
    pid=$(cut -d/ -f3 <<<"$folder")
    if [[ $pid ]]; then
        printf 'process %s (%s)' "$pid" "$(tr '\0' ' ' <"/proc/$pid/cmdline" | cut -c1-60 | sed 's/ *$//')"
    else
        printf "a process of another user's"
    fi
}
