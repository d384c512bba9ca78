// Screening whole files and folders.
#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

#include "client/chunk_screener.h"
#include "client/input_files.h"
#include "greenlane/screening.h"
#include "screening/ordered_pipeline.h"

namespace greenlane {
namespace {

using client::ScreenedChunk;
using client::ScreenedItem;

void count(BatchSummary& summary, const ScreenedItem& item) {
  if (item.error) {
    ++summary.refused;
    return;
  }
  ++summary.screened;
  ++summary.by_level[static_cast<std::size_t>(item.level)];
  if (item.undetermined) ++summary.undetermined;
}

/// Screens the inputs chunk by chunk; `on_chunk(chunk, inputs)` takes what each came to.
template <typename OnChunk>
Result<BatchSummary> screen_chunks(const std::vector<std::string>& paths, const std::vector<Pack>& packs, const BatchOptions& options,
                                   bool at_once, const OnChunk& on_chunk) {
  if (packs.empty()) return Error{.code = ErrorCode::invalid_argument, .message = "there is no pack to screen against; give at least one"};
  auto inputs = client::InputFiles::open(paths, options.input, packs.front().compiled()->table());
  if (!inputs.ok()) return inputs.error();
  if (options.resume_at) {
    if (auto skipped = (*inputs)->skip_to(*options.resume_at); !skipped.ok()) return std::move(skipped).error();
  }
  BatchSummary summary;
  const bool with_source = !(*inputs)->single() || packs.size() > 1;
  const auto ready = std::make_shared<const client::BulkPacks>(packs, options);
  const auto emit = [&](ScreenedChunk& chunk) -> Result<void> {
    for (const ScreenedItem& item : chunk.items) count(summary, item);
    return on_chunk(chunk, (*inputs)->share_read());
  };
  auto outcome = screening::run_in_order<client::InputRecord, ScreenedChunk>(
      options.jobs, at_once, [&] { return (*inputs)->next(); }, [&] { return client::ChunkScreener(ready, options, with_source); }, emit);
  if (!outcome.ok()) return outcome.error();
  return summary;
}

}  // namespace

Result<BatchSummary> screen_files(const std::vector<std::string>& paths, const std::vector<Pack>& packs, const BatchOptions& options,
                                  const std::function<Result<void>(BatchItem&&)>& on_item) {
  return screen_chunks(paths, packs, options, true, [&](ScreenedChunk& chunk, double read) -> Result<void> {
    std::size_t begin = 0;
    for (ScreenedItem& screened : chunk.items) {
      BatchItem item;
      item.source = packs.size() == 1 ? std::move(chunk.sources[screened.input]) : chunk.sources[screened.input];
      item.line = chunk.lines[screened.input];
      item.pack = screened.pack;
      item.level = screened.level;
      item.undetermined = screened.undetermined;
      item.assessment = std::move(screened.assessment);
      item.error = std::move(screened.error);
      item.json = std::string_view(chunk.json).substr(begin, screened.json_end - begin);
      item.read = read;
      begin = screened.json_end + 1;
      if (auto done = on_item(std::move(item)); !done.ok()) return done;
    }
    return {};
  });
}

Result<BatchSummary> screen_files_to_lines(const std::vector<std::string>& paths, const std::vector<Pack>& packs,
                                           const BatchOptions& options, const std::function<Result<void>(const BatchLines&)>& on_lines) {
  BatchOptions lines = options;
  lines.json = true;
  // What comes through a pipe may come slowly, and is answered at once.
  const bool piped = std::find(paths.begin(), paths.end(), "-") != paths.end();
  return screen_chunks(paths, packs, lines, piped, [&](const ScreenedChunk& chunk, double read) {
    return on_lines({chunk.json, chunk.items.size(), read});
  });
}

}  // namespace greenlane
