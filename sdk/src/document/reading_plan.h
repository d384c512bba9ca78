// How the fast lane of a BulkReader reads a document type: what it may take for valid, and in which order it writes.
#pragma once

#include <re2/re2.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "document/compiled_schema.h"
#include "document/field_table.h"
#include "document/key_table.h"
#include "document/pattern_matcher.h"

namespace greenlane::document {

struct ObjectPlan;

/// What one value has to be. Narrower than the schema at most: where this says no, the schema decides. Small,
/// because reading touches one a value.
struct ValuePlan {
  const Field* field = nullptr;
  const SchemaNode* schema = nullptr;       ///< what it was made from, for what is seldom asked
  const PatternMatcher* matcher = nullptr;  ///< of a pattern; null where there is none for it or none is needed
  std::unique_ptr<ObjectPlan> object;       ///< of a field of that kind
  std::unique_ptr<ValuePlan> element;
  std::uint32_t max_bytes = 0xFFFFFFFF;  ///< of text that cannot have more code points than it may
  std::uint8_t kinds = 0;  ///< KindSet; none where the schema says what only SchemaCheck understands
  Format format = Format::none;
  bool more = false;  ///< of text: the schema has values, a least length or a pattern to ask it for
  bool free = false;  ///< of a field of that kind
};

struct MemberPlan {
  ValuePlan value;
  std::uint32_t number = 0;  ///< of the field
  std::uint32_t slot = 0;    ///< of the field
  std::uint32_t begin = 0;   ///< of `"key":` in `ObjectPlan::written`
  std::uint32_t size = 0;    ///< of it
};

struct ObjectPlan {
  /// Keys that no field has: refused, all taken, or those that start with `prefix`.
  enum class Others : unsigned char { undecided, any, prefixed };

  KeyTable keys;
  std::vector<MemberPlan> members;      ///< in canonical order
  std::string written;                  ///< their keys as the canonical form has them, padded
  std::size_t words = 0;                ///< of a bit a member
  std::vector<std::uint64_t> required;  ///< bits of `members`
  Others others = Others::undecided;
  std::string prefix;
};

/// The plan of a whole document. Immutable; any thread. Needs its table.
class ReadingPlan {
 public:
  static constexpr std::size_t most_members = 256;  ///< of an object that has a plan
  static constexpr std::size_t padding = 32;        ///< bytes behind `ObjectPlan::written`

  explicit ReadingPlan(const FieldTable& table);
  const ValuePlan& root() const noexcept { return root_; }
  /// Fields on any way from the root to a leaf, counting all members of the objects on it.
  std::size_t most_open() const noexcept { return most_open_; }

 private:
  void fill(ValuePlan& plan, const Field& field, const SchemaNode& schema, std::size_t open);
  void fill_text(ValuePlan& plan, const SchemaNode& node);
  std::unique_ptr<ObjectPlan> object(const Field& field, const SchemaNode& node, std::size_t open);

  std::map<std::string, std::unique_ptr<const PatternMatcher>> matchers_;  ///< by pattern
  ValuePlan root_;
  std::size_t most_open_ = 0;
};

}  // namespace greenlane::document
