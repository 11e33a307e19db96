#!/usr/bin/env bash
# ./tideover import KIND FILE [--dry-run] [--delimiter comma|semicolon|tab|bar] [--leave-out COLUMN,COLUMN…]
#                             [--profile CODE] [--sheet NAME] [--header-row NUMBER] [--from DAY] [--errors FILE]
#                             [--as KEY] [--token TOKEN] [--to URL]
#
# Records the rows of a CSV file or a workbook (.xlsx), whose first row has names of fields, or the lines of a file of
# JSON (.ndjson, .jsonl), as records of a kind: calls, persons, premises … Shows how far it is, and then how many rows
# were recorded. Those at fault, each with what is wrong, are written to --errors, or beside the file (calls.xlsx:
# calls.calls.errors.csv): mend them there, and import that file. --dry-run checks everything and records nothing. --from says
# the day from which on a register holds. --profile names how files of its origin are read, one of /v1/import-profiles;
# those in tools/profiles, each with an example, are recorded when they are used first. Ends with 0 where every row is
# good, and with 3 where some are not.
#
# The token is --token or TIDEOVER_TOKEN; in the demo council otherwise that of the member of staff whose key --as names,
# or of the first who may.
set -euo pipefail
# shellcheck source=tools/common.sh
source "$TIDEOVER_ROOT/tools/common.sh"

kind='' file='' profile='' errors='' as='' token=${TIDEOVER_TOKEN:-} url='' query=()
while (($#)); do
    case $1 in
        --help) help_of "$0" && exit ;;
        --dry-run) query+=(--url-query dry_run=true) ;;
        --delimiter) query+=(--url-query "delimiter=${2:?}") && shift ;;
        --leave-out) query+=(--url-query "leave_out=${2:?}") && shift ;;
        --sheet) query+=(--url-query "sheet=${2:?}") && shift ;;
        --profile) profile=${2:?} && query+=(--url-query "profile=$profile") && shift ;;
        --from) query+=(--url-query "from=${2:?}") && shift ;;
        --header-row) query+=(--url-query "header_row=${2:?}") && shift ;;
        --errors) errors=${2:?} && shift ;;
        --as) as=${2:?} && shift ;;
        --token) token=${2:?} && shift ;;
        --to) url=${2:?} && shift ;;
        -*) die "there is no option $1" "./tideover import --help" ;;
        *) if [[ ! $kind ]]; then kind=$1; elif [[ ! $file ]]; then file=$1; else die "one file at a time" "./tideover import --help"; fi ;;
    esac
    shift
done
[[ $kind && $file ]] || die "say which records they are, and in which file" "./tideover import --help"
[[ -f $file && -r $file ]] || die "there is no file $file that can be read" "ls -l $(dirname "$file")"
rest=${file%.*}
[[ $rest == *."$kind".errors* ]] || rest+=.$kind
errors=${errors:-$rest.errors.csv}
case ${file,,} in
    *.xlsx) media=application/vnd.openxmlformats-officedocument.spreadsheetml.sheet ;;
    *.ndjson | *.jsonl) media=application/x-ndjson ;;
    *) media=text/csv ;;
esac
url=${url:-$(saved_url)} || die "no server of ours is running" "./tideover up --detach, or --to URL"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A request of ours; its body goes to $work/body, its headers to $work/head. Prints the status. Tokens stand in no
# command line.
ask() { # TOKEN CURL-OPTION…
    local bearer=$1
    shift
    curl -sS -o "$work/body" -D "$work/head" -w '%{http_code}' -K - "$@" <<<"header = \"Authorization: Bearer $bearer\"" ||
        die "$url does not answer" "./tideover up --detach, or --to URL"
}
send() { # TOKEN
    # A profile that comes with the program is recorded when it is used first.
    local shipped=$TIDEOVER_ROOT/tools/profiles/$profile.json
    if [[ $profile && -f $shipped ]]; then
        ask "$1" -X POST -H 'Content-Type: application/json' -H "Idempotency-Key: profile-$profile" \
            --data-binary "@$shipped" "$url/v1/import-profiles" >/dev/null
    fi
    ask "$1" -X POST -H "Content-Type: $media" --data-binary "@$file" --url-query "name=$(basename "$file")" \
        ${query[@]+"${query[@]}"} "$url/v1/imports/$kind"
}
refused() {
    # The problem's own sentence, and that of each column at fault.
    grep -o '"detail":"[^"]*"' "$work/body" | sed 's/^"detail":"/    /; s/"$//' >&2
    die "the file was not taken: nothing was recorded" "./tideover import --help"
}

if [[ $token ]]; then
    status=$(send "$token")
else
    [[ -r $STATE/demo-tokens.tsv ]] || die "a token is needed" "TIDEOVER_TOKEN=… ./tideover import $kind $file"
    while IFS=$'\t' read -r key _ _ _ token; do
        if [[ $as && $as != "$key" ]]; then continue; fi
        status=$(send "$token")
        if [[ $status != 403 ]]; then break; fi
    done <"$STATE/demo-tokens.tsv"
    [[ ${status:-} ]] || die "nobody's key is $as" "cut -f1 $STATE/demo-tokens.tsv"
fi
[[ $status == 20? ]] || refused
if [[ $status == 200 ]]; then say "this file was imported already: here is what came of it"; fi
id=$(sed -n 's/^location: .*\///ip' "$work/head" | tr -d '\r')

# The import's line, as CSV: id, kind, state, dry_run, done, total, recorded, same, changed, faulty, left_out …
line() { ask "$token" -H 'Accept: text/csv' "$url/v1/imports?id=$id" >/dev/null && tail -n 1 "$work/body"; }
STEP_LABEL="$kind"
while :; do
    IFS=, read -r _ _ state _ row total recorded same changed faulty left_out _ <<<"$(line)"
    case $state in done | failed | cancelled) break ;; esac
    progress "$row of ${total:-?} rows"
    sleep 0.3
done
ok "$state: $recorded new, $changed changed, $same the same, $faulty at fault, $left_out left out"
if [[ $state != "done" ]]; then
    ask "$token" "$url/v1/imports/$id" >/dev/null
    grep -o '"problem" : "[^"]*"' "$work/body" | sed 's/^"problem" : "/    /; s/"$//' >&2 || true
    exit 1
fi
if ((faulty == 0)); then exit 0; fi
ask "$token" "$url/v1/imports/$id/errors.csv" >/dev/null
mv "$work/body" "$errors"
say "    next: mend the rows in $errors, then ./tideover import $kind $errors${profile:+ --profile $profile}"
exit 3
