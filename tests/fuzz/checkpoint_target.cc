// Signed notes and checkpoints against a key of which one checkpoint is known: no other is ever taken for signed.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/base64.h"
#include "trust/checkpoint.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace greenlane;
  // The public test log of transparency-dev/tessera.
  static const std::string bytes = *decode_base64("4dO7hDeEQgwc2pzp8BIyyreso3HbzQ0j6g7nEIWSRLE=");
  static const auto& key = *new crypto::PublicKey(*crypto::PublicKey::from_ed25519(bytes));
  static const std::string root = *decode_base64("GRV1O0dCqmjjPvYi7CtOT79zb/fPwLNsMFWsynwU8Ac=");
  const std::string_view note(reinterpret_cast<const char*>(data), size);
  const auto checkpoint = trust::verify_checkpoint(note, "example.com/log/testdata", {key});
  if (checkpoint.ok() && (checkpoint->size != 100'270 || crypto::bytes_of(checkpoint->root) != root)) std::abort();
  return 0;
}
