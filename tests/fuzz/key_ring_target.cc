// Lists of keys: what is read can be written and is read again to the same list.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "trust/key_ring.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using greenlane::trust::KeyRing;
  const auto ring = KeyRing::read({reinterpret_cast<const char*>(data), size});
  if (!ring.ok()) return 0;
  const auto again = KeyRing::read(ring->to_json());
  if (!again.ok() || again->to_json() != ring->to_json()) std::abort();
  return 0;
}
