// Mapping files, and tables and messages read through one. Input: a mapping, a line "---", what it reads.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "document/byte_source.h"
#include "document/mapping.h"
#include "document/message_origin.h"
#include "document/record_source.h"

namespace {

using namespace greenlane::document;

void read_all(const RecordStream& stream) {
  for (;;) {
    const auto record = stream.source->next();
    if (!record.ok() || !record->has_value()) return;
    const auto document = stream.reader->read(**record);
    if (!document.ok() || (*document)->origin() == nullptr) continue;
    const MessageOrigin& origin = *(*document)->origin();
    for (const std::uint32_t element : origin.unread()) (void)(origin.tree().place(element).size() + path_of(origin.tree(), element).size());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t cut = text.find("\n---\n");
  const auto mapping = Mapping::parse(text.substr(0, cut));
  if (!mapping.ok() || cut == std::string_view::npos) return 0;
  auto bytes = std::make_unique<MemoryBytes>(std::string(text.substr(cut + 5)));
  if ((*mapping)->source() == Mapping::Source::xml) {
    read_all(open_xml(std::move(bytes), *mapping));
  } else if ((*mapping)->source() == Mapping::Source::edifact) {
    read_all(open_edifact(std::move(bytes), *mapping));
  } else if (const auto stream = open_csv(std::move(bytes), *mapping); stream.ok()) {
    read_all(*stream);
  }
  return 0;
}
