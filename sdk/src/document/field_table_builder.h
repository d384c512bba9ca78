// Derives a FieldTable from a JSON Schema.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "document/field_table.h"

namespace greenlane::document {

/// One use a schema. Notes the first thing that is wrong in it.
class FieldTableBuilder {
 public:
  explicit FieldTableBuilder(const json::Value& schema) : schema_(schema) {}
  Result<std::shared_ptr<const FieldTable>> run();

 private:
  /// What a property says, with its $ref followed: annotations nearest to the property win.
  struct View {
    std::vector<const json::Value*> layers;
    const json::Value* find(std::string_view key) const noexcept;
    std::string_view text(std::string_view key) const noexcept;
  };

  View resolve(const json::Value& schema);
  bool add_layers(View& view, const json::Value& schema);
  void fill(Field& field, const json::Value& schema);
  void annotate(Field& field, const View& view);
  void permit(Field& field, const json::Value& changes);
  FieldKind kind(const Field& field, const View& view);
  FieldKind string_kind(const View& view);
  void members(Field& field, const json::Value& properties);
  std::vector<std::string> paths(std::string_view keyword, const FieldTable& table);
  void fail(const std::string& path, std::string message);

  const json::Value& schema_;
  std::vector<const json::Value*> open_;  ///< definitions whose fields are being read
  std::uint32_t count_ = 0;               ///< of fields so far
  bool failed_ = false;
  Error error_;
};

}  // namespace greenlane::document
