# Builds a CMake preset with its progress on one line and its words in a log. Sourced, not run.
# shellcheck shell=bash

# Clones in other folders share the cache, and precompiled headers do not keep a file out of it.
export CCACHE_BASEDIR=$ROOT CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros

# The heaviest file takes most of a gigabyte to compile, so memory limits the jobs as well as the cores do.
build_jobs() {
    local cores gigabytes
    cores=$(nproc)
    gigabytes=$(awk '/^MemAvailable/ {print int($2 / 1048576)}' /proc/meminfo)
    if ((gigabytes < 1)); then gigabytes=1; fi
    printf '%s' "$((cores < gigabytes ? cores : gigabytes))"
}

show_progress() {
    local line finished total left started=$SECONDS
    while IFS= read -r line; do
        [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]] || continue
        finished=${BASH_REMATCH[1]} total=${BASH_REMATCH[2]} left=''
        if ((finished > 3 && SECONDS - started > 15 && finished < total)); then
            left=", about $(((SECONDS - started) * (total - finished) / finished / 60 + 1)) min left"
        fi
        progress "$finished/$total$left"
    done
}

first_errors() { grep -m 3 -A 3 -E 'error:|CMake Error|undefined reference|ninja: error|fatal' "$1" | head -n 12; }

build_failed() { # LOG
    end_line
    first_errors "$1" >&2 || tail -n 8 "$1" >&2
    die "the build failed; the full log is $1" "less $1"
}

configure() { # PRESET LOG
    local fresh=() home
    home=$(sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' "build/$1/CMakeCache.txt" 2>/dev/null || true)
    # CMake refuses a folder that was configured where the clone stood before.
    if [[ $home && $home != "$ROOT" ]]; then fresh=(--fresh); fi
    cmake --preset "$1" "${fresh[@]}" >"$2" 2>&1 || build_failed "$2"
}

# Two ninjas in one folder spoil each other's work, hence the lock; `up` and `test` may well run at once.
build_preset() { # PRESET LOG [TARGET…]
    local preset=$1 log=$2
    shift 2
    cd "$ROOT" || exit
    mkdir -p build
    exec 7>>"build/.lock"
    flock 7
    configure "$preset" "$log"
    NINJA_STATUS='[%f/%t] ' ninja -C "build/$preset" -j "$(build_jobs)" "$@" 2>&1 9>&- | tee -a "$log" | show_progress ||
        build_failed "$log"
    exec 7>&-
}
