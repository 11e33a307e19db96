// THE route table: every address, who may use it, and what answers.
#include <array>

#include "domain/nouns.hpp"
#include "server/api/resources/audit.hpp"
#include "server/api/resources/headlines.hpp"
#include "server/api/resources/publications.hpp"
#include "server/api/resources/records.hpp"
#include "server/api/resources/system.hpp"
#include "server/api/router.hpp"

namespace tideover {
namespace {

using namespace resources;
constexpr auto get = Verb::get;
constexpr auto post = Verb::post;

// clang-format off
constexpr auto table = std::to_array<Route>({
    // verb path                                         roles                                                               handler            noun                         summary
    {post, "/v1/organisations",                         roles::staff,                                                       record,            &nouns::organisation,        "Record an organisation"},
    {get,  "/v1/organisations",                         roles::all,                                                         list,              &nouns::organisation,        "List organisations"},
    {get,  "/v1/organisations/{id}",                    roles::all,                                                         read,              &nouns::organisation,        "Read one of the organisations"},
    {post, "/v1/organisations/{id}/corrections",        roles::staff,                                                       correct,           &nouns::organisation,        "Correct, or void, what was recorded; what was said before is kept"},

    {post, "/v1/households",                            roles::staff | roles::partner,                                      record,            &nouns::household,           "Record a household"},
    {get,  "/v1/households",                            roles::staff | roles::partner | roles::auditor,                     list,              &nouns::household,           "List households"},
    {get,  "/v1/households/{id}",                       roles::staff | roles::partner | roles::auditor,                     read,              &nouns::household,           "Read one of the households"},
    {post, "/v1/households/{id}/corrections",           roles::staff | roles::partner,                                      correct,           &nouns::household,           "Correct, or void, what was recorded; what was said before is kept"},

    {post, "/v1/persons",                               roles::staff | roles::partner,                                      record,            &nouns::person,              "Record a person"},
    {get,  "/v1/persons",                               roles::helpline | roles::partner | roles::auditor | roles::admin,   list,              &nouns::person,              "List persons"},
    {get,  "/v1/persons/{id}",                          roles::helpline | roles::partner | roles::auditor | roles::admin,   read,              &nouns::person,              "Read one of the persons"},
    {post, "/v1/persons/{id}/corrections",              roles::helpline | roles::partner | roles::admin,                correct,           &nouns::person,              "Correct, or void, what was recorded; what was said before is kept"},

    {post, "/v1/businesses",                            roles::staff,                                                       record,            &nouns::business,            "Record a business"},
    {get,  "/v1/businesses",                            roles::staff | roles::auditor,                                      list,              &nouns::business,            "List businesses"},
    {get,  "/v1/businesses/{id}",                       roles::staff | roles::auditor,                                      read,              &nouns::business,            "Read one of the businesses"},
    {post, "/v1/businesses/{id}/corrections",           roles::staff,                                                       correct,           &nouns::business,            "Correct, or void, what was recorded; what was said before is kept"},

    {post, "/v1/premises",                              roles::staff,                                                       record,            &nouns::premises,            "Record premises"},
    {get,  "/v1/premises",                              roles::staff | roles::auditor,                                      list,              &nouns::premises,            "List premises"},
    {get,  "/v1/premises/{id}",                         roles::staff | roles::auditor,                                      read,              &nouns::premises,            "Read one of the premises"},
    {post, "/v1/premises/{id}/corrections",             roles::staff,                                                       correct,           &nouns::premises,            "Correct, or void, what was recorded; what was said before is kept"},

    {post, "/v1/merges",                                roles::staff,                                                       record,            &nouns::merge,               "Record that two records are one party"},
    {get,  "/v1/merges",                                roles::staff | roles::auditor,                                      list,              &nouns::merge,               "List merges"},
    {get,  "/v1/merges/{id}",                           roles::staff | roles::auditor,                                      read,              &nouns::merge,               "Read one of the merges"},
    {post, "/v1/merges/{id}/reversals",                 roles::staff,                                                       advance,           &nouns::merge,               "Undo a merge"},

    {post, "/v1/schemes",                               roles::admin,                                                       record,            &nouns::scheme,              "Record a grant scheme"},
    {get,  "/v1/schemes",                               roles::all,                                                         list,              &nouns::scheme,              "List schemes"},
    {get,  "/v1/schemes/{id}",                          roles::all,                                                         read,              &nouns::scheme,              "Read one of the schemes"},
    {post, "/v1/schemes/{id}/corrections",              roles::admin,                                                       correct,           &nouns::scheme,              "Correct, or void, what was recorded; what was said before is kept"},

    {post, "/v1/scheme-versions",                       roles::admin,                                                       record,            &nouns::scheme_version,      "Draft the terms of a scheme: bands, periods, amounts, declarations"},
    {get,  "/v1/scheme-versions",                       roles::all,                                                         list,              &nouns::scheme_version,      "List versions of schemes"},
    {get,  "/v1/scheme-versions/{id}",                  roles::all,                                                         read,              &nouns::scheme_version,      "Read one of the versions"},
    {post, "/v1/scheme-versions/{id}/corrections",      roles::admin,                                                       correct,           &nouns::scheme_version,      "Correct, or void, a draft; what was said before is kept"},
    {post, "/v1/scheme-versions/{id}/publications",     roles::admin,                                                       advance,           &nouns::scheme_version,      "Publish the terms: somebody other than who wrote them"},
    {post, "/v1/scheme-versions/{id}/closures",         roles::admin,                                                       advance,           &nouns::scheme_version,      "Take no application under it that is received after that day"},

    {post, "/v1/applications",                          roles::officer,                                                     record,            &nouns::application,         "Record a grant application"},
    {get,  "/v1/applications",                          roles::grants | roles::finance | roles::auditor,                    list,              &nouns::application,         "List applications"},
    {get,  "/v1/applications/{id}",                     roles::grants | roles::finance | roles::auditor,                    read,              &nouns::application,         "Read one of the applications"},
    {post, "/v1/applications/{id}/assessments",         roles::grants,                                                      advance,           &nouns::application,         "Assess an application"},
    {post, "/v1/applications/{id}/decisions",           roles::approver,                                                    advance,           &nouns::application,         "Approve or refuse an assessed application; approval makes the award"},
    {post, "/v1/applications/{id}/withdrawals",         roles::officer,                                                     advance,           &nouns::application,         "Record that the applicant withdrew"},
    {post, "/v1/applications/{id}/corrections",         roles::officer,                                                     correct,           &nouns::application,         "Correct, or void, what was recorded; what was said before is kept"},

    {get,  "/v1/awards",                                roles::grants | roles::finance | roles::auditor,                    list,              &nouns::award,               "List awards"},
    {get,  "/v1/awards/{id}",                           roles::grants | roles::finance | roles::auditor,                    read,              &nouns::award,               "Read one of the awards"},
    {post, "/v1/awards/{id}/cancellations",             roles::approver,                                                    advance,           &nouns::award,               "Cancel an unpaid award and release its allocation"},
    {post, "/v1/awards/{id}/corrections",               roles::approver,                                                    correct,           &nouns::award,               "Correct, or void, what was recorded; what was said before is kept"},

    {post, "/v1/payments",                              roles::finance,                                                     record,            &nouns::payment,             "Record that a payment was instructed"},
    {get,  "/v1/payments",                              roles::grants | roles::finance | roles::auditor,                    list,              &nouns::payment,             "List payments"},
    {get,  "/v1/payments/{id}",                         roles::grants | roles::finance | roles::auditor,                    read,              &nouns::payment,             "Read one of the payments"},
    {post, "/v1/payments/{id}/settlements",             roles::finance,                                                     advance,           &nouns::payment,             "Record the bank's entry day: the grant counts as paid"},
    {post, "/v1/payments/{id}/rejections",              roles::finance,                                                     advance,           &nouns::payment,             "Record that the bank refused it"},
    {post, "/v1/payments/{id}/returns",                 roles::finance,                                                     advance,           &nouns::payment,             "Record that the bank returned it; the award may be paid again"},
    {post, "/v1/payments/{id}/corrections",             roles::finance,                                                     correct,           &nouns::payment,             "Correct, or void, what was recorded; what was said before is kept"},

    {post, "/v1/external-funding",                      roles::officer,                                                     record,            &nouns::external_funding,    "Record funding that a group secured elsewhere"},
    {get,  "/v1/external-funding",                      roles::grants | roles::finance | roles::auditor,                    list,              &nouns::external_funding,    "List external funding"},
    {get,  "/v1/external-funding/{id}",                 roles::grants | roles::finance | roles::auditor,                    read,              &nouns::external_funding,    "Read one of the external funding"},
    {post, "/v1/external-funding/{id}/corrections",     roles::officer,                                                     correct,           &nouns::external_funding,    "Correct, or void, what was recorded; what was said before is kept"},

    {post, "/v1/council-tax-accounts",                  roles::finance,                                                     record,            &nouns::council_tax_account, "Record a Council Tax account"},
    {get,  "/v1/council-tax-accounts",                  roles::finance | roles::auditor,                                    list,              &nouns::council_tax_account, "List council tax accounts"},
    {get,  "/v1/council-tax-accounts/{id}",             roles::finance | roles::auditor,                                    read,              &nouns::council_tax_account, "Read one of the council tax accounts"},
    {post, "/v1/council-tax-accounts/{id}/corrections", roles::finance,                                                     correct,           &nouns::council_tax_account, "Correct, or void, what was recorded; what was said before is kept"},

    {post, "/v1/council-tax-funds",                     roles::admin,                                                       record,            &nouns::council_tax_fund,    "Record a fund that credits Council Tax accounts"},
    {get,  "/v1/council-tax-funds",                     roles::all,                                                         list,              &nouns::council_tax_fund,    "List council tax funds"},
    {get,  "/v1/council-tax-funds/{id}",                roles::all,                                                         read,              &nouns::council_tax_fund,    "Read one of the council tax funds"},
    {post, "/v1/council-tax-funds/{id}/corrections",    roles::admin,                                                       correct,           &nouns::council_tax_fund,    "Correct, or void, what was recorded; what was said before is kept"},

    {post, "/v1/council-tax-postings",                  roles::finance,                                                     record,            &nouns::council_tax_posting, "Record a posting on a Council Tax account"},
    {get,  "/v1/council-tax-postings",                  roles::finance | roles::auditor,                                    list,              &nouns::council_tax_posting, "List council tax postings"},
    {get,  "/v1/council-tax-postings/{id}",             roles::finance | roles::auditor,                                    read,              &nouns::council_tax_posting, "Read one of the council tax postings"},
    {post, "/v1/council-tax-postings/{id}/corrections", roles::finance,                                                     correct,           &nouns::council_tax_posting, "Correct, or void, what was recorded; what was said before is kept"},

    {post, "/v1/ppe-items",                             roles::admin,                                                       record,            &nouns::ppe_item,            "Record an item of the PPE list"},
    {get,  "/v1/ppe-items",                             roles::all,                                                         list,              &nouns::ppe_item,            "List ppe items"},
    {get,  "/v1/ppe-items/{id}",                        roles::all,                                                         read,              &nouns::ppe_item,            "Read one of the ppe items"},
    {post, "/v1/ppe-items/{id}/corrections",            roles::admin,                                                       correct,           &nouns::ppe_item,            "Correct, or void, what was recorded; what was said before is kept"},

    {post, "/v1/ppe-movements",                         roles::partner,                                                     record,            &nouns::ppe_movement,        "Record PPE issued, returned or recalled"},
    {get,  "/v1/ppe-movements",                         roles::staff | roles::partner | roles::auditor,                     list,              &nouns::ppe_movement,        "List ppe movements"},
    {get,  "/v1/ppe-movements/{id}",                    roles::staff | roles::partner | roles::auditor,                     read,              &nouns::ppe_movement,        "Read one of the ppe movements"},
    {post, "/v1/ppe-movements/{id}/corrections",        roles::partner,                                                     correct,           &nouns::ppe_movement,        "Correct, or void, what was recorded; what was said before is kept"},

    {post, "/v1/vouchers",                              roles::officer | roles::partner,                                    record,            &nouns::voucher,             "Record a request for a voucher"},
    {get,  "/v1/vouchers",                              roles::helpline | roles::officer | roles::partner | roles::auditor, list,              &nouns::voucher,             "List vouchers"},
    {get,  "/v1/vouchers/{id}",                         roles::helpline | roles::officer | roles::partner | roles::auditor, read,              &nouns::voucher,             "Read one of the vouchers"},
    {post, "/v1/vouchers/{id}/sends",                   roles::officer | roles::partner,                                    advance,           &nouns::voucher,             "Record that a voucher was sent"},
    {post, "/v1/vouchers/{id}/bounces",                 roles::officer | roles::partner,                                    advance,           &nouns::voucher,             "Record that it came back, to be sent again"},
    {post, "/v1/vouchers/{id}/failures",                roles::officer | roles::partner,                                    advance,           &nouns::voucher,             "Record that it bounced for good"},
    {post, "/v1/vouchers/{id}/redemptions",             roles::officer | roles::partner,                                    advance,           &nouns::voucher,             "Record that it was redeemed"},
    {post, "/v1/vouchers/{id}/expiries",                roles::officer | roles::partner,                                    advance,           &nouns::voucher,             "Record that it expired unused"},
    {post, "/v1/vouchers/{id}/cancellations",           roles::officer | roles::partner,                                    advance,           &nouns::voucher,             "Cancel a voucher"},
    {post, "/v1/vouchers/{id}/reissues",                roles::officer | roles::partner,                                    advance,           &nouns::voucher,             "Void a voucher and request a new one in its place"},
    {post, "/v1/vouchers/{id}/corrections",             roles::officer | roles::partner,                                    correct,           &nouns::voucher,             "Correct, or void, what was recorded; what was said before is kept"},

    {post, "/v1/parcels",                               roles::helpline,                                                    record,            &nouns::parcel,              "Record a referral for a food parcel"},
    {get,  "/v1/parcels",                               roles::helpline | roles::partner | roles::auditor,                  list,              &nouns::parcel,              "List parcels"},
    {get,  "/v1/parcels/{id}",                          roles::helpline | roles::partner | roles::auditor,                  read,              &nouns::parcel,              "Read one of the parcels"},
    {post, "/v1/parcels/{id}/attempts",                 roles::helpline | roles::partner,                                   advance,           &nouns::parcel,              "Record an attempt to deliver and its outcome"},
    {post, "/v1/parcels/{id}/failures",                 roles::helpline | roles::partner,                                   advance,           &nouns::parcel,              "Give a parcel up"},
    {post, "/v1/parcels/{id}/replacements",             roles::helpline,                                                    advance,           &nouns::parcel,              "Refer a second parcel in place of this one"},
    {post, "/v1/parcels/{id}/corrections",              roles::helpline,                                                    correct,           &nouns::parcel,              "Correct, or void, what was recorded; what was said before is kept"},

    {post, "/v1/food-shops",                            roles::helpline | roles::partner,                                   record,            &nouns::food_shop,           "Record a request for a food shop"},
    {get,  "/v1/food-shops",                            roles::helpline | roles::partner | roles::auditor,                  list,              &nouns::food_shop,           "List food shops"},
    {get,  "/v1/food-shops/{id}",                       roles::helpline | roles::partner | roles::auditor,                  read,              &nouns::food_shop,           "Read one of the food shops"},
    {post, "/v1/food-shops/{id}/completions",           roles::helpline | roles::partner,                                   advance,           &nouns::food_shop,           "Record that the shop was done"},
    {post, "/v1/food-shops/{id}/failures",              roles::helpline | roles::partner,                                   advance,           &nouns::food_shop,           "Record that it could not be done"},
    {post, "/v1/food-shops/{id}/corrections",           roles::helpline | roles::partner,                                   correct,           &nouns::food_shop,           "Correct, or void, what was recorded; what was said before is kept"},

    {post, "/v1/devices",                               roles::partner | roles::admin,                                      record,            &nouns::device,              "Record that a device was supplied"},
    {get,  "/v1/devices",                               roles::staff | roles::partner | roles::auditor,                     list,              &nouns::device,              "List devices"},
    {get,  "/v1/devices/{id}",                          roles::staff | roles::partner | roles::auditor,                     read,              &nouns::device,              "Read one of the devices"},
    {post, "/v1/devices/{id}/handovers",                roles::partner | roles::admin,                                      advance,           &nouns::device,              "Record that it reached the person it is for"},
    {post, "/v1/devices/{id}/returns",                  roles::partner | roles::admin,                                      advance,           &nouns::device,              "Record that it came back"},
    {post, "/v1/devices/{id}/corrections",              roles::partner | roles::admin,                                      correct,           &nouns::device,              "Correct, or void, what was recorded; what was said before is kept"},

    {post, "/v1/calls",                                 roles::helpline,                                                    record,            &nouns::call,                "Record a call"},
    {get,  "/v1/calls",                                 roles::helpline | roles::auditor,                                   list,              &nouns::call,                "List calls"},
    {get,  "/v1/calls/{id}",                            roles::helpline | roles::auditor,                                   read,              &nouns::call,                "Read one of the calls"},
    {post, "/v1/calls/{id}/corrections",                roles::helpline,                                                    correct,           &nouns::call,                "Correct, or void, what was recorded; what was said before is kept"},

    {post, "/v1/mutual-aid-groups",                     roles::helpline | roles::partner,                                   record,            &nouns::mutual_aid_group,    "Record a mutual aid group"},
    {get,  "/v1/mutual-aid-groups",                     roles::all,                                                         list,              &nouns::mutual_aid_group,    "List mutual aid groups"},
    {get,  "/v1/mutual-aid-groups/{id}",                roles::all,                                                         read,              &nouns::mutual_aid_group,    "Read one of the mutual aid groups"},
    {post, "/v1/mutual-aid-groups/{id}/confirmations",  roles::helpline | roles::partner,                                   advance,           &nouns::mutual_aid_group,    "Confirm that a group is active"},
    {post, "/v1/mutual-aid-groups/{id}/closures",       roles::helpline | roles::partner,                                   advance,           &nouns::mutual_aid_group,    "Record that a group has ended"},
    {post, "/v1/mutual-aid-groups/{id}/corrections",    roles::helpline | roles::partner,                                   correct,           &nouns::mutual_aid_group,    "Correct, or void, what was recorded; what was said before is kept"},

    {post, "/v1/volunteers",                            roles::helpline | roles::partner,                                   record,            &nouns::volunteer,           "Record that a person registered as a volunteer"},
    {get,  "/v1/volunteers",                            roles::helpline | roles::partner | roles::auditor,                  list,              &nouns::volunteer,           "List volunteers"},
    {get,  "/v1/volunteers/{id}",                       roles::helpline | roles::partner | roles::auditor,                  read,              &nouns::volunteer,           "Read one of the volunteers"},
    {post, "/v1/volunteers/{id}/departures",            roles::helpline | roles::partner,                                   advance,           &nouns::volunteer,           "Record that a volunteer left"},
    {post, "/v1/volunteers/{id}/corrections",           roles::helpline | roles::partner,                                   correct,           &nouns::volunteer,           "Correct, or void, what was recorded; what was said before is kept"},

    {post, "/v1/staff",                                  roles::admin,                                                       record,            &nouns::staff,               "Record a member of staff"},
    {get,  "/v1/staff",                                  roles::admin | roles::auditor,                                      list,              &nouns::staff,               "List staff"},
    {get,  "/v1/staff/{id}",                             roles::admin | roles::auditor,                                      read,              &nouns::staff,               "Read one of the staff"},
    {post, "/v1/staff/{id}/departures",                  roles::admin,                                                       advance,           &nouns::staff,               "Record that they left: every token of theirs ends at once"},
    {post, "/v1/staff/{id}/returns",                     roles::admin,                                                       advance,           &nouns::staff,               "Record that they came back: they need new tokens"},
    {post, "/v1/staff/{id}/corrections",                 roles::admin,                                                       correct,           &nouns::staff,               "Correct, or void, what was recorded; what was said before is kept"},

    {post, "/v1/tokens",                                 roles::admin,                                                       record,            &nouns::api_token,           "Make a token; it is shown in this answer and never again"},
    {get,  "/v1/tokens",                                 roles::admin | roles::auditor,                                      list,              &nouns::api_token,           "List tokens, without their secrets"},
    {get,  "/v1/tokens/{id}",                            roles::admin | roles::auditor,                                      read,              &nouns::api_token,           "Read about one of the tokens"},
    {post, "/v1/tokens/{id}/role-changes",               roles::admin,                                                       advance,           &nouns::api_token,           "Give the token another role; what is under way in the old one ends"},
    {post, "/v1/tokens/{id}/revocations",                roles::admin,                                                       advance,           &nouns::api_token,           "Revoke a token, at once"},

    {get,  "/v1/headlines",                             roles::everyone,                                                    headlines,         nullptr,                     "All figures, judged against what the council said", true},
    {get,  "/v1/headlines/{code}",                      roles::everyone,                                                    headline,          nullptr,                     "What a figure counts, in words and as data"},
    {get,  "/v1/headlines/{code}/records",              roles::all,                                                         headline_records,  nullptr,                     "The entries behind a figure, each with its record"},
    {get,  "/v1/headlines/{code}/subjects",             roles::all,                                                         headline_subjects, nullptr,                     "The subjects that a figure counts"},
    {get,  "/v1/headlines/{code}/bridge",               roles::everyone,                                                    headline_bridge,   nullptr,                     "From a figure as known then to the figure as known now", true},
    {get,  "/v1/headlines/{code}/wards",                roles::everyone,                                                    headline_wards,    nullptr,                     "A figure by ward; small counts of people are withheld from the public", true},
    {get,  "/v1/measures",                              roles::everyone,                                                    measure_list,      nullptr,                     "The register of what is counted, in which unit"},
    {get,  "/v1/verify",                                roles::auditor | roles::finance | roles::admin,                     verification,      nullptr,                     "Recount everything from the records and compare"},

    {get,  "/v1/audit",                                 roles::auditor | roles::admin,                                      audit_lines,       nullptr,                     "Who did what, when and to which record, with what stood there before"},
    {get,  "/v1/audit/checkpoint",                      roles::auditor | roles::admin,                                      audit_checkpoint,  nullptr,                     "How far the audit's chain reaches, signed: to be kept elsewhere"},
    {post, "/v1/publications",                          roles::finance | roles::admin,                                      record,            &nouns::publication,         "Publish the figures of a seal under your name"},
    {get,  "/v1/publications",                          roles::everyone,                                                    publication_list,  nullptr,                     "List publications, the newest first", true},
    {get,  "/v1/publications/{id}",                     roles::everyone,                                                    publication,       nullptr,                     "What was published, as it was published"},
    {get,  "/v1/publications/{id}/document",            roles::everyone,                                                    publication_bytes, nullptr,                     "The published bytes that its digest is of"},
    {get,  "/v1/publications/{id}/figures.csv",         roles::everyone,                                                    publication_csv,   nullptr,                     "The published figures for a spreadsheet", true},
    {get,  "/v1/publications/{id}/restatement",         roles::everyone,                                                    restatement,       nullptr,                     "What led from one publication to another, figure by figure", true},

    {get,  "/openapi.json",                             roles::everyone,                                                    openapi_document,  nullptr,                     "The OpenAPI document"},
    {get,  "/healthz",                                  roles::everyone,                                                    healthz,           nullptr,                     "Whether the process is up"},
    {get,  "/readyz",                                   roles::everyone,                                                    readyz,            nullptr,                     "Whether the database is there and migrated"},
    {get,  "/metrics",                                  roles::everyone,                                                    metrics_text,      nullptr,                     "Metrics in the Prometheus format"},
});
// clang-format on

constexpr bool every_route_has_a_role() {
    for (const auto& route : table) {
        if (route.roles.empty()) return false;
    }
    return true;
}

constexpr bool unique() {
    for (std::size_t i = 0; i < table.size(); ++i) {
        for (std::size_t j = i + 1; j < table.size(); ++j) {
            if (table[i].verb == table[j].verb && table[i].path == table[j].path) return false;
        }
    }
    return true;
}

static_assert(every_route_has_a_role());
static_assert(unique());

}  // namespace

std::span<const Route> api_routes() {
    return table;
}

}  // namespace tideover
