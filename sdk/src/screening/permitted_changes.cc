#include "screening/permitted_changes.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "screening/condition_fields.h"

namespace greenlane::screening {
namespace {

using criteria::CompiledCriterion;
using criteria::CompiledPack;
using document::Field;
using document::FieldKind;
using document::Node;

/// A field at a certain place of a document; `node` is null where it is not declared.
struct FieldPlace {
  const Field* field = nullptr;
  const Node* node = nullptr;
  Steps steps;
  std::string pointer;

  bool is_declared() const {
    if (node == nullptr || node->is_null()) return false;
    if (field->kind == FieldKind::array) return !node->children.empty();
    return node->kind != json::Kind::string || !node->text.empty();
  }
};

/// The place of a member, or of an element that is there.
FieldPlace step_into(const FieldPlace& owner, const Field& field, std::uint32_t step) {
  FieldPlace place{&field, owner.node != nullptr ? owner.node->child(step) : nullptr, owner.steps, {}};
  place.steps.push_back(step);
  place.pointer = field.name.empty() ? json::pointer_child(owner.pointer, std::size_t{step})
                                     : json::pointer_child(owner.pointer, field.name);
  return place;
}

FieldPlace place_of(const Node& node) { return {node.field, &node, steps_to(node), document::pointer(node)}; }

/// All places that the path leads to from `from`, declared or not, over the elements that are there.
void follow(FieldPlace from, const std::vector<const Field*>& path, std::size_t at, std::vector<FieldPlace>& places) {
  if (at == path.size()) return places.push_back(std::move(from));
  if (!path[at]->name.empty()) return follow(step_into(from, *path[at], path[at]->slot), path, at + 1, places);
  const std::size_t count = from.node != nullptr ? from.node->children.size() : 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (!from.node->children[i]->is_null()) follow(step_into(from, *path[at], i), path, at + 1, places);
  }
}

bool lies_in(const Field* field, const Field& owner) {
  while (field != nullptr && field != &owner) field = field->parent;
  return field != nullptr;
}

class Collector {
 public:
  Collector(const CompiledPack& pack, const CompiledCriterion& criterion, Date as_of, const Hit& hit, const ConditionFields& fields,
            PermittedChanges& out)
      : pack_(pack), criterion_(criterion), as_of_(as_of), hit_(hit), fields_(fields), out_(out) {}

  void run() {
    const auto& remedies = criterion_.source.info.remedies;
    for (std::size_t i = 0; i < remedies.size(); ++i) {
      if (!remedies[i].permits()) continue;
      const auto& named = criterion_.remedies[i];
      const Field* field = named ? &named->field(pack_.table()->root(), pack_.each_paths()[criterion_.each]) : nullptr;
      if (remedies[i].kind == "document") add_documents(remedies[i].code, field);
      if (field != nullptr) change_fields(*field, named->variable);
    }
  }

 private:
  std::vector<FieldPlace> places(std::size_t variable, const std::vector<const Field*>& path) const {
    std::vector<FieldPlace> all;
    follow(place_of(*hit_.element->nodes[variable]), path, 0, all);
    return all;
  }

  void change_fields(const Field& named, std::size_t variable) {
    for (const FieldUse& use : fields_.uses) {
      const Field& field = *use.path.back();
      if (use.variable < variable || !lies_in(&field, named) || !(field.change.supply || field.change.correct)) continue;
      for (FieldPlace& place : places(use.variable, use.path)) {
        const bool declared = place.is_declared();
        if (declared ? !field.change.correct || !is_contradicted(use) : !field.change.supply) continue;
        out_.push_back({{declared ? "correct" : "supply", std::move(place.pointer), ""}, std::move(place.steps)});
      }
    }
  }

  /// Whether what the condition holds against the field is declared.
  bool is_contradicted(const FieldUse& use) const {
    return std::any_of(use.against.begin(), use.against.end(), [&](std::size_t other) {
      const auto against = places(fields_.uses[other].variable, fields_.uses[other].path);
      return std::any_of(against.begin(), against.end(), [](const FieldPlace& place) { return place.is_declared(); });
    });
  }

