// Encodings of tables from outside: found by their marks or their form, and the same text in UTF-8.
#include "server/formats/encoding.hpp"

#include <doctest/doctest.h>

namespace encoding_test {

using namespace tideover;

/// What the bytes are found to be, given so many at a time, and the text that they are.
std::pair<std::string, std::string> read(const std::string& bytes, std::size_t part) {
    EncodingFinder finder;
    for (std::size_t at = 0; at < bytes.size(); at += part) finder.add(std::string_view{bytes}.substr(at, part));
    std::size_t at = 0;
    auto source = to_utf8(
        [&](std::string& more) {
            if (at >= bytes.size()) return false;
            more += bytes.substr(at, part);
            at += part;
            return true;
        },
        finder.found());
    std::string text;
    while (source(text)) {
    }
    return {std::string{encoding_names[static_cast<std::size_t>(finder.found())]}, text};
}

std::string utf16(const std::u16string& text, bool big) {
    std::string out = big ? "\xFE\xFF" : "\xFF\xFE";
    for (const char16_t unit : text) {
        const char high = static_cast<char>(unit >> 8), low = static_cast<char>(unit & 0xFF);
        out += big ? high : low;
        out += big ? low : high;
    }
    return out;
}

TEST_CASE("the same text comes out of UTF-8, UTF-16 and Windows-1252, in parts of any size") {
    const std::string wanted = "Zoë’s café, £5 – 10";
    for (std::size_t part = 1; part < 8; ++part) {
        CAPTURE(part);
        CHECK(read(wanted, part) == std::pair{std::string{"utf-8"}, wanted});
        CHECK(read("\xEF\xBB\xBF" + wanted, part) == std::pair{std::string{"utf-8"}, "\xEF\xBB\xBF" + wanted});
        CHECK(read("Zo\xEB\x92s caf\xE9, \xA3"
                   "5 \x96 10",
                   part) == std::pair{std::string{"windows-1252"}, wanted});
        CHECK(read(utf16(u"Zoë’s café, £5 – 10", false), part) == std::pair{std::string{"utf-16le"}, wanted});
        CHECK(read(utf16(u"Zoë’s café, £5 – 10", true), part) == std::pair{std::string{"utf-16be"}, wanted});
        CHECK(read(utf16(u"🙂", true), part).second == "🙂");
    }
    CHECK(read("plain", 2).first == "utf-8");
    CHECK(read("", 2) == std::pair{std::string{"utf-8"}, std::string{}});
}

TEST_CASE(
    "what has parts of both is UTF-8 with rows at fault; half a character is none, and what is no character is said") {
    CHECK(read("caf\xC3\xA9, caf\xE9", 3).first == "utf-8");
    CHECK(read("caf\xC3", 1).first == "windows-1252");
    CHECK(read("\x81", 1).second == "\xEF\xBF\xBD");
    CHECK(read(utf16(u"a", false) + "\x3D\xD8", 1).second == "a\xEF\xBF\xBD");
    CHECK(read(utf16(u"a", false) + "x", 1).second == "a\xEF\xBF\xBD");
    CHECK(read("\xFF\xFE\x3D\xD8"
               "a" +
                   std::string{"\0", 1},
               2)
              .second ==
          "\xEF\xBF\xBD"
          "a");
    // Without its mark UTF-16 is a text full of U+0000, which no row may have.
    CHECK(read(std::string{"a\0,\0", 4}, 2) == std::pair{std::string{"utf-8"}, std::string{"a\0,\0", 4}});
}

}  // namespace encoding_test
