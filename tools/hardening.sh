#!/usr/bin/env bash
# Whether the release build is hardened: hardening.sh BINARY COMPILE_COMMANDS. Names what is missing; exit 1 where
# anything is. The flags themselves stand in CMakePresets.json.
# shellcheck disable=SC2317 # check reaches the functions
set -euo pipefail

binary=$1 commands=$2 missing=0

check() { # WHAT COMMAND…
    local what=$1
    shift
    if "$@" >/dev/null 2>&1; then printf 'ok      %s\n' "$what"; else
        printf 'missing %s\n' "$what"
        missing=1
    fi
}
has() { # TOOL-WORDS PATTERN
    grep -qE -- "$2" < <($1 "$binary")
}
many() { (($(grep -cE -- "$2" < <($1 "$binary")) > 1000)); }
lacks() { ! has "$@"; }
compiled_with() { # FLAG: in every command
    local all with
    all=$(grep -c '"command":' "$commands")
    with=$(grep '"command":' "$commands" | grep -cF -- " $1 ")
    ((all > 0 && all == with))
}

check "an address that changes with each start (PIE)" has 'readelf -hW' 'Type:.*DYN'
check "relocations read-only after the start (RELRO)" has 'readelf -lW' 'GNU_RELRO'
check "all of them, because all symbols are bound at the start" has 'readelf -dW' 'BIND_NOW|Flags:.*NOW'
check "a stack that cannot be executed" lacks 'readelf -lW' 'GNU_STACK.*RWE'
check "canaries on the stack" has 'readelf -sW' '__stack_chk_fail'
check "bounds of the C library's buffers (FORTIFY)" has 'readelf -sW' '__[a-z]+_chk@'
check "bounds of the standard library's containers" has 'readelf -sW' '__glibcxx_assert_fail'
check "landing pads for indirect jumps (CET)" many 'objdump -d --no-show-raw-insn' 'endbr64'
for flag in -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection -fcf-protection -fPIE -D_GLIBCXX_ASSERTIONS; do
    check "$flag in every compilation" compiled_with "$flag"
done
exit "$missing"
