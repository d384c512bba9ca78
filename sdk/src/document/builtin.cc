#include <map>
#include <mutex>

#include "document/builtin_schemas.h"
#include "document/document.h"
#include "document/formats.h"

namespace greenlane::document {
namespace {

/// What is made from one compiled-in schema, at its first use.
struct Entry {
  std::string_view text;
  std::once_flag schema_once, table_once;
  json::Value schema;
  bool good = false;
  Error error;
  std::shared_ptr<const FieldTable> table;

  void read_schema() {
    std::call_once(schema_once, [this] {
      auto parsed = json::parse(text);
      good = parsed.ok();
      if (good) {
        schema = *std::move(parsed);
      } else {
        error = std::move(parsed).error();
      }
    });
  }

  void make_table() {
    read_schema();
    std::call_once(table_once, [this] {
      if (!good) return;
      auto made = FieldTable::from_schema(schema);
      if (made) {
        table = *std::move(made);
      } else {
        error = std::move(made).error();
      }
    });
  }
};

/// Never destroyed, so that documents may be read until the very end of a process.
std::map<std::string_view, Entry>& entries() {
  static std::map<std::string_view, Entry>& all = *[] {
    auto* made = new std::map<std::string_view, Entry>();
    for (const BuiltinSchema& schema : builtin_schemas()) (*made)[schema.format].text = schema.text;
    return made;
  }();
  return all;
}

Entry* entry(std::string_view format) {
  const auto at = entries().find(format);
  return at == entries().end() ? nullptr : &at->second;
}

}  // namespace

const json::Value* builtin_schema(std::string_view format) {
  Entry* found = entry(format);
  if (found == nullptr) return nullptr;
  found->read_schema();
  return found->good ? &found->schema : nullptr;
}

Result<std::shared_ptr<const FieldTable>> builtin_table(std::string_view format) {
  Entry* found = entry(format);
  if (found == nullptr) {
    return make_error(ErrorCode::not_found, "document format " + in_quotes(format) + " is not known");
  }
  found->make_table();
  if (found->table != nullptr) return found->table;
  Error error = found->error;
  error.source = format;
  return error;
}

}  // namespace greenlane::document
