#include "criteria/free_json.h"

namespace greenlane::criteria {
namespace {

using cel::Value;

Value plain_value(const json::Value& json) {
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
    case json::Kind::array: {
      std::vector<Value> elements;
      for (const json::Value& element : json.array()) elements.push_back(plain_value(element));
      return Value::list(std::move(elements));
    }
    case json::Kind::object: {
      std::vector<std::pair<Value, Value>> entries;
      for (const auto& [key, value] : json.object()) entries.emplace_back(Value::borrowed(key), plain_value(value));
      return Value::map(std::move(entries));
    }
  }
  return {};
}

class FreeObjectModel final : public cel::MapModel {
 public:
  std::size_t size(const void* data) const override { return members(data).size(); }
  std::pair<Value, Value> at(const void* data, std::size_t index) const override {
    const json::Member& member = members(data)[index];
    return {Value::borrowed(member.key), plain_value(member.value)};
  }
  std::optional<Value> find(const void* data, const Value& key) const override {
    const auto& node = *static_cast<const document::Node*>(data);
    if (!key.is<cel::StringValue>()) return std::nullopt;
    const json::Value* found = node.json->find(key.text());
    if (found == nullptr) return Value::undetermined(json::pointer_child(document::pointer(node), key.text()));
    return plain_value(*found);
  }

 private:
  static const json::Object& members(const void* data) { return static_cast<const document::Node*>(data)->json->object(); }
};

constexpr FreeObjectModel free_object_model;

}  // namespace

Value free_object(const document::Node& node) {
  if (!node.json->is_object()) return plain_value(*node.json);
  return Value(cel::MapValue{&free_object_model, &node, nullptr});
}

}  // namespace greenlane::criteria
