// What the statements about records are composed of: columns, JSON, entries, numbered parameters.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "db/core/connection.hpp"
#include "domain/nouns.hpp"

namespace tideover::db::records {

/// A column's name: the wire name with underscores for dots.
[[nodiscard]] std::string column(std::string_view field);

/// The type of a field's column, or of a list as it is sent.
[[nodiscard]] std::string_view sql_type(const Field& field);

/// The columns of a noun's fields but lists, each after ", " and the prefix.
[[nodiscard]] std::string columns(const Noun& noun, std::string_view prefix);

/// The condition that a noun's code, over the alias with its dot, is `value` in any spelling.
[[nodiscard]] std::string in_form(const Noun& noun, std::string_view alias, const std::string& value);

/// The condition that a field, over the alias `t`, has a filter's value, in any spelling where the field has a form.
/// Authority and value are SQL, the value of its filter's type.
[[nodiscard]] std::string has_value(const Field& field, const std::string& authority, const std::string& value);

/// The SQL type in which a filter says a field's value.
[[nodiscard]] std::string_view filter_type(const Field& field);

/// A column as JSON shows it.
[[nodiscard]] std::string wire_value(const Field& field, const std::string& alias);

/// The rows of a list as they hold now, as a JSON array over the alias `t` of their record.
[[nodiscard]] std::string wire_rows(const Field& field);
/// Those rows of it that `which` picks, an SQL condition over the alias `r`.
[[nodiscard]] std::string wire_rows(const Field& field, const std::string& which);

/// Where the list of a field is, as SQL.
using ListSql = std::function<std::string(const Field&)>;

/// The arguments of json_build_object for the fields that this role sees, over the alias `t`, after ", "; dots nest.
[[nodiscard]] std::string wire_pairs(std::span<const Field> fields, Role role, const ListSql& list);

/// The merges by which records of the noun are counted as another one now, over the alias `m`: a FROM with a WHERE to
/// go on with AND. What tells of somebody restricted is left out for all but administrators, and partners see none.
[[nodiscard]] std::string merges_sql(const Noun& noun, Role role, std::string_view authority);

/// What readers see of a record: its name on the wire, and its value as SQL over the alias `t`.
struct WireColumn {
    std::string name;  // a dot nests
    Kind kind;
    std::string value;
};

/// What readers of this role see of the noun's records, in the order of its JSON.
[[nodiscard]] std::vector<WireColumn> wire_columns(const Noun& noun, Role role);

/// The JSON that readers of this role see, as an SQL expression over the alias `t`.
[[nodiscard]] std::string wire_sql(const Noun& noun, Role role);

/// The same where lists are not in tables of their own yet: `list` says where they are.
[[nodiscard]] std::string wire_object(const Noun& noun, Role role, const ListSql& list);

/// Inserts the entries of `lines` (JSON of `postings_json`, an SQL expression) for each row of `from`, whose alias is
/// `d`: its authority_id, id, entered_at, actor and its_request. What an entry corrects is looked up by its content.
[[nodiscard]] std::string insert_entries(std::string_view lines, std::string_view cause, std::string_view kind,
                                         std::string_view from);
[[nodiscard]] std::string postings_json(const std::vector<Posting>& postings);

/// What an audit line says of the row `d`, as SQL.
struct AuditLine {
    std::string_view action;
    std::string_view kind;  // of the record: a noun's name
    std::string_view reason = "NULL";
    std::string_view before = "NULL";
};
/// Inserts an audit line for each row of `from`, whose alias is `d`: its authority_id, id, version, entered_at, actor,
/// its_token and its_request.
[[nodiscard]] std::string insert_audit_lines(const AuditLine& line, std::string_view from);

/// How records are created: each by its own request in one statement that takes tokens, writer lock, keys and answers
/// along; one inside a transaction, with its answer; or a list inside a transaction.
enum class Creating { at_once, one, list };

/// The statement that creates records of a noun, one for each element of its parameters, which are arrays of text.
/// `warns`: its answer says what the record is like.
[[nodiscard]] std::string create_sql(const Noun& noun, Role role, Creating how, bool warns = false);

/// Numbers the parameters of a statement as it is written.
class Numbering {
public:
    explicit Numbering(int last = 0) : last_(last) {}
    std::string next(std::string_view type) { return "$" + std::to_string(++last_) + "::" + std::string{type}; }

private:
    int last_;
};

/// Roles that see the same fields share a statement: they have this in common.
[[nodiscard]] std::string seen_fields(Role role);

/// Statements that one place composes, each once for the whole process. Another place's, under the same name, are not
/// taken for them: the connection refuses a name that stands for two texts.
class Composed {
public:
    const Query& named(const std::string& name, const std::function<std::string()>& compose);

private:
    std::mutex mutex_;
    std::map<std::string, Query> queries_;
};

/// The statement of that name as `compose`, a lambda where it is used, composes it the first time.
template <class Compose>
const Query& cached(const std::string& name, const Compose& compose) {
    static Composed here;  // a lambda's type is its place
    return here.named(name, compose);
}

/// The ETag of a record, over the alias `t`: its version, and what it was merged into, which changes without it.
[[nodiscard]] std::string etag_sql(const Noun& noun, Role role);
/// That of a record that was just made.
constexpr std::string_view first_etag = "\"1\"";

}  // namespace tideover::db::records
