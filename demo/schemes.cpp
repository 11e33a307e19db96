// Reading the catalogue, and recording it: drafted by one administrator, published by the other.
#include "demo/schemes.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "demo/plan.hpp"
#include "demo/stopped.hpp"

namespace tideover::year {
namespace {

/// What a version says of bands and amounts.
SchemeTerms terms_of(const Body& version) {
    SchemeTerms out;
    for (const auto& row : version.value("bands", Body::array())) {
        out.bands.push_back({row.at("band"), row.at("bound"), {}});
        if (row.contains("rateable_value_pence"))
            out.bands.back().rateable_value_pence = row.at("rateable_value_pence");
    }
    for (const auto& row : version.at("amounts")) {
        out.amounts.push_back({row.at("period"), row.at("band"), row.at("least_pence"), row.at("most_pence")});
    }
    return out;
}

}  // namespace

Catalogue::Catalogue(const std::string& folder) {
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator{folder, failed}) {
        if (entry.path().extension() != ".json") continue;
        std::ifstream in{entry.path()};
        try {
            auto file = Body::parse(in);
            const std::string code = file.at("scheme").at("code");
            latest_[code] = terms_of(file.at("versions").back());
            schemes_[code] = std::move(file);
        } catch (const Body::exception& e) {
            throw Stopped("the scheme " + entry.path().string() + " cannot be read: " + e.what());
        }
    }
    if (schemes_.empty()) throw Stopped("there is no scheme in the folder " + folder);
}

const SchemeAmount& Catalogue::amount(std::string_view scheme, std::string_view period,
                                      std::int64_t rateable_value_pence) const {
    const auto found = latest_.find(scheme);
    if (found != latest_.end()) {
        const auto& terms = found->second;
        const auto band = band_of(terms.bands, rateable_value_pence);
        for (const auto& row : terms.amounts) {
            if (row.period == period && (!band || row.band == *band)) return row;
        }
    }
    throw Stopped("the catalogue has no amount of " + std::string{scheme} + " for " + std::string{period});
}

void plan_schemes(Plan& plan) {
    for (const auto& [code, file] : plan.catalogue.schemes()) {
        plan.before([name = "scheme-" + code, &scheme = file](ApiClient& desk) {
            desk.create(Member::admin, "schemes", name, scheme.at("scheme"));
            int number = 0;
            for (const auto& version : scheme.at("versions")) {
                auto terms =
                    desk.create(Member::admin, "scheme-versions", name + "-" + std::to_string(++number), version);
                desk.step(Member::second_admin, terms, "publications", {{"published_on", version.at("opens_on")}});
            }
        });
    }
}

}  // namespace tideover::year
