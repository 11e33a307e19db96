// openapi: prints the document of the API.
#include "server/api/openapi/openapi.hpp"

#include <iostream>

#include "server/cli/cli.hpp"

namespace tideover::cli {

void define_openapi(CLI::App& app, Common&, int&) {
    app.add_subcommand("openapi", "Print the OpenAPI document")->callback([] { std::cout << openapi(); });
}

}  // namespace tideover::cli
