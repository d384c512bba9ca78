// Base64: the strict forms have one spelling for each sequence of bytes, and the loose one takes whatever they take.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/base64.h"

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

std::string with_standard_alphabet(std::string_view text) {
  std::string changed(text);
  std::replace(changed.begin(), changed.end(), '-', '+');
  std::replace(changed.begin(), changed.end(), '_', '/');
  return changed;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using greenlane::Base64;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto standard = greenlane::decode_base64(text);
  const auto either = greenlane::decode_base64(text, Base64::either);
  const auto loose = greenlane::decode_base64(text, Base64::loose);
  if (standard) expect(either == standard && loose == standard && greenlane::encode_base64(*standard) == text);
  if (either) expect(greenlane::encode_base64(*either) == with_standard_alphabet(text));
  if (loose) expect(greenlane::decode_base64(greenlane::encode_base64(*loose)) == loose);
  expect(greenlane::decode_base64(greenlane::encode_base64(text)) == text);
  return 0;
}
