// A JSON Schema made ready for validating many values.
#pragma once

#include <re2/re2.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "document/formats.h"
#include "greenlane/result.h"

namespace greenlane::document {

/// Kinds of JSON values as a set of bits; `integer` is part of `number`.
using KindSet = unsigned;
constexpr KindSet kind_bit(json::Kind kind) noexcept { return 1u << static_cast<unsigned>(kind); }
constexpr KindSet any_kind = 0x7F;

/// One subschema. Members that are unset do not constrain.
struct SchemaNode {
  struct Property {
    std::string key;
    const SchemaNode* node = nullptr;
    std::vector<const SchemaNode*> by_pattern;  ///< of patternProperties that match `key`
  };
  struct Pattern {
    std::unique_ptr<RE2> expression;
    const SchemaNode* node = nullptr;
  };

  bool refuses_all = false;  ///< the schema `false`
  KindSet kinds = any_kind;
  Format format = Format::none;
  std::optional<std::vector<json::Value>> values;  ///< `enum`, or the one value of `const`
  const SchemaNode* same_as = nullptr;             ///< target of a `$ref`

  std::unique_ptr<RE2> pattern;
  std::string pattern_text;  ///< what a message says was expected, where there is a pattern
  std::optional<std::size_t> min_length, max_length, min_items, max_items, min_members, max_members;
  std::optional<double> minimum, maximum, above, below;
  bool unique_items = false;
  const SchemaNode* items = nullptr;

  std::vector<Property> properties;  ///< sorted by key
  std::vector<std::string> required;
  std::vector<Pattern> patterns;
  const SchemaNode* additional = nullptr;
  const SchemaNode* names = nullptr;  ///< `propertyNames`

  std::vector<const SchemaNode*> all_of, any_of, one_of;
  const SchemaNode* condition = nullptr;  ///< `if`
  const SchemaNode* then_node = nullptr;
  const SchemaNode* else_node = nullptr;
  const SchemaNode* not_node = nullptr;

  const Property* property(std::string_view key) const noexcept;
};

/// Immutable; any thread. Keeps nothing of the schema it was made from.
class CompiledSchema {
 public:
  /// ErrorCode::internal for a schema that uses what is not known here, names a `$ref` that is not there, or
  /// refers to itself without a step into the value.
  static Result<std::shared_ptr<const CompiledSchema>> compile(const json::Value& schema);

  /// As validate() of schema_validator.h.
  Result<void> check(const json::Value& value) const;

  const SchemaNode& root() const noexcept { return *root_; }

 private:
  friend class SchemaCompiler;
  std::vector<std::unique_ptr<SchemaNode>> nodes_;
  const SchemaNode* root_ = nullptr;
};

/// "a string or null", "a decimal string such as …", `one of "import", "export"`: what `node` expects.
std::string expectation(const SchemaNode& node);

}  // namespace greenlane::document
