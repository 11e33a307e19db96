// What one field of a record may hold. From these tables come decoding, SQL, CSV, OpenAPI and the tests.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "domain/core/form.hpp"
#include "domain/core/money.hpp"
#include "domain/core/role.hpp"

namespace tideover {

enum class Kind : std::uint8_t {
    text,      // trimmed, of one line unless `lines`, no control characters; least..most are characters
    choice,    // one of a list
    choices,   // a list of some of a list; where that is empty, of codes that a rule knows
    pence,     // whole pence
    count,     // a whole number
    day,       // YYYY-MM-DD, never in the future unless `ahead`
    instant,   // RFC 3339 with Z, never in the future unless `ahead`
    flag,      // true or false
    id,        // the id of another record
    code,      // the published code of another record (a scheme, an account, a partner)
    postcode,  // a UK postcode, kept with one space
    phone,     // a telephone number, kept in its form
    email,     // an e-mail address
    digits,    // a string of exactly `most` digits (sort codes and the like)
    rows,      // a list of small records with fields of their own
};

/// Who may see a field beyond those who may see the record.
enum class Privacy : std::uint8_t {
    open,
    bank,           // payee bank details: grants and finance only
    nobody,         // kept, and never shown
    vulnerability,  // why somebody counts as vulnerable: helpline, their partners, auditors
};

[[nodiscard]] constexpr Roles who_sees(Privacy privacy) {
    switch (privacy) {
        case Privacy::bank:
            return roles::grants | roles::finance;
        case Privacy::vulnerability:
            return roles::helpline | roles::partner | roles::auditor;
        case Privacy::nobody:
            return {};
        case Privacy::open:
            break;
    }
    return roles::all | roles::everyone;
}

struct Rows;

/// Nothing that a council records happened before, but births and the like. London's clock before 1972 is another one
/// in PostgreSQL than here.
inline constexpr std::string_view first_day = "2000-01-01";

struct Field {
    std::string_view name;  // as on the wire; a dot nests: "payee.name"
    Kind kind = Kind::text;
    bool required = false;
    bool derived = false;    // set by Tideover, never accepted from a client
    bool fixed = false;      // cannot be corrected (the record would be another one)
    bool mended = false;     // set by a step, and yet a correction may name it
    bool filtered = false;   // lists may be filtered by it, so it has an index
    bool searched = false;   // people find records by it: by its words, or any part of a number
    bool in_line = false;    // part of the line by which people recognise a record
    bool ahead = false;      // a day or instant that may lie in the future
    bool sole = false;       // no two records that are not void have the same
    bool aside = false;      // names what came of the record, or what it stands in place of: it does not lean on that
    bool own = false;        // not taken over by a record that is made in place of this one
    bool dated = false;      // what it was is kept by day: a change from a day on is another thing than a correction
    bool lines = false;      // text of several lines; otherwise it has no line break and no tab
    Form form = Form::none;  // text: how it is compared …
    std::string_view form_by{};  // … or the field beside it with the kind of identifier that says so
    std::string_view from{};     // day, instant: the earliest; empty: first_day
    Privacy privacy = Privacy::open;
    std::int64_t least = 0;
    std::int64_t most = 0;
    std::span<const std::string_view> choices{};
    std::string_view refers{};    // id, code: the noun it names
    std::string_view fallback{};  // the value where the client gives none
    std::string_view via{};       // derived: copied at creation from the record that this field names …
    std::string_view of{};        // … from that field of it
    std::string_view giver_of{};  // derived: who said that field last
    bool by_postcode = false;     // a ward: where none is given, that of the record's postcode
    const Rows* rows = nullptr;
    std::string_view title{};  // what people call it, where its name does not say it: see title_of
    std::string_view summary{};

