#!/usr/bin/env bash
# Who checks the checker: each error below is planted in the program (or in the clients), and the histories must go red.
# With none planted they must not. TAP on standard output.
set -euo pipefail
FAULTS=${1:?the program faults, built with failpoints}

# the error                  | the faults that bring it out
plants=(
    'none                     | '
    'reply-before-commit      | server-killed'
    'no-idempotency-row       | callers-cut'
    'fresh-key-per-retry      | database-deaf'
    'audit-row-skipped        | lock-held'
    'warning-taken-as-success | standby-missing'
    'unbounded-queue          | pool-exhausted'
    'connection-reused        | standby-missing'
    'fold-past-open           | lock-held'
    'entry-without-record     | lock-held'
    'role-leaked              | lock-held'
)

number=0 failed=0
for row in "${plants[@]}"; do
    IFS='|' read -r plant only <<<"$row"
    read -r plant <<<"$plant"
    read -r only <<<"$only" || true
    wanted=1 options=(--histories 5 --until-red --plant "$plant" --only "$only")
    if [[ $plant == none ]]; then wanted=0 options=(--histories 1); fi
    code=0
    out=$("$FAULTS" --seed 1 --faults 4 --writes 700 "${options[@]}" 2>&1) || code=$?
    word=ok
    if ((code != wanted)); then word='not ok' failed=1; fi
    found=$(grep -m1 -o '! .*' <<<"$out") || found='! nothing found'
    printf '%s %s - planted: %s; found: %s\n' "$word" "$((++number))" "$plant" "${found#! }"
    if [[ $word != ok ]]; then printf '# %s\n' "${out//$'\n'/$'\n'# }"; fi
done
exit "$failed"
