#include "criteria/place_path.h"

#include <algorithm>
#include <deque>

#include "criteria/facts.h"

namespace greenlane::criteria {
namespace {

using document::Field;
using document::FieldKind;
using document::Node;

/// Stands for a position in the text that is cut into parts; no document has as many elements, and no schema such a name.
constexpr std::uint32_t marker = 3'000'000'019;

NumberedText cut(std::string_view text, std::uint32_t mark) {
  const std::string at = std::to_string(mark);
  NumberedText parts;
  for (std::size_t end = text.find(at); end != std::string_view::npos; end = text.find(at)) {
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(end + at.size());
  }
  parts.emplace_back(text);
  return parts;
}

}  // namespace

const Field& PlacePath::field(const Field& root, const EachPath& each) const {
  if (!members.empty()) return *members.back();
  return variable < first_element_variable ? root : *each.arrays[variable - first_element_variable]->element;
}

void PlacePath::write_pointers(const Field& root, const EachPath& each) {
  std::vector<const Field*> way;
  for (const Field* at = &field(root, each); at != nullptr; at = at->parent) way.push_back(at);
  std::deque<Node> nodes;
  for (auto field = way.rbegin(); field != way.rend(); ++field) {
    const Node* parent = nodes.empty() ? nullptr : &nodes.back();
    Node& node = nodes.emplace_back();
    node.field = *field;
    node.parent = parent;
    node.index = marker;
  }
  pointer = cut(document::pointer(nodes.back()), marker);
  const std::string classes = document::wco_pointer(nodes.back());
  wco = classes.empty() ? NumberedText() : cut(classes, marker + 1);
}

const Node* PlacePath::find(std::span<const Node* const> nodes) const noexcept {
  const Node* at = nodes[variable];
  for (std::size_t i = 0; i < members.size() && at != nullptr; ++i) at = at->child(members[i]->slot);
  return at;
}

void append_numbered(std::string& out, const NumberedText& text, std::span<const Node* const> nodes, std::uint32_t first) {
  out += text.front();
  for (std::size_t i = 1; i < text.size(); ++i) {
    json::append_integer(out, std::int64_t{nodes[first_element_variable + i - 1]->index} + first);
    out += text[i];
  }
}

}  // namespace greenlane::criteria
