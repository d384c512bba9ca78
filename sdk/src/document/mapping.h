// Mappings (greenlane.mapping/1): what of a foreign format becomes which field of a document.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/cell_converter.h"
#include "document/csv_source.h"
#include "document/edifact_source.h"
#include "document/field_table.h"
#include "document/message_path.h"
#include "document/target_path.h"
#include "document/tree_builder.h"

namespace greenlane::document {

/// A value: the text of the column, or of the element or component that a path leads to, for `target`.
struct MappedField {
  std::string from;                ///< of tables: the column
  std::vector<MessagePath> paths;  ///< of messages: whichever is there
  std::optional<MessagePath> form_path;  ///< of messages: where the form of a date is named
  Target target;
  std::vector<std::size_t> slots;
  std::size_t renewed = SlotPlan::no_slot;  ///< slot of the element that each occurrence makes anew
  bool none_if_missing = false;      ///< no such element: null in place of absent
  CellConverter converter;
};

struct MappedConstant {
  Target target;
  std::vector<std::size_t> slots;
  json::Value value;
};

/// Fields that are read together, in messages from each element that the paths lead to.
struct MappedGroup {
  std::vector<MessagePath> paths;
  Target target;  ///< no steps: the document, or the object of the group around this one
  std::vector<std::size_t> slots;
  std::size_t renewed = SlotPlan::no_slot;
  bool none_if_missing = false;  ///< no such element: [] or null in place of absent
  std::vector<MappedField> fields;
  std::vector<MappedConstant> constants;
  std::vector<MappedGroup> groups;
  std::vector<MessagePath> ignored;

  /// Values in it and in its groups.
  std::size_t field_count() const noexcept;
};

/// What of an XML stream is a record.
struct XmlOptions {
  std::vector<PathName> records;
  Namespaces namespaces;
};

/// A mapping that has been checked against the field table of its target document. Immutable; any thread.
class Mapping {
 public:
  enum class Source : unsigned char { csv, xml, edifact };

  /// Reads mapping text for a document type that is built in. Errors: invalid_json, invalid_document,
  /// invalid_mapping with a pointer into the mapping.
  static Result<std::shared_ptr<const Mapping>> parse(std::string_view text);
  /// The same for a tree and any document type.
  static Result<std::shared_ptr<const Mapping>> from_json(const json::Value& mapping,
                                                          std::shared_ptr<const FieldTable> table);

  const std::string& id() const noexcept { return id_; }
  const json::Value& title() const noexcept { return title_; }  ///< {en, zh}
  const std::shared_ptr<const FieldTable>& table() const noexcept { return table_; }
  Source source() const noexcept { return source_; }
  const CsvOptions& csv() const noexcept { return csv_; }
  const XmlOptions& xml() const noexcept { return xml_; }
  const EdifactOptions& edifact() const noexcept { return edifact_; }
  /// All of it, as a group around the record.
  const MappedGroup& root() const noexcept { return root_; }
  const std::vector<MappedField>& fields() const noexcept { return root_.fields; }
  const std::vector<MappedConstant>& constants() const noexcept { return root_.constants; }
  const std::vector<std::string>& ignored() const noexcept { return ignored_; }  ///< columns
  const SlotPlan& slots() const noexcept { return slots_; }

 private:
  friend class MappingReader;
  Mapping() = default;
  std::string id_;
  json::Value title_;
  std::shared_ptr<const FieldTable> table_;
  Source source_ = Source::csv;
  CsvOptions csv_;
  XmlOptions xml_;
  EdifactOptions edifact_;
  TextRules rules_;
  MappedGroup root_;
  std::vector<std::string> ignored_;
  SlotPlan slots_;
};

/// "csv", "xml", "edifact"
std::string_view name(Mapping::Source source) noexcept;

/// Rows of a CSV or TSV file as documents, by `mapping`. The header is read and compared with the mapping at
/// once: invalid_mapping names columns that are mapped and missing, or there and neither mapped nor ignored.
Result<RecordStream> open_csv(std::unique_ptr<ByteSource> bytes, std::shared_ptr<const Mapping> mapping);

/// Messages of an XML file as documents, by `mapping`.
RecordStream open_xml(std::unique_ptr<ByteSource> bytes, std::shared_ptr<const Mapping> mapping);

/// Messages of EDIFACT interchanges as documents, by `mapping`.
RecordStream open_edifact(std::unique_ptr<ByteSource> bytes, std::shared_ptr<const Mapping> mapping);

}  // namespace greenlane::document
