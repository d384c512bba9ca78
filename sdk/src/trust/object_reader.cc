#include "trust/object_reader.h"

#include <algorithm>
#include <span>
#include <utility>

#include "base/text.h"

namespace greenlane::trust {

ObjectReader::ObjectReader(const json::Value& value, std::string pointer) : object_{&value, std::move(pointer)} {
  fields_.is(object_, json::Kind::object);
}

void ObjectReader::allow_only(std::initializer_list<std::string_view> names) {
  if (!object_.value->is_object()) return;
  for (const json::Member& member : object_.object()) {
    if (std::find(names.begin(), names.end(), member.key) != names.end()) continue;
    refuse(at(member.key), "the key " + quoted(member.key) + " is not known; expected are " +
                               text::join(std::span<const std::string_view>(names.begin(), names.size()), ", "));
  }
}

std::string_view ObjectReader::text(std::string_view name, std::size_t max_bytes, bool (*fits)(std::string_view),
                                    std::string_view expected) {
  const std::string_view text = fields_.text(object_, name);
  if (!fields_.ok()) return {};
  if (text.size() <= max_bytes && fits(text)) return text;
  refuse(at(name), std::string(expected) + " is expected, not " + quoted(text));
  return {};
}

const json::Array* ObjectReader::array(std::string_view name, std::size_t max_elements) {
  const Place list = fields_.need(object_, name, json::Kind::array);
  if (!fields_.ok()) return nullptr;
  const json::Array& elements = list.value->array();
  if (elements.size() <= max_elements) return &elements;
  refuse(list.pointer,
         "the list has " + std::to_string(elements.size()) + " elements; at most " + std::to_string(max_elements) + " are taken");
  return nullptr;
}

std::optional<Error> ObjectReader::problem() const {
  if (fields_.ok()) return std::nullopt;
  return fields_.error();
}

std::string quoted(std::string_view text) {
  std::string out;
  json::append_quoted(out, text::shortened(text, 80));
  return out;
}

}  // namespace greenlane::trust
