// Which figure a request is about, as known when; and what its answer depends on, for whoever keeps it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "db/figures/figures.hpp"

namespace tideover::resources {

/// Where the answer stands. Throws Problem where nothing was sealed as early as that.
[[nodiscard]] db::figures::Knowledge resolve(db::Tx& tx, const std::optional<std::string>& known_at);

/// A figure as it is defined now, or as it was where the answer stands. Throws Problem where there is none.
[[nodiscard]] db::figures::Headline figure_now(db::Tx& tx, const std::string& code);
[[nodiscard]] db::figures::Headline figure_as_known(db::Tx& tx, const std::string& code,
                                                    const db::figures::Knowledge& knowledge);

/// What an answer about a figure depends on but the ledger, and what of the ledger it does.
[[nodiscard]] std::string question_of(std::string_view what, const db::Tx& tx, const db::figures::Headline& h,
                                      const std::string& day);
[[nodiscard]] std::string version_of(const db::figures::Knowledge& knowledge);

}  // namespace tideover::resources
