// Bundles of log entries and the publications in them: what is read is written to the same bytes. Input: the width, the bundle.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "trust/log_tiles.h"
#include "trust/publication_log.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace greenlane::trust;
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto entries = read_bundle(bytes, std::size_t{data[0]} + 1);
  if (!entries.ok()) return 0;
  if (bundle_of(*entries).value() != bytes) std::abort();
  for (const std::string& entry : *entries) {
    const auto publication = Publication::read(entry);
    if (publication.ok() && publication->to_entry() != entry) std::abort();
  }
  return 0;
}
