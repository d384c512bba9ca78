// Indexes of packs: what is read is written as it was.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "client/pack_index.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace greenlane;
  const auto index = client::PackIndex::read({reinterpret_cast<const char*>(data), size}, "index.json");
  if (!index.ok()) return 0;
  const auto again = client::PackIndex::read(index->to_json(), "index.json");
  if (!again.ok() || again->to_json() != index->to_json()) std::abort();
  return 0;
}
