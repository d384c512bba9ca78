#include "document/compiled_schema.h"

#include <algorithm>

#include "document/schema_check.h"
#include "document/schema_compiler.h"
#include "document/schema_validator.h"

namespace greenlane::document {
namespace {

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += i + 1 == parts.size() ? " or " : ", ";
    text += parts[i];
  }
  return text;
}

std::string values_text(const std::vector<json::Value>& values) {
  constexpr std::size_t most = 12;
  std::string text = values.size() > 1 ? "one of " : "";
  for (std::size_t i = 0; i < values.size() && i < most; ++i) {
    if (i > 0) text += ", ";
    text += values[i].is_string() ? in_quotes(values[i].string()) : json::compact(values[i]);
  }
  if (values.size() > most) text += ", …";
  return text;
}

}  // namespace

const SchemaNode::Property* SchemaNode::property(std::string_view key) const noexcept {
  const auto less = [](const Property& a, std::string_view b) { return std::string_view(a.key) < b; };
  const auto at = std::lower_bound(properties.begin(), properties.end(), key, less);
  return at != properties.end() && at->key == key ? &*at : nullptr;
}

Result<std::shared_ptr<const CompiledSchema>> CompiledSchema::compile(const json::Value& schema) {
  return SchemaCompiler(schema).run();
}

Result<void> CompiledSchema::check(const json::Value& value) const {
  SchemaCheck check;
  if (check.run(*root_, value, Place{})) return {};
  const Violation& violation = check.violation();
  return make_error(ErrorCode::invalid_document, violation.message, violation.pointer);
}

std::string expectation(const SchemaNode& node) {
  if (node.same_as != nullptr) return expectation(*node.same_as);
  if (node.values) return values_text(*node.values);
  using json::Kind;
  std::vector<std::string> parts;
  const auto has = [&](Kind kind) { return (node.kinds & kind_bit(kind)) != 0; };
  if (node.kinds == any_kind) return "a value of another form";
  if (has(Kind::string)) parts.emplace_back(description(node.format));
  if (has(Kind::number)) {
    parts.emplace_back("a number");
  } else if (has(Kind::integer)) {
    parts.emplace_back("a whole number");
  }
  if (has(Kind::boolean)) parts.emplace_back("true or false");
  if (has(Kind::array)) parts.emplace_back("an array");
  if (has(Kind::object)) parts.emplace_back("an object");
  if (has(Kind::null)) parts.emplace_back("null");
  return joined(parts);
}

Result<void> validate(const json::Value& schema, const json::Value& value) {
  auto compiled = CompiledSchema::compile(schema);
  if (!compiled) return std::move(compiled).error();
  return (*compiled)->check(value);
}

}  // namespace greenlane::document
