// Publications as they were stored: never changed, only read.
#pragma once

#include <optional>
#include <string>

#include "db/core/transaction.hpp"

namespace tideover::db::publications {

/// A publication, and which others stand before and after it ("" for none).
struct Publication {
    std::string id, reference, title, as_at, known_at, published_at, published_by, digest;
    std::string supersedes_id, superseded_by_id, superseded_by;  // ids, and the later one's reference
    std::string document;                                        // the bytes that the digest is of
};

/// Nothing where the authority has none of that id. Precondition: the id is canonical.
[[nodiscard]] std::optional<Publication> find(Tx& tx, const std::string& id);

/// Keeps the document of the publication that this transaction is about to record, and its figures as rows.
/// `document` is JSON whose "figures" are objects as server/casework/figures/publication.cpp makes them.
void keep(Tx& tx, const std::string& id, const std::string& document);

/// The newest seal's instant, or empty where nothing was sealed yet.
[[nodiscard]] std::string newest_seal(Tx& tx);

/// Who is writing, what their authority is called, and the moment of it, as a publication names them.
struct Imprint {
    std::string authority_name, published_by, published_at;
};
[[nodiscard]] Imprint imprint(Tx& tx);

}  // namespace tideover::db::publications
