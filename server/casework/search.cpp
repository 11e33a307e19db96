// Three tiers, each asked only where the one before leaves room: what was typed, what is a slip away from it, what is
// more. A name that is well known costs one statement, and of many names that are alike the nearest are found.
#include "server/casework/search.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "db/parties/merges.hpp"
#include "db/records/search.hpp"

namespace tideover::casework {
namespace {

namespace store = db::records;

struct Ranked {
    store::Hit hit;
    ranking::Rank rank;
    std::size_t place;  // of its noun among all
};

/// The hits, each once, best first; a void record comes after all others.
class Ranking {
public:
    explicit Ranking(std::span<const Noun* const> nouns) : nouns_(nouns) {}

    void add(const ranking::Typed& typed, std::vector<store::Hit> hits) {
        for (auto& hit : hits) {
            if (!seen_.insert(hit.id).second) continue;
            auto rank = ranking::rank(typed, hit.noun->prefix, hit.reference, hit.shown);
            if (rank.why.empty()) continue;
            const auto place =
                static_cast<std::size_t>(std::find(nouns_.begin(), nouns_.end(), hit.noun) - nouns_.begin());
            ranked_.push_back({std::move(hit), std::move(rank), place});
        }
        std::stable_sort(ranked_.begin(), ranked_.end(), [](const Ranked& one, const Ranked& other) {
            if (one.hit.voided != other.hit.voided) return other.hit.voided;
            if (one.rank.weight != other.rank.weight) return one.rank.weight > other.rank.weight;
            if (one.place != other.place) return one.place < other.place;
            return one.hit.id > other.hit.id;
        });
    }
    [[nodiscard]] bool certain() const {
        return std::any_of(ranked_.begin(), ranked_.end(), [](const Ranked& one) { return one.rank.certain; });
    }
    [[nodiscard]] std::vector<Ranked>& all() { return ranked_; }

private:
    std::span<const Noun* const> nouns_;
    std::set<std::string> seen_;
    std::vector<Ranked> ranked_;
};

std::size_t meanings(const ranking::Typed& typed) {
    std::size_t out = 0;
    for (const auto& word : typed.words) out += word.meant.size();
    return out;
}

/// Of each noun the newest that answer to the nearest meanings; where there are none, to any.
std::vector<store::RecordKey> like(db::Tx& tx, std::span<const Noun* const> nouns, const ranking::Typed& typed,
                                   int most, bool any_before) {
    auto nearer = typed;
    nearer.words = typed::with_nearest(typed.words);
    const auto nearest = meanings(nearer), all = meanings(typed);
    auto out = nearest > 0 ? store::found(tx, nouns, nearer, most) : std::vector<store::RecordKey>{};
    if (out.empty() && !any_before && all > nearest) out = store::found(tx, nouns, typed, most);
    return out;
}

/// Leads each record that is merged into another to that one, where the asker sees it; each record stands once.
std::vector<Found> with_survivors(db::Tx& tx, MayRead may_read, std::vector<Ranked>& best) {
    std::vector<std::string> ids;
    for (const auto& one : best) ids.push_back(one.hit.id);
    const auto roots = db::parties::survivors(tx, ids);
    std::map<std::string, store::Hit> survivors;
    if (!roots.empty()) {
        std::vector<store::RecordKey> into;
        for (const auto& one : best) {
            const auto root = roots.find(one.hit.id);
            if (root != roots.end()) into.push_back({one.hit.noun, root->second});
        }
        for (auto& hit : store::hits_of(tx, may_read, into)) survivors.emplace(hit.id, std::move(hit));
    }
    std::vector<Found> out;
    std::set<std::string> shown;
    for (auto& one : best) {
        const auto root = roots.find(one.hit.id);
        const auto survivor = root == roots.end() ? survivors.end() : survivors.find(root->second);
        const auto& hit = survivor == survivors.end() ? one.hit : survivor->second;
        if (!shown.insert(hit.id).second) continue;
        Found found{hit.noun, hit.id, hit.reference, hit.state, hit.line, hit.voided, std::move(one.rank.why), {}};
        if (survivor != survivors.end()) found.merged = Found::Merged{one.hit.id, one.hit.reference};
        out.push_back(std::move(found));
    }
    return out;
}

}  // namespace

std::optional<ranking::Typed> read_typed(db::Tx& tx, const std::string& text) {
    ranking::Typed out{.words = {},
                       .text = text,
                       .phone = typed::phone_part(text).value_or(""),
                       .packed = {},
                       .references = typed::references_in(text)};
    std::size_t letters = 0;
    for (auto& word : store::words_of(tx, text)) {
        letters += typed::length(word);
        if (out.words.size() < typed::words_most) out.words.push_back({std::move(word), {}});
    }
    if (letters < typed::least) return std::nullopt;
    // A single letter beside words is an initial: it narrows nothing.
    if (out.words.size() > 1)
        std::erase_if(out.words,
                      [](const typed::Word& word) { return typed::length(word.text) < 2 && word.text[0] > '9'; });
    // An identifier holds a digit and few blanks.
    if (auto packed = typed::packed(text);
        out.words.size() <= 4 && packed.find_first_of("0123456789") != std::string::npos)
        out.packed = std::move(packed);
    return out;
}

std::optional<ranking::Typed> read_typed_freely(db::Tx& tx, const std::string& text) {
    auto out = read_typed(tx, text);
    if (out) store::add_meanings(tx, out->words);
    return out;
}

std::optional<Findings> search(db::Tx& tx, std::span<const Noun* const> nouns, MayRead may_read,
                               const std::string& text, int limit) {
    auto typed = read_typed(tx, text);
    if (!typed) return std::nullopt;
    Ranking ranking{nouns};
    ranking.add(*typed, store::hits_of(tx, may_read, store::found(tx, nouns, *typed, limit + 1)));
    const auto enough = static_cast<std::size_t>(limit);
    if (ranking.all().size() <= enough && !ranking.certain()) {
        store::add_meanings(tx, typed->words);
        ranking.add(*typed, store::hits_of(tx, may_read, like(tx, nouns, *typed, limit + 1, !ranking.all().empty())));
    }
    auto& all = ranking.all();
    Findings out{.best = {}, .more = all.size() > enough};
    if (out.more) all.erase(all.begin() + limit, all.end());
    out.best = with_survivors(tx, may_read, all);
    return out;
}

}  // namespace tideover::casework
