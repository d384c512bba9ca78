#include "document/schema_compiler.h"

#include <algorithm>
#include <array>
#include <set>

#include "document/pattern_text.h"

namespace greenlane::document {
namespace {

constexpr std::size_t deepest_schema = 200;

bool is_annotation(std::string_view key) noexcept {
  constexpr std::array<std::string_view, 10> names = {"$schema",     "$id",        "$comment", "title",
                                                      "description", "default",    "examples", "readOnly",
                                                      "writeOnly",   "definitions"};
  return key.starts_with("x-") || std::find(names.begin(), names.end(), key) != names.end();
}

std::optional<KindSet> kinds_named(std::string_view name) noexcept {
  using json::Kind;
  if (name == "null") return kind_bit(Kind::null);
  if (name == "boolean") return kind_bit(Kind::boolean);
  if (name == "integer") return kind_bit(Kind::integer);
  if (name == "number") return kind_bit(Kind::integer) | kind_bit(Kind::number);
  if (name == "string") return kind_bit(Kind::string);
  if (name == "array") return kind_bit(Kind::array);
  if (name == "object") return kind_bit(Kind::object);
  return std::nullopt;
}

}  // namespace

void SchemaCompiler::fail(const std::string& pointer, std::string message) {
  if (failed_) return;
  failed_ = true;
  error_ = make_error(ErrorCode::internal, "schema: " + message, pointer);
}

Result<std::shared_ptr<const CompiledSchema>> SchemaCompiler::run() {
  result_ = std::make_shared<CompiledSchema>();
  result_->root_ = compile(schema_, "");
  for (SchemaNode* node : with_patterns_) link_patterns(*node);
  if (!failed_) find_loops();
  if (failed_) return error_;
  return std::shared_ptr<const CompiledSchema>(std::move(result_));
}

const SchemaNode* SchemaCompiler::compile(const json::Value& schema, const std::string& pointer) {
  if (const auto known = known_.find(&schema); known != known_.end()) return known->second;
  result_->nodes_.push_back(std::make_unique<SchemaNode>());
  SchemaNode& node = *result_->nodes_.back();
  known_.emplace(&schema, &node);
  if (schema.is(json::Kind::boolean)) {
    node.refuses_all = !schema.boolean();
    return &node;
  }
  if (!schema.is_object() || depth_ == deepest_schema) {
    fail(pointer, schema.is_object() ? "nested too deeply"
                                     : "expected an object or a boolean, found " + found(schema));
    return &node;
  }
  ++depth_;
  if (schema.find("$ref") != nullptr) {
    reference(node, schema, pointer);
  } else {
    for (const json::Member& member : schema.object()) {
      keyword(node, member, schema, json::pointer_child(pointer, member.key));
    }
    if (node.pattern != nullptr) node.pattern_text = pattern_text(schema, node.format);
    properties(node, schema, pointer);
  }
  --depth_;
  return &node;
}

void SchemaCompiler::keyword(SchemaNode& node, const json::Member& member, const json::Value& schema,
                             const std::string& pointer) {
  const bool known = is_annotation(member.key) || value_keyword(node, member, pointer) ||
                     bound_keyword(node, member, pointer) || object_keyword(node, member, schema, pointer) ||
                     branch_keyword(node, member, pointer);
  if (!known) fail(pointer, "keyword " + in_quotes(member.key) + " is not known");
}

bool SchemaCompiler::value_keyword(SchemaNode& node, const json::Member& member, const std::string& pointer) {
  const json::Value& value = member.value;
  if (member.key == "type") {
    type(node, value, pointer);
  } else if (member.key == "enum") {
    if (!value.is_array() || node.values)
      return fail(pointer, "expected one array, and no const beside it"), true;
    node.values = value.array();
  } else if (member.key == "const") {
    if (node.values) return fail(pointer, "const and enum exclude each other"), true;
    node.values = std::vector<json::Value>{value};
  } else if (member.key == "format") {
    const std::string_view name = value.is_string() ? std::string_view(value.string()) : "";
    if (const auto format = format_named(name)) {
      node.format = *format;
    } else if (!is_descriptive_format(name)) {
      fail(pointer, "format " + in_quotes(name) + " is not known");
    }
  } else if (member.key == "pattern") {
    node.pattern = expression(value, pointer);
  } else if (member.key == "items") {
    if (value.is_array()) return fail(pointer, "a list of item schemas is not supported"), true;
    node.items = compile(value, pointer);
  } else if (member.key == "uniqueItems") {
    node.unique_items = value.is(json::Kind::boolean) && value.boolean();
  } else {
    return false;
  }
  return true;
}

bool SchemaCompiler::bound_keyword(SchemaNode& node, const json::Member& member, const std::string& pointer) {
  struct Count {
    std::string_view key;
    std::optional<std::size_t> SchemaNode::*target;
  };
  constexpr std::array<Count, 6> counts = {{{"minLength", &SchemaNode::min_length},
                                            {"maxLength", &SchemaNode::max_length},
                                            {"minItems", &SchemaNode::min_items},
                                            {"maxItems", &SchemaNode::max_items},
                                            {"minProperties", &SchemaNode::min_members},
                                            {"maxProperties", &SchemaNode::max_members}}};
  struct Bound {
    std::string_view key;
    std::optional<double> SchemaNode::*target;
  };
  constexpr std::array<Bound, 4> bounds = {{{"minimum", &SchemaNode::minimum},
                                            {"maximum", &SchemaNode::maximum},
                                            {"exclusiveMinimum", &SchemaNode::above},
                                            {"exclusiveMaximum", &SchemaNode::below}}};
  for (const Count& entry : counts) {
    if (member.key != entry.key) continue;
    node.*entry.target = count(member.value, pointer);
    return true;
  }
  for (const Bound& entry : bounds) {
    if (member.key != entry.key) continue;
    if (!member.value.is(json::Kind::integer) && !member.value.is(json::Kind::number)) {
      return fail(pointer, "expected a number, found " + found(member.value)), true;
    }
    node.*entry.target = member.value.number();
    return true;
  }
  return false;
}

bool SchemaCompiler::object_keyword(SchemaNode& node, const json::Member& member, const json::Value& schema,
                                    const std::string& pointer) {
  if (member.key == "properties" || member.key == "required") return true;  // by properties()
  if (member.key == "additionalProperties") {
    node.additional = compile(member.value, pointer);
  } else if (member.key == "propertyNames") {
    node.names = compile(member.value, pointer);
  } else if (member.key == "patternProperties") {
    if (!member.value.is_object()) return fail(pointer, "expected an object"), true;
    for (const json::Member& entry : member.value.object()) {
      const std::string place = json::pointer_child(pointer, entry.key);
      node.patterns.push_back({expression(json::Value(entry.key), place), compile(entry.value, place)});
    }
    if (schema.find("properties") != nullptr) with_patterns_.push_back(&node);
  } else {
    return false;
  }
  return true;
}

bool SchemaCompiler::branch_keyword(SchemaNode& node, const json::Member& member,
                                    const std::string& pointer) {
  if (member.key == "allOf") {
    node.all_of = list(member.value, pointer);
  } else if (member.key == "anyOf") {
    node.any_of = list(member.value, pointer);
  } else if (member.key == "oneOf") {
    node.one_of = list(member.value, pointer);
  } else if (member.key == "if") {
    node.condition = compile(member.value, pointer);
  } else if (member.key == "then") {
    node.then_node = compile(member.value, pointer);
  } else if (member.key == "else") {
    node.else_node = compile(member.value, pointer);
  } else if (member.key == "not") {
    node.not_node = compile(member.value, pointer);
  } else {
    return false;
  }
  return true;
}

void SchemaCompiler::reference(SchemaNode& node, const json::Value& schema, const std::string& pointer) {
  // Draft-07 ignores what stands beside a $ref, so a constraint there would be a silent mistake.
  for (const json::Member& member : schema.object()) {
    if (member.key == "$ref" || is_annotation(member.key)) continue;
    return fail(json::pointer_child(pointer, member.key), "a keyword beside $ref has no effect");
  }
  const std::string_view target = schema.text("$ref");
  const json::Value* found_at =
      target.starts_with('#') ? json::at_pointer(schema_, target.substr(1)) : nullptr;
  if (found_at == nullptr)
    return fail(pointer, "$ref " + in_quotes(target) + " does not exist in this schema");
  node.same_as = compile(*found_at, std::string(target.substr(1)));
}

void SchemaCompiler::type(SchemaNode& node, const json::Value& value, const std::string& pointer) {
  const auto add = [&](const json::Value& name) {
    const auto kinds = kinds_named(name.is_string() ? std::string_view(name.string()) : "");
    if (!kinds) return fail(pointer, "type " + found(name) + " is not known");
    node.kinds |= *kinds;
  };
  node.kinds = 0;
  if (!value.is_array()) return add(value);
  for (const json::Value& name : value.array()) add(name);
}

void SchemaCompiler::properties(SchemaNode& node, const json::Value& schema, const std::string& pointer) {
  if (const json::Value* members = schema.find("properties"); members != nullptr) {
    const std::string place = json::pointer_child(pointer, "properties");
    if (!members->is_object()) return fail(place, "expected an object");
    for (const json::Member& member : members->object()) {
      SchemaNode::Property property;
      property.key = member.key;
      property.node = compile(member.value, json::pointer_child(place, member.key));
      node.properties.push_back(std::move(property));
    }
  }
  const auto by_key = [](const auto& a, const auto& b) { return a.key < b.key; };
  std::sort(node.properties.begin(), node.properties.end(), by_key);
  const json::Value* required = schema.find("required");
  if (required == nullptr) return;
  if (!required->is_array()) return fail(json::pointer_child(pointer, "required"), "expected an array");
  for (const json::Value& key : required->array()) {
    if (!key.is_string()) return fail(json::pointer_child(pointer, "required"), "expected strings");
    node.required.push_back(key.string());
  }
}

void SchemaCompiler::link_patterns(SchemaNode& node) {
  for (SchemaNode::Property& property : node.properties) {
    for (const SchemaNode::Pattern& pattern : node.patterns) {
      if (pattern.expression == nullptr || !RE2::PartialMatch(property.key, *pattern.expression)) continue;
      property.by_pattern.push_back(pattern.node);
    }
  }
}

std::vector<const SchemaNode*> SchemaCompiler::list(const json::Value& value, const std::string& pointer) {
  std::vector<const SchemaNode*> nodes;
  if (!value.is_array() || value.array().empty()) {
    fail(pointer, "expected an array of schemas");
    return nodes;
  }
  for (std::size_t i = 0; i < value.array().size(); ++i) {
    nodes.push_back(compile(value.array()[i], json::pointer_child(pointer, i)));
  }
  return nodes;
}

std::unique_ptr<RE2> SchemaCompiler::expression(const json::Value& value, const std::string& pointer) {
  if (!value.is_string()) {
    fail(pointer, "expected a regular expression, found " + found(value));
    return nullptr;
  }
  RE2::Options options(RE2::Quiet);
  options.set_never_capture(true);
  auto compiled = std::make_unique<RE2>(value.string(), options);
  if (!compiled->ok())
    fail(pointer, "regular expression " + in_quotes(value.string()) + ": " + compiled->error());
  return compiled;
}

std::optional<std::size_t> SchemaCompiler::count(const json::Value& value, const std::string& pointer) {
  if (value.is(json::Kind::integer) && value.integer() >= 0) return static_cast<std::size_t>(value.integer());
  fail(pointer, "expected a count, found " + found(value));
  return std::nullopt;
}

void SchemaCompiler::find_loops() {
  enum class State { entered, done };
  std::map<const SchemaNode*, State> states;
  // Steps that do not go into the value; a cycle of them would never end.
  const auto visit = [&](const auto& self, const SchemaNode* node) -> void {
    if (node == nullptr || failed_) return;
    if (const auto state = states.find(node); state != states.end()) {
      if (state->second == State::entered) fail("", "a $ref leads back to itself");
      return;
    }
    states.emplace(node, State::entered);
    self(self, node->same_as);
    for (const auto* branches : {&node->all_of, &node->any_of, &node->one_of}) {
      for (const SchemaNode* branch : *branches) self(self, branch);
    }
    for (const SchemaNode* branch : {node->condition, node->then_node, node->else_node, node->not_node}) {
      self(self, branch);
    }
    states[node] = State::done;
  };
  for (const auto& node : result_->nodes_) visit(visit, node.get());
}

}  // namespace greenlane::document
