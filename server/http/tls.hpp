// TLS of our own, for whoever has no proxy before the service.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <string>

namespace tideover {

/// A server's context for TLS 1.2 and 1.3 with a chain of certificates and its key, both PEM files.
/// Throws std::runtime_error, in one line that names the file, where they cannot be used.
[[nodiscard]] boost::asio::ssl::context tls_context(const std::string& certificate, const std::string& key);

}  // namespace tideover
