// The table of problems, and what refusals and faults become.
#include "server/api/problem.hpp"

#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace tideover {
namespace {

// clang-format off
constexpr auto types = std::to_array<ProblemType>({
    // slug                        status title                                                       remedy
    {"malformed-json",              400, "The body is not JSON",                                      "Send one JSON object in UTF-8. The detail says where reading stopped."},
    {"duplicate-key",               400, "The body names a field twice",                              "Send each field once: with two values nobody can tell which one was meant."},
    {"too-deep",                    400, "The body is nested too deeply",                             "Nothing here needs more than 32 levels."},
    {"invalid-utf8",                400, "The body is not UTF-8",                                     "Encode the body as UTF-8."},
    {"null-character",              400, "The body has a U+0000 character",                           "Take the character out: it cannot be stored."},
    {"unknown-parameter",           400, "The query has a parameter that this route does not know",   "The detail names the nearest parameter that it does know."},
    {"invalid-parameter",           400, "A query parameter has a value that cannot be used",         "The detail says what the parameter takes."},
    {"bad-request",                 400, "The request cannot be read as HTTP",                        "Check the client's HTTP library."},
    {"unauthenticated",             401, "A valid token is needed",                                   "Send 'Authorization: Bearer TOKEN'. Tokens end at once when they are revoked; ask an administrator for a new one."},
    {"two-credentials",             400, "Two credentials came at once",                              "Send the token, or be signed in with a session: not both."},
    {"demo-token",                  401, "Demo tokens hold on the loopback address only",             "Make a token with ./tideover token create, or bind to 127.0.0.1."},
    {"https-needed",                403, "This service is reached by HTTPS only",                     "Use https:// in the address, and end the token: it came in the clear."},
    {"forbidden",                   403, "Your role may not do this",                                 "The API documentation says which roles may. Ask somebody who has one of them."},
    {"not-yours",                   403, "This belongs to another partner",                           "Partners record and change what they deliver themselves. Use your own code."},
    {"not-found",                   404, "There is no such thing here",                               "Check the address and the id; records of other authorities are not shown."},
    {"method-not-allowed",          405, "This address does not take that method",                    "The Allow header lists the methods that it takes."},
    {"not-acceptable",              406, "None of the accepted media types is available",             "Lists come as application/json, text/csv or a workbook (application/vnd.openxmlformats-officedocument.spreadsheetml.sheet), all else as application/json."},
    {"wrong-state",                 409, "The record is in a state from which this cannot be done",   "Read the record again: the detail names its state."},
    {"in-use",                      409, "Live work leans on the record",                             "The detail names that work. Correct it to name another record, or void it, first."},
    {"already-recorded",            409, "Something that may exist only once is already recorded",    "Use the record that is there: the detail names it. A void one can be reinstated by a correction with \"void\": false."},
    {"duplicate-identifier",        409, "Another record already has this identifier",                "Use that record, or merge the two if they are one."},
    {"already-awarded",             409, "There is a live award for what this scheme pays once",     "Look at the other award. A wrong one has to be cancelled first."},
    {"excluded-by-award",           409, "There is a live award of a scheme that excludes this one",     "The same premises or payee get one award of these schemes. A wrong one has to be cancelled first."},
    {"already-paid",                409, "The award has a live payment",                              "Only a rejected or returned payment can be issued again; and of two awards for the same, one is paid."},
    {"already-reversed",            409, "The posting is already reversed",                           "Nothing needs to be done."},
    {"already-credited",            409, "The fund has credited the account automatically already",   "An automatic award is made once an account and fund. Reverse the one that stands, or record this one as made on an application."},
    {"below-nothing",               409, "A fund would take back more than it gave",                  "Check the amount and the day against what the fund credited to the account: the detail says where it would stand."},
    {"already-merged",              409, "The two already count as one",                              "Nothing needs to be done, or reverse the earlier merge first."},
    {"secret-shown",                409, "The secret is not shown again",                             "Only the login that asked for it sees it again, for ten minutes. Revoke it and make another."},
    {"has-left",                    409, "They have left the council",                                "Record their return first."},
    {"already-superseded",          409, "Another publication took its place already",               "Supersede the one that holds now: superseded_by leads to it."},
    {"stale",                       412, "The record changed since you read it",                      "Read it again, look at what changed, and decide again. The detail says who changed it."},
    {"too-large",                   413, "The body is too large",                                     "Bodies may have 65,536 bytes, and files that are imported 512 MiB."},
    {"unsupported-media-type",      415, "The body's media type is not taken here",                   "Send application/json."},
    {"invalid-fields",              422, "Some fields cannot be accepted",                            "The list of errors names every field at fault and what it takes. Nothing was stored."},
    {"own-assessment",              422, "Two different people are needed",                           "Whoever assessed an application may not decide it, whatever login they use. Ask a colleague."},
    {"own-bank-details",            422, "Two different people are needed",                           "Whoever changed the bank details may not approve or release. Ask a colleague."},
    {"own-draft",                   422, "Two different people are needed",                           "Whoever drafted the terms of a scheme or the definition of a figure, or corrected them last, may not publish them. Ask another administrator."},
    {"own-import",                  422, "Two different people are needed",                           "Whoever sent a file in may not undo it. Ask a colleague who may correct such records."},
    {"overlapping-figure",          422, "Another figure counts some of the same",                    "Say which figure it is included in, or shown beside; or count other things, or other days."},
    {"other-key",                   422, "The scheme pays by another key",                            "What a scheme pays once for is the same in all its versions. Record another scheme for another key."},
    {"outside-window",              422, "The scheme was not open on that day",                       "Windows are judged on the day the application was received."},
    {"wrong-scheme-kind",           422, "The scheme pays others",                                    "Business schemes pay businesses, community schemes pay voluntary groups."},
    {"amount-outside-scheme",       422, "The scheme does not pay this amount",                       "Use an amount that the scheme publishes for the period and band."},
    {"not-recommended",             422, "The assessment does not recommend an award",                "Have the application assessed again first."},
    {"over-allocation",             422, "The scheme has not enough allocation left",                 "Refuse or wait; the allocation comes back when an award is cancelled."},
    {"more-than-issued",            422, "More would come back than was issued",                      "Check the units against the issue."},
    {"nothing-changed",             422, "The correction changes nothing",                            "Name a field and a value that differs from what is stored."},
    {"too-early",                   422, "The day lies before something that must come first",        "The detail says which."},
    {"after-last-payment",          422, "The scheme's last day for payments has passed",               "Nothing of this scheme can be paid any more, also not again after a return."},
    {"key-reused",                  422, "The Idempotency-Key was used with another body",            "A key belongs to one request for ever. Make a new key for a new request."},
    {"key-missing",                 428, "An Idempotency-Key is needed",                              "Send 'Idempotency-Key' with 1 to 200 printable characters, a new one for each request and the same one for its repeats."},
    {"precondition-required",       428, "If-Match is needed",                                        "Send 'If-Match' with the ETag of the record as you read it, so that nobody's change is lost."},
    {"too-many-requests",           429, "Too many requests came at once",                            "Wait for the time in Retry-After and repeat the request, with the same Idempotency-Key."},
    {"header-too-large",            431, "The header is too large",                                   "Headers may have 8,192 bytes together, in 64 fields."},
    {"internal",                    500, "Something went wrong on our side",                          "Nothing was stored. Quote the request id when you report it."},
    {"no-signing-key",              501, "This service has no key to sign with",                      "Start it with --audit-key FILE; ./tideover up does."},
    {"busy",                        503, "The service is busy",                                       "Try again after the time in Retry-After, with the same Idempotency-Key."},
    {"database-unfit",              503, "The database cannot work as it stands",                     "Its program was changed while it ran, or it cannot read its files. Nothing was stored. Whoever runs the service starts both anew: ./tideover down && ./tideover up."},
    {"outcome-unknown",             503, "The connection to the database was lost while saving",      "Repeat the request with the same Idempotency-Key: you get the stored answer, or it is done now."},
    {"no-room",                     507, "There is no room for the file",                             "Whoever runs the service makes room on the disk of its --spool folder. A narrower list may fit meanwhile."},
});

struct RefusalRow {
    Refusal refusal;
    std::string_view slug;
};
constexpr auto refusals = std::to_array<RefusalRow>({
    {Refusal::wrong_state,             "wrong-state"},
    {Refusal::own_assessment,          "own-assessment"},
    {Refusal::own_bank_details,        "own-bank-details"},
    {Refusal::own_draft,               "own-draft"},
    {Refusal::other_key,               "other-key"},
    {Refusal::scheme_window,           "outside-window"},
    {Refusal::scheme_kind,             "wrong-scheme-kind"},
    {Refusal::amount_outside_scheme,   "amount-outside-scheme"},
    {Refusal::not_recommended,         "not-recommended"},
    {Refusal::over_allocation,         "over-allocation"},
    {Refusal::already_recorded,        "already-recorded"},
    {Refusal::duplicate_identifier,    "duplicate-identifier"},
    {Refusal::already_awarded,         "already-awarded"},
    {Refusal::excluded_by_award,       "excluded-by-award"},
    {Refusal::already_paid,            "already-paid"},
    {Refusal::already_reversed,        "already-reversed"},
    {Refusal::already_credited,        "already-credited"},
    {Refusal::already_merged,          "already-merged"},
    {Refusal::already_superseded,      "already-superseded"},
    {Refusal::below_nothing,           "below-nothing"},
    {Refusal::more_than_issued,        "more-than-issued"},
    {Refusal::nothing_changed,         "nothing-changed"},
    {Refusal::too_early,               "too-early"},
    {Refusal::last_payment_day,        "after-last-payment"},
    {Refusal::not_yours,               "not-yours"},
    {Refusal::in_use,                  "in-use"},
    {Refusal::has_left,                "has-left"},
    {Refusal::overlapping_figure,      "overlapping-figure"},
    {Refusal::secret_shown,            "secret-shown"},
});
// clang-format on

std::string_view slug_of(Refusal refusal) {
    for (const auto& row : refusals) {
        if (row.refusal == refusal) return row.slug;
    }
    return "internal";
}

}  // namespace

