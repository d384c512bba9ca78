// The two ways into a document: they agree on verdict, error, values and canonical form.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tests/support/both_lanes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace greenlane;
  static auto& lanes = *new test::BothLanes(document::builtin_table("greenlane.declaration/1").value());
  const std::string difference = lanes.difference({reinterpret_cast<const char*>(data), size});
  if (difference.empty()) return 0;
  std::fputs(difference.c_str(), stderr);
  std::abort();
}
