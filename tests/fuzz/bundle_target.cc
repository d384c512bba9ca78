// Archives of criteria: nothing but names that an authority has comes out, and as much as may.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "client/bundle.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace greenlane;
  const auto bundle = client::Bundle::read({reinterpret_cast<const char*>(data), size}, "fuzz");
  if (!bundle.ok()) return bundle.error().code == ErrorCode::internal ? std::abort(), 0 : 0;
  std::size_t bytes = 0;
  for (const auto& [path, content] : bundle->files()) {
    if (!client::is_bundled_path(path)) std::abort();
    bytes += content.size();
  }
  // Without compression and without holes, an archive is longer than what is in it.
  if (bytes > size) std::abort();
  return 0;
}
