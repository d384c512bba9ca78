#include "client/durable_files.h"
#include "commands.h"
#include "new_file.h"
#include "tuf_key.h"

namespace greenlane::gateway {
namespace {

void show(const crypto::PublicKey& key, const std::string& algorithm) {
  say("algorithm     " + algorithm + "\nkey id        " + key.id() + "\nkey id (TUF)  " + tuf_key_id(key) + "\n");
}

}  // namespace

Exit run_key_new(const std::string& file, const std::string& algorithm) {
  auto key = crypto::PrivateKey::generate(*signature_algorithm(algorithm));
  if (!key.ok()) return fail(key.error());
  const auto public_key = crypto::PublicKey::from_info(key->public_key());
  if (!public_key.ok()) return fail(public_key.error());
  if (client::is_taken(file + ".pub")) {
    return fail({.code = ErrorCode::invalid_argument, .message = "there is a file already; keys are never overwritten", .source = file + ".pub"});
  }
  if (auto written = write_new_file(file, key->pem(), 0600); !written.ok()) return fail(written.error());
  if (auto written = write_new_file(file + ".pub", public_key->pem(), 0644); !written.ok()) return fail(written.error());
  say(file + "      private key: keep it, and a copy in a safe place\n" + file + ".pub  public key: give it to whoever sets up the repository\n");
  show(*public_key, algorithm);
  return Exit::done;
}

Exit run_key_show(const std::string& file) {
  auto key = read_public_key(file);
  if (!key.ok()) {
    auto private_key = read_private_key(file);
    if (!private_key.ok()) return fail(key.error().message.starts_with("this is a private key") ? private_key.error() : key.error());
    key = crypto::PublicKey::from_info(private_key->public_key());
    if (!key.ok()) return fail(key.error());
  }
  show(*key, std::string(key->scheme() == crypto::Scheme::ed25519 ? "ed25519" : (key->scheme() == crypto::Scheme::sm2_sm3 ? "sm2_sm3" : "ecdsa_p256_sha256")));
  return Exit::done;
}

}  // namespace greenlane::gateway
