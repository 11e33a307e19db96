// Composed from the marks `search()` and `tells()` of the field tables.
#include "db/records/search_sql.hpp"

#include <algorithm>

#include "db/records/record_sql.hpp"

namespace tideover::db::records {
namespace {

/// Whether people type the whole of it, or its beginning, with or without its dashes.
bool is_key(const Field& field) {
    return field.kind == Kind::postcode || field.form == Form::code || field.form == Form::tag ||
           field.form == Form::account || field.form == Form::fund;
}

std::string together(const std::vector<std::string>& parts, std::string_view between, std::string_view none) {
    return parts.empty() ? std::string{none} : joined(parts, between);
}

std::vector<std::string> phones(const Noun& noun) {
    std::vector<std::string> out;
    for (const auto* field : searched_fields(noun)) {
        if (field->kind == Kind::phone) out.push_back(column(field->name));
    }
    return out;
}

/// A word of a tsquery: such words hold neither quotes nor backslashes.
std::string lexeme(const std::string& word) {
    return "'" + word + "'";
}

/// One of the words that are meant by each of the typed ones.
std::string query_of(const std::vector<const typed::Word*>& words) {
    std::string out;
    for (const auto* word : words) {
        std::string any = lexeme(word->text);
        for (const auto& other : word->meant) any += " | " + lexeme(other);
        out += (out.empty() ? "(" : " & (") + any + ")";
    }
    return out;
}

bool is_number(const typed::Word& word) {
    return word.text.size() >= 4 &&
           std::all_of(word.text.begin(), word.text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Alternatives of a condition.
class Any {
public:
    void add(const std::string& condition) { sql_ += (sql_.empty() ? "" : " OR ") + condition; }
    [[nodiscard]] std::string sql() const { return sql_.empty() ? "false" : "(" + sql_ + ")"; }

private:
    std::string sql_;
};

std::string has_part(const std::string& name, const std::string& part, const Bind& bind) {
    return name + " LIKE " + bind("%" + part + "%", "text");
}

/// That all words that were typed are the record's. A number may be a part of its telephone number instead.
std::string has_words(const Noun& noun, const ranking::Typed& sought, const Bind& bind) {
    const auto words = document(noun, "t.");
    const auto numbers = phones(noun);
    std::vector<const typed::Word*> plain;
    std::string out;
    for (const auto& word : sought.words) {
        if (numbers.empty() || !is_number(word) || sought.words.size() == 1) {
            plain.push_back(&word);
            continue;
        }
        Any either;
        either.add(words + " @@ " + bind(lexeme(word.text), "tsquery"));
        for (const auto& name : numbers) either.add(has_part("t." + name, word.text, bind));
        out += " AND " + either.sql();
    }
    if (!plain.empty()) out = " AND " + words + " @@ " + bind(query_of(plain), "tsquery") + out;
    return "(" + out.substr(5) + ")";
}

/// That one of its identifiers has the text as a part, in the form in which identifiers are compared.
std::string has_identifier(const Field& list, const ranking::Typed& sought, const std::string& authority,
                           const Bind& bind) {
    Any part;
    if (sought.packed.size() >= 4) part.add(has_part("i.canonical", sought.packed, bind));
    if (!sought.phone.empty() && sought.phone != sought.packed) part.add(has_part("i.canonical", sought.phone, bind));
    if (sought.text.find('@') != std::string::npos) part.add("i.canonical = lower(" + bind(sought.text, "text") + ")");
    if (part.sql() == "false") return {};
    return filled(
        R"(t.id = ANY (ARRAY(SELECT i.{parent} FROM {list} i WHERE i.authority_id = {authority}
        AND i.to_version IS NULL AND {part})))",
        {{"parent", list.rows->parent}, {"list", list.rows->table}, {"authority", authority}, {"part", part.sql()}});
}

std::string pounds(const std::string& value) {
    return "'£' || to_char(" + value + " / 100.0, 'FM999,999,999,990.00')";
}

/// The first text of a noun's line: what it is called.
const Field* name_of(const Noun& noun) {
    for (const auto& field : noun.fields) {
        if (field.in_line && field.kind == Kind::text) return &field;
    }
    return nullptr;
}

std::string in_one_line(const std::string& value) {
    return "replace(" + value + R"(, E'\n', ', '))";
}

std::string said(const Principal& who, const Field& field, const std::string& authority, const Bind& bind) {
    const auto value = "c." + column(field.name);
    switch (field.kind) {
        case Kind::pence:
            return pounds(value);
        case Kind::day:
            return "to_char(" + value + ", 'FMDD Mon YYYY')";
        case Kind::choice:
            return "replace(" + value + ", '_', ' ')";
        case Kind::count:
            return value + "::text";
        case Kind::id: {
            const auto& other = nouns::named(field.refers);
            const auto* name = name_of(other);
            return filled(
                "(SELECT {name} FROM {other} t WHERE t.authority_id = {authority} AND t.id = {value}{visible})",
                {{"name", name == nullptr ? std::string{"t.reference"} : in_one_line("t." + column(name->name))},
                 {"other", other.name},
                 {"authority", authority},
                 {"value", value},
                 {"visible", visible_only(who, other, bind)}});
        }
        default:
            return in_one_line(value);
    }
}

}  // namespace

