// Builds the JSON of one document out of values that belong to targets.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "base/json.h"
#include "document/target_path.h"

namespace greenlane::document {

/// Numbers the array elements that the targets of one mapping name, so that building compares no paths.
class SlotPlan {
 public:
  /// One number a step of `target`; no_slot for steps that are no array.
  std::vector<std::size_t> add(const Target& target, bool by_field);
  std::size_t size() const noexcept { return per_row_.size(); }
  /// The slot itself and those of the arrays within its element.
  const std::vector<std::size_t>& within(std::size_t slot) const noexcept { return within_[slot]; }
  bool per_row(std::size_t slot) const noexcept { return per_row_[slot]; }
  /// True where a field, and not only a constant, can make the element.
  bool by_field(std::size_t slot) const noexcept { return by_field_[slot]; }

  static constexpr std::size_t no_slot = static_cast<std::size_t>(-1);

 private:
  std::map<std::string, std::size_t> slots_;  ///< by path
  std::vector<bool> per_row_;
  std::vector<bool> by_field_;
  std::vector<std::vector<std::size_t>> within_;
};

/// Elements of arrays come into being with their first value. Positions that get none are left out: where
/// quantities[0] has no value, quantities[1] becomes the first element.
class TreeBuilder {
 public:
  explicit TreeBuilder(const SlotPlan& plan) : plan_(plan), elements_(plan.size(), SlotPlan::no_slot) {}

  /// From now on `[]` is a new element.
  void begin_row();
  /// From now on the element of `slot` is a new one.
  void begin(std::size_t slot);
  /// Makes the object or element at `target` where it is not there.
  void make(const Target& target, const std::vector<std::size_t>& slots, std::string* pointer = nullptr);
  /// Makes the array at `target`, whose last step is an element of it, empty where it is not there.
  void make_empty_array(const Target& target, const std::vector<std::size_t>& slots);
  /// True where every array element on the way that a field makes is there.
  bool is_open(const std::vector<std::size_t>& slots) const noexcept;
  /// Puts `value` at `target`; its pointer is appended to `pointer` where that is given.
  void set(const Target& target, const std::vector<std::size_t>& slots, json::Value value,
           std::string* pointer = nullptr);
  /// What was built; `format` becomes its first member, unless it is "".
  json::Value take(const std::string& format);

 private:
  /// The value that the first `steps` of `target` lead to, made as null or object where it is not there.
  json::Value& reach(const Target& target, const std::vector<std::size_t>& slots, std::size_t steps, bool object,
                     std::string* pointer = nullptr);

  const SlotPlan& plan_;
  std::vector<std::size_t> elements_;  ///< by slot: its index, or no_slot
  json::Value root_{json::Object{}};
};

}  // namespace greenlane::document
