// The field table: what a document type may hold, derived from its JSON Schema and from nothing else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "greenlane/result.h"

namespace greenlane::document {

enum class FieldKind : unsigned char {
  object,  ///< members of its own
  array,   ///< elements of one kind
  string,
  boolean,
  integer,
  decimal,    ///< JSON string, `"format": "decimal"`
  date,       ///< JSON string, `"format": "date"`
  timestamp,  ///< JSON string, `"format": "date-time"`
  hs,         ///< JSON string of digits, `"format": "hs"`: a commodity code
  free,       ///< anything: `attributes` and `x_` keys
};

/// What may be done about a field of a declaration (`x-change`): nothing, unless the schema says so.
struct PermittedChanges {
  bool supply = false;   ///< declare it where it was not declared, or was declared as none
  bool correct = false;  ///< correct it where another declared field contradicts it
  bool add = false;      ///< add elements to it
  bool any() const noexcept { return supply || correct || add; }
};

/// One property of the schema, or the element of one of its arrays.
struct Field {
  std::string name;  ///< key; "" for the root and for elements
  FieldKind kind = FieldKind::free;
  const Field* parent = nullptr;                ///< null for the root
  std::uint32_t slot = 0;                       ///< position among the parent's members
  std::uint32_t number = 0;                     ///< in its table, from 0 (the root) without gaps
  std::vector<std::unique_ptr<Field>> members;  ///< of an object, in the schema's order
  std::vector<std::uint32_t> by_name;           ///< slots of `members` in byte order of their names
  std::unique_ptr<Field> element;               ///< of an array
  std::string variable;                         ///< root and arrays: what expressions call it (`x-variable`)
  std::string wco;            ///< WCO pointer relative to the parent (`x-wco`), may be empty
  std::string codes;          ///< code list (`x-codes`), may be empty
  std::string unit;           ///< unit of measure (`x-unit`), may be empty
  std::string title;          ///< English (`title`)
  std::string title_zh;       ///< Chinese (`x-title-zh`)
  std::size_t max_size = 0;   ///< bound of an array (`maxItems`) or a text (`maxLength`), 0 = none
  PermittedChanges change;    ///< `x-change`

  const Field* member(std::string_view key) const noexcept;
  /// Dotted path from the root, arrays without index: "items.origin.region_id"; "" for the root.
  std::string path() const;
};

class CompiledSchema;
class ReadingPlan;

/// The field table of one document type. Immutable; any thread.
class FieldTable {
 public:
  ~FieldTable();
  FieldTable(const FieldTable&) = delete;
  FieldTable& operator=(const FieldTable&) = delete;

  /// Reads `schema` (draft-07 with local `$ref`s). An error names what is wrong in the schema.
  static Result<std::shared_ptr<const FieldTable>> from_schema(const json::Value& schema);

  const Field& root() const noexcept { return root_; }
  const std::string& format() const noexcept { return format_; }  ///< `x-format`
  /// Paths of the fields that identify a document, best first (`x-id`).
  const std::vector<std::string>& id_paths() const noexcept { return id_paths_; }
  /// Paths of the date fields that give the as-of date, best first (`x-as-of`).
  const std::vector<std::string>& as_of_paths() const noexcept { return as_of_paths_; }
  /// The field at a dotted path ("items.origin.region_id"), or null.
  const Field* find(std::string_view path) const noexcept;
  /// Fields in all, with elements of arrays; their numbers are below it.
  std::uint32_t field_count() const noexcept { return field_count_; }
  /// The schema it came from, for validation.
  const json::Value& schema() const noexcept { return schema_; }
  /// The same schema, made ready for validating many documents.
  const CompiledSchema& compiled_schema() const noexcept { return *compiled_; }
  /// How a BulkReader reads its documents; made with the first call.
  const ReadingPlan& reading_plan() const;

 private:
  friend class FieldTableBuilder;
  FieldTable();
  Field root_;
  std::uint32_t field_count_ = 0;
  std::string format_;
  std::vector<std::string> id_paths_;
  std::vector<std::string> as_of_paths_;
  json::Value schema_;
  std::shared_ptr<const CompiledSchema> compiled_;
  mutable std::once_flag plan_once_;
  mutable std::unique_ptr<const ReadingPlan> plan_;
};

/// The field whose name is nearest to `key` among `owner`'s members, for "did you mean"; "" if none is near.
std::string_view nearest_member(const Field& owner, std::string_view key) noexcept;

}  // namespace greenlane::document
