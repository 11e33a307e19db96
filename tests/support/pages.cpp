// The route table of a test has the program's pages too, as server/main.cpp gives them to it.
#include "server/pages/pages.hpp"

#include "server/api/router.hpp"

namespace {

[[maybe_unused]] const bool given = [] {
    tideover::serve_pages(tideover::pages::routes());
    return true;
}();

}  // namespace
