#include "document/csv_reader.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "document/bulk_reader.h"
#include "document/document.h"
#include "document/formats.h"

namespace greenlane::document {
namespace {

std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t most = 20;
  std::string text = names.size() == 1 ? "column " : "columns ";
  for (std::size_t i = 0; i < names.size() && i < most; ++i)
    text.append(i == 0 ? "" : ", ").append(in_quotes(names[i]));
  if (names.size() > most) text += ", …";
  return text;
}

Error cell_error(const MappedField& field, std::size_t line, const std::string& message) {
  Error error = make_error(ErrorCode::invalid_row, "column " + in_quotes(field.from) + ": " + message);
  error.line = line;
  return error;
}

/// Columns of the table that the mapping says nothing about.
std::vector<std::string> unmentioned(const Mapping& mapping, const std::vector<std::string>& header) {
  std::vector<std::string> names;
  for (const std::string& name : header) {
    const auto& ignored = mapping.ignored();
    const auto& keys = mapping.csv().group_by;
    const auto maps = [&](const MappedField& field) { return field.from == name; };
    const bool known = std::any_of(mapping.fields().begin(), mapping.fields().end(), maps) ||
                       std::find(ignored.begin(), ignored.end(), name) != ignored.end() ||
                       std::find(keys.begin(), keys.end(), name) != keys.end();
    if (!known) names.push_back(name);
  }
  return names;
}

}  // namespace

Result<std::shared_ptr<const RecordReader>> CsvReader::make(std::shared_ptr<const Mapping> mapping,
                                                            const std::vector<std::string>& header) {
  std::shared_ptr<CsvReader> reader(new CsvReader());
  std::vector<std::string> missing;
  std::string hint;
  for (const MappedField& field : mapping->fields()) {
    const auto at = std::find(header.begin(), header.end(), field.from);
    if (at == header.end()) {
      missing.push_back(field.from);
      if (hint.empty()) hint = did_you_mean(text::nearest(field.from, header));
    } else if (std::find(at + 1, header.end(), field.from) != header.end()) {
      return make_error(ErrorCode::invalid_row, "the header has column " + in_quotes(field.from) + " twice");
    }
    reader->columns_.push_back(static_cast<std::size_t>(at - header.begin()));
  }
  if (!missing.empty()) {
    return make_error(ErrorCode::invalid_mapping, "the mapping reads " + listed(missing) +
                                                      ", which the table does not have" +
                                                      (missing.size() == 1 ? hint : ""));
  }
  if (const auto unknown = unmentioned(*mapping, header); !unknown.empty()) {
    return make_error(ErrorCode::invalid_mapping,
                      "the table has " + listed(unknown) +
                          ", which the mapping does not mention; add to its \"fields\" or its \"ignore\"");
  }
  reader->text_ = RowText::make(*mapping, reader->columns_);
  reader->mapping_ = std::move(mapping);
  return std::shared_ptr<const RecordReader>(std::move(reader));
}

/// Gives the text of usual rows to a BulkReader. Whatever is unusual or wrong is left to CsvReader, which words the error.
class CsvReader::Parser final : public RecordParser {
 public:
  Parser(std::shared_ptr<const CsvReader> reader, const Projection& fields)
      : reader_(std::move(reader)), bulk_(reader_->mapping_->table(), fields) {}

  Result<const Document*> read(const Record& record) override {
    const bool usual = reader_->text_ && !record.error && record.rows.size() == 1;
    if (usual && reader_->text_->write(*reader_->mapping_, record.rows.front(), text_)) {
      auto document = bulk_.read(text_);
      if (document) return document;
    }
    auto document = reader_->read(record);
    if (!document) return std::move(document).error();
    document_ = *std::move(document);
    return document_.get();
  }

 private:
  std::shared_ptr<const CsvReader> reader_;
  BulkReader bulk_;
  std::string text_;
  std::unique_ptr<Document> document_;
};

std::unique_ptr<RecordParser> CsvReader::parser(const Projection& fields) const {
  return std::make_unique<Parser>(shared_from_this(), fields);
}

Result<std::unique_ptr<Document>> CsvReader::read(const Record& record) const {
  if (record.error) return *record.error;
  if (record.rows.empty()) return make_error(ErrorCode::internal, "a record of a table without rows");
  auto tree = build(record, nullptr);
  if (!tree) return std::move(tree).error();
  auto document = Document::from_json(mapping_->table(), *std::move(tree));
  if (!document) return placed(std::move(document).error(), record);
  return document;
}

