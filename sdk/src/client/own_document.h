// Reads the documents that a home keeps for itself, as strictly as those of others: anybody may have had a hand in them.
#pragma once

#include <chrono>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "greenlane/result.h"
#include "trust/json_fields.h"

namespace greenlane::client {

class OwnDocument {
 public:
  /// Errors: invalid_json; invalid_document, where it is not of that format. `source` names it in errors.
  static Result<OwnDocument> read(std::string_view json, std::string_view format, const std::string& source, const json::Limits& limits = {});

  trust::JsonFields& fields() noexcept { return fields_; }
  const trust::Place& root() const noexcept { return root_; }

  /// Refuses members of other names.
  void only(const trust::Place& object, std::initializer_list<std::string_view> names);
  std::chrono::sys_seconds time(const trust::Place& object, std::string_view key);
  std::optional<std::chrono::sys_seconds> optional_time(const trust::Place& object, std::string_view key);
  /// "sha256:" and 64 hexadecimal digits.
  std::string digest(const trust::Place& object, std::string_view key);

 private:
  OwnDocument(std::unique_ptr<json::Value> value, const std::string& source)
      : value_(std::move(value)), fields_(source), root_{value_.get(), ""} {}

  std::unique_ptr<json::Value> value_;
  trust::JsonFields fields_;
  trust::Place root_;
};

/// Whether `text` is "sha256:" and 64 lower-case hexadecimal digits.
bool is_sha256(std::string_view text) noexcept;

}  // namespace greenlane::client
