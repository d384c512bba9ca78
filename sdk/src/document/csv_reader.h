// Makes documents of rows by a mapping.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/mapping.h"
#include "document/record_source.h"
#include "document/row_text.h"

namespace greenlane::document {

class CsvReader final : public RecordReader, public std::enable_shared_from_this<CsvReader> {
 public:
  /// Compares `header` with the columns that `mapping` names.
  static Result<std::shared_ptr<const RecordReader>> make(std::shared_ptr<const Mapping> mapping,
                                                          const std::vector<std::string>& header);
  Result<std::unique_ptr<Document>> read(const Record& record) const override;
  std::unique_ptr<RecordParser> parser(const Projection& fields) const override;

 private:
  class Parser;
  /// Where a value of the tree came from; noted only to explain an error.
  struct Origin {
    std::string pointer;
    std::size_t line = 0;
    const MappedField* field = nullptr;  ///< null: a constant
  };

  CsvReader() = default;
  Result<json::Value> build(const Record& record, std::vector<Origin>* origins) const;
  Result<void> add_row(TreeBuilder& tree, const Record& record, const Row& row,
                       std::vector<Origin>* origins) const;
  Result<void> check_agreement(const Record& record, const Row& row, std::size_t field) const;
  void add_constants(TreeBuilder& tree, const Row& row, bool per_row, std::vector<Origin>* origins) const;
  Error placed(Error error, const Record& record) const;

  std::shared_ptr<const Mapping> mapping_;
  std::vector<std::size_t> columns_;  ///< of each mapped field
  std::optional<RowText> text_;       ///< where the mapping can be laid out as text
};

}  // namespace greenlane::document
