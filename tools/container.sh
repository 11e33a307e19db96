#!/usr/bin/env bash
# tools/container.sh database|server|healthy-database|healthy-server
#
# What the two containers of docker-compose.yml run, with the same steps as ./tideover up: the private cluster, reached
# by a socket in the volume that both share, and the server. Stopped by SIGTERM, they finish what they do.
set -euo pipefail
TIDEOVER_ROOT=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
council=${TIDEOVER_AUTHORITY:?the ONS code of the council}
# shellcheck source=tools/common.sh
source "$TIDEOVER_ROOT/tools/common.sh"
# shellcheck source=tools/cluster.sh
source "$TIDEOVER_ROOT/tools/cluster.sh"
export TIDEOVER_AUTHORITY=$council

# A secret of docker-compose.yml; the server wants its keys readable by itself alone.
secret() { # NAME
    [[ -r /run/secrets/$1 ]] || die "the secret $1 is missing" "read docker-compose.yml"
    install -m 400 "/run/secrets/$1" "$STATE/$1"
    printf '%s' "$STATE/$1"
}

database() {
    mkdir -p "$STATE" "$LOG"
    chmod 700 "$STATE"
    cluster_up
    say "database: $CLUSTER_NEWS"
    trap 'cluster_down; exit 0' TERM INT
    until no_postmaster; do
        sleep 1 &
        wait $!
    done
    die "the database ended by itself" "tail $CLUSTER_LOG/postgres.log"
}

server() {
    local token
    TIDEOVER_AUDIT_KEY=$(secret audit_key)
    export TIDEOVER_AUDIT_KEY
    "$BINARY" migrate
    if [[ ${TIDEOVER_COUNCIL:-} && -z $("$BINARY" token list) ]]; then
        "$BINARY" council create --name "$TIDEOVER_COUNCIL"
        token=$("$BINARY" token create --role admin --name Administrator)
        (umask 077 && printf '%s\n' "$token" >"$STATE/first-administrator")
        say "the first administrator's token is in $STATE/first-administrator: read it once, then remove it"
    fi
    exec "$BINARY" serve --bind 0.0.0.0 --port 8443 --tls-cert /run/secrets/tls_certificate --tls-key "$(secret tls_key)"
}

cluster_at "$VAR"
database_environment
case ${1:-} in
    database | server) "$1" ;;
    healthy-database) accepts ;;
    healthy-server) curl -fsSk -o /dev/null https://127.0.0.1:8443/readyz ;;
    *) die "container.sh wants database or server" "docker compose up" ;;
esac
