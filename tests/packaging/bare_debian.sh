#!/usr/bin/env bash
# tests/packaging/bare_debian.sh [root|user]…
#
# Proves that the list of packages is whole: makes a minimal Debian 12 with debootstrap, copies a clean clone into it and
# runs both commands there in a chroot, as root and as an ordinary user (who is told the one apt-get line, which root
# then runs). Needs root, debootstrap, and the machine's own way to Debian's packages. Not a part of ./tideover test: it
# builds everything anew. Prints TAP.
#   CCACHE_FOLDER=DIR   share that ccache with the machines, so that only what is new is compiled
set -euo pipefail
root=$(git -C "$(dirname "${BASH_SOURCE[0]}")" rev-parse --show-toplevel)
((EUID == 0)) || { echo "bare_debian.sh makes machines: run it as root" >&2; exit 2; }
command -v debootstrap >/dev/null || { echo "debootstrap is missing: apt-get install -y debootstrap" >&2; exit 2; }
if (($# == 0)); then set -- root user; fi
work=$(mktemp -d /var/tmp/tideover-bare.XXXXXX)
machines=() count=0 failed=0

check() { # NAME COMMAND…
    local name=$1
    shift
    count=$((count + 1))
    if "$@" >"$work/check.log" 2>&1 </dev/null; then
        printf 'ok %s - %s\n' "$count" "$name"
    else
        failed=$((failed + 1))
        printf 'not ok %s - %s\n' "$count" "$name"
        tail -n 30 "$work/check.log" | sed 's/^/# /'
    fi
}

leave() {
    local machine place
    for machine in "${machines[@]}"; do
        chroot "$machine" /home/clone/tideover down >/dev/null 2>&1 || true
        for place in ccache dev/pts dev/shm proc sys tmp; do umount -l "$machine/$place" 2>/dev/null || true; done
    done
    rm -rf --one-file-system "$work"
}
trap leave EXIT

# A minimal Debian 12 with this machine's own package sources and settings.
make_machine() { # FOLDER
    local machine=$1
    debootstrap --variant=minbase --include=ca-certificates bookworm "$machine" http://deb.debian.org/debian
    cp -a /etc/apt/sources.list /etc/apt/sources.list.d/debian.sources "$machine/etc/apt/sources.list.d/" 2>/dev/null || true
    cp -a /etc/apt/apt.conf.d/. "$machine/etc/apt/apt.conf.d/"
    cp -a /etc/resolv.conf /etc/hosts "$machine/etc/" 2>/dev/null || true
    cp -a /etc/ssl/certs/. "$machine/etc/ssl/certs/"
    if [[ -e $HOME/.npmrc ]]; then cp "$HOME/.npmrc" "$machine/etc/npmrc"; fi
    mount -t proc proc "$machine/proc"
    mount -t sysfs -o ro sysfs "$machine/sys"
    mount -t tmpfs -o mode=1777 tmpfs "$machine/tmp"
    mkdir -p "$machine/dev/pts" "$machine/dev/shm"
    mount -t devpts devpts "$machine/dev/pts"
    mount -t tmpfs -o mode=1777 tmpfs "$machine/dev/shm"
    if [[ ${CCACHE_FOLDER:-} ]]; then
        mkdir -p "$machine/ccache"
        mount --bind "$CCACHE_FOLDER" "$machine/ccache"
    fi
    git clone -q "$root" "$machine/home/clone"
}

# With nothing of this machine's environment but the way out of it.
inside() { # MACHINE USER COMMAND
    local keep=() name
    for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY; do
        if [[ ${!name:-} ]]; then keep+=("$name=${!name}"); fi
    done
    if [[ ${CCACHE_FOLDER:-} ]]; then keep+=(CCACHE_DIR=/ccache); fi
    if [[ -e $1/etc/npmrc ]]; then keep+=(NPM_CONFIG_GLOBALCONFIG=/etc/npmrc); fi
    env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb "${keep[@]}" \
        chroot --userspec="$2:$2" "$1" /bin/bash -c "export HOME=\$(getent passwd $2 | cut -d: -f6); cd /home/clone && $3"
}

# As root: one command does it all.
as_root() { # MACHINE
    check "root: up, on a bare Debian" inside "$1" root './tideover up --detach --port 18080 | tee up.log && grep -q "18 of 18 match" up.log && grep -q "verify: 0 differences" up.log'
    check "root: up again" inside "$1" root './tideover up --detach --port 18080 && ./tideover down'
    check "root: test" inside "$1" root './tideover test | tee test.log; tail -n 1 test.log | grep -q " 0 failed"'
}

# As an ordinary user: told the one line, which root runs; then everything without root.
as_user() { # MACHINE
    chroot "$1" useradd --create-home clerk
    chroot "$1" chown -R clerk: /home/clone
    chroot "$1" chmod -R a+rwX /ccache 2>/dev/null || true
    check "user: is told what is missing" inside "$1" clerk '! ./tideover test 2>told.log; grep -q "sudo apt-get install" told.log'
    # shellcheck disable=SC2016 # expanded inside the machine
    check "user: root runs that line" inside "$1" root \
        'apt-get update && $(sed -n "s/.*sudo \(apt-get install .*\)/\1/p" told.log | tail -n 1)'
    check "user: up" inside "$1" clerk './tideover up --detach --port 18081 | tee up.log && grep -q "18 of 18 match" up.log && grep -q "verify: 0 differences" up.log'
    check "user: up again" inside "$1" clerk './tideover up --detach --port 18081 && ./tideover down'
    check "user: test" inside "$1" clerk './tideover test | tee test.log; tail -n 1 test.log | grep -q " 0 failed"'
}

for who in "$@"; do
    machine=$work/$who
    mkdir -p "$machine"
    machines+=("$machine")
    check "$who: a minimal Debian 12" make_machine "$machine"
    "as_$who" "$machine"
done
printf '1..%s\n' "$count"
((failed == 0))
