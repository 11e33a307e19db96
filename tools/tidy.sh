#!/usr/bin/env bash
# Whether clang-tidy and cppcheck find nothing in a folder: tools/tidy.sh db. Reads build/tidy's compile commands
# (cmake --preset tidy). A file that was found clean is not read again until it, a header of ours that it includes,
# .clang-tidy, the commands or clang-tidy itself change: build/tidy/db/ keeps a name for each state.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

folder=${1:?tools/tidy.sh FOLDER}
clean=build/tidy/$folder
mkdir -p "$clean"
mapfile -t sources < <(find "$folder" -name '*.cpp' | sort)

# A line a file: the digest of all that a verdict on it follows from, and its name. Includes are followed by name.
digests() {
    local common file
    declare -A included_by_file=()
    while IFS=: read -r file _; do
        included_by_file[$file]=$(sed -n 's/^#include "\(.*\)"$/\1/p' "$file")
    done < <(find domain db server demo -name '*.[ch]pp')
    common=$(cat .clang-tidy <(clang-tidy --version) CMakePresets.json CMakeLists.txt | sha256sum)
    for file in "${sources[@]}"; do
        local -A seen=(["$file"]=1)
        local queue=("$file") next include
        while ((${#queue[@]} > 0)); do
            next=${queue[0]}
            queue=("${queue[@]:1}")
            for include in ${included_by_file[$next]:-}; do
                if [[ -e $include && ! ${seen[$include]:-} ]]; then
                    seen[$include]=1
                    queue+=("$include")
                fi
            done
        done
        mapfile -t sorted < <(printf '%s\n' "${!seen[@]}" | sort)
        printf '%s %s\n' "$({ printf '%s\n' "$common" "${sorted[@]}" && cat "${sorted[@]}"; } | sha256sum | cut -c1-40)" "$file"
    done
}

# shellcheck disable=SC2317 # xargs calls it
read_file() { # DIGEST FILE
    local found
    if found=$(clang-tidy -p build/tidy --quiet "$2" 2>/dev/null); then
        : >"$clean/$1"
        return
    fi
    printf '%s\n' "${found:-$2: error: clang-tidy could not read it}"
    return 1
}
export -f read_file
export clean

failed=0
digests >"build/tidy/$folder.digests"
while read -r digest file; do
    if [[ ! -e $clean/$digest ]]; then printf '%s\0%s\0' "$digest" "$file"; fi
done <"build/tidy/$folder.digests" >"build/tidy/$folder.unread"
printf 'clang-tidy reads %s of %s files\n' "$(($(tr -cd '\0' <"build/tidy/$folder.unread" | wc -c) / 2))" "${#sources[@]}"
xargs -0 -r -n 2 -P 2 bash -c 'read_file "$@"' read_file <"build/tidy/$folder.unread" || failed=1

# States that no file is in any more are forgotten.
find "$clean" -type f -printf '%f\n' | grep -vxFf <(cut -d' ' -f1 "build/tidy/$folder.digests") |
    while read -r old; do rm -f "$clean/$old"; done || true

cppcheck -q -j 2 --std=c++20 --language=c++ --enable=warning,performance,portability --inline-suppr \
    --suppressions-list=tools/cppcheck.txt --error-exitcode=1 -I. "$folder" || failed=1
exit "$failed"
