// Screens chunks of input records against packs.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "client/input_files.h"
#include "document/projection.h"
#include "greenlane/screening.h"
#include "screening/bulk_screener.h"

namespace greenlane::client {

/// What one record came to against one pack.
struct ScreenedItem {
  std::size_t input = 0;  ///< index into the chunk's inputs
  std::size_t pack = 0;
  Level level = Level::none;
  bool undetermined = false;
  std::optional<Assessment> assessment = std::nullopt;  ///< unless lines are wanted
  std::optional<Error> error = std::nullopt;
  std::size_t json_end = 0;  ///< of its line in ScreenedChunk::json, before the line end
};

struct ScreenedChunk {
  std::vector<Source> sources;       ///< by input
  std::vector<std::size_t> lines;    ///< by input: where it begins in its file
  std::vector<ScreenedItem> items;   ///< by input, then pack
  std::string json;                  ///< a line an item, where lines are wanted
};

/// Packs made ready for bulk screening, shared by the workers.
struct BulkPacks {
  BulkPacks(const std::vector<Pack>& packs, const BatchOptions& options);

  std::vector<Pack> packs;
  std::vector<std::shared_ptr<const screening::AssessmentTexts>> texts;  ///< by pack, where lines are wanted
  document::Projection fields;  ///< that some pack looks at
};

/// One worker; one thread.
class ChunkScreener {
 public:
  ChunkScreener(std::shared_ptr<const BulkPacks> packs, const BatchOptions& options, bool with_source);

  void operator()(std::vector<InputRecord>& inputs, ScreenedChunk& out);

 private:
  void screen(InputRecord& input, std::size_t index, ScreenedChunk& out);
  Result<const document::Document*> read(const InputRecord& input);
  Result<ScreenedItem> screen(const document::Document& document, std::size_t pack, const Source& source, std::string& json);
  void refuse(Error error, ScreenedItem item, const Source& source, ScreenedChunk& out);

  std::shared_ptr<const BulkPacks> packs_;
  const BatchOptions& options_;
  bool with_source_;
  std::vector<screening::BulkScreener> screeners_;  ///< by pack, where lines are wanted
  std::shared_ptr<const document::RecordReader> reader_;
  std::unique_ptr<document::RecordParser> parser_;
};

}  // namespace greenlane::client
