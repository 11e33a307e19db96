#!/usr/bin/env bash
# Opens the pages of a tideoverd in Chromium. Prints TAP. Needs TIDEOVER_BINARY, and TIDEOVER_TEST_CLUSTER for a database
# of its own.
set -euo pipefail
# shellcheck source=tools/common.sh
source "$TIDEOVER_ROOT/tools/common.sh"
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
export TIDEOVER_OWNER_DATABASE TIDEOVER_DATABASE
TIDEOVER_OWNER_DATABASE=$(words "$database")
TIDEOVER_DATABASE=${TIDEOVER_OWNER_DATABASE/user=tideover/user=tideover_app}
"$TIDEOVER_BINARY" migrate >/dev/null
for role in helpline finance admin; do
    token=$("$TIDEOVER_BINARY" token create --role "$role" --name "Test $role" --staff "browser-$role")
    export "TOKEN_${role^^}=$token"
done
"$TIDEOVER_BINARY" serve --bind 127.0.0.1 --port 0 >"$place/out" 2>"$place/log" &
server=$!
if ! wait_for 30 grep -q '^ready ' "$place/out"; then
    cat "$place/log" >&2
    exit 1
fi
ADDRESS=$(sed -n 's/^ready //p' "$place/out")
export ADDRESS
cd "$here"
node --test --test-reporter=tap pages.mjs
