// Records of an XML stream: the elements that a mapping names, each as a tree.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "document/byte_source.h"
#include "document/message_path.h"
#include "document/record_source.h"

namespace greenlane::document {

/// One record may have so many bytes of text and so many elements and attributes,
inline constexpr std::size_t xml_record_bytes = std::size_t{8} << 20;
inline constexpr std::size_t xml_record_elements = 1'000'000;
/// and so many elements within each other, the same as JSON.
inline constexpr std::size_t xml_depth = 64;
/// A stream may have so many different names and prefixes: expat keeps each of them until its end.
inline constexpr std::size_t xml_names = 10'000;
/// A tag with its attributes, a comment or any other piece of markup may have so many bytes.
inline constexpr std::size_t xml_markup_bytes = std::size_t{1} << 20;

/// Reads one record after the other and holds no more than one chunk of the stream besides. Document type
/// declarations, and with them every entity of its own, are refused. A record that is over a limit is a bad record, and
/// those behind it are read; text that is not well-formed ends the stream.
class XmlSource final : public RecordSource {
 public:
  /// `records`: what the elements are called that become a document each, wherever they stand; within one, no
  /// other begins.
  XmlSource(std::unique_ptr<ByteSource> bytes, std::vector<PathName> records);
  ~XmlSource() override;

  /// Errors: io; invalid_xml with line and column; not_found where there is no record at all.
  Result<std::optional<Record>> next() override;

 private:
  class Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace greenlane::document
