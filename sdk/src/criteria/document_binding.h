// How expressions see a document: its field table as struct types, its nodes as values.
#pragma once

#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cel/environment.h"
#include "cel/value.h"
#include "document/document.h"
#include "document/field_table.h"

namespace greenlane::criteria {

class FieldModel;

class DocumentBinding {
 public:
  explicit DocumentBinding(std::shared_ptr<const document::FieldTable> table);
  ~DocumentBinding();
  DocumentBinding(const DocumentBinding&) = delete;
  DocumentBinding& operator=(const DocumentBinding&) = delete;

  const document::FieldTable& table() const noexcept { return *table_; }
  /// The type of a field, an element or the root.
  const cel::TypeRef& type_of(const document::Field& field) const;
  /// A node of a document of this table as a value. The document must outlive it.
  cel::Value value_of(const document::Node& node) const;
  /// The object whose members a struct type holds, or null.
  const document::Field* field_of(const cel::StructType& type) const noexcept;

 private:
  const FieldModel& model_of(const document::Field& field) const;
  std::unique_ptr<FieldModel> make_model(const document::Field& field);

  std::shared_ptr<const document::FieldTable> table_;
  std::unordered_map<const cel::StructType*, const document::Field*> fields_;
  std::unique_ptr<FieldModel> root_;
};

}  // namespace greenlane::criteria
