// One statement for all nouns: which are the newest of each that answer. It is planned for what was typed, since a
// common word wants another way than a rare one. What is shown of a record is asked of the nouns that were found alone:
// planning it for all takes longer than all the rest.
#include "db/records/search.hpp"

#include <algorithm>
#include <map>

#include "db/records/record_sql.hpp"

namespace tideover::db::records {
namespace {

constexpr std::size_t meanings_max = 24;  // of a word

std::vector<std::string> texts_of(const pqxx::field& field) {
    std::vector<std::string> out;
    auto parser = field.as_array();
    for (;;) {
        auto [what, text] = parser.get_next();
        if (what == pqxx::array_parser::done) return out;
        if (what == pqxx::array_parser::string_value || what == pqxx::array_parser::null_value)
            out.push_back(std::move(text));
    }
}

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> out;
    for (std::size_t from = 0; from < text.size();) {
        const auto end = std::min(text.find(' ', from), text.size());
        if (end > from) out.push_back(text.substr(from, end - from));
        from = end + 1;
    }
    return out;
}

/// What a noun is found by, as two arrays: the values, and the words of each in its form.
std::string shown_of(const Noun& noun) {
    std::string values, words;
    for (const auto* field : searched_fields(noun)) {
        const auto name = "c." + column(field->name);
        values += (values.empty() ? "" : ", ") + name;
        words += (words.empty() ? "" : ", ") + (field->kind == Kind::phone ? name
                                                                           : "array_to_string(tsvector_to_array(" +
                                                                                 document({field}, "c.") + "), ' ')");
    }
    return "ARRAY[" + values + "]::text[], ARRAY[" + words + "]::text[]";
}

std::string identifiers_of(const Noun& noun) {
    const auto* list = searched_list(noun);
    if (list == nullptr) return "'{}'::text[]";
    return filled(R"(ARRAY(SELECT unnest(ARRAY[i.kind, i.value, i.canonical]) FROM {list} i
        WHERE i.authority_id = c.authority_id AND i.{parent} = c.id AND i.to_version IS NULL ORDER BY i.position))",
                  {{"list", list->rows->table}, {"parent", list->rows->parent}});
}

Hit hit_of(const pqxx::row& row) {
    Hit out{.noun = &nouns::named(row[0].as<std::string>()),
            .id = row[1].as<std::string>(),
            .reference = row[2].as<std::string>(),
            .state = row[3].as<std::string>(),
            .line = row[5].as<std::string>(),
            .voided = row[4].as<bool>(),
            .shown = {}};
    const auto values = texts_of(row[6]), words = texts_of(row[7]), identifiers = texts_of(row[8]);
    const auto fields = searched_fields(*out.noun);
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (values.at(i).empty()) continue;
        const bool phone = fields[i]->kind == Kind::phone;
        out.shown.push_back({std::string{fields[i]->name}, values[i], phone ? ranking::By::phone : ranking::By::words,
                             phone ? std::vector{words.at(i)} : split(words.at(i))});
    }
    for (std::size_t i = 0; i + 2 < identifiers.size(); i += 3)
        out.shown.push_back(
            {"identifiers." + identifiers[i], identifiers[i + 1], ranking::By::identifier, {identifiers[i + 2]}});
    return out;
}

}  // namespace

std::vector<std::string> words_of(Tx& tx, const std::string& text) {
    static const Query query{"search_words", "SELECT unnest(search_words($1))"};
    std::vector<std::string> out;
    for (const auto& row : tx.run(query, {text})) out.push_back(row[0].as<std::string>());
    return out;
}

void add_meanings(Tx& tx, std::vector<typed::Word>& words) {
    static const Query query{"search_meanings", R"(
SELECT x.n, m.word FROM unnest($2::text[]) WITH ORDINALITY AS x(word, n)
CROSS JOIN LATERAL (
    (SELECT w.word FROM search_word w
     WHERE w.authority_id = $1 AND w.word COLLATE "C" > x.word AND w.word COLLATE "C" < x.word || U&'\+10FFFF'
           AND x.word !~ '^[0-9]{1,3}$'
     ORDER BY length(w.word), w.word LIMIT 24)
    UNION
    (SELECT s.word FROM search_similar($1, x.word) AS s(word))) m)"};
    std::vector<std::string> asked;
    for (const auto& word : words) asked.push_back(word.text);
    std::vector<std::vector<std::string>> like(words.size());
    for (const auto& row : tx.run(query, {tx.authority(), array_of(asked)})) {
        like[row[0].as<std::size_t>() - 1].push_back(row[1].as<std::string>());
    }
    for (std::size_t i = 0; i < words.size(); ++i) {
        words[i].meant = typed::nearest(words[i].text, std::move(like[i]), meanings_max);
    }
}

