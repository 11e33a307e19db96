// What a check of `tideover verify` is: a question whose every answer is a difference.
#pragma once

#include <string_view>

namespace tideover::db {

/// A question whose every answer (where, detail) is a difference of one kind. $1 is the authority. It may use
/// the CTEs of `common_sql` in verify.cpp, and brings its own in `with`, each followed by a comma.
struct Check {
    std::string_view kind;
    std::string_view with;
    std::string_view sql;
};

}  // namespace tideover::db
