#include "document/tree_builder.h"

#include <utility>

namespace greenlane::document {
namespace {

/// The member `key`, made as `fresh` where it is not there.
json::Value& member(json::Value& object, const std::string& key, json::Value (*fresh)()) {
  if (json::Value* there = object.find(key); there != nullptr) return *there;
  object.object().push_back({key, fresh()});
  return object.object().back().value;
}

json::Value new_object() { return json::Object{}; }
json::Value new_array() { return json::Array{}; }
json::Value new_null() { return {}; }

}  // namespace

std::vector<std::size_t> SlotPlan::add(const Target& target, bool by_field) {
  std::vector<std::size_t> result;
  std::string path;
  bool below_row = false;
  for (const TargetStep& step : target.steps) {
    path.append(path.empty() ? "" : ".").append(step.key);
    if (step.element == TargetStep::Element::none) {
      result.push_back(no_slot);
      continue;
    }
    below_row = below_row || step.element == TargetStep::Element::of_row;
    path += step.element == TargetStep::Element::of_row ? "[]" : '[' + std::to_string(step.index) + ']';
    const auto [at, added] = slots_.emplace(path, per_row_.size());
    if (added) {
      per_row_.push_back(below_row);
      by_field_.push_back(false);
      within_.push_back({at->second});
      for (const std::size_t outer : result) {
        if (outer != no_slot) within_[outer].push_back(at->second);
      }
    }
    if (by_field) by_field_[at->second] = true;
    result.push_back(at->second);
  }
  return result;
}

void TreeBuilder::begin_row() {
  for (std::size_t slot = 0; slot < elements_.size(); ++slot) {
    if (plan_.per_row(slot)) elements_[slot] = SlotPlan::no_slot;
  }
}

bool TreeBuilder::is_open(const std::vector<std::size_t>& slots) const noexcept {
  for (const std::size_t slot : slots) {
    if (slot != SlotPlan::no_slot && plan_.by_field(slot) && elements_[slot] == SlotPlan::no_slot)
      return false;
  }
  return true;
}

void TreeBuilder::begin(std::size_t slot) {
  for (const std::size_t each : plan_.within(slot)) elements_[each] = SlotPlan::no_slot;
}

json::Value& TreeBuilder::reach(const Target& target, const std::vector<std::size_t>& slots, std::size_t steps, bool object,
                                std::string* pointer) {
  json::Value* node = &root_;
  for (std::size_t i = 0; i < steps; ++i) {
    const TargetStep& step = target.steps[i];
    const bool leaf = i + 1 == steps && !object;
    const bool array = slots[i] != SlotPlan::no_slot;
    if (pointer != nullptr) *pointer = json::pointer_child(*pointer, step.key);
    node = &member(*node, step.key, array ? new_array : leaf ? new_null : new_object);
    if (!array) continue;
    std::size_t& index = elements_[slots[i]];
    if (index == SlotPlan::no_slot) {
      index = node->array().size();
      node->array().push_back(leaf ? new_null() : new_object());
    }
    if (pointer != nullptr) *pointer = json::pointer_child(*pointer, index);
    node = &node->array()[index];
  }
  return *node;
}

void TreeBuilder::set(const Target& target, const std::vector<std::size_t>& slots, json::Value value,
                      std::string* pointer) {
  reach(target, slots, target.steps.size(), false, pointer) = std::move(value);
}

void TreeBuilder::make(const Target& target, const std::vector<std::size_t>& slots, std::string* pointer) {
  reach(target, slots, target.steps.size(), true, pointer);
}

void TreeBuilder::make_empty_array(const Target& target, const std::vector<std::size_t>& slots) {
  member(reach(target, slots, target.steps.size() - 1, true), target.steps.back().key, new_array);
}

json::Value TreeBuilder::take(const std::string& format) {
  if (!format.empty()) {
    json::Object& members = root_.object();
    members.insert(members.begin(), {"format", json::Value(format)});
  }
  return std::move(root_);
}

}  // namespace greenlane::document
