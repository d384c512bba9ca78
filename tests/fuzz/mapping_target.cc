// Mapping files, and tables read through one. Input: a mapping, a line "---", a CSV file.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "document/byte_source.h"
#include "document/mapping.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace greenlane::document;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t cut = text.find("\n---\n");
  const auto mapping = Mapping::parse(text.substr(0, cut));
  if (!mapping.ok() || cut == std::string_view::npos) return 0;
  auto stream = open_csv(std::make_unique<MemoryBytes>(std::string(text.substr(cut + 5))), *mapping);
  if (!stream.ok()) return 0;
  for (;;) {
    const auto record = stream->source->next();
    if (!record.ok() || !record->has_value()) return 0;
    (void)stream->reader->read(**record);
  }
}
