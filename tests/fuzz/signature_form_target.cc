// The two spellings of signatures: each comes back from the other, to the byte.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "crypto/signature_form.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace greenlane::crypto;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto raw = raw_from_der(bytes); raw.ok()) {
    const auto der = der_from_raw(*raw);
    if (raw->size() != raw_signature_bytes || !der.ok() || *der != bytes) std::abort();
  }
  if (const auto der = der_from_raw(bytes); der.ok()) {
    const auto raw = raw_from_der(*der);
    if (!raw.ok() || *raw != bytes) std::abort();
  }
  return 0;
}
