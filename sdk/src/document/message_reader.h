// Makes documents of messages by a mapping.
#pragma once

#include <memory>

#include "document/mapping.h"
#include "document/record_source.h"

namespace greenlane::document {

class MessageReader final : public RecordReader, public std::enable_shared_from_this<MessageReader> {
 public:
  explicit MessageReader(std::shared_ptr<const Mapping> mapping) : mapping_(std::move(mapping)) {}

  /// The document has an origin. Errors: the record's own; invalid_message with line and place of the element that
  /// cannot be converted, that stands there twice, or that breaks the document's schema.
  Result<std::unique_ptr<Document>> read(const Record& record) const override;
  std::unique_ptr<RecordParser> parser(const Projection& fields) const override;

 private:
  class Parser;
  std::shared_ptr<const Mapping> mapping_;
};

}  // namespace greenlane::document
