# Finds out which Debian packages are missing and installs them, or says how. Sourced, not run.
# shellcheck shell=bash

packages_for() { # USE…
    awk -v uses=" $* " '!/^#/ && NF && index(uses, " " $2 " ") {print $1}' "$ROOT/tools/packages"
}

installed() {
    case $1 in # these two often come from elsewhere than Debian
        nodejs) command -v node >/dev/null && return ;;
        npm) command -v npm >/dev/null && return ;;
    esac
    dpkg-query -W -f='${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed
}

missing_packages() { # USE…
    local package
    for package in $(packages_for "$@"); do
        installed "$package" || printf '%s ' "$package"
    done
}

# Installing postgresql-15 on a bare machine would also make and start a cluster "main" on port 5432, which nobody
# asked for. Only a machine without any PostgreSQL set-up gets this file.
no_main_cluster() {
    local file=/etc/postgresql-common/createcluster.conf
    if [[ " $* " != *" postgresql-15 "* || -e $file ]]; then return; fi
    mkdir -p "$(dirname "$file")"
    printf '# Written by Tideover before it installed postgresql-15: it keeps a private cluster of its own.\n%s\n' \
        'create_main_cluster = false' >"$file"
}

# haproxy and nginx would begin to serve as soon as they are installed, which nobody asked for. policy-rc.d is how a
# Debian machine forbids that; one that is there already is left alone.
quietly() { # COMMAND…
    local policy=/usr/sbin/policy-rc.d code=0
    if [[ -e $policy ]]; then "$@"; return; fi
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
    "$@" || code=$?
    rm -f "$policy"
    return "$code"
}

install_packages() { # PACKAGE…
    local apt=(apt-get -o DPkg::Lock::Timeout=120 -o Dpkg::Options::=--force-confold) log=$LOG/packages.log
    no_main_cluster "$@"
    export DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1
    progress "asking for the newest lists"
    "${apt[@]}" update >"$log" 2>&1 9>&- </dev/null ||
        die "apt-get update failed: $(grep -m1 '^[EW]:' "$log")" "apt-get update"
    progress "installing $*"
    quietly "${apt[@]}" install -y --no-install-recommends "$@" >>"$log" 2>&1 9>&- </dev/null ||
        die "apt-get install failed: $(grep -m1 '^E:' "$log")" "apt-get install -y --no-install-recommends $*"
}

# Leaves every package for the given uses installed and says so, or stops with the one line that does it.
ensure_packages() { # USE…
    local missing
    command -v dpkg-query >/dev/null || die "this is not a Debian system" "read tools/packages for what is needed"
    read -ra missing <<<"$(missing_packages "$@")"
    if ((${#missing[@]} == 0)); then
        PACKAGES_NEWS="ok, all $(packages_for "$@" | wc -l) are installed"
        return
    fi
    ((EUID == 0)) || die "these Debian packages are missing: ${missing[*]}" \
        "sudo apt-get install -y --no-install-recommends ${missing[*]}"
    install_packages "${missing[@]}"
    # shellcheck disable=SC2034
    PACKAGES_NEWS="ok, installed ${missing[*]}"
}

# Brings PostgreSQL to the newest that this machine's package lists have, and says in POSTGRES_NEWS what came of it. Never
# under a PostgreSQL 15 that runs, ours or anybody's: its new sessions would load libraries of another program. Nor where
# somebody else looks after the programs that we use.
newest_postgres() {
    local policy there candidate
    POSTGRES_NEWS=''
    [[ ! ${TIDEOVER_POSTGRES_BIN:-} ]] || return 0
    policy=$(apt-cache policy postgresql-15 2>/dev/null) || return 0
    there=$(awk '$1 == "Installed:" {print $2}' <<<"$policy")
    candidate=$(awk '$1 == "Candidate:" {print $2}' <<<"$policy")
    dpkg --compare-versions "${there:-0}" lt "${candidate:-0}" || return 0
    POSTGRES_NEWS="; PostgreSQL $there is old, $candidate is there: sudo apt-get install --only-upgrade postgresql-15 postgresql-client-15"
    ((EUID == 0)) && [[ -z $(find /proc/[0-9]*/exe -lname "$POSTGRES_BIN/postgres*" -print -quit 2>/dev/null) ]] || return 0
    if (install_packages --only-upgrade postgresql-15 postgresql-client-15) 2>"$LOG/upgrade.log"; then
        # shellcheck disable=SC2034
        POSTGRES_NEWS="; PostgreSQL brought from $there to $candidate"
    fi
}

# Leaves what FOLDER's lock file names in its node_modules. No script of a package is run.
npm_packages() { # FOLDER
    if cmp -s "$1/package-lock.json" "$1/node_modules/.installed-lock.json"; then return; fi
    npm ci --prefix "$1" --ignore-scripts --no-audit --no-fund
    cp "$1/package-lock.json" "$1/node_modules/.installed-lock.json"
}
