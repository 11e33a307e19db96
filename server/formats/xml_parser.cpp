// expat, with namespaces cut off. No exception may pass through it: one is kept, and thrown behind it.
#include "server/formats/xml_parser.hpp"

#include <expat.h>

#include <exception>
#include <utility>

namespace tideover {
namespace {

constexpr char separator = '|';
constexpr int depth_max = 64;

/// A name without its namespace.
std::string_view local(std::string_view name) {
    const auto at = name.rfind(separator);
    return at == std::string_view::npos ? name : name.substr(at + 1);
}

}  // namespace

struct XmlParser::State {
    Handler handler;
    XML_Parser parser;
    int depth = 0;
    std::exception_ptr thrown{};

    template <class Do>
    void guarded(const Do& act) {
        if (thrown) return;
        try {
            act();
        } catch (...) {
            thrown = std::current_exception();
            XML_StopParser(parser, XML_FALSE);
        }
    }
};

std::string_view XmlAttributes::operator[](std::string_view name) const {
    for (auto at = pairs_; *at != nullptr; at += 2) {
        if (local(at[0]) == name) return at[1];
    }
    return {};
}

XmlParser::XmlParser(Handler handler) : state_(std::make_unique<State>()) {
    state_->handler = std::move(handler);
    state_->parser = XML_ParserCreateNS(nullptr, separator);
    if (state_->parser == nullptr) throw std::bad_alloc{};
    auto* const parser = state_->parser;
    XML_SetUserData(parser, state_.get());
    XML_SetElementHandler(
        parser,
        [](void* data, const XML_Char* name, const XML_Char** attributes) {
            auto& state = *static_cast<State*>(data);
            state.guarded([&] {
                if (++state.depth > depth_max) throw MalformedXml{"too many levels"};
                if (state.handler.begins) state.handler.begins(local(name), XmlAttributes{attributes});
            });
        },
        [](void* data, const XML_Char* name) {
            auto& state = *static_cast<State*>(data);
            --state.depth;
            state.guarded([&] {
                if (state.handler.ends) state.handler.ends(local(name));
            });
        });
    XML_SetCharacterDataHandler(parser, [](void* data, const XML_Char* text, int length) {
        auto& state = *static_cast<State*>(data);
        state.guarded([&] {
            if (state.handler.text) state.handler.text({text, static_cast<std::size_t>(length)});
        });
    });
    XML_SetStartDoctypeDeclHandler(parser, [](void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
        static_cast<State*>(data)->guarded([] { throw MalformedXml{"a document type is not taken"}; });
    });
}

XmlParser::~XmlParser() {
    XML_ParserFree(state_->parser);
}

void XmlParser::parse(std::string_view bytes, bool last) {
    const auto status = XML_Parse(state_->parser, bytes.data(), static_cast<int>(bytes.size()), last ? 1 : 0);
    if (state_->thrown) std::rethrow_exception(std::exchange(state_->thrown, {}));
    if (status != XML_STATUS_OK) throw MalformedXml{XML_ErrorString(XML_GetErrorCode(state_->parser))};
}

void XmlParser::feed(std::string_view bytes) {
    parse(bytes, false);
}

void XmlParser::finish() {
    parse({}, true);
}

}  // namespace tideover
