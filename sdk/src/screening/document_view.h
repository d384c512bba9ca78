// A document as the criteria of one pack go through it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/few.h"
#include "cel/value.h"
#include "criteria/compiled_pack.h"
#include "document/document.h"
#include "greenlane/date.h"

namespace greenlane::screening {

/// One thing that a criterion is evaluated over: the declaration, an item, a package of an item.
struct Element {
  Few<const document::Node*, criteria::max_variables> nodes;  ///< by variable; null for as_of
  Few<cel::Value, criteria::max_variables> variables;         ///< by variable, with a last place for `row`
  const document::Node& innermost() const noexcept { return *nodes.back(); }
};

/// An array on the way that was not declared. `element` stands for all that might be in it: its variables
/// from there on are undetermined, so that a condition which does not depend on them can still be decided.
struct MissingArray {
  std::string pointer;
  Element element;
};

struct Elements {
  std::vector<Element> all;
  std::vector<MissingArray> missing;
};

/// One document at work. Not synchronised: a view belongs to one thread.
class DocumentView {
 public:
  DocumentView(const criteria::CompiledPack& pack, const document::Node& root, Date as_of);
  DocumentView(const criteria::CompiledPack& pack, const document::Document& document, Date as_of)
      : DocumentView(pack, document.root(), as_of) {}

  const criteria::CompiledPack& pack() const noexcept { return pack_; }
  const document::Node& root() const noexcept { return root_; }
  Date as_of() const noexcept { return as_of_; }
  /// What the each-path with this index goes through; computed once.
  Elements& elements(std::size_t each);

 private:
  Elements collect(const criteria::EachPath& path) const;
  void descend(const criteria::EachPath& path, std::size_t depth, const Element& owner, Elements& out) const;

  const criteria::CompiledPack& pack_;
  const document::Node& root_;
  Date as_of_;
  std::vector<std::optional<Elements>> elements_;
};

}  // namespace greenlane::screening
