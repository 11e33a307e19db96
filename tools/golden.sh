#!/usr/bin/env bash
# ./tideover golden
#
# Makes the golden files in tests/golden anew, after a change that was meant; the diff is then yours to read and commit.
# `test` makes them aside and fails on any difference.
set -euo pipefail
# shellcheck source=tools/common.sh
source "$TIDEOVER_ROOT/tools/common.sh"

# Every golden file and the words of tideoverd that print it.
goldens=(
    # file           words
    'openapi.json  | openapi'
)

case ${1:-} in
    --help | -h) help_of "$0"; exit ;;
    -*) die "golden has no option '$1'" "./tideover golden --help" ;;
esac
cd "$ROOT"
built_or_die
folder=${1:-tests/golden}
mkdir -p "$folder"
for golden in "${goldens[@]}"; do
    IFS='|' read -r file words <<<"$golden"
    read -r file <<<"$file"
    # shellcheck disable=SC2086 # the words are words
    "$BINARY" $words >"$folder/$file.new" || die "tideoverd $words failed" "./tideover golden"
    mv "$folder/$file.new" "$folder/$file"
done
say "made ${#goldens[@]} golden file(s) in $folder; read: git diff $folder"
