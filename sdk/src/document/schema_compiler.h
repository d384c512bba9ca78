// Turns JSON Schema text into SchemaNodes.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "document/compiled_schema.h"

namespace greenlane::document {

/// One use a schema. Notes the first thing that is wrong in it and goes on, so that callers check once.
class SchemaCompiler {
 public:
  explicit SchemaCompiler(const json::Value& schema) : schema_(schema) {}
  Result<std::shared_ptr<const CompiledSchema>> run();

 private:
  const SchemaNode* compile(const json::Value& schema, const std::string& pointer);
  void keyword(SchemaNode& node, const json::Member& member, const json::Value& schema,
               const std::string& pointer);
  bool value_keyword(SchemaNode& node, const json::Member& member, const std::string& pointer);
  bool bound_keyword(SchemaNode& node, const json::Member& member, const std::string& pointer);
  bool object_keyword(SchemaNode& node, const json::Member& member, const json::Value& schema,
                      const std::string& pointer);
  bool branch_keyword(SchemaNode& node, const json::Member& member, const std::string& pointer);
  void reference(SchemaNode& node, const json::Value& schema, const std::string& pointer);
  void type(SchemaNode& node, const json::Value& value, const std::string& pointer);
  void properties(SchemaNode& node, const json::Value& schema, const std::string& pointer);
  void link_patterns(SchemaNode& node);
  std::vector<const SchemaNode*> list(const json::Value& value, const std::string& pointer);
  std::unique_ptr<RE2> expression(const json::Value& value, const std::string& pointer);
  std::optional<std::size_t> count(const json::Value& value, const std::string& pointer);
  void find_loops();
  void fail(const std::string& pointer, std::string message);

  const json::Value& schema_;
  std::shared_ptr<CompiledSchema> result_;
  std::map<const json::Value*, const SchemaNode*> known_;
  std::vector<SchemaNode*> with_patterns_;
  std::size_t depth_ = 0;
  bool failed_ = false;
  Error error_;
};

}  // namespace greenlane::document
