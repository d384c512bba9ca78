// JSON pointers and WCO pointers of nodes.
#include "document/document.h"

namespace greenlane::document {
namespace {

/// A WCO pointer while it is built, from the root down.
struct WcoPath {
  std::string classes;  ///< "42A/67A/68A[1]"
  std::string tag;      ///< "#066", once a leaf is reached
  bool known = true;    ///< false below an array that has no class of its own
};

void append(WcoPath& path, const Field& field) {
  if (field.wco.empty()) {
    path.known = path.known && field.kind != FieldKind::array;
    return;
  }
  const std::size_t hash = field.wco.find('#');
  const std::string classes = field.wco.substr(0, hash);
  if (!classes.empty() && !path.classes.empty()) path.classes += '/';
  path.classes += classes;
  if (hash != std::string::npos) path.tag = field.wco.substr(hash);
}

void append_index(WcoPath& path, const Field& array, std::uint32_t index) {
  // A tag alone ("#239") is one element of its class: there is nothing that could carry a number.
  if (array.wco.starts_with('#')) return;
  path.classes += '[' + std::to_string(index + 1) + ']';
}

WcoPath wco_path(const Node& node) {
  WcoPath path;
  if (node.parent != nullptr) path = wco_path(*node.parent);
  const bool element = node.parent != nullptr && node.parent->field->kind == FieldKind::array;
  if (element) {
    append_index(path, *node.parent->field, node.index);
    if (!node.field->wco.empty()) append(path, *node.field);
  } else {
    append(path, *node.field);
  }
  return path;
}

/// True where the schema names a WCO class or tag for the field itself or for the array it is an element of.
bool names_wco(const Field& field) noexcept {
  if (!field.wco.empty()) return true;
  return field.name.empty() && field.parent != nullptr && !field.parent->wco.empty();
}

std::string text(const WcoPath& path, const Field& field) {
  if (!path.known || !names_wco(field)) return {};
  return path.classes + path.tag;
}

}  // namespace

std::string pointer(const Node& node) {
  if (node.parent == nullptr) return {};
  const std::string before = pointer(*node.parent);
  if (node.parent->field->kind == FieldKind::array)
    return json::pointer_child(before, std::size_t{node.index});
  return json::pointer_child(before, node.field->name);
}

std::string pointer(const Node& parent, const Field& member) {
  return json::pointer_child(pointer(parent), member.name);
}

std::string wco_pointer(const Node& node) { return text(wco_path(node), *node.field); }

std::string wco_pointer(const Node& parent, const Field& member) {
  WcoPath path = wco_path(parent);
  append(path, member);
  return text(path, member);
}

}  // namespace greenlane::document
