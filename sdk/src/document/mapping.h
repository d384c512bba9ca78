// Mappings (greenlane.mapping/1): what of a foreign format becomes which field of a document.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "document/cell_converter.h"
#include "document/csv_source.h"
#include "document/field_table.h"
#include "document/target_path.h"
#include "document/tree_builder.h"

namespace greenlane::document {

/// One entry of `fields`, whatever the source format: the column, element or component `from` gives text for
/// `target`.
struct MappedField {
  std::string from;
  Target target;
  std::vector<std::size_t> slots;
  CellConverter converter;
};

struct MappedConstant {
  Target target;
  std::vector<std::size_t> slots;
  json::Value value;
};

/// A mapping that has been checked against the field table of its target document. Immutable; any thread.
class Mapping {
 public:
  /// Reads mapping text for a document type that is built in. Errors: invalid_json, invalid_document,
  /// invalid_mapping with a pointer into the mapping.
  static Result<std::shared_ptr<const Mapping>> parse(std::string_view text);
  /// The same for a tree and any document type.
  static Result<std::shared_ptr<const Mapping>> from_json(const json::Value& mapping,
                                                          std::shared_ptr<const FieldTable> table);

  const std::string& id() const noexcept { return id_; }
  const json::Value& title() const noexcept { return title_; }  ///< {en, zh}
  const std::shared_ptr<const FieldTable>& table() const noexcept { return table_; }
  const CsvOptions& csv() const noexcept { return csv_; }
  const std::vector<MappedField>& fields() const noexcept { return fields_; }
  const std::vector<MappedConstant>& constants() const noexcept { return constants_; }
  const std::vector<std::string>& ignored() const noexcept { return ignored_; }
  const SlotPlan& slots() const noexcept { return slots_; }

 private:
  friend class MappingReader;
  Mapping() = default;
  std::string id_;
  json::Value title_;
  std::shared_ptr<const FieldTable> table_;
  CsvOptions csv_;
  TextRules rules_;
  std::vector<MappedField> fields_;
  std::vector<MappedConstant> constants_;
  std::vector<std::string> ignored_;
  SlotPlan slots_;
};

/// Rows of a CSV or TSV file as documents, by `mapping`. The header is read and compared with the mapping at
/// once: invalid_mapping names columns that are mapped and missing, or there and neither mapped nor ignored.
Result<RecordStream> open_csv(std::unique_ptr<ByteSource> bytes, std::shared_ptr<const Mapping> mapping);

}  // namespace greenlane::document
