#!/usr/bin/env bash
# Opens the pages of a tideoverd in Chromium. Prints TAP. Needs TIDEOVER_BINARY, and TIDEOVER_TEST_CLUSTER for a database
# of its own.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
database=tideover_browser place=$(mktemp -d) server=''
words() { printf '%s dbname=%s' "$TIDEOVER_TEST_CLUSTER" "$1"; }
finish() {
    if [[ $server ]]; then
        kill "$server" 2>/dev/null || true
        wait "$server" || true
    fi
    rm -rf "$place"
}
trap finish EXIT

psql -X -q "$(words postgres)" -c "DROP DATABASE IF EXISTS $database WITH (FORCE)" -c "CREATE DATABASE $database"
export TIDEOVER_OWNER_DATABASE TIDEOVER_DATABASE TIDEOVER_AUTHORITY=E08000007
TIDEOVER_OWNER_DATABASE=$(words "$database")
TIDEOVER_DATABASE=${TIDEOVER_OWNER_DATABASE/user=tideover/user=tideover_app}
"$TIDEOVER_BINARY" migrate >/dev/null
for role in helpline finance admin; do
    token=$("$TIDEOVER_BINARY" token create --role "$role" --name "Test $role" --staff "browser-$role")
    export "TOKEN_${role^^}=$token"
done
"$TIDEOVER_BINARY" serve --bind 127.0.0.1 --port 0 >"$place/out" 2>"$place/log" &
server=$!
tries=300
until ADDRESS=$(sed -n 's/^ready //p' "$place/out") && [[ $ADDRESS ]]; do
    if ((tries-- == 0)) || ! kill -0 "$server"; then
        cat "$place/log" >&2
        exit 1
    fi
    sleep 0.1
done
export ADDRESS
cd "$here"
node --test --test-reporter=tap pages.mjs
