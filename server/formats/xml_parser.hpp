// XML, read as it comes: each element and text goes to whoever asked. No DTD is taken, and so no entity but XML's own.
#pragma once

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace tideover {

struct MalformedXml : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// An element's attributes, by their names without namespaces.
class XmlAttributes {
public:
    explicit XmlAttributes(const char** pairs) : pairs_(pairs) {}
    /// Empty where there is none.
    [[nodiscard]] std::string_view operator[](std::string_view name) const;

private:
    const char** pairs_;
};

class XmlParser {
public:
    /// Names come without their namespaces. Texts may come in pieces. What these throw comes out of feed().
    struct Handler {
        std::function<void(std::string_view name, const XmlAttributes&)> begins{};
        std::function<void(std::string_view name)> ends{};
        std::function<void(std::string_view text)> text{};
    };

    explicit XmlParser(Handler handler);
    ~XmlParser();
    XmlParser(const XmlParser&) = delete;
    XmlParser& operator=(const XmlParser&) = delete;

    /// Reads what comes next. Throws MalformedXml.
    void feed(std::string_view bytes);
    /// Says that nothing more comes. Throws MalformedXml where something is open.
    void finish();

private:
    struct State;
    void parse(std::string_view bytes, bool last);
    std::unique_ptr<State> state_;
};

}  // namespace tideover
