// Requests of the replay. Keys depend on seed and name alone, so a repeated year repeats its requests exactly.
#include "demo/api_client.hpp"

#include <chrono>
#include <thread>

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

std::vector<std::string> ApiClient::import_lines(Member member, std::string_view kind, std::string name,
                                                 const Lines& lines) {
    std::string file;
    for (const auto& line : lines) file += line.dump() + "\n";
    const auto records = imported(member, kind, name, "application/x-ndjson", file) + "/records?limit=200";
    std::vector<std::string> ids(lines.size());
    for (std::string cursor;;) {
        const auto page = ask(member, records + cursor);
        for (const auto& item : page.at("items")) ids.at(item.at("row").get<std::size_t>() - 1) = item.at("id");
        if (page.at("next").is_null()) return ids;
        cursor = "&cursor=" + page.at("next").get<std::string>();
    }
}

void ApiClient::import_table(Member member, std::string_view kind, std::string name, const std::string& csv) {
    (void)imported(member, kind, name, "text/csv", csv);
}

/// Where the import is, once it is done.
std::string ApiClient::imported(Member member, std::string_view kind, const std::string& name, std::string_view media,
                                const std::string& file) {
    // Its bytes are its key. One that came to nothing, since its login ended, is sent again.
    const auto path = "/v1/imports/" + std::string{kind} + "?mode=all_or_nothing&name=" + name;
    const auto reply = post({.method = "POST",
                             .path = path,
                             .token = tokens_[static_cast<std::size_t>(member)],
                             .body = file,
                             .media = media});
    if (reply.status != 202 && reply.status != 200) throw Stopped(refusal(path, reply));
    for (;;) {
        const auto import = ask(member, reply.location);
        const auto state = import.at("state").get<std::string>();
        if (state == "done" && import.at("rows").at("faulty") == 0) return reply.location;
        if (state != "queued" && state != "running") {
            throw Stopped("the file " + name + " is " + state + ": " + import.at("problem").dump() + " " +
                          import.at("faults").dump(-1, ' ', false, Body::error_handler_t::replace).substr(0, 500));
        }
        if (stopping_) throw Stopped("stopped");
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
}

Body ApiClient::ask(Member member, const std::string& path) {
    const auto reply = send_until_answered(
        connection_, {.method = "GET", .path = path, .token = tokens_[static_cast<std::size_t>(member)]}, stopping_);
    auto body = Body::parse(reply.body, nullptr, false);
    if (reply.status != 200 || !body.is_object()) throw Stopped(refusal(path, reply));
    return body;
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
    return post(request);
}

Reply ApiClient::post(const Request& request) {
    auto reply = send_until_answered(connection_, request, stopping_);
    ++answered_;
    return reply;
}

}  // namespace tideover::year
