// Reading the definitions of figures, and recording them: drafted by one administrator, published by the other.
#include "demo/definitions.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

#include "demo/plan.hpp"
#include "demo/stopped.hpp"

namespace tideover::year {
namespace {

/// The figure that the same sentence of the plan names with it; empty where none.
std::string pair_of(const Body& definition) {
    return definition.value("/claim/pair"_json_pointer, std::string{});
}

/// Figures are published in order, since others belong to them. Of two that name each other the first is drafted alone,
/// and told of the second once that is drafted.
class Publishing {
public:
    Publishing(ApiClient& desk, const std::vector<Body>& definitions) : desk_(desk), definitions_(definitions) {}

    void run() {
        for (const auto& definition : definitions_) {
            const std::string code = definition.at("code"), other = pair_of(definition);
            auto& own = drafted(code, definition);
            if (const auto found = find(other); found != definitions_.end() && drafts_.count(other) == 0) {
                (void)drafted(other, *found);
                desk_.correct(Member::admin, own, "The figure that it is said with is drafted.",
                              {{"claim", {{"pair", other}}}});
            }
            desk_.step(Member::second_admin, own, "publications", {{"published_on", definition.at("from_on")}});
        }
    }

private:
    std::vector<Body>::const_iterator find(const std::string& code) const {
        return std::find_if(definitions_.begin(), definitions_.end(),
                            [&](const Body& one) { return one.at("code") == code; });
    }
    Filed& drafted(const std::string& code, const Body& definition) {
        const auto known = drafts_.find(code);
        if (known != drafts_.end()) return known->second;
        auto body = definition;
        const auto other = pair_of(body);
        if (!other.empty() && drafts_.count(other) == 0) body["claim"].erase("pair");
        return drafts_.emplace(code, desk_.create(Member::admin, "figures", "figure-" + code, body)).first->second;
    }

    ApiClient& desk_;
    const std::vector<Body>& definitions_;
    std::map<std::string, Filed> drafts_{};
};

}  // namespace

std::vector<Body> read_definitions(const std::string& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator{folder, failed}) {
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    std::vector<Body> out;
    for (const auto& file : files) {
        std::ifstream in{file};
        try {
            for (auto& definition : Body::parse(in)) {
                (void)definition.at("code").get_ref<const std::string&>();
                (void)definition.at("from_on");
                out.push_back(std::move(definition));
            }
        } catch (const Body::exception& e) {
            throw Stopped("the figures in " + file.string() + " cannot be read: " + e.what());
        }
    }
    if (out.empty()) throw Stopped("there is no figure in the folder " + folder);
    return out;
}

void plan_definitions(Plan& plan) {
    plan.before([&definitions = plan.definitions](ApiClient& desk) { Publishing{desk, definitions}.run(); });
}

}  // namespace tideover::year