std::vector<RecordKey> found(Tx& tx, std::span<const Noun* const> nouns, const ranking::Typed& typed, int most) {
    Statement all;
    const auto bind = [&](const std::string& value, std::string_view type) { return all.bind(value, type); };
    const auto authority = bind(tx.authority(), "text"), limit = bind(std::to_string(most), "integer");
    std::vector<std::string> parts;
    for (const auto* noun : nouns) {
        const auto which = answers(*noun, typed, authority, bind);
        if (which == "false") continue;
        parts.push_back(filled(R"(
(SELECT '{kind}', t.id FROM {kind} t WHERE t.authority_id = {authority}{visible} AND {which}
 ORDER BY t.id DESC LIMIT {limit}))",
                               {{"kind", noun->name},
                                {"authority", authority},
                                {"visible", visible_only(tx.principal(), *noun, bind)},
                                {"which", which},
                                {"limit", limit}}));
    }
    std::vector<RecordKey> out;
    if (parts.empty()) return out;
    all << joined(parts, "\nUNION ALL");
    for (const auto& row : tx.run(all))
        out.push_back({&nouns::named(row[0].as<std::string>()), row[1].as<std::string>()});
    return out;
}

std::vector<Hit> hits_of(Tx& tx, MayRead may_read, const std::vector<RecordKey>& keys) {
    std::map<const Noun*, std::vector<std::string>> ids;
    for (const auto& key : keys) ids[key.noun].push_back(key.id);
    std::vector<Hit> out;
    if (ids.empty()) return out;
    Statement all;
    const auto bind = [&](const std::string& value, std::string_view type) { return all.bind(value, type); };
    const auto authority = bind(tx.authority(), "text");
    std::vector<std::string> parts;
    for (const auto& [noun, its] : ids) {
        parts.push_back(filled(R"(
SELECT '{kind}', c.id, c.reference, {state}, c.voided, {line}, {shown}, {identifiers}
FROM (SELECT t.* FROM {kind} t WHERE t.authority_id = {authority}{visible} AND t.id = ANY ({ids})) c)",
                               {{"kind", noun->name},
                                {"state", noun->moves.empty() ? "''" : "c.state"},
                                {"line", line(tx.principal(), *noun, may_read, authority, bind)},
                                {"shown", shown_of(*noun)},
                                {"identifiers", identifiers_of(*noun)},
                                {"authority", authority},
                                {"visible", visible_only(tx.principal(), *noun, bind)},
                                {"ids", bind(array_of(its), "uuid[]")}}));
    }
    all << joined(parts, "\nUNION ALL");
    for (const auto& row : tx.run(all)) out.push_back(hit_of(row));
    return out;
}

void learn_words(Connection& connection, const std::string& authority, int lines) {
    static const Query due{"search_due", R"(
SELECT p.upto, max(a.id), array_to_string(array_agg(DISTINCT a.record_kind), ' ')
FROM (SELECT coalesce((SELECT upto FROM search_progress WHERE authority_id = $1), 0) AS upto) p
CROSS JOIN LATERAL (
    SELECT a.id, a.record_kind FROM audit a
    WHERE a.authority_id = $1 AND a.id > p.upto
      AND a.id <= (SELECT l.audit_upto FROM audit_link l WHERE l.authority_id = $1 ORDER BY l.number DESC LIMIT 1)
    ORDER BY a.id LIMIT $2::integer) a
GROUP BY p.upto)"};
    const auto found = connection.run(due, {authority, std::to_string(lines)});
    if (found.empty()) return;
    const auto after = found[0][0].as<std::string>(), upto = found[0][1].as<std::string>();
    for (const auto& kind : split(found[0][2].as<std::string>())) {
        const auto all = nouns::all();
        const auto noun = std::find_if(all.begin(), all.end(), [&](const Noun* one) { return one->name == kind; });
        if (noun == all.end() || document(**noun, "").empty()) continue;
        const auto& learn = cached("search_learn_" + kind, [&] {
            return filled(R"(
INSERT INTO search_word (authority_id, word)
SELECT DISTINCT $1, w.word FROM {table} t CROSS JOIN LATERAL unnest(tsvector_to_array({document})) AS w(word)
WHERE t.authority_id = $1 AND length(w.word) BETWEEN 3 AND 40
  AND t.id IN (SELECT a.record_id FROM audit a
               WHERE a.authority_id = $1 AND a.id > $2 AND a.id <= $3 AND a.record_kind = '{table}')
ON CONFLICT DO NOTHING)",
                          {{"table", kind}, {"document", document(**noun, "t.")}});
        });
        connection.run(learn, {authority, after, upto});
    }
    static const Query learned{"search_learned", R"(
INSERT INTO search_progress (authority_id, upto) VALUES ($1, $2::bigint)
ON CONFLICT (authority_id) DO UPDATE SET upto = greatest(search_progress.upto, excluded.upto))"};
    connection.run(learned, {authority, upto});
}

}  // namespace tideover::db::records
