#!/usr/bin/env bash
# ./tideover golden
#
# Makes the golden files in tests/golden anew, after a change that was meant; the diff is then yours to read and commit.
# `test` makes them aside and fails on any difference.
set -euo pipefail
# shellcheck source=tools/common.sh
source "$TIDEOVER_ROOT/tools/common.sh"

# shellcheck source=tools/cluster.sh
source "$TIDEOVER_ROOT/tools/cluster.sh"

# Every golden file and the function that prints it.
goldens=(
    # file               command
    'openapi.json      | openapi_document'
    'schema.sql        | schema_as_it_stands'
    'call.sql          | statements_of call'
    'voucher.sql       | statements_of voucher'
)

openapi_document() { "$BINARY" openapi; }

# Composed from the field table, so that a change of SQL is read as SQL.
statements_of() { # NOUN
    local operation
    for operation in create read lock step correct; do
        printf -- '-- %s\n' "$operation"
        "$BINARY" sql "$operation" "$1"
        printf '\n'
    done
}

# The schema after every migration, on a cluster of its own. What differs between versions of pg_dump is left out.
schema_as_it_stands() (
    mkdir -p "$VAR/golden/log"
    cluster_at "$VAR/golden" quick
    trap 'cluster_down && cluster_remove' EXIT
    { cluster_remove && cluster_up; } >&2
    TIDEOVER_OWNER_DATABASE=$(connection tideover tideover) "$BINARY" migrate >&2
    "$POSTGRES_BIN/pg_dump" --schema-only --no-owner "$(connection tideover tideover)" |
        sed -E '/^(--|SET |SELECT pg_catalog.set_config|\\(un)?restrict)/d' | cat -s
)

case ${1:-} in
    --help | -h) help_of "$0"; exit ;;
    -*) die "golden has no option '$1'" "./tideover golden --help" ;;
esac
cd "$ROOT"
built_or_die "$BINARY"
folder=${1:-tests/golden}
mkdir -p "$folder"
for golden in "${goldens[@]}"; do
    IFS='|' read -r file command <<<"$golden"
    read -r file <<<"$file"
    # shellcheck disable=SC2086 # the command's words
    $command >"$folder/$file.new" || die "$file could not be made" "./tideover golden"
    mv "$folder/$file.new" "$folder/$file"
done
say "made ${#goldens[@]} golden file(s) in $folder; read: git diff $folder"
