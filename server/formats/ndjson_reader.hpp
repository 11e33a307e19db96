// Lines of JSON (NDJSON), each an object as a request of its own would have it, as rows of a table: "household.uprn" is
// the column of {"household": {"uprn": …}}. Memory is bounded by a line.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "server/formats/encoding.hpp"
#include "server/formats/row_reader.hpp"

namespace tideover {

class NdjsonReader : public RowReader {
public:
    /// `source` is UTF-8; `names` are columns that are known beforehand, in their order.
    explicit NdjsonReader(ByteSource source, std::vector<std::string> names = {});

    /// The columns that are known beforehand, as a row of number 0.
    [[nodiscard]] bool header(SourceRow& names, std::int64_t from = 1) override;
    /// A list is its JSON, a text, a whole number and a flag what they are; a number with a point is at fault.
    [[nodiscard]] bool next(SourceRow& row) override;

    /// Those known beforehand, and what else was met so far.
    [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

private:
    bool line(std::string& out, std::string_view& fault);
    void put(SourceRow& row, const std::string& name, const nlohmann::json& value);

    ByteSource source_;
    std::vector<std::string> names_;
    std::map<std::string, std::size_t, std::less<>> columns_;
    std::string text_;
    std::size_t at_ = 0;
    std::int64_t rows_ = 0;
};

}  // namespace tideover
