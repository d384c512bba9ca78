// EDIFACT interchanges, read into trees with the groups of a mapping.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "document/byte_source.h"
#include "document/edifact_source.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace greenlane::document;
  EdifactOptions options;
  options.messages = {"CUSDEC:D", "CUSCAR"};
  options.groups = {{"transport", "TDT", {"NAD"}, {}}, {"item", "CST", {"UNS"}, {{"packages", "PAC", {}, {{"marks", "PCI", {}, {}}}}}}};
  EdifactSource source(std::make_unique<MemoryBytes>(std::string(reinterpret_cast<const char*>(data), size)), std::move(options));
  for (;;) {
    const auto record = source.next();
    if (!record.ok() || !record->has_value()) return 0;
    if ((*record)->message == nullptr) continue;
    const MessageTree& tree = *(*record)->message;
    for (std::uint32_t i = 0; i < tree.size(); ++i) (void)(tree.place(i).size() + tree.text(i).size());
  }
}
