// Media types by the book.
#include "server/api/media.hpp"

#include <doctest/doctest.h>

#include <array>

namespace media_test {

using namespace tideover;

namespace {

int chosen(std::string_view accept) {
    static constexpr std::array<std::string_view, 2> offered{"application/json", "text/csv"};
    const auto found = preferred(accept, offered);
    return found ? static_cast<int>(*found) : -1;
}

}  // namespace

TEST_CASE("of what is offered the client gets what it gives most weight, the first of equals") {
    CHECK(chosen("") == 0);
    CHECK(chosen("*/*") == 0);
    CHECK(chosen("text/csv") == 1);
    CHECK(chosen("TEXT/CSV") == 1);
    CHECK(chosen("text/*") == 1);
    CHECK(chosen("text/csv, application/json") == 0);
    CHECK(chosen("text/csv, application/json;q=0.9") == 1);
    CHECK(chosen("application/json;q=0.1, text/csv; q=0.2") == 1);
    CHECK(chosen("application/json;charset=utf-8;q=0.100,text/csv;q=0.099") == 0);
    CHECK(chosen("text/html,application/xhtml+xml,*/*;q=0.8") == 0);
}

TEST_CASE("nil means never, and the most exact range decides") {
    CHECK(chosen("application/json;q=0") == -1);
    CHECK(chosen("application/json;q=0, */*") == 1);
    CHECK(chosen("*/*, text/csv;q=0.0") == 0);
    CHECK(chosen("text/csv;q=0.5, */*;q=0") == 1);
    CHECK(chosen("text/html") == -1);
    CHECK(chosen("*/*;q=0") == -1);
}

TEST_CASE("a media type has no case and no parameters") {
    CHECK(media_type("Application/JSON; charset=utf-8") == "application/json");
    CHECK(media_type(" application/json ;q=1") == "application/json");
    CHECK(media_type("") == "");
}

}  // namespace media_test
