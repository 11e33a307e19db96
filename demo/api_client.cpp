// Requests of the replay. Keys depend on seed and name alone, so a repeated year repeats its requests exactly.
#include "demo/api_client.hpp"

#include "demo/stopped.hpp"

namespace tideover::year {
namespace {

/// One line that says what was refused and why.
std::string refusal(std::string_view path, const Reply& reply) {
    std::string text = "POST " + std::string{path} + " was answered " + std::to_string(reply.status);
    const auto problem = Body::parse(reply.body, nullptr, false);
    if (!problem.is_object()) return text;
    for (const auto* part : {"type", "detail"}) {
        if (problem.contains(part) && problem[part].is_string()) text += ", " + problem[part].get<std::string>();
    }
    if (problem.contains("errors"))
        text += " " + problem["errors"].dump(-1, ' ', false, Body::error_handler_t::replace);
    return text;
}

}  // namespace

ApiClient::ApiClient(const Address& address, const Tokens& tokens, std::uint64_t seed,
                     const std::atomic<bool>& stopping, std::atomic<std::uint64_t>& answered)
    : connection_(address),
      tokens_(tokens),
      key_prefix_("replay-" + std::to_string(seed) + "-"),
      stopping_(stopping),
      answered_(answered) {}

Filed ApiClient::create(Member member, std::string_view path, std::string name, const Body& body) {
    const auto reply = post(member, "/v1/" + std::string{path}, key_prefix_ + name, 0, body.dump());
    const auto slash = reply.location.rfind('/');
    if (reply.status != 201 || slash == std::string::npos) throw Stopped(refusal(path, reply));
    return {path, std::move(name), reply.location.substr(slash + 1)};
}

void ApiClient::step(Member member, Filed& record, std::string_view step, const Body& body) {
    (void)change(member, record, step, body);
}

std::string ApiClient::step_for(Member member, Filed& record, std::string_view step, const Body& body,
                                std::string_view names) {
    const auto made = Body::parse(change(member, record, step, body).body, nullptr, false);
    const std::string field{names};
    if (!made.is_object() || !made.contains(field) || !made[field].is_string()) {
        throw Stopped("the reply to POST " + std::string{record.path} + "/{id}/" + std::string{step} + " has no " +
                      field);
    }
    return made[field].get<std::string>();
}

void ApiClient::correct(Member member, Filed& record, std::string_view reason, const Body& changes) {
    step(member, record, "corrections", {{"reason", reason}, {"changes", changes}});
}

void ApiClient::take_back(Member member, Filed& record, std::string_view reason) {
    step(member, record, "corrections", {{"reason", reason}, {"void", true}});
}

Reply ApiClient::change(Member member, Filed& record, std::string_view step, const Body& body) {
    const auto path = "/v1/" + std::string{record.path} + "/" + record.id + "/" + std::string{step};
    const auto key = key_prefix_ + record.name + "-" + std::string{step} + "-" + std::to_string(record.version);
    auto reply = post(member, path, key, record.version, body.dump());
    if (reply.status != 200) throw Stopped(refusal(path, reply));
    ++record.version;
    return reply;
}

Reply ApiClient::post(Member member, const std::string& path, const std::string& key, int version,
                      const std::string& body) {
    const Request request{.method = "POST",
                          .path = path,
                          .token = tokens_[static_cast<std::size_t>(member)],
                          .key = key,
                          .version = version,
                          .body = body};
    auto reply = send_until_answered(connection_, request, stopping_);
    ++answered_;
    return reply;
}

}  // namespace tideover::year
