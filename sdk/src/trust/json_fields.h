// Strict reading of JSON objects: each member by name, type and range. The first thing that is wrong is kept, so that a reader is
// written straight down and asked once at its end.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "greenlane/result.h"

namespace greenlane::trust {

/// A value in a JSON text, and where it stands there.
struct Place {
  const json::Value* value;  ///< never null
  std::string pointer;

  const json::Object& object() const noexcept { return value->object(); }
};

class JsonFields {
 public:
  /// `source` names the text in errors.
  explicit JsonFields(std::string_view source) : source_(source) {}

  /// The member of that kind. Where there is none, that is noted, and the Place is of an empty value of that kind.
  Place need(const Place& object, std::string_view key, json::Kind kind);
  /// The same for one that may be left out.
  std::optional<Place> may(const Place& object, std::string_view key, json::Kind kind);

  /// Of at least one byte.
  std::string_view text(const Place& object, std::string_view key);
  std::int64_t integer(const Place& object, std::string_view key, std::int64_t least);
  bool boolean(const Place& object, std::string_view key);
  /// The elements of an array of texts.
  std::vector<std::string> texts(const Place& array);
  /// The value of `at`, where it is of that kind.
  bool is(const Place& at, json::Kind kind);

  void refuse(std::string pointer, std::string message);
  bool ok() const noexcept { return !error_; }
  /// REQUIRES: !ok().
  Error error() const { return *error_; }

 private:
  std::string source_;
  std::optional<Error> error_;
};

/// Place of a member or an element.
Place child(const Place& object, const json::Member& member);
Place child(const Place& array, std::size_t index);

}  // namespace greenlane::trust
