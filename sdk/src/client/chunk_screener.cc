#include "client/chunk_screener.h"

#include <utility>

#include "screening/screener.h"
#include "screening/why.h"

namespace greenlane::client {
namespace {

void end_line(ScreenedItem& item, ScreenedChunk& out) {
  item.json_end = out.json.size();
  out.json += '\n';
}

}  // namespace

BulkPacks::BulkPacks(const std::vector<Pack>& used, const BatchOptions& options)
    : packs(used), fields(used.front().compiled()->fields_read()) {
  for (const Pack& pack : packs) {
    if (pack.compiled()->table() == packs.front().compiled()->table()) fields.add_all(pack.compiled()->fields_read());
    if (options.json && !options.why) texts.push_back(pack.texts()->of(pack.compiled(), pack.identity()));
  }
}

ChunkScreener::ChunkScreener(std::shared_ptr<const BulkPacks> packs, const BatchOptions& options, bool with_source)
    : packs_(std::move(packs)), options_(options), with_source_(with_source) {
  for (const auto& texts : packs_->texts) screeners_.emplace_back(texts);
}

void ChunkScreener::operator()(std::vector<InputRecord>& inputs, ScreenedChunk& out) {
  out.sources.clear();
  out.lines.clear();
  out.items.clear();
  out.json.clear();
  for (std::size_t i = 0; i < inputs.size(); ++i) screen(inputs[i], i, out);
}

void ChunkScreener::screen(InputRecord& input, std::size_t index, ScreenedChunk& out) {
  out.lines.push_back(input.record.line);
  const Source& source = out.sources.emplace_back(std::move(input.source));
  const auto document = read(input);
  if (!document.ok()) return refuse(document.error(), {.input = index}, source, out);
  for (std::size_t pack = 0; pack < packs_->packs.size(); ++pack) {
    auto item = screen(**document, pack, source, out.json);
    if (!item.ok()) {
      Error error = std::move(item).error();
      error.line = input.record.line;
      refuse(std::move(error), {.input = index, .pack = pack}, source, out);
      continue;
    }
    item->input = index;
    end_line(*item, out);
    out.items.push_back(*std::move(item));
  }
}

Result<const document::Document*> ChunkScreener::read(const InputRecord& input) {
  if (input.record.error) return *input.record.error;
  if (reader_ != input.reader) {
    reader_ = input.reader;
    parser_ = reader_->parser(packs_->fields);
  }
  return parser_->read(input.record);
}

Result<ScreenedItem> ChunkScreener::screen(const document::Document& document, std::size_t pack, const Source& source, std::string& json) {
  ScreenedItem item{.pack = pack};
  const Source* named = with_source_ ? &source : nullptr;
  if (!screeners_.empty()) {
    const auto line = screeners_[pack].screen(document, options_.as_of, named, json);
    if (!line.ok()) return line.error();
    item.level = line->level;
    item.undetermined = line->undetermined;
    return item;
  }
  const Pack& used = packs_->packs[pack];
  auto assessment = screening::screen(used.compiled(), used.identity(), document, options_.as_of);
  if (!assessment.ok()) return std::move(assessment).error();
  item.level = assessment->level;
  item.undetermined = !assessment->undetermined.empty();
  if (with_source_) assessment->source = source;
  if (options_.why) assessment->why = screening::why(used.compiled(), document, *assessment);
  if (options_.json) {
    json += assessment->to_json();
  } else {
    item.assessment = *std::move(assessment);
  }
  return item;
}

void ChunkScreener::refuse(Error error, ScreenedItem item, const Source& source, ScreenedChunk& out) {
  if (error.source.empty()) error.source = source.file;
  if (options_.json) out.json += refusal_json(source, error);
  end_line(item, out);
  item.error = std::move(error);
  out.items.push_back(std::move(item));
}

}  // namespace greenlane::client