Result<json::Value> CsvReader::build(const Record& record, std::vector<Origin>* origins) const {
  TreeBuilder tree(mapping_->slots());
  for (const Row& row : record.rows) {
    tree.begin_row();
    if (auto added = add_row(tree, record, row, origins); !added) return std::move(added).error();
    add_constants(tree, row, true, origins);
  }
  add_constants(tree, record.rows.front(), false, origins);
  return tree.take(mapping_->table()->format());
}

Result<void> CsvReader::add_row(TreeBuilder& tree, const Record& record, const Row& row,
                                std::vector<Origin>* origins) const {
  const bool first = &row == &record.rows.front();
  for (std::size_t i = 0; i < mapping_->fields().size(); ++i) {
    const MappedField& field = mapping_->fields()[i];
    if (!first && !field.target.per_row) {
      if (auto agrees = check_agreement(record, row, i); !agrees) return agrees;
      continue;
    }
    const std::string_view cell = row.cell(columns_[i]);
    json::Value value;
    const auto outcome = field.converter.convert(cell, value);
    if (outcome == CellConverter::Outcome::absent) continue;
    if (outcome == CellConverter::Outcome::wrong) {
      return cell_error(field, row.line,
                        "expected " + field.converter.expectation() + ", found " + in_quotes(cell));
    }
    std::string* pointer = nullptr;
    if (origins != nullptr) pointer = &origins->emplace_back(Origin{{}, row.line, &field}).pointer;
    tree.set(field.target, field.slots, std::move(value), pointer);
  }
  return {};
}

Result<void> CsvReader::check_agreement(const Record& record, const Row& row, std::size_t field_index) const {
  const MappedField& field = mapping_->fields()[field_index];
  const std::string_view here = row.cell(columns_[field_index]);
  const std::string_view there = record.rows.front().cell(columns_[field_index]);
  if (here == there) return {};
  json::Value a;
  json::Value b;
  const auto outcome = field.converter.convert(here, a);
  if (outcome == field.converter.convert(there, b) && outcome != CellConverter::Outcome::wrong && a == b)
    return {};
  return cell_error(field, row.line,
                    "rows of one group must agree here, found " + in_quotes(here) + ", but " +
                        in_quotes(there) + " in line " + std::to_string(record.line));
}

void CsvReader::add_constants(TreeBuilder& tree, const Row& row, bool per_row,
                              std::vector<Origin>* origins) const {
  for (const MappedConstant& constant : mapping_->constants()) {
    if (constant.target.per_row != per_row || !tree.is_open(constant.slots)) continue;
    std::string* pointer = nullptr;
    if (origins != nullptr) pointer = &origins->emplace_back(Origin{{}, row.line, nullptr}).pointer;
    tree.set(constant.target, constant.slots, constant.value, pointer);
  }
}

Error CsvReader::placed(Error error, const Record& record) const {
  error.code = ErrorCode::invalid_row;
  error.line = record.line;
  std::vector<Origin> origins;
  if (auto tree = build(record, &origins); !tree) return error;
  for (const Origin& origin : origins) {
    const bool exact = origin.pointer == error.pointer;
    if (!exact && !origin.pointer.starts_with(error.pointer + '/')) continue;
    // What is wrong with a group of fields belongs to the row that made it, but to no column.
    error.line = error.pointer.empty() ? record.line : origin.line;
    if (exact && origin.field != nullptr)
      error.message = "column " + in_quotes(origin.field->from) + ": " + error.message;
    break;
  }
  return error;
}

Result<RecordStream> open_csv(std::unique_ptr<ByteSource> bytes, std::shared_ptr<const Mapping> mapping) {
  auto source = CsvSource::open(std::move(bytes), mapping->csv());
  if (!source) {
    Error error = std::move(source).error();
    if (error.code == ErrorCode::invalid_argument) error.code = ErrorCode::invalid_mapping;
    return error;
  }
  auto reader = CsvReader::make(std::move(mapping), (*source)->header());
  if (!reader) return std::move(reader).error();
  return RecordStream{*std::move(source), *std::move(reader)};
}

}  // namespace greenlane::document
