#include "tls_context.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>

#include <chrono>
#include <memory>

#include "client/file_io.h"

namespace greenlane::gateway {
namespace {

using Clock = std::chrono::steady_clock;

/// Requests of GET are small; a client that sends more than this on one connection, or keeps it longer, is cut off.
constexpr std::size_t max_received = std::size_t{2} << 20;
constexpr std::chrono::minutes max_age{10};

struct Received {
  std::size_t bytes = 0;
  Clock::time_point since = Clock::now();
};

void forget(void*, void* received, CRYPTO_EX_DATA*, int, long, void*) { delete static_cast<Received*>(received); }

int received_index() {
  static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, forget);
  return index;
}

/// Called for each record that comes in, with its header of five bytes.
void count_record(int written, int, int content_type, const void* header, std::size_t size, SSL* ssl, void*) {
  if (written != 0 || content_type != SSL3_RT_HEADER || size < 5) return;
  auto* received = static_cast<Received*>(SSL_get_ex_data(ssl, received_index()));
  if (received == nullptr) {
    received = new Received;
    SSL_set_ex_data(ssl, received_index(), received);
  }
  const auto* bytes = static_cast<const unsigned char*>(header);
  received->bytes += static_cast<std::size_t>(bytes[3]) << 8u | bytes[4];
  if (received->bytes > max_received || Clock::now() - received->since > max_age) ::shutdown(SSL_get_fd(ssl), SHUT_RDWR);
}

Error bad_certificate(const std::string& path, const std::string& what) {
  char reason[256] = {};
  const unsigned long number = ERR_peek_last_error();
  if (number != 0) ERR_error_string_n(number, reason, sizeof reason);
  ERR_clear_error();
  return {.code = ErrorCode::invalid_key, .message = what + (number == 0 ? "" : " (" + std::string(reason) + ")"), .source = path};
}

}  // namespace

Result<void> set_up_tls(SSL_CTX& context, const std::string& certificate, const std::string& key) {
  for (const std::string& path : {certificate, key}) {
    if (const auto there = client::read_file(path, 1u << 20); !there.ok()) return there.error();
  }
  SSL_CTX_set_min_proto_version(&context, TLS1_2_VERSION);
  SSL_CTX_set_options(&context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
  if (SSL_CTX_use_certificate_chain_file(&context, certificate.c_str()) != 1) return bad_certificate(certificate, "no certificate in PEM");
  if (SSL_CTX_use_PrivateKey_file(&context, key.c_str(), SSL_FILETYPE_PEM) != 1) {
    const std::string reason =
        ERR_GET_REASON(ERR_peek_last_error()) == X509_R_KEY_VALUES_MISMATCH
            ? "the key does not belong to the certificate"
            : "no private key in PEM";
    return bad_certificate(key, reason);
  }
  const X509* first = SSL_CTX_get0_certificate(&context);
  if (X509_cmp_current_time(X509_get0_notAfter(first)) < 0)
      return bad_certificate(certificate, "the certificate has expired; clients would refuse it");
  SSL_CTX_set_msg_callback(&context, count_record);
  return {};
}

Result<void> check_certificate(const std::string& certificate, const std::string& key) {
  const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
  if (context == nullptr) return Error{.code = ErrorCode::internal, .message = "OpenSSL gives no TLS"};
  return set_up_tls(*context, certificate, key);
}

}  // namespace greenlane::gateway
