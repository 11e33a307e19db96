// The rules of schemes: terms that are sound, published by a second person, and what they mean for an application.
#pragma once

#include <vector>

#include "db/core/transaction.hpp"
#include "domain/core/noun.hpp"
#include "domain/grants/scheme_terms.hpp"

namespace tideover::schemes {

/// Before a version is stored: numbers it within its scheme. Throws Problem with every contradiction in its terms.
void draft(db::Tx& tx, Record& version, const Actor& actor);

/// A draft may be corrected, by whoever may not publish it then. Published terms are not corrected, nor voided.
void redraft(db::Tx& tx, const Record& before, Record& after, const Record& body, const Actor& actor);

/// Gives the scheme the allocation that the version publishes. Throws Problem where an earlier published version pays
/// by another key: what was paid once could then be paid again.
void publish(db::Tx& tx, const Record& before, Record& after, const Record& body, const Actor& actor);

/// Finds the version that an application is judged by: of the latest that take one of its day and period. Throws
/// Problem where there is none, where the scheme pays others, or where it declares what no version asks.
void take_in(db::Tx& tx, Record& application, const Actor& actor);

/// An assessed amount is one that the application's version publishes.
void amount_in_terms(db::Tx& tx, const Record& before, Record& after, const Record& body, const Actor& actor);

/// The terms of one version. Precondition: it is there.
[[nodiscard]] SchemeTerms terms_of(db::Tx& tx, std::string_view version_id);

}  // namespace tideover::schemes
