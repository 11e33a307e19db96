// An application is one that its scheme takes; its approval makes the award and commits the money.
#include "domain/grants/application.hpp"

#include <algorithm>
#include <map>

#include "db/core/ids.hpp"
#include "db/grants/awards.hpp"
#include "db/records/records.hpp"
#include "domain/core/reference.hpp"
#include "domain/grants/award.hpp"
#include "domain/grants/nouns.hpp"
#include "server/casework/grants/shared.hpp"
#include "server/casework/grants/terms.hpp"
#include "server/casework/lists.hpp"

namespace tideover::casework {
namespace {

constexpr Fields its{nouns::application_table::fields}, assessed{nouns::application_table::assess_fields},
    of_award{nouns::award_table::fields};

/// The field that names whom a scheme of that kind pays.
struct Payee {
    std::string_view kind;
    Handle field;
    std::string_view sentence;
};
constexpr auto payees = std::to_array<Payee>({
    {"business", its["business_id"], "This scheme pays businesses."},
    {"community", its["organisation_id"], "This scheme pays voluntary groups."},
    {"household", its["person_id"], "This scheme pays households, each through a person."},
});

void scheme_pays_them(const Proposals& applications) {
    const auto kinds = db::grants::scheme_kinds(applications.tx, applications.after());
    for (std::size_t i = 0; i < applications.size(); ++i) {
        auto& application = applications[i];
        if (!kinds[i]) application.unknown(its["scheme"]);
        for (const auto& row : payees) {
            if (row.kind == kinds[i] && !application.after.has(row.field)) {
                application.refuse(Refusal::scheme_kind, std::string{row.sentence});
            }
        }
    }
}

void check_declarations(const SchemeTerms& terms, Proposal& application) {
    const auto declared = codes_of(application.after, its["declarations"]);
    for (std::size_t i = 0; i < declared.size(); ++i) {
        const auto& asked = terms.declarations;
        if (std::none_of(asked.begin(), asked.end(), [&](const auto& row) { return row.declaration == declared[i]; })) {
            application.fault(its["declarations"], i, "unknown_declaration",
                              "One of the declarations of the scheme's version.");
        }
    }
}

/// The version that an application is judged by: of the latest that take one of its day and period.
void version_in_force(const Proposals& applications) {
    std::map<std::string, std::vector<SchemeTerms>, std::less<>> published;
    for (const auto& [scheme, versions] : db::grants::published_terms(applications.tx, applications.after())) {
        for (const auto& version : versions) published[scheme].push_back(terms_in(version));
    }
    for (auto* application : applications) {
        auto& after = application->after;
        const auto found = in_force(published[std::string{after.text(its["scheme"])}], after.text(its["period"]),
                                    after.text(its["received_on"]));
        if (found.refused) {
            application->objection = *found.refused;
            continue;
        }
        check_declarations(*found.terms, *application);
        if (!application->objection && found.terms->uniqueness_key == "premises" && !after.has(its["premises_id"])) {
            application->fault(its["premises_id"], "required", "This scheme pays once for each of the premises.");
        }
        after.set(its["scheme_version_id"], found.terms->id);
    }
}

/// An assessed amount is one that the application's version publishes.
void amount_in_terms(const Proposals& applications) {
    const auto some =
        applications.where([](const Proposal& one) { return one.said->text(assessed["recommendation"]) == "award"; });
    if (some.empty()) return;
    std::map<std::string, SchemeTerms, std::less<>> terms;
    for (const auto& [id, found] : db::grants::terms_of(some.tx, some.after())) terms.emplace(id, terms_in(found));
    for (auto* application : some) {
        const auto& said = *application->said;
        const auto& published = terms.at(std::string{application->after.text(its["scheme_version_id"])});
        if (const auto refused = outside_scheme(published.amounts, application->after.text(its["period"]),
                                                said.text(assessed["band"]), said.number(assessed["amount_pence"]))) {
            application->objection = *refused;
        }
    }
}

/// Whoever said last where the money goes does not send it there.
void not_own_bank_details(const Proposals& applications) {
    db::Params ids;
    for (const auto* one : applications) ids.emplace_back(one->after.id);
    const auto own = db::grants::gave_bank_details(applications.tx, ids, applications.actor().staff);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (own[i]) applications[i].refuse(Refusal::own_bank_details);
    }
}

/// The award that an approved application gets.
Record award_of(const Proposal& application, const std::optional<std::string>& ward) {
    Record award{nouns::award.fields};
    award.id = db::ids::fresh();
    award.set(of_award["application_id"], application.after.id);
    for (const auto same : {its["scheme"], its["scheme_version_id"], its["period"], its["band"], its["business_id"],
                            its["organisation_id"], its["person_id"], its["premises_id"], its["amount_pence"]}) {
        award.set(same, application.after.at(same));
    }
    award.set(of_award["awarded_on"], application.after.at(its["decided_on"]));
    award.set(of_award["ward"], ward);
    return award;
}

/// Approval makes the award and commits the money, in the transaction of the decision.
void make_awards(const Proposals& applications) {
    auto& tx = applications.tx;
    std::vector<Record> awards;
    const auto wards = db::grants::wards_of(tx, applications.after());
    for (std::size_t i = 0; i < applications.size(); ++i) awards.push_back(award_of(applications[i], wards[i]));
    db::records::Records asked;
    for (const auto& award : awards) asked.push_back(&award);
    const auto rivals = db::grants::rivals_of(tx, asked, false);
    std::vector<db::records::Draft> drafts;
    std::map<std::string, std::int64_t> committed;
    for (std::size_t i = 0; i < applications.size(); ++i) {
        auto& application = applications[i];
        if (rivals[i]) {
            application.refuse(rivals[i]->excludes ? Refusal::excluded_by_award : Refusal::already_awarded,
                               "Award " + rivals[i]->reference + " stands. A wrong one has to be cancelled first.",
                               {{nouns::award.name, rivals[i]->id}});
            continue;
        }
        committed[std::string{awards[i].text(of_award["scheme"])}] += awards[i].number(of_award["amount_pence"]);
        drafts.push_back({&awards[i], make_reference(nouns::award.prefix, db::ids::random_bits()), {}});
        application.after.set(its["award_id"], awards[i].id);
    }
    for (const auto& [scheme, pence] : committed) grants::commit_allocation(tx, scheme, pence);
    db::records::create_all(tx, nouns::award, drafts);
}

bool same_claim(const Proposal& application) {
    for (const auto field : {its["received_on"], its["declarations"], its["business_id"], its["organisation_id"],
                             its["person_id"], its["premises_id"]}) {
        if (!application.unchanged(field)) return false;
    }
    return !application.before->voided;
}

/// A corrected application is still one that its scheme takes.
void still_in_scheme(const Proposals& applications) {
    const auto other = applications.where([](const Proposal& one) { return !one.after.voided && !same_claim(one); });
    for (auto* application : other) {
        if (!application->before->has(its["decided_on"])) continue;
        application->refuse(Refusal::wrong_state,
                            "It was decided as it stood, so who applied, for which premises, what they declared and "
                            "when cannot change any more.");
    }
    static constexpr Rule anew[]{scheme_pays_them, version_in_force, grants::premises_are_theirs};
    judge(anew, other);
}

}  // namespace

extern const Rules application_rules;
constinit const Rules application_rules{
    .noun = &nouns::application,
    .record = {scheme_pays_them, version_in_force, grants::premises_are_theirs},
    .steps = {{"assess", {amount_in_terms}},
              {"approve", {not_own_bank_details, grants::premises_are_theirs, make_awards}}},
    .correct = {still_in_scheme},
};

}  // namespace tideover::casework
