// Streams of JSON: a whole input, or a line a document.
#pragma once

#include <cstddef>
#include <memory>

#include "document/byte_source.h"
#include "document/record_source.h"

namespace greenlane::document {

/// Bytes of one JSON document; the same ceiling as json::Limits::bytes.
inline constexpr std::size_t json_record_limit = std::size_t{8} << 20;

/// The whole input is one document.
RecordStream open_json(std::unique_ptr<ByteSource> bytes, std::shared_ptr<const FieldTable> table,
                       std::size_t limit = json_record_limit);
/// Every line that is not blank is one document. A line over `limit` is one bad record and is not held in
/// memory.
RecordStream open_ndjson(std::unique_ptr<ByteSource> bytes, std::shared_ptr<const FieldTable> table,
                         std::size_t limit = json_record_limit);

}  // namespace greenlane::document
