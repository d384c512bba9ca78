// TLS of the server.
#pragma once

#include <openssl/types.h>

#include <string>

#include "greenlane/result.h"

namespace greenlane::gateway {

/// TLS 1.2 or later with a certificate chain and its key, both PEM files, and bounds on what one connection may send. Errors: not_found,
/// invalid_key.
Result<void> set_up_tls(SSL_CTX& context, const std::string& certificate, const std::string& key);
/// The same on a context that is thrown away, for the error.
Result<void> check_certificate(const std::string& certificate, const std::string& key);

}  // namespace greenlane::gateway
