#include "screening/document_view.h"

#include <algorithm>
#include <utility>

namespace greenlane::screening {
namespace {

using document::Field;
using document::FieldKind;
using document::Node;

/// Members from `owner` down to `array`, which may lie in objects inside it.
std::vector<const Field*> way_to(const Field& array, const Field& owner) {
  std::vector<const Field*> way;
  for (const Field* at = &array; at != &owner && at != nullptr; at = at->parent) way.push_back(at);
  std::reverse(way.begin(), way.end());
  return way;
}

}  // namespace

DocumentView::DocumentView(const criteria::CompiledPack& pack, const Node& root, Date as_of)
    : pack_(pack), root_(root), as_of_(as_of), elements_(pack.each_paths().size()) {}

Elements& DocumentView::elements(std::size_t each) {
  auto& elements = elements_[each];
  if (!elements) elements = collect(pack_.each_paths()[each]);
  return *elements;
}

Elements DocumentView::collect(const criteria::EachPath& path) const {
  Element root;
  root.nodes.push_back(&root_);
  root.variables.push_back(pack_.binding().value_of(root_));
  root.variables.push_back(cel::Value(as_of_));
  Elements out;
  if (path.arrays.empty()) {
    root.variables.emplace_back();
    out.all.push_back(std::move(root));
    return out;
  }
  root.nodes.push_back(nullptr);
  descend(path, 0, root, out);
  return out;
}

void DocumentView::descend(const criteria::EachPath& path, std::size_t depth, const Element& owner, Elements& out) const {
  const Node* at = owner.nodes.back() != nullptr ? owner.nodes.back() : owner.nodes.front();
  for (const Field* member : way_to(*path.arrays[depth], *at->field)) {
    // What is declared as none has no elements.
    if (at->is_null()) return;
    const Node* next = at->child(member->slot);
    if (next == nullptr || next->open) {
      MissingArray missing{document::pointer(*at, *member), owner};
      for (std::size_t i = depth; i < path.arrays.size(); ++i) {
        missing.element.nodes.push_back(nullptr);
        missing.element.variables.push_back(cel::Value::undetermined(missing.pointer));
      }
      missing.element.variables.emplace_back();
      out.missing.push_back(std::move(missing));
      return;
    }
    at = next;
  }
  const bool last = depth + 1 == path.arrays.size();
  for (const Node* child : at->children) {
    if (child->is_null()) continue;
    Element element = owner;
    element.nodes.push_back(child);
    element.variables.push_back(pack_.binding().value_of(*child));
    if (last) {
      element.variables.emplace_back();
      out.all.push_back(std::move(element));
    } else {
      descend(path, depth + 1, element, out);
    }
  }
}

}  // namespace greenlane::screening
