#!/usr/bin/env bash
# tests/fuzz/run.sh SECONDS [TARGET…]
#
# Runs the fuzz targets of build/fuzz (cmake --preset fuzz && ninja -C build/fuzz fuzz), every one where none is named,
# for so long each and two at a time, from the committed seeds. Prints a TAP line a target with what it executed; what
# it found is in build/fuzz/findings/. New inputs go to build/fuzz/corpus/ and are used again. FUZZ_SEED chooses the seed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

usage() {
    sed -n '2,6s/^# \{0,1\}//p' tests/fuzz/run.sh >&2
    exit 2
}
[[ ${1:-} =~ ^[1-9][0-9]*$ ]] || usage
seconds=$1
shift
programs=build/fuzz/tests/fuzz
if (($# > 0)); then targets=("$@"); else
    mapfile -t targets < <(find tests/fuzz/corpus -mindepth 1 -maxdepth 1 -type d -printf '%f\n' | sort)
fi
for target in "${targets[@]}"; do
    [[ -x $programs/fuzz_$target && -d tests/fuzz/corpus/$target ]] || {
        printf 'there is no fuzz target %s: cmake --preset fuzz && ninja -C build/fuzz fuzz\n' "$target" >&2
        exit 2
    }
done
mkdir -p build/fuzz/findings

# As much as a body may have; a target that takes longer than ten seconds over one input has found something too.
fuzz() { # TARGET
    local corpus=build/fuzz/corpus/$1
    mkdir -p "$corpus"
    "$programs/fuzz_$1" -max_total_time="$seconds" -max_len=8192 -timeout=10 -rss_limit_mb=2048 -seed="${FUZZ_SEED:-0}" \
        -print_final_stats=1 -artifact_prefix="build/fuzz/findings/$1-" "$corpus" "tests/fuzz/corpus/$1" \
        >"build/fuzz/$1.log" 2>&1
}

report() { # NUMBER TARGET CODE
    local executed
    executed=$(sed -n 's/^stat::number_of_executed_units: *//p' "build/fuzz/$2.log")
    if (($3 == 0)) && ((${executed:-0} > 0)); then
        printf 'ok %s - fuzz %s: %s inputs in %s s, no finding\n' "$1" "$2" "$executed" "$seconds"
        return
    fi
    failed=1
    printf 'not ok %s - fuzz %s: %s\n' "$1" "$2" "$(grep -m1 -E 'does not hold|ERROR:|runtime error' "build/fuzz/$2.log")"
    grep -E '^ *#[0-9]+ .*(tests/fuzz|server/|domain/|db/)|Test unit written' "build/fuzz/$2.log" | sed 's/^/# /' || true
}

failed=0
printf '1..%s\n' "${#targets[@]}"
for ((first = 0; first < ${#targets[@]}; first += 2)); do
    pair=("${targets[@]:first:2}") pids=()
    for target in "${pair[@]}"; do
        fuzz "$target" &
        pids+=("$!")
    done
    for ((i = 0; i < ${#pair[@]}; ++i)); do
        code=0
        wait "${pids[i]}" || code=$?
        report "$((first + i + 1))" "${pair[i]}" "$code"
    done
done
exit "$failed"
