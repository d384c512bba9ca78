// Takes JSON objects apart member by member, with errors that say where.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/json.h"
#include "greenlane/result.h"

namespace greenlane::trust {

/// The first problem is kept; what is asked for after it comes back empty. The value must outlive the reader.
class ObjectReader {
 public:
  ObjectReader(const json::Value& value, std::string pointer);

  /// A problem where there is a member of another name.
  void allow_only(std::initializer_list<std::string_view> names);
  /// The member, or null where there is none.
  const json::Value* optional(std::string_view name) const noexcept { return value_.find(name); }
  /// A string of 1 to `max_bytes` bytes that fits `fits`; `expected` says in words what that is.
  std::string_view text(std::string_view name, std::size_t max_bytes, bool (*fits)(std::string_view), std::string_view expected);
  const json::Array* array(std::string_view name, std::size_t max_elements);

  std::string at(std::string_view name) const { return json::pointer_child(pointer_, name); }
  void refuse(std::string pointer, std::string message);
  const std::optional<Error>& problem() const noexcept { return problem_; }

 private:
  const json::Value* needed(std::string_view name);

  const json::Value& value_;
  std::string pointer_;
  std::optional<Error> problem_;
};

/// `text` as a JSON string of at most 80 bytes, for messages.
std::string quoted(std::string_view text);

}  // namespace greenlane::trust
