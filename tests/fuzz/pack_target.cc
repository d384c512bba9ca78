// Loading a pack: reading, compiling, running its own tests.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "criteria/compiled_pack.h"
#include "criteria/list_csv.h"
#include "criteria/pack_builder.h"
#include "criteria/pack_reader.h"
#include "screening/pack_tests.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace greenlane;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)criteria::read_list_csv(text);
  const auto json = json::parse(text, criteria::pack_limits());
  if (!json.ok()) return 0;
  auto source = criteria::read_pack(*json);
  if (!source.ok()) return 0;
  std::vector<criteria::PackIssue> issues;
  const auto pack = criteria::CompiledPack::compile(*std::move(source), "sha256:", issues);
  if (pack) (void)screening::run_pack_tests(*pack);
  return 0;
}
