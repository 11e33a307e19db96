// libzip over a source of ours. No exception may pass through libzip: one is kept, and thrown behind it.
#include "server/formats/zip_archive.hpp"

#include <zip.h>

#include <algorithm>
#include <exception>
#include <utility>
#include <vector>

namespace tideover {
namespace {

/// What libzip reads: the bytes, and where it is in them.
struct Source {
    RandomBytes bytes;
    zip_uint64_t at = 0;
    zip_error_t error{};
    std::exception_ptr thrown{};

    zip_int64_t refuse(int code) {
        zip_error_set(&error, code, 0);
        return -1;
    }

    zip_int64_t read(void* to, zip_uint64_t most) {
        try {
            zip_uint64_t done = 0;
            while (done < most && at < bytes.size) {
                const auto count = bytes.read(at, static_cast<char*>(to) + done, static_cast<std::size_t>(most - done));
                if (count == 0) return refuse(ZIP_ER_READ);
                at += count, done += count;
            }
            return static_cast<zip_int64_t>(done);
        } catch (...) {
            thrown = std::current_exception();
            return refuse(ZIP_ER_READ);
        }
    }

    zip_int64_t answer(void* data, zip_uint64_t length, zip_source_cmd_t command) {
        switch (command) {
            case ZIP_SOURCE_OPEN:
                at = 0;
                return 0;
            case ZIP_SOURCE_READ:
                return read(data, length);
            case ZIP_SOURCE_CLOSE:
            case ZIP_SOURCE_FREE:
                return 0;
            case ZIP_SOURCE_STAT: {
                auto* stat = ZIP_SOURCE_GET_ARGS(zip_stat_t, data, length, &error);
                if (stat == nullptr) return -1;
                zip_stat_init(stat);
                stat->size = bytes.size, stat->valid = ZIP_STAT_SIZE;
                return sizeof(*stat);
            }
            case ZIP_SOURCE_ERROR:
                return zip_error_to_data(&error, data, length);
            case ZIP_SOURCE_SEEK: {
                const auto to = zip_source_seek_compute_offset(at, bytes.size, data, length, &error);
                if (to < 0) return -1;
                at = static_cast<zip_uint64_t>(to);
                return 0;
            }
            case ZIP_SOURCE_TELL:
                return static_cast<zip_int64_t>(at);
            case ZIP_SOURCE_SUPPORTS:
                return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE,
                                                      ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE,
                                                      ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, ZIP_SOURCE_SUPPORTS, -1);
            default:
                return refuse(ZIP_ER_OPNOTSUPP);
        }
    }
};

zip_int64_t answer(void* source, void* data, zip_uint64_t length, zip_source_cmd_t command) {
    return static_cast<Source*>(source)->answer(data, length, command);
}

}  // namespace

struct ZipArchive::Opened {
    Source source{};
    zip_t* zip = nullptr;

    [[noreturn]] void refuse(const std::string& why) {
        if (source.thrown) std::rethrow_exception(std::exchange(source.thrown, {}));
        throw BadArchive{why};
    }
};

ZipArchive::ZipArchive(RandomBytes bytes) : opened_(std::make_unique<Opened>()) {
    opened_->source.bytes = std::move(bytes);
    zip_error_t error;
    zip_error_init(&error);
    auto* source = zip_source_function_create(&answer, &opened_->source, &error);
    if (source != nullptr) opened_->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
    if (opened_->zip == nullptr && source != nullptr) zip_source_free(source);
    zip_error_fini(&error);
    if (opened_->zip == nullptr) {
        opened_->refuse(
            "It is no workbook (.xlsx), or one with a password, or not all of it came: save it as .xlsx without a "
            "password, or as CSV.");
    }
}

ZipArchive::~ZipArchive() {
    zip_discard(opened_->zip);
}

bool ZipArchive::has(const std::string& name) const {
    return zip_name_locate(opened_->zip, name.c_str(), ZIP_FL_ENC_GUESS) >= 0;
}

ByteSource ZipArchive::open(const std::string& name) const {
    zip_stat_t stat;
    auto* const zip = opened_->zip;
    const bool there = zip_stat(zip, name.c_str(), 0, &stat) == 0;
    auto* const entry = there ? zip_fopen(zip, name.c_str(), 0) : nullptr;
    if (entry == nullptr) opened_->refuse("The workbook has no " + name + " that can be read: save it again.");
    const std::shared_ptr<zip_file_t> file{entry, [](zip_file_t* open) { zip_fclose(open); }};
    const auto most = std::min(entry_max, std::max(small, stat.comp_size * expansion_max));
    return [this, file, name, most, done = std::uint64_t{0}](std::string& more) mutable {
        std::vector<char> part(std::size_t{64} << 10U);
        const auto count = zip_fread(file.get(), part.data(), part.size());
        if (count < 0) opened_->refuse("The workbook's " + name + " is damaged: save it again.");
        done += static_cast<std::uint64_t>(count);
        if (done > most) {
            throw BadArchive{"The workbook unfolds to more than " + std::to_string(expansion_max) +
                             " times its bytes, or 4 GiB: save the sheet as CSV."};
        }
        more.append(part.data(), static_cast<std::size_t>(count));
        return count > 0;
    };
}

std::string ZipArchive::text(const std::string& name, std::size_t most) const {
    std::string out;
    for (auto bytes = open(name); bytes(out);) {
        if (out.size() > most) throw BadArchive{"The workbook's " + name + " is too long: save the sheet as CSV."};
    }
    return out;
}

}  // namespace tideover
