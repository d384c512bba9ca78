#include "client/durable_files.h"
#include "commands.h"
#include "greenlane/signer.h"
#include "token.h"
#include "tuf_key.h"

namespace greenlane::gateway {
namespace {

Error taken(const std::string& file) {
  return {.code = ErrorCode::invalid_argument,
          .message = "there is something of that name already; a key is never overwritten",
          .source = file};
}

void show(const PublicKeyInfo& info, const crypto::PublicKey& key) {
  say("algorithm        " + std::string(to_string(info.algorithm)) + "\n");
  say("id in roles      " + tuf_key_id(key) + "\n");
  say("id of messages   " + key.id() + "\n");
}

}  // namespace

Exit run_key_new(const std::string& file, const std::string& algorithm) {
  const std::string public_file = file + ".pub";
  if (client::is_taken(public_file)) return fail(taken(public_file));
  const auto info = make_key_file(file, *signature_algorithm(algorithm));
  if (!info.ok()) return fail(info.error());
  const auto key = crypto::PublicKey::from_info(*info);
  if (!key.ok()) return fail(key.error());
  if (auto written = client::replace_file(public_file, public_file + ".new", key->pem(), true); !written.ok()) return fail(written.error());
  say("private key      " + file + " (for its holder alone; keep a copy in a safe place)\n");
  say("public key       " + public_file + " (for whoever sets up the repository)\n");
  show(*info, *key);
  return Exit::done;
}

Exit run_key_token(const std::string& file, const TokenArguments& token) {
  if (client::is_taken(file)) return fail(taken(file));
  const auto signer = token_signer(token);
  if (!signer.ok()) return fail(signer.error());
  const auto key = crypto::PublicKey::from_info((*signer)->public_key());
  if (!key.ok()) return fail(key.error());
  if (auto written = client::replace_file(file, file + ".new", key->pem(), true); !written.ok()) return fail(written.error());
  say("public key       " + file + " (for whoever sets up the repository)\n");
  show((*signer)->public_key(), *key);
  return Exit::done;
}

Exit run_key_show(const std::string& file) {
  const auto key = read_either_key_file(file);
  if (!key.ok()) return fail(key.error());
  const auto info = read_public_key(key->der());
  if (!info.ok()) return fail(info.error());
  show(*info, *key);
  return Exit::done;
}

}  // namespace greenlane::gateway
