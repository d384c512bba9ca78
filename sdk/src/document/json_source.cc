#include "document/json_source.h"

#include <utility>

#include "document/bulk_reader.h"
#include "document/formats.h"
#include "document/line_reader.h"

namespace greenlane::document {
namespace {

Error too_large(std::string_view what, std::size_t limit) {
  return make_error(ErrorCode::limit_exceeded,
                    "the " + std::string(what) + " is larger than " + std::to_string(limit) + " bytes");
}

class WholeSource final : public RecordSource {
 public:
  WholeSource(std::unique_ptr<ByteSource> bytes, std::size_t limit)
      : bytes_(std::move(bytes)), limit_(limit) {}

  Result<std::optional<Record>> next() override {
    if (bytes_ == nullptr) return std::optional<Record>();
    Record record;
    record.index = record.line = 1;
    constexpr std::size_t chunk_size = std::size_t{64} << 10;
    while (true) {
      const std::size_t before = record.text.size();
      record.text.resize(before + chunk_size);
      auto count = bytes_->read(record.text.data() + before, chunk_size);
      if (!count) return std::move(count).error();
      record.text.resize(before + *count);
      if (*count == 0) break;
      if (record.text.size() <= limit_) continue;
      record.text.clear();
      record.error = too_large("document", limit_);
      break;
    }
    bytes_.reset();
    return std::optional<Record>(std::move(record));
  }

 private:
  std::unique_ptr<ByteSource> bytes_;
  std::size_t limit_;
};

class LineSource final : public RecordSource {
 public:
  LineSource(std::unique_ptr<ByteSource> bytes, std::size_t limit)
      : lines_(std::move(bytes), limit), limit_(limit) {}

  Result<std::optional<Record>> next() override {
    Record record;
    bool too_long = false;
    do {
      auto more = lines_.next(record.text, too_long);
      if (!more) return std::move(more).error();
      if (!*more) return std::optional<Record>();
    } while (!too_long && record.text.find_first_not_of(" \t\r") == std::string::npos);
    record.index = ++index_;
    record.line = lines_.number();
    if (too_long) record.error = too_large("line", limit_);
    return std::optional<Record>(std::move(record));
  }

 private:
  LineReader lines_;
  std::size_t limit_;
  std::size_t index_ = 0;
};

/// An error of a record as the one who gave the stream should see it.
Error placed(Error error, const Record& record, bool by_line) {
  if (by_line) error.line = record.line;
  return error;
}

class JsonParser final : public RecordParser {
 public:
  JsonParser(std::shared_ptr<const FieldTable> table, const Projection& fields, const json::Limits& limits,
             bool by_line)
      : reader_(std::move(table), fields, limits), by_line_(by_line) {}

  Result<const Document*> read(const Record& record) override {
    if (record.error) return placed(*record.error, record, by_line_);
    auto document = reader_.read(record.text);
    if (!document) return placed(std::move(document).error(), record, by_line_);
    return document;
  }

 private:
  BulkReader reader_;
  bool by_line_;
};

class JsonReader final : public RecordReader {
 public:
  JsonReader(std::shared_ptr<const FieldTable> table, std::size_t limit, bool by_line)
      : table_(std::move(table)), by_line_(by_line) {
    limits_.bytes = limit;
  }

  Result<std::unique_ptr<Document>> read(const Record& record) const override {
    if (record.error) return placed(*record.error, record, by_line_);
    auto document = Document::parse(table_, record.text, limits_);
    if (!document) return placed(std::move(document).error(), record, by_line_);
    return document;
  }

  std::unique_ptr<RecordParser> parser(const Projection& fields) const override {
    return std::make_unique<JsonParser>(table_, fields, limits_, by_line_);
  }

 private:
  std::shared_ptr<const FieldTable> table_;
  bool by_line_;
  json::Limits limits_;
};

}  // namespace

RecordStream open_json(std::unique_ptr<ByteSource> bytes, std::shared_ptr<const FieldTable> table,
                       std::size_t limit) {
  return {std::make_unique<WholeSource>(std::move(bytes), limit),
          std::make_shared<JsonReader>(std::move(table), limit, false)};
}

RecordStream open_ndjson(std::unique_ptr<ByteSource> bytes, std::shared_ptr<const FieldTable> table,
                         std::size_t limit) {
  return {std::make_unique<LineSource>(std::move(bytes), limit),
          std::make_shared<JsonReader>(std::move(table), limit, true)};
}

}  // namespace greenlane::document