std::vector<const Field*> searched_fields(const Noun& noun) {
    std::vector<const Field*> out;
    for (const auto& field : noun.fields) {
        if (field.searched && field.kind != Kind::rows) out.push_back(&field);
    }
    return out;
}

const Field* searched_list(const Noun& noun) {
    for (const auto& field : noun.fields) {
        if (field.searched && field.kind == Kind::rows) return &field;
    }
    return nullptr;
}

std::string document(const std::vector<const Field*>& fields, const std::string& prefix) {
    std::vector<std::string> words, keys;
    for (const auto* field : fields) {
        if (field->kind == Kind::phone) continue;
        const auto name = prefix + column(field->name);
        const auto value = field->required ? name : "COALESCE(" + name + ", '')";
        (is_key(*field) ? keys : words).push_back(value);
    }
    if (words.empty() && keys.empty()) return {};
    return "search_document(" + together(words, " || ' ' || ", "''") + ", " + together(keys, R"( || E'\n' || )", "''") +
           ")";
}

std::string document(const Noun& noun, const std::string& prefix) {
    return document(searched_fields(noun), prefix);
}

std::string search_indexes(const Noun& noun) {
    const std::string table{noun.name};
    std::string columns, out;
    if (const auto words = document(noun, ""); !words.empty()) columns = words;
    for (const auto& phone : phones(noun)) columns += (columns.empty() ? "" : ", ") + phone + " gin_trgm_ops";
    for (const auto& field : noun.fields) {
        if (field.filtered && field.kind == Kind::choices)
            columns += (columns.empty() ? "" : ", ") + column(field.name);
    }
    if (!columns.empty()) out += "CREATE INDEX " + table + "_search ON " + table + " USING gin (" + columns + ");\n";
    if (const auto* list = searched_list(noun); list != nullptr) {
        const std::string its{list->rows->table};
        out += "CREATE INDEX " + its + "_search ON " + its + " USING gin (canonical gin_trgm_ops);\n";
    }
    return out;
}

std::string answers(const Noun& noun, const ranking::Typed& sought, const std::string& authority, const Bind& bind) {
    Any any;
    const bool has_document = !document(noun, "").empty();
    if (has_document && !sought.words.empty()) any.add(has_words(noun, sought, bind));
    if (has_document && sought.words.size() > 1 && !sought.packed.empty()) {
        std::string small = sought.packed;
        for (char& c : small) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        any.add(document(noun, "t.") + " @@ " + bind(lexeme(small), "tsquery"));
    }
    if (!sought.phone.empty()) {
        for (const auto& phone : phones(noun)) any.add(has_part("t." + phone, sought.phone, bind));
    }
    for (const auto& one : sought.references) {
        if (!one.prefix.empty() && one.prefix != noun.prefix) continue;
        const auto text = std::string{noun.prefix} + "-" + one.rest;
        any.add(one.whole ? "t.reference = " + bind(text, "text") : "t.reference LIKE " + bind(text + "%", "text"));
    }
    if (const auto* list = searched_list(noun); list != nullptr) {
        if (const auto condition = has_identifier(*list, sought, authority, bind); !condition.empty())
            any.add(condition);
    }
    return any.sql();
}

std::string line(const Principal& who, const Noun& noun, MayRead may_read, const std::string& authority,
                 const Bind& bind) {
    std::string out;
    for (const auto& field : noun.fields) {
        if (!field.in_line) continue;
        if (field.kind == Kind::id && !may_read(who.role, nouns::named(field.refers))) continue;
        out += ", nullif(" + said(who, field, authority, bind) + ", '')";
    }
    return "concat_ws(' · '" + out + ")";
}

}  // namespace tideover::db::records
