// Keyset pages: the cursor is where the last page ended. A file is written whole before its first byte is sent, so that
// no slow reader holds a worker, a connection or a snapshot, and nobody takes a part of a list for all of it.
#include "server/api/paging.hpp"

#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <charconv>
#include <map>
#include <mutex>
#include <system_error>

#include "server/api/cursor.hpp"
#include "server/api/media.hpp"
#include "server/api/problem.hpp"
#include "server/formats/csv.hpp"

namespace tideover {
namespace {

std::string encoded(const std::string& text) {
    return boost::urls::encode(text, boost::urls::unreserved_chars);
}

/// This request's address with another cursor.
std::string address_of_next(const Call& call, const std::string& next) {
    std::string out = call.request.path + "?";
    for (const auto& [key, value] : call.request.query) {
        if (key != "cursor") out += encoded(key) + "=" + encoded(value) + "&";
    }
    return out + "cursor=" + encoded(next);
}

/// The name under which a browser saves the answer: "/v1/headlines/new-volunteers/wards" is
/// headlines-new-volunteers-wards.
std::string file_name(const Call& call) {
    return call.request.path.substr(call.request.path.starts_with("/v1/") ? 4 : 1);
}

std::pair<std::string, std::string> saved_as(std::string name, std::string_view ending) {
    for (char& c : name) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.';
        if (!plain) c = '-';
    }
    return {"Content-Disposition", "attachment; filename=\"" + name + std::string{ending} + "\""};
}

/// How many whole lists there may be at a time, until they are sent: in all, and for one token.
constexpr int files_max = 32, files_of_one_max = 4;

/// A place among them, which is free again when the last copy goes. Throws Problem where there is none.
std::shared_ptr<const void> take_slot(const std::string& owner) {
    static std::mutex mutex;
    static std::map<std::string, int> taken;
    static int all = 0;
    const std::scoped_lock lock{mutex};
    if (all >= files_max || taken[owner] >= files_of_one_max)
        throw Problem{"busy", "Whole lists of yours, or of others, are still being read: wait until one has come."};
    ++all, ++taken[owner];
    return {nullptr, [owner](const void*) {
                const std::scoped_lock freeing{mutex};
                --all;
                if (--taken[owner] == 0) taken.erase(owner);
            }};
}

template <class Work>
auto on_disk(const Work& work) {
    try {
        return work();
    } catch (const std::system_error&) {
        throw Problem{"no-room"};
    }
}

}  // namespace

int page_limit(const Call& call) {
    const auto* given = call.parameter("limit");
    if (given == nullptr) return 50;
    int limit = 0;
    const auto end = std::from_chars(given->data(), given->data() + given->size(), limit);
    if (end.ec != std::errc{} || end.ptr != given->data() + given->size() || limit < 1 || limit > 200) {
        throw Problem{"invalid-parameter", "'limit' takes a whole number from 1 to 200."};
    }
    return limit;
}

bool wants_csv(const Call& call) {
    static constexpr std::array<std::string_view, 2> offered{"application/json", "text/csv"};
    const auto wanted = preferred(call.request.accept, offered);
    if (!wanted) throw Problem{"not-acceptable"};
    return *wanted == 1;
}

Format format_asked(const Call& call) {
    const auto wanted = preferred(call.request.accept, list_media);
    if (!wanted) throw Problem{"not-acceptable"};
    return static_cast<Format>(*wanted);
}

bool asks_for_whole(const Request& request) {
    const auto names_page = [](const auto& said) { return said.first == "limit" || said.first == "cursor"; };
    return preferred(request.accept, list_media).value_or(0) > 0 &&
           std::none_of(request.query.begin(), request.query.end(), names_page);
}

Response csv_of(const Call& call, const std::string& text, std::string name) {
    return {.content_type = "text/csv; charset=utf-8",
            .body = std::string{byte_order_mark} + text,
            .headers = {saved_as(name.empty() ? file_name(call) : std::move(name), ".csv")}};
}

ListFile::ListFile(const Call& call, Format format, std::vector<Column> columns)
    : call_(call), format_(format), columns_(std::move(columns)) {
    if (asks_for_whole(call.request)) slot_ = take_slot(call.principal.token_id);
}

void ListFile::fill(const std::function<void(TableFile&)>& fill) {
    on_disk([&] {
        const auto& folder = call_.config.spool_folder;
        table_.reset();
        spool_ = std::make_shared<SpoolFile>(folder);
        table_ = format_ == Format::csv ? csv_file(columns_, *spool_)
                                        : workbook_file(columns_, *spool_, file_name(call_), folder);
        fill(*table_);
    });
}

void ListFile::fill(const std::vector<std::string>& items) {
    fill([&](TableFile& table) {
        for (const auto& item : items) add_json(table, columns_, item);
    });
}

Response ListFile::answer() {
    on_disk([&] { table_->finish(); });
    const bool csv = format_ == Format::csv;
    struct Held {
        std::shared_ptr<const void> slot;
        std::shared_ptr<SpoolFile> spool;
    };
    Response out{.content_type = csv ? "text/csv; charset=utf-8" : std::string{list_media.back()},
                 .headers = {saved_as(file_name(call_), csv ? ".csv" : ".xlsx")}};
    out.file = {.descriptor = spool_->descriptor(),
                .bytes = on_disk([&] { return spool_->bytes(); }),
                .holder = std::make_shared<const Held>(Held{slot_, spool_})};
    return out;
}

Response page_of(const Call& call, Format format, const std::vector<Column>& columns,
                 const std::vector<std::string>& items, const std::string& next) {
    Response response;
    if (format != Format::json) {
        ListFile file{call, format, columns};
        file.fill(items);
        response = file.answer();
    } else {
        response.body = "{\"items\":[";
        for (const auto& item : items) {
            if (response.body.back() != '[') response.body += ',';
            response.body += item;
        }
        response.body += "],\"next\":" + (next.empty() ? std::string{"null"} : "\"" + next + "\"") + "}";
    }
    if (!next.empty()) {
        response.headers.emplace_back("Link", "<" + address_of_next(call, next) + ">; rel=\"next\"");
    }
    return response;
}

Response pages_of(Call& call, const std::string& after, const std::vector<Column>& columns, const FetchPage& fetch) {
    constexpr int at_once = 1000;
    const auto format = format_asked(call);
    if (asks_for_whole(call.request)) {
        ListFile file{call, format, columns};
        call.database.read(call.principal, [&](db::Tx& tx) {
            file.fill([&](TableFile& table) {
                for (db::Listed page{.items = {}, .next = after};;) {
                    page = fetch(tx, page.next, at_once);
                    for (const auto& item : page.items) add_json(table, columns, item);
                    if (page.next.empty()) break;
                }
            });
        });
        return file.answer();
    }
    const int limit = page_limit(call);
    db::Listed page;
    call.database.read(call.principal, [&](db::Tx& tx) { page = fetch(tx, after, limit); });
    return page_of(call, format, columns, page.items, page.next.empty() ? page.next : cursor_for(call, page.next));
}

}  // namespace tideover
