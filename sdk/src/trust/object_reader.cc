#include "trust/object_reader.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace greenlane::trust {

ObjectReader::ObjectReader(const json::Value& value, std::string pointer) : value_(value), pointer_(std::move(pointer)) {
  if (!value.is_object()) refuse(pointer_, "an object is expected");
}

void ObjectReader::allow_only(std::initializer_list<std::string_view> names) {
  if (!value_.is_object()) return;
  for (const json::Member& member : value_.object()) {
    if (std::find(names.begin(), names.end(), member.key) != names.end()) continue;
    refuse(at(member.key), "the key " + quoted(member.key) + " is not known; expected are " +
                               text::join(std::span<const std::string_view>(names.begin(), names.size()), ", "));
  }
}

std::string_view ObjectReader::text(std::string_view name, std::size_t max_bytes, bool (*fits)(std::string_view), std::string_view expected) {
  const json::Value* member = needed(name);
  if (member == nullptr) return {};
  if (member->is_string() && !member->string().empty() && member->string().size() <= max_bytes && fits(member->string())) return member->string();
  std::string message = std::string(expected) + " is expected";
  if (member->is_string()) message += ", not " + quoted(member->string());
  refuse(at(name), std::move(message));
  return {};
}

const json::Array* ObjectReader::array(std::string_view name, std::size_t max_elements) {
  const json::Value* member = needed(name);
  if (member == nullptr) return nullptr;
  if (member->is_array() && member->array().size() <= max_elements) return &member->array();
  refuse(at(name), "a list of at most " + std::to_string(max_elements) + " elements is expected");
  return nullptr;
}

void ObjectReader::refuse(std::string pointer, std::string message) {
  if (problem_) return;
  problem_ = Error{.code = ErrorCode::invalid_document, .message = std::move(message), .pointer = std::move(pointer)};
}

const json::Value* ObjectReader::needed(std::string_view name) {
  if (problem_) return nullptr;
  const json::Value* member = value_.find(name);
  if (member == nullptr) refuse(pointer_, "the key " + quoted(name) + " is missing");
  return member;
}

std::string quoted(std::string_view text) {
  std::string out;
  json::append_quoted(out, text::shortened(text, 80));
  return out;
}

}  // namespace greenlane::trust
