// Lists as the API gives them: bounded pages of JSON, or the same rows as a file, whole or that page.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "db/core/page.hpp"
#include "server/api/call.hpp"
#include "server/formats/table_file.hpp"

namespace tideover {

enum class Format : unsigned char { json, csv, workbook };

/// What lists come in, in the order of Format.
inline constexpr auto list_media = std::to_array<std::string_view>(
    {"application/json", "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"});

/// What the client wants a list in. Throws Problem where it accepts none of these.
[[nodiscard]] Format format_asked(const Call& call);

/// Whether a list is asked for as a file, and no page of it: then it is the whole one.
[[nodiscard]] bool asks_for_whole(const Request& request);

/// Whether the client wants CSV of what is no list. Throws Problem where it accepts neither that nor JSON.
[[nodiscard]] bool wants_csv(const Call& call);

/// The `limit` asked for: 1 to 200, 50 where none is given. Throws Problem otherwise.
[[nodiscard]] int page_limit(const Call& call);

/// CSV as a file to save, under that name or that of the address.
[[nodiscard]] Response csv_of(const Call& call, const std::string& text, std::string name = {});

/// A list on its way into a file. Throws Problem where there are too many already, or the disk has no room.
class ListFile {
public:
    ListFile(const Call& call, Format format, std::vector<Column> columns);
    /// Begins it, anew where there is something in it already. `fill` adds the rows.
    void fill(const std::function<void(TableFile&)>& fill);
    void fill(const std::vector<std::string>& items);
    /// Packs it, which takes its time for a workbook: outside the transaction that the rows came from.
    [[nodiscard]] Response answer();

private:
    const Call& call_;
    Format format_;
    std::vector<Column> columns_;
    std::shared_ptr<const void> slot_;
    std::shared_ptr<SpoolFile> spool_{};
    std::unique_ptr<TableFile> table_{};
};

/// A page of items (JSON objects), with `next` and its Link header; `next` is empty at the end.
[[nodiscard]] Response page_of(const Call& call, Format format, const std::vector<Column>& columns,
                               const std::vector<std::string>& items, const std::string& next);

/// A page from a place on, as a cursor holds it, of at most so many items; `next` is such a place.
using FetchPage = std::function<db::Listed(db::Tx& tx, const std::string& after, int limit)>;

/// Whatever of a list is asked for, page or whole, all of one moment. `after` is the place said.
[[nodiscard]] Response pages_of(Call& call, const std::string& after, const std::vector<Column>& columns,
                                const FetchPage& fetch);

}  // namespace tideover
