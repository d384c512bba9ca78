#include "criteria/free_json.h"

#include <memory>
#include <utility>

namespace greenlane::criteria {
namespace {

using cel::Value;

/// An object of the free part with its JSON Pointer, so that what is not in it can be named.
struct FreeObject {
  const json::Value* json;
  std::string pointer;
};

Value free_value(const json::Value& json, const std::string& pointer);

Value list_value(const json::Array& array, const std::string& pointer) {
  std::vector<Value> elements;
  for (std::size_t i = 0; i < array.size(); ++i) elements.push_back(free_value(array[i], json::pointer_child(pointer, i)));
  return Value::list(std::move(elements));
}

Value object_value(const json::Value& json, std::string pointer);

Value free_value(const json::Value& json, const std::string& pointer) {
  switch (json.kind()) {
    case json::Kind::null:
      return Value(cel::Null{});
    case json::Kind::boolean:
      return Value(json.boolean());
    case json::Kind::integer:
      return Value(json.integer());
    case json::Kind::number:
      return Value(json.number());
    case json::Kind::string:
      return Value::borrowed(json.string());
    case json::Kind::array:
      return list_value(json.array(), pointer);
    case json::Kind::object:
      return object_value(json, pointer);
  }
  return {};
}

class FreeObjectModel final : public cel::MapModel {
 public:
  std::size_t size(const void* data) const override { return object(data).json->object().size(); }
  std::pair<Value, Value> at(const void* data, std::size_t index) const override {
    const json::Member& member = object(data).json->object()[index];
    return {Value::borrowed(member.key), free_value(member.value, json::pointer_child(object(data).pointer, member.key))};
  }
  std::optional<Value> find(const void* data, const Value& key) const override {
    if (!key.is<cel::StringValue>()) return std::nullopt;
    const std::string pointer = json::pointer_child(object(data).pointer, key.text());
    const json::Value* found = object(data).json->find(key.text());
    return found == nullptr ? Value::undetermined(pointer) : free_value(*found, pointer);
  }

  bool has(const void* data, const Value& key) const override {
    const json::Value* found = key.is<cel::StringValue>() ? object(data).json->find(key.text()) : nullptr;
    return found != nullptr && !found->is_null();
  }

 private:
  static const FreeObject& object(const void* data) { return *static_cast<const FreeObject*>(data); }
};

constexpr FreeObjectModel free_object_model;

Value object_value(const json::Value& json, std::string pointer) {
  auto owner = std::make_shared<const FreeObject>(FreeObject{&json, std::move(pointer)});
  return Value(cel::MapValue{&free_object_model, owner.get(), owner});
}

}  // namespace

Value free_object(const document::Node& node) { return free_value(*node.json, document::pointer(node)); }

}  // namespace greenlane::criteria
