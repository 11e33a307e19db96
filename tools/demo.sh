# The demo year: its tokens, its replay through the API, and what `up` prints at the end. Sourced, not run.
# shellcheck shell=bash disable=SC2034

TOKENS=${STATE:?}/demo-tokens.tsv # key, role, name, partner, token; closed to others
PROGRESS=$STATE/replay.json

# A new cluster knows nothing of the old one's tokens and records.
forget_demo() { rm -f "$TOKENS" "$PROGRESS"; }

is_loopback() { [[ $1 == 127.* || $1 == ::1 || $1 == localhost ]]; }
token_of() { awk -F '\t' -v key="$1" '$1 == key {print $5}' "$TOKENS"; }

# Minting ends the former demo tokens: whoever saw an earlier `up` cannot go on with what it printed.
mint_tokens() {
    built_or_die "$DEMO"
    (umask 077 && demo_tokens >"$TOKENS.new") || die "no demo tokens could be made" "./tideover up"
    mv "$TOKENS.new" "$TOKENS"
}

# Says in DEMO_NEWS how it went. The replay itself remembers how far it came.
play_demo() { # URL
    local news
    mint_tokens
    news=$("$DEMO" replay --to "$1" --tokens "$TOKENS" --state "$PROGRESS" 9>&-) ||
        die "the demo year was not played to its end" "./tideover up (it goes on where it stopped)"
    if [[ $news == *'already there'* ]]; then DEMO_NEWS='there already'; else DEMO_NEWS='played through the API'; fi
}

report_team() {
    local key role name partner token
    printf '\nDemo team (also in %s; they work on loopback only)\n' "${TOKENS#"$ROOT"/}"
    while IFS=$'\t' read -r key role name partner token; do
        if [[ $partner != - ]]; then role+=" $partner"; fi
        printf '  %-17s %-26s %-24s %s\n' "$key" "$role" "$name" "$token"
    done <"$TOKENS"
}

# Every line of it has a key of its own, so pasting it after each `up` records one call each time.
report_request() { # URL
    printf '\nRecord a call:\n'
    printf "curl -sS %s/v1/calls -H 'Authorization: Bearer %s' -H 'Idempotency-Key: try-%s' -H 'Content-Type: application/json' -d '%s'\n" \
        "$1" "$(token_of helpline)" "$(date -u +%Y%m%dT%H%M%S)-$RANDOM" \
        '{"direction":"inbound","counterparty":"business","started_at":"2020-04-02T10:15:00Z","outcome":"advice_given"}'
}

# Half a number, as somebody reads it off a display.
find_request() { # URL
    printf '\nFind who rang, by half a telephone number:\n'
    printf "curl -sS '%s/v1/search?q=900+123' -H 'Authorization: Bearer %s'\n" "$1" "$(token_of helpline)"
}

# A council of its own: what is there, and the first token, once.
report_council() { # URL ADMIN TOKEN
    printf '\n%s\n' "$("$BINARY" council show 9>&-)"
    ("$BINARY" verify 9>&- || true) | tail -n 1
    report_addresses "$1"
    if [[ $3 ]]; then
        printf '\nFirst administrator, %s. This token is shown once; keep it:\n  %s\n' "$2" "$3"
        printf '\nAdd a member of staff, then POST /v1/tokens for them:\n'
        printf "curl -sS %s/v1/staff -H 'Authorization: Bearer TOKEN' -H 'Idempotency-Key: first-1' -H 'Content-Type: application/json' -d '%s'\n" \
            "$1" '{"key":"payroll-1001","name":"Nadia Khan"}'
    else
        printf '\nAnother administrator: ./tideover token create --role admin --name NAME\n'
    fi
    printf '\n'
}

report_addresses() { # URL
    printf '\nPublic page  %s/\nPublished    %s/publications\nAPI docs     %s/docs\nAudit key    %s (public; signs ./tideover audit checkpoint)\n' \
        "$1" "$1" "$1" "$(cat "$STATE/audit.pub")"
}

print_figures() { # URL
    local state=()
    if [[ -e $PROGRESS ]]; then state=(--state "$PROGRESS"); fi
    "$DEMO" figures --to "$1" "${state[@]}" 9>&- || say "tideover: the figures could not be printed; next: ./tideover figures"
}

report() { # URL DEMO-OR-NOTHING FIGURES
    printf '\n'
    if [[ ${3:-} ]]; then printf '%s\n' "$3"; elif [[ $1 == http:* ]]; then print_figures "$1"; fi
    ("$BINARY" verify 9>&- || true) | tail -n 1
    report_addresses "$1"
    if [[ $2 ]]; then
        report_team
        report_request "$1"
        find_request "$1"
    else
        printf '\nListening at %s, where demo tokens are refused. Make one: ./tideover token create --role helpline --name NAME\n' "$1"
    fi
    printf '\n'
}
