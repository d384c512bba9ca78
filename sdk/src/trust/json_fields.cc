#include "trust/json_fields.h"

#include <array>

namespace greenlane::trust {
namespace {

std::string name_of(json::Kind kind) {
  static constexpr std::array<std::string_view, 7> names{"null", "true or false", "a whole number", "a number", "a text", "an array", "an object"};
  return std::string(names[static_cast<std::size_t>(kind)]);
}

const json::Value& empty_of(json::Kind kind) {
  static const std::array<json::Value, 7>& values = *new std::array<json::Value, 7>{
      json::Value(), json::Value(false), json::Value(0), json::Value(0.0), json::Value(""), json::Value(json::Array()), json::Value(json::Object())};
  return values[static_cast<std::size_t>(kind)];
}

}  // namespace

Place child(const Place& object, const json::Member& member) { return {&member.value, json::pointer_child(object.pointer, member.key)}; }
Place child(const Place& array, std::size_t index) { return {&array.value->array()[index], json::pointer_child(array.pointer, index)}; }

bool JsonFields::is(const Place& at, json::Kind kind) {
  if (at.value->is(kind)) return true;
  refuse(at.pointer, name_of(kind) + " is needed here, not " + name_of(at.value->kind()));
  return false;
}

std::optional<Place> JsonFields::may(const Place& object, std::string_view key, json::Kind kind) {
  const json::Value* const found = object.value->find(key);
  if (found == nullptr) return std::nullopt;
  Place at{found, json::pointer_child(object.pointer, key)};
  if (!is(at, kind)) at.value = &empty_of(kind);
  return at;
}

Place JsonFields::need(const Place& object, std::string_view key, json::Kind kind) {
  if (auto found = may(object, key, kind)) return *std::move(found);
  refuse(object.pointer, "the member \"" + std::string(key) + "\" is missing");
  return {&empty_of(kind), object.pointer};
}

std::string_view JsonFields::text(const Place& object, std::string_view key) {
  const Place at = need(object, key, json::Kind::string);
  if (at.value->string().empty()) refuse(at.pointer, "the text is empty");
  return at.value->string();
}

std::int64_t JsonFields::integer(const Place& object, std::string_view key, std::int64_t least) {
  const Place at = need(object, key, json::Kind::integer);
  const std::int64_t value = at.value->integer();
  if (value < least) refuse(at.pointer, "the number is " + std::to_string(value) + "; at least " + std::to_string(least) + " is needed");
  return value;
}

bool JsonFields::boolean(const Place& object, std::string_view key) { return need(object, key, json::Kind::boolean).value->boolean(); }

std::vector<std::string> JsonFields::texts(const Place& array) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < array.value->array().size() && ok(); ++i) {
    if (const Place at = child(array, i); is(at, json::Kind::string)) all.push_back(at.value->string());
  }
  return all;
}

void JsonFields::refuse(std::string pointer, std::string message) {
  if (!error_) error_ = Error{.code = ErrorCode::invalid_document, .message = std::move(message), .source = source_, .pointer = std::move(pointer)};
}

}  // namespace greenlane::trust
