// Reads many documents of one type from JSON, fast.
#pragma once

#include <memory>
#include <string_view>

#include "base/json.h"
#include "document/document.h"
#include "document/field_table.h"
#include "document/projection.h"

namespace greenlane::document {

/// Reads what is usual in a fast lane of its own, and leaves everything else to Document::parse(), so that verdicts,
/// errors, values and canonical forms are the same. Reuses its memory. One thread.
class BulkReader {
 public:
  /// Longer texts take the slow lane, which bounds the memory that a reader keeps (about 15 times as much).
  static constexpr std::size_t longest_fast = std::size_t{1} << 20;

  BulkReader(std::shared_ptr<const FieldTable> table, Projection projection, const json::Limits& limits = {});
  ~BulkReader();
  BulkReader(const BulkReader&) = delete;
  BulkReader& operator=(const BulkReader&) = delete;

  /// The document that `text` is, valid until the next read. It has nodes for the fields of the projection, and may
  /// have others. Errors: those of Document::parse().
  Result<const Document*> read(std::string_view text);
  /// Whether the last read needed the fast lane only.
  bool was_fast() const noexcept { return fast_; }

 private:
  struct Lane;
  bool read_fast(std::string_view text);

  std::shared_ptr<const FieldTable> table_;
  json::Limits limits_;
  std::size_t longest_ = 0;  ///< text that cannot exceed the limits on its parts
  Document document_;
  std::unique_ptr<Document> slow_;
  std::unique_ptr<Lane> lane_;
  bool fast_ = false;
};

}  // namespace greenlane::document
