// A document: a validated JSON tree whose values are typed by the field table.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "document/field_table.h"
#include "greenlane/date.h"
#include "greenlane/decimal.h"
#include "greenlane/result.h"

namespace greenlane::document {

/// One declared value. A field that was not declared has no Node; a declared null has one.
struct Node {
  const Field* field = nullptr;
  const Node* parent = nullptr;       ///< null for the root
  std::uint32_t index = 0;            ///< position in the parent, where that is an array
  const json::Value* json = nullptr;  ///< what was written; owned by the Document
  std::vector<const Node*> children;  ///< object: by slot, null = not declared; array: elements
  // The typed value, by field->kind; unset for null, strings and containers.
  Decimal decimal;
  Date date;
  std::int64_t seconds = 0;  ///< timestamp: since 1970-01-01T00:00:00Z
  std::int32_t nanos = 0;    ///< timestamp: 0 to 999,999,999
  bool open = false;         ///< a value is there, but which one is not known; in a document that was read, never

  bool is_null() const noexcept { return json->is_null(); }
  const Node* child(std::uint32_t slot) const noexcept {
    return slot < children.size() ? children[slot] : nullptr;
  }
};

/// A document that was read. Immutable, movable, not copyable; share it by shared_ptr; any thread.
class Document {
 public:
  /// Reads `text` through the strict front door, validates it and types it.
  static Result<std::unique_ptr<Document>> parse(std::shared_ptr<const FieldTable> table,
                                                 std::string_view text);
  /// The same for JSON that is already a tree (what a mapping produced, a criterion's test).
  static Result<std::unique_ptr<Document>> from_json(std::shared_ptr<const FieldTable> table,
                                                     json::Value tree);

  const FieldTable& table() const noexcept { return *table_; }
  const json::Value& json() const noexcept { return tree_; }
  const Node& root() const noexcept { return *root_; }
  /// The first of the table's id fields that is declared; "" if none is.
  std::string_view id() const noexcept;
  /// The first of the table's as-of fields that is declared.
  std::optional<Date> as_of() const noexcept;
  /// The node at a dotted path without arrays ("transport.border.id"), or null.
  const Node* find(std::string_view path) const noexcept;
  /// The node at a JSON Pointer, or null.
  const Node* at_pointer(std::string_view pointer) const noexcept;

  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

 private:
  Document(std::shared_ptr<const FieldTable> table, json::Value tree);
  std::shared_ptr<const FieldTable> table_;
  json::Value tree_;
  std::vector<Node> nodes_;  ///< reserved before the first: nodes point at each other
  const Node* root_ = nullptr;
};

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
