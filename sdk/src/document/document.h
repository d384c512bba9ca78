// A document: a validated JSON tree whose values are typed by the field table.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/json.h"
#include "document/arena.h"
#include "document/field_table.h"
#include "greenlane/date.h"
#include "greenlane/decimal.h"
#include "greenlane/result.h"

namespace greenlane::document {

class MessageOrigin;

/// One declared value. A field that was not declared has no Node; a declared null has one.
struct Node {
  const Field* field = nullptr;
  const Node* parent = nullptr;                ///< null for the root
  std::uint32_t index = 0;                     ///< position in the parent, where that is an array
  json::Kind kind = json::Kind::null;          ///< of what was written
  std::string_view text;                       ///< of a string, without its escapes
  std::span<const Node* const> children;       ///< object: by slot, null = not declared; array: elements
  const json::Value* json = nullptr;           ///< of fields of kind `free` only
  std::int64_t integer = 0;                    ///< of an integer; 1 for true
  // The typed value, by field->kind; unset for null, strings and containers.
  Decimal decimal;
  Date date;
  std::int32_t nanos = 0;    ///< timestamp: 0 to 999,999,999
  std::int64_t seconds = 0;  ///< timestamp: since 1970-01-01T00:00:00Z
  bool open = false;         ///< a value is there, but which one is not known; in a document that was read, never

  bool is_null() const noexcept { return kind == json::Kind::null; }
  const Node* child(std::uint32_t slot) const noexcept {
    return slot < children.size() ? children[slot] : nullptr;
  }
};

/// A document that was read. Immutable, not copyable; share it by shared_ptr; any thread. One that a BulkReader
/// gives has nodes for the fields of its projection, and belongs to the reader and its thread.
class Document {
 public:
  /// Reads `text` through the strict front door, validates it and types it.
  static Result<std::unique_ptr<Document>> parse(std::shared_ptr<const FieldTable> table,
                                                 std::string_view text, const json::Limits& limits = {});
  /// The same for JSON that is already a tree (what a mapping produced, a criterion's test).
  static Result<std::unique_ptr<Document>> from_json(std::shared_ptr<const FieldTable> table,
                                                     json::Value tree);

  const FieldTable& table() const noexcept { return *table_; }
  /// The document as a tree. A bulk document reads its text again for it.
  const json::Value& json() const;
  /// The RFC 8785 form: the bytes that a BulkReader wrote already, or else those that are put into `buffer`.
  std::string_view canonical(std::string& buffer) const;
  const Node& root() const noexcept { return *root_; }
  /// The first of the table's id fields that is declared; "" if none is.
  std::string_view id() const noexcept;
  /// The first of the table's as-of fields that is declared.
  std::optional<Date> as_of() const noexcept;
  /// Where it stands in the message that it was read from; null for documents that were JSON or rows.
  const MessageOrigin* origin() const noexcept { return origin_.get(); }
  void set_origin(std::unique_ptr<const MessageOrigin> origin);
  /// The node at a dotted path without arrays ("transport.border.id"), or null.
  const Node* find(std::string_view path) const noexcept;
  /// The node at a JSON Pointer, or null.
  const Node* at_pointer(std::string_view pointer) const noexcept;

  ~Document();
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

 private:
  friend class BulkReader;
  explicit Document(std::shared_ptr<const FieldTable> table);

  std::shared_ptr<const FieldTable> table_;
  mutable std::optional<json::Value> tree_;  ///< made when it is asked for in a bulk document only
  Arena arena_;                              ///< of the nodes
  const Node* root_ = nullptr;
  std::unique_ptr<const MessageOrigin> origin_;
  // Of a bulk document: what it was read from, its canonical form, and its values of kind `free`.
  std::string_view text_;
  json::Limits limits_;
  std::string_view canonical_;
  std::deque<json::Value> free_values_;
};

/// Appends what was declared at `node`, a value that is no object or array of fields, as compact JSON.
void append_json(std::string& out, const Node& node);

/// RFC 6901 pointer of a node: "/items/0/origin/region_id"; "" for the root.
std::string pointer(const Node& node);
/// WCO pointer of a node, classes from the declaration down and the tag at the end, elements of
/// arrays numbered from 1: "42A/67A/68A[1]/92A#066"; "" where the schema names none for the field.
std::string wco_pointer(const Node& node);
/// The same pair for a member of `parent` that was not declared.
std::string pointer(const Node& parent, const Field& member);
std::string wco_pointer(const Node& parent, const Field& member);

/// The schema that is compiled into the library for `format` ("greenlane.declaration/1"), or null.
const json::Value* builtin_schema(std::string_view format);
/// The field table of a built-in document type; made once, shared.
Result<std::shared_ptr<const FieldTable>> builtin_table(std::string_view format);

}  // namespace greenlane::document
