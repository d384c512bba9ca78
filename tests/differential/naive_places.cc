#include "tests/differential/naive_places.h"

#include "base/text.h"

namespace greenlane::test::naive {

using document::Field;
using document::FieldKind;

std::string wco_of(std::string_view pointer, const Field& root) {
  std::string classes = root.wco;
  std::string tag;
  bool known = true;
  bool named = true;
  const Field* at = &root;
  for (const std::string_view token : text::split(pointer.empty() ? pointer : pointer.substr(1), '/')) {
    if (pointer.empty()) break;
    if (at->kind == FieldKind::array) {
      classes += "[" + std::to_string(std::stoul(std::string(token)) + 1) + "]";
      at = at->element.get();
      continue;
    }
    at = at->member(token);
    named = !at->wco.empty();
    // Elements of an array without a class of its own cannot be told apart.
    if (!named && at->kind == FieldKind::array) known = false;
    const std::size_t hash = std::min(at->wco.find('#'), at->wco.size());
    if (hash > 0) classes += "/" + at->wco.substr(0, hash);
    if (hash < at->wco.size()) tag = at->wco.substr(hash);
  }
  return known && named ? classes + tag : "";
}

Place place_of(std::string_view path, const Variables& variables, const Field& root) {
  const auto names = text::split(path, '.');
  Place place;
  const json::Value* json = nullptr;
  for (const auto& [name, value] : variables) {
    if (name != names.front()) continue;
    place.pointer = value.pointer;
    json = value.json;
  }
  for (std::size_t i = 1; i < names.size(); ++i) {
    place.pointer = json::pointer_child(place.pointer, names[i]);
    json = json == nullptr ? nullptr : json->find(names[i]);
  }
  place.wco = wco_of(place.pointer, root);
  if (json != nullptr && !json->is_array() && !json->is_object()) place.value = json::compact(*json);
  return place;
}

}  // namespace greenlane::test::naive
