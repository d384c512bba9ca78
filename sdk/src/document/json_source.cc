#include "document/json_source.h"

#include <utility>

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

class JsonReader final : public RecordReader {
 public:
  JsonReader(std::shared_ptr<const FieldTable> table, std::size_t limit, bool by_line)
      : table_(std::move(table)), by_line_(by_line) {
    limits_.bytes = limit;
  }

  Result<std::unique_ptr<Document>> read(const Record& record) const override {
    if (record.error) return placed(*record.error, record);
    auto tree = json::parse(record.text, limits_);
    if (!tree) return placed(std::move(tree).error(), record);
    auto document = Document::from_json(table_, *std::move(tree));
    if (!document) return placed(std::move(document).error(), record);
    return document;
  }

 private:
  Error placed(Error error, const Record& record) const {
    if (by_line_) error.line = record.line;
    return error;
  }

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
