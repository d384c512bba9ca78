// Screening whole files and folders.
#include <algorithm>
#include <utility>

#include "client/input_files.h"
#include "greenlane/screening.h"
#include "screening/ordered_pipeline.h"
#include "screening/screener.h"
#include "screening/why.h"

namespace greenlane {
namespace {

using client::InputRecord;

/// What one record came to against every pack.
using Items = std::vector<BatchItem>;

class RecordScreener {
 public:
  RecordScreener(const std::vector<LocalPack>& packs, const BatchOptions& options, bool with_source)
      : packs_(packs), options_(options), with_source_(with_source) {}

  Items operator()(InputRecord&& input) const {
    Items items;
    auto document = input.read();
    if (!document.ok()) {
      items.push_back(refused(input, document.error()));
      return items;
    }
    for (std::size_t i = 0; i < packs_.size(); ++i) items.push_back(screened(input, **document, i));
    return items;
  }

 private:
  static BatchItem item_of(const InputRecord& input) {
    BatchItem item;
    item.source = input.source;
    item.line = input.record.line;
    return item;
  }

  BatchItem refused(const InputRecord& input, Error error) const {
    BatchItem item = item_of(input);
    if (error.source.empty()) error.source = input.source.file;
    if (options_.json) item.json = refusal_json(item.source, error);
    item.error = std::move(error);
    return item;
  }

  BatchItem screened(const InputRecord& input, const document::Document& document, std::size_t pack) const {
    auto assessment = screening::screen(packs_[pack].compiled(), packs_[pack].identity(), document, options_.as_of);
    if (!assessment.ok()) {
      Error error = assessment.error();
      error.line = input.record.line;
      BatchItem item = refused(input, std::move(error));
      item.pack = pack;
      return item;
    }
    BatchItem item = item_of(input);
    item.pack = pack;
    if (options_.why) assessment->why = screening::why(packs_[pack].compiled(), document, *assessment);
    if (with_source_) assessment->source = item.source;
    if (options_.json) item.json = assessment->to_json();
    item.assessment = *std::move(assessment);
    return item;
  }

  const std::vector<LocalPack>& packs_;
  const BatchOptions& options_;
  bool with_source_;
};

void count(BatchSummary& summary, const BatchItem& item) {
  if (item.error) {
    ++summary.refused;
    return;
  }
  ++summary.screened;
  ++summary.by_level[static_cast<std::size_t>(item.assessment->level)];
  if (!item.assessment->undetermined.empty()) ++summary.undetermined;
}

}  // namespace

Result<BatchSummary> screen_files(const std::vector<std::string>& paths, const std::vector<LocalPack>& packs, const BatchOptions& options,
                                  const std::function<Result<void>(BatchItem&&)>& on_item) {
  if (packs.empty()) return Error{.code = ErrorCode::invalid_argument, .message = "there is no pack to screen against; give at least one"};
  auto inputs = client::InputFiles::open(paths, options.input, packs.front().compiled()->table());
  if (!inputs.ok()) return inputs.error();
  BatchSummary summary;
  const RecordScreener screener(packs, options, !(*inputs)->single() || packs.size() > 1);
  const auto emit = [&](Items&& items) -> Result<void> {
    for (BatchItem& item : items) {
      count(summary, item);
      item.read = (*inputs)->share_read();
      if (auto done = on_item(std::move(item)); !done.ok()) return done;
    }
    return {};
  };
  auto outcome = screening::run_in_order<InputRecord, Items>(options.jobs, [&] { return (*inputs)->next(); }, std::cref(screener), emit);
  if (!outcome.ok()) return outcome.error();
  return summary;
}

}  // namespace greenlane
