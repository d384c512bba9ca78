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

/// What one value has to be. Narrower than the schema at most: where this says no, the schema decides.
struct ValuePlan {
  const Field* field = nullptr;
  KindSet kinds = 0;  ///< none where the schema says what only SchemaCheck understands
  Format format = Format::none;
  const PatternMatcher* matcher = nullptr;
  const RE2* expression = nullptr;  ///< where there is a pattern and no matcher for it
  const std::vector<json::Value>* values = nullptr;  ///< strings
  std::size_t min_length = 0, max_length = static_cast<std::size_t>(-1);
  std::size_t min_items = 0, max_items = static_cast<std::size_t>(-1);
  double minimum = 0, maximum = 0;
  bool bounded = false;  ///< by minimum and maximum
  std::unique_ptr<ObjectPlan> object;  ///< of a field of that kind
  std::unique_ptr<ValuePlan> element;
};

struct MemberPlan {
  std::string written;  ///< `"key":` of the canonical form, padded
  std::size_t size = 0;  ///< of it without its padding
  ValuePlan value;
};

struct ObjectPlan {
  /// Keys that no field has: refused, all taken, or those that start with `prefix`.
  enum class Others : unsigned char { undecided, any, prefixed };

  KeyTable keys;
  std::vector<MemberPlan> members;     ///< in canonical order
  std::vector<std::uint64_t> required;  ///< bits of `members`
  Others others = Others::undecided;
  std::string prefix;
};

/// The plan of a whole document. Immutable; any thread. Needs its table.
class ReadingPlan {
 public:
  static constexpr std::size_t most_members = 256;  ///< of an object that has a plan
  static constexpr std::size_t padding = 32;        ///< bytes behind `MemberPlan::written`

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
