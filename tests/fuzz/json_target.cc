// The JSON front door: whatever it accepts can be written and read again to the same value.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace json = greenlane::json;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto value = json::parse(text);
  if (!value.ok()) return 0;
  const std::string written = json::canonical(*value);
  const auto again = json::parse(written);
  if (!again.ok() || !(*again == *value) || json::canonical(*again) != written) std::abort();
  return 0;
}