std::span<const ProblemType> problem_types() {
    return types;
}

const ProblemType& problem_type(std::string_view slug) {
    for (const auto& type : types) {
        if (type.slug == slug) return type;
    }
    throw std::logic_error("no problem type " + std::string{slug});
}

Problem::Problem(const Refused& refused) : type_(&problem_type(slug_of(refused.why))), detail_(refused.detail) {}

std::string Problem::json(std::string_view instance) const {
    nlohmann::ordered_json out{
        {"type", "/problems/" + std::string{type_->slug}}, {"title", type_->title}, {"status", type_->status}};
    out["detail"] = detail_.empty() ? std::string{type_->remedy} : detail_;
    out["instance"] = instance;
    if (!faults_.empty()) {
        auto& errors = out["errors"] = nlohmann::ordered_json::array();
        for (const auto& fault : faults_) {
            errors.push_back({{"pointer", fault.pointer}, {"code", fault.code}, {"detail", fault.detail}});
        }
    }
    if (!related_.empty()) {
        auto& related = out["related"] = nlohmann::ordered_json::array();
        for (const auto& one : related_) related.push_back(nlohmann::ordered_json::parse(one));
    }
    for (const auto& [name, value] : members_) out[name] = nlohmann::ordered_json::parse(value);
    // Details may quote what a client sent: whatever it is, the answer is UTF-8.
    return out.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

Problem problem_of(const db::Fault& fault) {
    using db::Trouble;
    switch (fault.trouble()) {
        case Trouble::conflict:
            return Problem{"already-recorded"};
        case Trouble::unknown_reference:
            return Problem{"invalid-fields", "It names a record that does not exist."};
        case Trouble::bad_text:
            return Problem{"invalid-utf8"};
        case Trouble::unfit:
            return Problem{"database-unfit"};
        case Trouble::busy:
        case Trouble::lost:
            return Problem{"busy"};
        case Trouble::in_doubt:
            return Problem{"outcome-unknown"};
        case Trouble::revoked:
            return Problem{"unauthenticated"};
        case Trouble::broken_rule:
        case Trouble::ours:
            break;
    }
    return Problem{"internal"};
}

}  // namespace tideover
