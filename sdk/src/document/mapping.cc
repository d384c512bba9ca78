#include "document/mapping.h"

#include "document/document.h"
#include "document/mapping_reader.h"
#include "document/schema_validator.h"

namespace greenlane::document {

std::size_t MappedGroup::field_count() const noexcept {
  std::size_t count = fields.size();
  for (const MappedGroup& group : groups) count += group.field_count();
  return count;
}

std::string_view name(Mapping::Source source) noexcept { return source == Mapping::Source::csv ? "csv" : source == Mapping::Source::xml ? "xml" : "edifact"; }

Result<std::shared_ptr<const Mapping>> Mapping::parse(std::string_view text) {
  auto tree = json::parse(text);
  if (!tree) return std::move(tree).error();
  if (const json::Value* schema = builtin_schema("greenlane.mapping/1"); schema != nullptr) {
    if (auto checked = validate(*schema, *tree); !checked) return std::move(checked).error();
  }
  auto table = builtin_table(tree->text("to"));
  if (!table) {
    Error error = std::move(table).error();
    error.pointer = "/to";
    return error;
  }
  return from_json(*tree, *std::move(table));
}

Result<std::shared_ptr<const Mapping>> Mapping::from_json(const json::Value& mapping,
                                                          std::shared_ptr<const FieldTable> table) {
  return MappingReader(mapping, std::move(table)).run();
}

}  // namespace greenlane::document
