// Reading whole streams in tests.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "document/byte_source.h"
#include "document/record_source.h"

namespace greenlane::document::test {

/// Gives its text in pieces of `step` bytes, so that every boundary is met.
class Dribble final : public ByteSource {
 public:
  Dribble(std::string text, std::size_t step) : text_(std::move(text)), step_(step) {}
  Result<std::size_t> read(char* buffer, std::size_t size) override {
    const std::size_t count = std::min({step_, size, text_.size() - at_});
    text_.copy(buffer, count, at_);
    at_ += count;
    return count;
  }

 private:
  std::string text_;
  std::size_t step_;
  std::size_t at_ = 0;
};

/// Makes `total` bytes by calling `next` for one piece after the other; holds one piece.
class Generated final : public ByteSource {
 public:
  Generated(std::size_t total, std::function<std::string()> next) : left_(total), next_(std::move(next)) {}
  Result<std::size_t> read(char* buffer, std::size_t size) override {
    if (at_ == piece_.size()) {
      if (left_ == 0) return std::size_t{0};
      piece_ = next_();
      at_ = 0;
      left_ -= std::min(left_, piece_.size());
    }
    const std::size_t count = std::min(size, piece_.size() - at_);
    piece_.copy(buffer, count, at_);
    at_ += count;
    return count;
  }

 private:
  std::size_t left_;
  std::function<std::string()> next_;
  std::string piece_;
  std::size_t at_ = 0;
};

inline std::unique_ptr<ByteSource> memory(std::string bytes) {
  return std::make_unique<MemoryBytes>(std::move(bytes));
}

inline std::vector<Record> all_records(RecordSource& source) {
  std::vector<Record> records;
  while (auto record = source.next().value()) records.push_back(*std::move(record));
  return records;
}

/// The RFC 8785 form of a document, or its error.
template <typename Read>
std::string canonical_or_error(const Read& read) {
  std::string buffer;
  return read.ok() ? std::string((*read)->canonical(buffer)) : read.error().to_text();
}

/// One line a record: the JSON of its document, or "line: pointer: message" of its error. The parser for many records
/// has to come to the same.
inline std::vector<std::string> outcomes(const RecordStream& stream) {
  std::vector<std::string> lines;
  std::unique_ptr<RecordParser> parser;
  for (const Record& record : all_records(*stream.source)) {
    auto document = stream.reader->read(record);
    if (document.ok() && !parser) parser = stream.reader->parser(Projection((*document)->table()));
    if (parser) {
      EXPECT_EQ(canonical_or_error(parser->read(record)), canonical_or_error(document)) << "line " << record.line;
    }
    lines.push_back(document.ok() ? json::compact((*document)->json()) : document.error().to_text());
  }
  return lines;
}

}  // namespace greenlane::document::test