  void add_documents(const std::string& code, const Field* named) {
    for (const FieldUse& use : fields_.uses) {
      for (std::size_t length = 1; length <= use.path.size(); ++length) {
        const Field& array = *use.path[length - 1];
        if (!array.change.add || (named != nullptr && named->change.add && named != &array)) continue;
        const std::vector<const Field*> way(use.path.begin(), use.path.begin() + static_cast<std::ptrdiff_t>(length));
        for (const FieldPlace& place : places(use.variable, way)) {
          if (!code.empty()) {
            add(place, code);
            continue;
          }
          for (const std::string& wanted : codes_wanted(array)) add(place, wanted);
        }
      }
    }
  }

  void add(const FieldPlace& array, const std::string& code) { out_.push_back({{"add", array.pointer, code}, array.steps}); }

  /// The types that the condition asks for at this hit; one that is open where it does not name them.
  std::vector<std::string> codes_wanted(const Field& array) const {
    auto variables = hit_.element->variables;
    if (hit_.row != criteria::Table::no_row) variables.back() = criterion_.rows->row_value(hit_.row);
    const criteria::EvaluationHost host{as_of_, nullptr};
    std::vector<std::string> codes;
    for (const TypeTest& test : fields_.type_tests) {
      if (test.array != &array) continue;
      const cel::Value code = cel::evaluate(*test.code, {variables, &host}).value;
      if (code.is<cel::StringValue>() && !code.text().empty()) codes.emplace_back(code.text());
    }
    if (codes.empty()) codes.emplace_back();
    return codes;
  }

  const CompiledPack& pack_;
  const CompiledCriterion& criterion_;
  Date as_of_;
  const Hit& hit_;
  const ConditionFields& fields_;
  PermittedChanges& out_;
};

/// The field at a JSON Pointer, declared or not; a field that may not be changed where there is none.
FieldPlace place_at(const Node& root, const std::string& pointer) {
  FieldPlace at = place_of(root);
  for (const std::string_view token : text::split(std::string_view(pointer).substr(1), '/')) {
    const Field* next = at.field->kind == FieldKind::array ? at.field->element.get() : at.field->member(token);
    if (next == nullptr) return place_of(root);
    std::uint32_t step = next->slot;
    if (at.field->kind == FieldKind::array) {
      step = 0;
      for (const char c : token) step = step * 10 + static_cast<std::uint32_t>(c - '0');
      if (at.node == nullptr || step >= at.node->children.size()) return place_of(root);
    }
    at = step_into(at, *next, step);
  }
  return at;
}

}  // namespace

void put_in_order(PermittedChanges& changes) {
  const auto key = [](const PermittedChange& c) { return std::tie(c.change.pointer, c.change.kind, c.change.code); };
  std::sort(changes.begin(), changes.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
  changes.erase(std::unique(changes.begin(), changes.end(), [&](const auto& a, const auto& b) { return key(a) == key(b); }), changes.end());
}

PermittedChanges changes_against(const CompiledPack& pack, const CompiledCriterion& criterion, Date as_of, const std::vector<Hit>& hits) {
  const ConditionFields fields = fields_of(pack, criterion, criterion.when.root());
  PermittedChanges changes;
  for (const Hit& hit : hits) Collector(pack, criterion, as_of, hit, fields, changes).run();
  put_in_order(changes);
  return changes;
}

PermittedChanges supplies_of(const Node& root, const std::vector<std::string>& missing) {
  PermittedChanges changes;
  for (const std::string& pointer : missing) {
    if (pointer.empty()) continue;
    FieldPlace place = place_at(root, pointer);
    if (place.field->change.supply && place.node == nullptr) changes.push_back({{"supply", pointer, ""}, std::move(place.steps)});
  }
  put_in_order(changes);
  return changes;
}

}  // namespace greenlane::screening
