// OpenSSL's settings. Its own defaults for ciphers and curves are kept: they age with the system's updates.
#include "server/http/tls.hpp"

#include <stdexcept>

namespace tideover {

boost::asio::ssl::context tls_context(const std::string& certificate, const std::string& key) {
    namespace ssl = boost::asio::ssl;
    ssl::context context{ssl::context::tls_server};
    context.set_options(ssl::context::default_workarounds | ssl::context::no_sslv2 | ssl::context::no_sslv3 |
                        ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1 | ssl::context::no_compression);
    ::SSL_CTX_set_options(context.native_handle(), SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    boost::system::error_code error;
    context.use_certificate_chain_file(certificate, error);
    if (error) throw std::runtime_error{"the certificate in " + certificate + " cannot be used: " + error.message()};
    context.use_private_key_file(key, ssl::context::pem, error);
    if (error) throw std::runtime_error{"the key in " + key + " cannot be used: " + error.message()};
    if (::SSL_CTX_check_private_key(context.native_handle()) != 1) {
        throw std::runtime_error{"the key in " + key + " is not the certificate's in " + certificate};
    }
    return context;
}

}  // namespace tideover