    // A table reads as sentences: text("note", 0, 4000).of_lines().says("…").
    constexpr Field needed() const {
        auto f = *this;
        f.required = true;
        return f;
    }
    constexpr Field set_by_us() const {
        auto f = *this;
        f.derived = true;
        return f;
    }
    constexpr Field never_corrected() const {
        auto f = *this;
        f.fixed = true;
        return f;
    }
    constexpr Field correctable() const {
        auto f = *this;
        f.mended = true;
        return f;
    }
    constexpr Field filter() const {
        auto f = *this;
        f.filtered = true;
        return f;
    }
    constexpr Field search() const {
        auto f = *this;
        f.searched = true;
        return f;
    }
    constexpr Field tells() const {
        auto f = *this;
        f.in_line = true;
        return f;
    }
    constexpr Field of_one_alone() const {
        auto f = *this;
        f.sole = true;
        return f;
    }
    constexpr Field by_day() const {
        auto f = *this;
        f.dated = true;
        return f;
    }
    constexpr Field may_be_ahead() const {
        auto f = *this;
        f.ahead = true;
        return f;
    }
    constexpr Field of_lines() const {
        auto f = *this;
        f.lines = true;
        return f;
    }
    constexpr Field its_own() const {
        auto f = *this;
        f.own = true;
        return f;
    }
    constexpr Field in_form(Form that) const {
        auto f = *this;
        f.form = that;
        return f;
    }
    constexpr Field in_form_of(std::string_view kind_field) const {
        auto f = *this;
        f.form_by = kind_field;
        return f;
    }
    constexpr Field not_before(std::string_view earliest) const {
        auto f = *this;
        f.from = earliest;
        return f;
    }
    constexpr Field leans_on_nothing() const {
        auto f = *this;
        f.aside = true;
        return f;
    }
    constexpr Field seen_as(Privacy p) const {
        auto f = *this;
        f.privacy = p;
        return f;
    }
    constexpr Field otherwise(std::string_view value) const {
        auto f = *this;
        f.fallback = value;
        return f;
    }
    constexpr Field found_by_postcode() const {
        auto f = *this;
        f.by_postcode = true;
        return f;
    }
    constexpr Field called(std::string_view words) const {
        auto f = *this;
        f.title = words;
        return f;
    }
    constexpr Field says(std::string_view words) const {
        auto f = *this;
        f.summary = words;
        return f;
    }
    constexpr Field who_gave(std::string_view field) const {
        auto f = *this;
        f.derived = true, f.giver_of = field;
        return f;
    }
    constexpr Field copied(std::string_view from_via, std::string_view from_field) const {
        auto f = *this;
        f.derived = true, f.via = from_via, f.of = from_field;
        return f;
    }
};

/// Whether lists take ranges of the field, and are sorted by it.
[[nodiscard]] constexpr bool is_ranged(const Field& field) {
    return field.kind == Kind::day || field.kind == Kind::instant || field.kind == Kind::pence ||
           field.kind == Kind::count;
}

/// Whether a correction may change the field.
[[nodiscard]] constexpr bool may_be_corrected(const Field& field) {
    return !field.fixed && (!field.derived || field.mended);
}

/// Whether a list may be corrected: its rows then say from which version of the record to which they held.
[[nodiscard]] constexpr bool is_correctable_list(const Field& field) {
    return field.kind == Kind::rows && may_be_corrected(field);
}

/// A list inside a record, kept as rows of its own table with `parent` pointing back.
struct Rows {
    std::string_view table;
    std::string_view parent;
    std::span<const Field> fields;
};

constexpr Field text(std::string_view name, std::int64_t least, std::int64_t most) {
    return {.name = name, .kind = Kind::text, .least = least, .most = most};
}
constexpr Field choice(std::string_view name, std::span<const std::string_view> of) {
    return {.name = name, .kind = Kind::choice, .choices = of};
}
constexpr Field choices(std::string_view name, std::span<const std::string_view> of) {
    return {.name = name, .kind = Kind::choices, .choices = of};
}
/// Codes of lower-case letters, digits and underscores, at most so many of them: which there are is data.
constexpr Field codes(std::string_view name, std::int64_t most) {
    return {.name = name, .kind = Kind::choices, .most = most};
}
constexpr Field pence(std::string_view name, std::int64_t least, std::int64_t most = pence_max) {
    return {.name = name, .kind = Kind::pence, .least = least, .most = most};
}
constexpr Field count(std::string_view name, std::int64_t least, std::int64_t most) {
    return {.name = name, .kind = Kind::count, .least = least, .most = most};
}
constexpr Field day(std::string_view name) {
    return {.name = name, .kind = Kind::day};
}
constexpr Field instant(std::string_view name) {
    return {.name = name, .kind = Kind::instant};
}
constexpr Field flag(std::string_view name) {
    return {.name = name, .kind = Kind::flag};
}
constexpr Field id(std::string_view name, std::string_view noun) {
    return {.name = name, .kind = Kind::id, .refers = noun};
}
constexpr Field code(std::string_view name, std::string_view noun) {
    return {.name = name, .kind = Kind::code, .least = 1, .most = 60, .refers = noun};
}
constexpr Field postcode(std::string_view name) {
    return {.name = name, .kind = Kind::postcode, .most = 8};
}
constexpr Field phone(std::string_view name) {
    return {.name = name, .kind = Kind::phone, .most = 24};
}
constexpr Field email(std::string_view name) {
    return {.name = name, .kind = Kind::email, .most = 254};
}
constexpr Field digits(std::string_view name, std::int64_t many) {
    return {.name = name, .kind = Kind::digits, .least = many, .most = many};
}
constexpr Field rows(std::string_view name, const Rows& of, std::int64_t most) {
    return {.name = name, .kind = Kind::rows, .most = most, .rows = &of};
}

}  // namespace tideover
