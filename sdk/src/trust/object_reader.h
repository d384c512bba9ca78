// Takes JSON objects of our own formats apart: no member that is not known, each text within its bounds.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "trust/json_fields.h"

namespace greenlane::trust {

/// The first problem is kept; what is asked for after it may come back empty. The value must outlive the reader.
class ObjectReader {
 public:
  ObjectReader(const json::Value& value, std::string pointer);

  /// A problem where there is a member of another name.
  void allow_only(std::initializer_list<std::string_view> names);
  /// The member, or null where there is none.
  const json::Value* optional(std::string_view name) const noexcept { return object_.value->find(name); }
  /// A string of 1 to `max_bytes` bytes that fits `fits`, else ""; `expected` says in words what that is.
  std::string_view text(std::string_view name, std::size_t max_bytes, bool (*fits)(std::string_view), std::string_view expected);
  /// Null where there is none of at most that many elements.
  const json::Array* array(std::string_view name, std::size_t max_elements);

  std::string at(std::string_view name) const { return json::pointer_child(object_.pointer, name); }
  void refuse(std::string pointer, std::string message) { fields_.refuse(std::move(pointer), std::move(message)); }
  std::optional<Error> problem() const;

 private:
  JsonFields fields_{""};
  Place object_;
};

/// `text` as a JSON string of at most 80 bytes, for messages.
std::string quoted(std::string_view text);

}  // namespace greenlane::trust
