// The only file that includes simdjson.
#include "document/bulk_reader.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

#include "document/tape_walk.h"

namespace greenlane::document {
namespace {

static_assert(simdjson::SIMDJSON_PADDING >= Tape::padding);

/// Characters of the longest integer that is read, "-9007199254740991".
constexpr std::size_t integer_chars = 17;

/// The longest text no part of which can be over the limits that TapeWalk does not check. A value takes two
/// characters or more, with what separates it from the next.
std::size_t longest_within(const json::Limits& limits) noexcept {
  if (limits.number_chars < integer_chars) return 0;
  const std::size_t nodes = std::min(limits.nodes, BulkReader::longest_fast);
  return std::min({BulkReader::longest_fast, limits.bytes, 2 * nodes, limits.string_bytes});
}

}  // namespace

struct BulkReader::Lane {
  Lane(const FieldTable& table, Projection fields, const json::Limits& limits)
      : projection(std::move(fields)), walk(table.reading_plan(), projection, limits) {}

  Projection projection;
  TapeWalk walk;
  simdjson::dom::parser parser{longest_fast + simdjson::SIMDJSON_PADDING};
  std::vector<char> text;       ///< what was read, with padding
  std::vector<char> canonical;  ///< with padding
};

BulkReader::BulkReader(std::shared_ptr<const FieldTable> table, Projection projection, const json::Limits& limits)
    : table_(std::move(table)),
      limits_(limits),
      longest_(longest_within(limits)),
      document_(table_),
      lane_(std::make_unique<Lane>(*table_, std::move(projection), limits)) {
  document_.limits_ = limits;
}

BulkReader::~BulkReader() = default;

Result<const Document*> BulkReader::read(std::string_view text) {
  slow_.reset();
  fast_ = text.size() <= longest_ && read_fast(text);
  if (fast_) return &document_;
  auto document = Document::parse(table_, text, limits_);
  if (!document) return std::move(document).error();
  slow_ = *std::move(document);
  return slow_.get();
}

bool BulkReader::read_fast(std::string_view text) {
  document_.arena_.clear();
  document_.tree_.reset();
  document_.free_values_.clear();
  Lane& lane = *lane_;
  const std::size_t room = text.size() + simdjson::SIMDJSON_PADDING;
  if (lane.text.size() < room) {
    lane.text.resize(2 * room);
    lane.canonical.resize(2 * room);
  }
  if (text.empty() || text.front() == '\xEF') return false;
  std::memcpy(lane.text.data(), text.data(), text.size());
  if (lane.parser.parse(lane.text.data(), text.size(), false).error() != simdjson::SUCCESS) return false;
  const Tape tape{lane.parser.doc.tape.get(), reinterpret_cast<const char*>(lane.parser.doc.string_buf.get()),
                  std::memchr(text.data(), '\\', text.size()) != nullptr};
  char* const begin = lane.canonical.data();
  const char* const end = lane.walk.run(tape, begin, document_.arena_, document_.free_values_, document_.root_);
  if (end == nullptr) return false;
  document_.text_ = {lane.text.data(), text.size()};
  document_.canonical_ = {begin, static_cast<std::size_t>(end - begin)};
  return true;
}

}  // namespace greenlane::document
