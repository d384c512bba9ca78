#include <arpa/inet.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

#include <array>
#include <memory>

#include "client/durable_files.h"
#include "client/key_file.h"
#include "commands.h"
#include "folders.h"

namespace greenlane::gateway {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Extension = std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

constexpr long days = 825;  // the most that clients of the web accept of a server's certificate
constexpr long seconds_a_day = 86'400;

Error failed(const std::string& what) { return {.code = ErrorCode::internal, .message = "OpenSSL does not make " + what}; }

bool add_extension(X509& certificate, X509& issuer, int id, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, &issuer, &certificate, nullptr, nullptr, 0);
  const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, id, value.c_str()), &X509_EXTENSION_free);
  return extension != nullptr && X509_add_ext(&certificate, extension.get(), -1) == 1;
}

bool set_random_serial(X509& certificate) {
  std::array<unsigned char, 16> bytes{};
  if (RAND_bytes(bytes.data(), bytes.size()) != 1) return false;
  bytes[0] &= 0x7F;
  const std::unique_ptr<BIGNUM, decltype(&BN_free)> number(BN_bin2bn(bytes.data(), bytes.size(), nullptr), &BN_free);
  return number != nullptr && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(&certificate)) != nullptr;
}

/// A certificate of `name` for `key`, not signed yet.
Certificate unsigned_certificate(const std::string& name, EVP_PKEY& key) {
  Certificate certificate(X509_new(), &X509_free);
  if (certificate == nullptr) return certificate;
  X509_NAME* subject = X509_get_subject_name(certificate.get());
  const auto* text = reinterpret_cast<const unsigned char*>(name.data());
  const bool filled = X509_set_version(certificate.get(), X509_VERSION_3) == 1 && set_random_serial(*certificate) &&
                      X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3'600) != nullptr &&  // for clocks that are behind
                      X509_gmtime_adj(X509_getm_notAfter(certificate.get()), days * seconds_a_day) != nullptr &&
                      X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, text, static_cast<int>(name.size()), -1, 0) == 1 &&
                      X509_set_pubkey(certificate.get(), &key) == 1;
  if (!filled) certificate.reset();
  return certificate;
}

template <typename Write>
Result<std::string> pem_of(const Write& write) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), &BIO_free);
  char* bytes = nullptr;
  if (bio == nullptr || write(bio.get()) != 1) return failed("PEM");
  const long size = BIO_get_mem_data(bio.get(), &bytes);
  return std::string(bytes, static_cast<std::size_t>(size));
}

Result<void> write_pair(const std::string& folder, const std::string& name, X509& certificate, EVP_PKEY& key) {
  const auto key_pem = pem_of([&](BIO* bio) { return PEM_write_bio_PrivateKey(bio, &key, nullptr, nullptr, 0, nullptr, nullptr); });
  if (!key_pem.ok()) return key_pem.error();
  const auto certificate_pem = pem_of([&](BIO* bio) { return PEM_write_bio_X509(bio, &certificate); });
  if (!certificate_pem.ok()) return certificate_pem.error();
  if (auto done = client::write_key_file(folder + "/" + name + ".key", *key_pem); !done.ok()) return done;
  return put_file(folder + "/" + name + ".pem", *certificate_pem);
}

bool is_address(const std::string& host) {
  std::array<unsigned char, 16> bytes{};
  return ::inet_pton(AF_INET, host.c_str(), bytes.data()) == 1 || ::inet_pton(AF_INET6, host.c_str(), bytes.data()) == 1;
}

Result<void> make_certificates(const std::string& folder, const std::string& host) {
  const Key ca_key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"), &EVP_PKEY_free);
  const Key server_key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"), &EVP_PKEY_free);
  if (ca_key == nullptr || server_key == nullptr) return failed("keys");
  const Certificate ca = unsigned_certificate("greenlane-gateway test CA", *ca_key);
  const Certificate server = unsigned_certificate(host, *server_key);
  if (ca == nullptr || server == nullptr) return failed("certificates");
  const std::string names = (is_address(host) ? "IP:" : "DNS:") + host;
  const bool made = X509_set_issuer_name(ca.get(), X509_get_subject_name(ca.get())) == 1 &&
                    add_extension(*ca, *ca, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
                    add_extension(*ca, *ca, NID_key_usage, "critical,keyCertSign,cRLSign") &&
                    add_extension(*ca, *ca, NID_subject_key_identifier, "hash") && X509_sign(ca.get(), ca_key.get(), EVP_sha256()) > 0 &&
                    X509_set_issuer_name(server.get(), X509_get_subject_name(ca.get())) == 1 &&
                    add_extension(*server, *ca, NID_basic_constraints, "critical,CA:FALSE") &&
                    add_extension(*server, *ca, NID_key_usage, "critical,digitalSignature") &&
                    add_extension(*server, *ca, NID_ext_key_usage, "serverAuth") &&
                    add_extension(*server, *ca, NID_subject_alt_name, names) &&
                    add_extension(*server, *ca, NID_authority_key_identifier, "keyid:always") &&
                    X509_sign(server.get(), ca_key.get(), EVP_sha256()) > 0;
  if (!made) return failed("certificates for \"" + host + "\"");
  if (auto done = write_pair(folder, "ca", *ca, *ca_key); !done.ok()) return done;
  return write_pair(folder, "server", *server, *server_key);
}

}  // namespace

Exit run_tls_new(const std::string& folder, const std::string& host) {
  // The text goes into an extension's configuration, where a comma would begin another name.
  if (host.empty() || host.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:") != std::string::npos) {
    return fail({.code = ErrorCode::invalid_argument,
                 .message = "--host is the name or address of one machine, such as 127.0.0.1 or gateway.example"});
  }
  if (auto made = make_folders(folder); !made.ok()) return fail(made.error());
  if (client::is_taken(folder + "/ca.pem")) {
    return fail({.code = ErrorCode::invalid_argument, .message = "there are certificates already; give another folder", .source = folder});
  }
  if (auto done = make_certificates(folder, host); !done.ok()) return fail(done.error());
  say(folder + "/ca.pem      certificate of the test CA: clients trust it with --ca\n" + folder +
      "/server.pem  certificate of the server, with server.key beside it\n");
  return Exit::done;
}

}  // namespace greenlane::gateway
